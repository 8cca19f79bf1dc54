"""Reading a corpus (one paragraph a line) and keeping a share of it out of training."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from vnocr.vietnamese.tones import place_tones

# Whole blocks are held out, so that a paragraph's neighbours are not in training either.
_BLOCK = 400
_EVERY = 97
_HELD_OUT = 13


def lines(path: Path, *, held_out: bool) -> Iterator[str]:
    """Yield the paragraphs of the training share, or those kept out of it (about 1 %).

    Text comes as NFC with tones placed in the old style.
    """
    with path.open(encoding="utf-8", errors="replace") as stream:
        for number, line in enumerate(stream):
            if ((number // _BLOCK) % _EVERY == _HELD_OUT) == held_out:
                yield place_tones(line.strip(), "old")


def unseen(path: Path) -> list[str]:
    """Return the held-out paragraphs whose text stands nowhere in the training share."""
    candidates = {line for line in lines(path, held_out=True) if len(line.split()) >= 8}
    for line in lines(path, held_out=False):
        candidates.discard(line)
    return [line for line in lines(path, held_out=True) if line in candidates]
