"""PDFs broken at random, each by its seed: the same seed breaks in the same way for ever."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from hostile import pdfs
from hostile.pdf_parts import page, picture

Change = Callable[[bytearray, random.Random], None]

_NUMBER = re.compile(rb"\d+")
_ODD_NUMBERS = (b"0", b"-1", b"1", b"65536", b"2147483648", b"99999999999999999999", b"1e9", b"/x")
_TOKENS = (b"<<", b">>", b"[", b"]", b"(", b")", b"obj", b"endobj", b"stream", b"null", b"R", b"%")


def mutants(first: int, count: int) -> Iterator[tuple[int, bytes]]:
    """Yield `count` broken PDFs with their seeds, from seed `first` on."""
    stock = _stock()
    for seed in range(first, first + count):
        chance = random.Random(seed)
        content = bytearray(chance.choice(stock))
        for _ in range(chance.choice((1, 1, 2, 4, 16))):
            chance.choice(CHANGES)(content, chance)
        yield seed, bytes(content)


def _stock() -> list[bytes]:
    """Return good files and bad ones, but none that is large."""
    grey = "/Width 9 /Height 9 /ColorSpace /DeviceGray /BitsPerComponent 8"
    stock = [page().bytes(), picture(grey, bytes(range(81))).bytes()]
    for make in (pdfs.active, pdfs.text_layers, pdfs.boxes, pdfs.contents):
        stock += [content for _, content in make() if len(content) < 20_000]
    return stock


def _flip(content: bytearray, chance: random.Random) -> None:
    if content:
        content[chance.randrange(len(content))] = chance.randrange(256)


def _cut(content: bytearray, chance: random.Random) -> None:
    place = chance.randrange(len(content) + 1)
    del content[place : place + chance.choice((1, 8, 64, 512))]


def _repeat(content: bytearray, chance: random.Random) -> None:
    place = chance.randrange(len(content) + 1)
    content[place:place] = content[place : place + chance.choice((1, 8, 64))] * chance.choice(
        (1, 9)
    )


def _number(content: bytearray, chance: random.Random) -> None:
    found = list(_NUMBER.finditer(content))
    if found:
        place = chance.choice(found)
        content[place.start() : place.end()] = chance.choice(_ODD_NUMBERS)


def _token(content: bytearray, chance: random.Random) -> None:
    place = chance.randrange(len(content) + 1)
    content[place:place] = chance.choice(_TOKENS)


CHANGES: tuple[Change, ...] = (_flip, _cut, _repeat, _number, _token)
