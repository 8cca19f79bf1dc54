"""The shapes in which words are most likely met: as they are written, bare, and as misread."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from vnocr.restore.channel import Form, in_form
from vnocr.restore.dictionary import read_rows
from vnocr.vietnamese.syllable import parse
from vnocr.vietnamese.unicode import strip_marks

FORMS = (Form.LOWER, Form.TITLE, Form.UPPER)
Readings = Mapping[str, Mapping[str, float]]  # letters -> glyphs -> share


def written(syllables: Path) -> Iterator[tuple[str, Form, float]]:
    """Yield the words of the word list in each letter case, with how often they are met so."""
    for row in read_rows(syllables, 6):
        often = int(row[1]) + int(row[2])
        cases = [int(field) + 1 for field in row[3:6]]
        for form, count in zip(FORMS, cases, strict=True):
            yield row[0], form, often * count / sum(cases)


def known(syllables: Path, *, bare: bool) -> Iterator[str]:
    """Yield all words in all cases, and if asked for without their marks too."""
    for word, form, _ in written(syllables):
        yield in_form(word, form)
        if bare:
            yield strip_marks(in_form(word, form))


def misread(syllables: Path, channel: Path, count: int) -> list[str]:
    """Return the `count` most frequent shapes that a recogniser makes of the words."""
    onsets, rimes = _readings(channel)
    often: Counter[str] = Counter()
    for word, form, times in written(syllables):
        if syllable := parse(word):
            size = len(word) - len(syllable.rime)
            head, tail = in_form(word[:size], form), word[size:]
            if form is Form.UPPER or not head:
                tail = in_form(tail, form)
            for seen, share in _read(onsets, head).items():
                for rest, part in _read(rimes, tail).items():
                    often[seen + rest] += times * share * part
    return [shape for shape, _ in often.most_common(count)]


def _read(readings: Readings, letters: str) -> Mapping[str, float]:
    return readings.get(letters, {letters: 1.0}) if letters else {"": 1.0}


def _readings(channel: Path) -> tuple[Readings, Readings]:
    """Return how onsets and rimes were read when the channel was learned."""
    counts: dict[str, dict[str, dict[str, float]]] = {
        "onset": defaultdict(dict),
        "rime": defaultdict(dict),
        "group": defaultdict(dict),
    }
    for table, letters, glyphs, times in read_rows(channel, 4):
        counts[table][letters][glyphs] = float(times)
    for table in counts.values():
        for letters, row in table.items():
            total = sum(row.values())
            table[letters] = {glyphs: times / total for glyphs, times in row.items()}
    return counts["onset"], counts["rime"]
