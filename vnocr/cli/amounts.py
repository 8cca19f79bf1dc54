"""Times and limits as they are typed on the command line."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from vnocr.batch.policy import FailureLimit

    _Parameter = click.ParamType[Any]
else:
    _Parameter = click.ParamType  # not generic in every version

_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_PART = re.compile(r"(\d+(?:\.\d+)?)([dhms])")
_SPAN = re.compile(rf"(?:{_PART.pattern})+")


class Span(_Parameter):
    """A length of time: 5h, 90m, 1h30m, 45s, 7d."""

    name = "span"

    def convert(self, value: Any, param: Any, ctx: Any) -> timedelta:
        """Return the length, or refuse what is none."""
        if isinstance(value, timedelta):
            return value
        span = parse_span(value)
        if span is None:
            self.fail(f"{value!r} is no length of time. Write for example 5h, 90m or 1h30m.")
        return span


class Moment(_Parameter):
    """A day or time (2026-11-01, 2026-11-01T18:00), or how long ago (7d, 12h)."""

    name = "moment"

    def convert(self, value: Any, param: Any, ctx: Any) -> datetime:
        """Return the moment, in local time if no zone is named."""
        if isinstance(value, datetime):
            return value
        span = parse_span(value)
        if span is not None:
            return datetime.now().astimezone() - span
        try:
            return datetime.fromisoformat(value).astimezone()
        except ValueError:
            self.fail(f"{value!r} is no day. Write for example 2026-11-01, or 7d for a week ago.")


class Failures(_Parameter):
    """A number of documents (20) or a share of those planned (5%)."""

    name = "N|P%"

    def convert(self, value: Any, param: Any, ctx: Any) -> FailureLimit:
        """Return the limit, or refuse what is none."""
        from vnocr.batch.policy import FailureLimit

        if isinstance(value, FailureLimit):
            return value
        found = re.fullmatch(r"(\d+(?:\.\d+)?)%", value)
        if found and float(found[1]) <= 100:
            return FailureLimit(float(found[1]), percent=True)
        if not value.isascii() or not value.isdigit():
            self.fail(f"{value!r} is neither a number like 20 nor a percentage like 5%.")
        return FailureLimit(int(value))


def parse_span(value: str) -> timedelta | None:
    """Return the length of time that `value` names, None if it names none."""
    if not _SPAN.fullmatch(value):
        return None
    parts = {_UNITS[unit]: float(number) for number, unit in _PART.findall(value)}
    return timedelta(**parts)
