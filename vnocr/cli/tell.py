"""How a batch is told on standard error: for people, or as JSON lines for machines."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

import click

from vnocr.cli.progress import progress_bar
from vnocr.cli.table import harmless
from vnocr.model import Outcome, Remark

if TYPE_CHECKING:
    from vnocr.batch.plan import Plan
    from vnocr.catalog.runs import Run
    from vnocr.errors import VnocrError

_NOTE_SECONDS = 60.0


class PeopleTeller:
    """A bar on a terminal, a line a minute elsewhere, and every failure as it comes."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._advance: Callable[..., None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def planned(self, plan: Plan) -> None:
        """Open the bar: its length is the work of the plan."""
        self._advance = self._stack.enter_context(progress_bar("documents", plan.size))

    def finished(self, outcome: Outcome) -> None:
        """Move the bar by one document."""
        if self._advance:
            self._advance(pages=outcome.pages, failed=int(outcome.failed))
        if outcome.failed:
            click.echo(f"failed ({outcome.reason}): {_told(outcome)}", err=True)

    def exporting(self, count: int) -> None:
        """Open a second bar, for the exports."""
        self._stack.close()
        self._advance = self._stack.enter_context(progress_bar("exports", count))

    def exported(self, outcome: Outcome, remarks: tuple[Remark, ...]) -> None:
        """Move the second bar by one document."""
        if self._advance:
            self._advance(failed=int(bool(outcome.message)))
        if outcome.message:
            click.echo(f"no export: {_told(outcome)}", err=True)
        for remark in remarks:
            click.echo(harmless(f"note: {outcome.path}: {remark.text}"), err=True)

    def ended(self, run: Run) -> None:
        """Close the bar; the summary is the command's result."""
        self._stack.close()


class JsonTeller:
    """One JSON object a line: the plan, failures, progress once a minute, the end."""

    def __init__(self) -> None:
        self._planned = self._finished = self._failed = self._pages = 0
        self._started = self._noted = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def planned(self, plan: Plan) -> None:
        """Tell what the run will do."""
        self._planned = plan.size
        self._tell(
            "planned",
            documents=plan.size,
            unchanged=plan.unchanged,
            failed_before=plan.failed_before,
            vanished=len(plan.vanished),
        )

    def finished(self, outcome: Outcome) -> None:
        """Tell a failure at once, the rest as counts."""
        self._finished += 1
        self._failed += outcome.failed
        self._pages += outcome.pages
        if outcome.failed:
            self._tell(
                "failed",
                level="error",
                document=outcome.path,
                reason=outcome.reason,
                message=outcome.message,
                attempts=outcome.attempts,
            )
        self._note_progress()

    def exporting(self, count: int) -> None:
        """Tell that exports come next."""
        self._tell("exporting", documents=count)

    def exported(self, outcome: Outcome, remarks: tuple[Remark, ...]) -> None:
        """Tell an export that failed, and what is to be known of one that was made."""
        for remark in remarks:
            self._tell("export-note", document=outcome.path, message=remark.text)
        if outcome.message:
            self._tell(
                "export-failed", level="error", document=outcome.path, message=outcome.message
            )

    def ended(self, run: Run) -> None:
        """Tell the account of the run."""
        from dataclasses import asdict

        self._tell("ended", **asdict(run))

    def stopped(self, error: VnocrError) -> None:
        """Tell why the command ends with another exit code than 0."""
        self._tell("stopped", level="error", message=str(error), exit_code=int(error.exit_code))

    def _note_progress(self) -> None:
        moment = time.monotonic()
        if moment - self._noted >= _NOTE_SECONDS:
            self._noted = moment
            self._tell(
                "progress",
                documents=self._finished,
                planned=self._planned,
                failed=self._failed,
                pages=self._pages,
                pages_per_second=round(self._pages / (moment - self._started), 3),
            )

    def _tell(self, event: str, level: str = "info", **values: object) -> None:
        moment = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = {"time": moment, "level": level, "event": event, **values}
        click.echo(json.dumps(line, ensure_ascii=False), err=True)


def _told(outcome: Outcome) -> str:
    named = outcome.path.rstrip("/") in outcome.message
    return harmless(outcome.message if named else f"{outcome.path}: {outcome.message}")
