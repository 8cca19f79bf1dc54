"""Making lines ready to be decided: stretches of bounded size, labels in order, whole codes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vnocr.restore.codes import CodeRepairer
from vnocr.restore.flow import paragraphs
from vnocr.restore.labels import relabel

_STRETCH = 10_000  # tokens


def stretches(lines: Sequence[Sequence[str]]) -> Iterator[range]:
    """Cut long text into stretches, between paragraphs, to bound the memory it takes."""
    start = size = 0
    for run in paragraphs(lines):
        size += sum(len(lines[number]) for number in run)
        if size >= _STRETCH:
            yield range(start, run.stop)
            start, size = run.stop, 0
    if start < len(lines):
        yield range(start, len(lines))


def relabelled(lines: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Return the lines with the labels of list items put in order."""
    better = relabel([line[0] if line else "" for line in lines])
    return [
        [better[number], *line[1:]] if number in better else line
        for number, line in enumerate(lines)
    ]


def rejoined(lines: Sequence[Sequence[str]], codes: CodeRepairer) -> list[Sequence[str]]:
    """Return the lines with the codes repaired that are broken over a line end."""
    mended = list(lines)
    for number in range(len(mended) - 1):
        above, below = mended[number], mended[number + 1]
        if above and below and (halves := codes.repair_broken(above[-1], below[0])):
            mended[number] = [*above[:-1], halves[0]]
            mended[number + 1] = [halves[1], *below[1:]]
    return mended
