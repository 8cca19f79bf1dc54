"""The report of an archive: one HTML file that needs no other."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from vnocr.batch.supervise import Crew
from vnocr.batch.worker_process import Limits
from vnocr.catalog.overview import Doubt, overview
from vnocr.catalog.runs import Run, last_runs, totals
from vnocr.catalog.store import Catalog
from vnocr.errors import VnocrError
from vnocr.export.record import from_json
from vnocr.export.write import write_atomically
from vnocr.model import Box
from vnocr.pipeline import Toolkit, page_in_colour
from vnocr.settings import Settings

REPORT_NAME = "report.html"

_ROWS = 200
# Each picture costs the drawing of a page; those of the first documents show the kind.
_PICTURES = 60
_PICTURE_SECONDS = 60.0
_MAX_JOBS = 2


@dataclass(frozen=True, slots=True)
class Crop:
    """Cuts the doubtful place out of a document's page, in colour. Calls cross processes.

    `records` is the folder of the records: they tell how each page was turned when it was read.
    """

    source: Path
    records: Path
    settings: Settings

    def __call__(self, doubt: Doubt) -> str:
        """Return the place as a JPEG in base64, "" if it cannot be drawn."""
        from vnocr.imaging.crop import crop_jpeg

        if doubt.box is None:
            return ""
        try:
            dispatch = from_json((self.records / doubt.record).read_text(encoding="utf-8"))
            page = next(page for page in dispatch.pages if page.number == doubt.page)
            image = page_in_colour(self.source / doubt.path, page, Toolkit(self.settings))
            return base64.b64encode(crop_jpeg(image, Box(*doubt.box))).decode("ascii")
        except (VnocrError, ValueError, OSError, StopIteration):
            return ""


def write_report(
    catalog: Catalog,
    output: Path,
    crop: Crop,
    scratch: Path,
    interrupted: Callable[[], bool] = lambda: False,
) -> None:
    """Write the report of `catalog` to `output`. Raises OutputError if it cannot be written."""
    review_below = crop.settings.extract.review_below
    found = overview(catalog, review_below=review_below, rows=_ROWS)
    wanted = [doubt for doubt in found.doubts if doubt.box][:_PICTURES]
    pictures = _pictures(wanted, crop, scratch, interrupted)
    text = render(
        {
            "totals": totals(catalog),
            "runs": last_runs(catalog, 10),
            "overview": found,
            "pictures": pictures,
            "rows": _ROWS,
        }
    )
    write_atomically(output / REPORT_NAME, text, scratch=scratch)


def render(values: dict[str, object]) -> str:
    """Return the page with `values` in it; every value is escaped."""
    from jinja2 import Environment

    template = (files(__package__) / "report.html.jinja").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["length_of_time"] = _length_of_time
    return environment.from_string(template).render(values)


def _pictures(
    doubts: list[Doubt], crop: Crop, scratch: Path, interrupted: Callable[[], bool]
) -> dict[str, str]:
    if not doubts:
        return {}
    # Drawing is as dangerous as reading: the same limits, in the same kind of process.
    settings = crop.settings.batch
    writable = () if settings.confined else None
    limits = Limits(_PICTURE_SECONDS, settings.memory_megabytes, writable)
    with Crew(crop, min(_MAX_JOBS, len(doubts)), limits, scratch) as crew:
        return {
            doubt.path: answer
            for doubt, answer in crew.run(iter(doubts), interrupted)
            if isinstance(answer, str) and answer
        }


def _length_of_time(run: Run) -> str:
    minutes, seconds = divmod(int(run.seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"
