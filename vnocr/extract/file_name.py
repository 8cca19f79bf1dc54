"""The name of the file, the last of the witnesses: people often name a scan by its number."""

from __future__ import annotations

import re
from pathlib import PurePath

from vnocr.model import Vote
from vnocr.vietnamese.unicode import fold

SOURCE = "file name"
_RIGHT = 0.75  # never enough by itself to be sure
_PART = re.compile(r"\d+(?:[a-d](?![a-z]))?|[a-z]+")
_SERIAL = re.compile(r"\d{1,5}[a-d]?")
_YEAR = re.compile(r"(?:19|20)\d\d")


def serial_vote(name: str, symbol: str, page: int) -> list[Vote]:
    """Return a vote for the serial in the file name `name` that stands beside `symbol`.

    "280-bc-ubnd.pdf" and "BC 280.pdf" vote for 280 of a document BC-UBND; "scan0280.pdf",
    which names nothing of the symbol, does not.
    """
    parts = _PART.findall(fold(PurePath(name).stem))
    opening = next((g for g in re.findall(r"[a-z]+", fold(symbol)) if len(g) > 1), None)
    for place, part in enumerate(parts):
        if opening is None or not _SERIAL.fullmatch(part) or not int(re.sub(r"\D", "", part)):
            continue
        after = [one for one in parts[place + 1 : place + 3] if not _YEAR.fullmatch(one)]
        before = parts[place - 1 : place] if place else []
        if after[:1] == [opening] or before == [opening]:
            return [Vote(part.upper(), _RIGHT, name, page, None, SOURCE)]
    return []
