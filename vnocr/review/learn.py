"""Learning an office's own words from what its people corrected and approved.

Only what can do no harm is learned: a word that everybody corrected to the same spelling,
made of letters alone, and the names of signers. A number, a code or a date is never a
word; a spelling that others corrected otherwise is left out; and a name of several words
is learned whole, so that none of its parts is taken for it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from vnocr.catalog.corrections import standing
from vnocr.model import Correction
from vnocr.vietnamese.tones import place_tones
from vnocr.vietnamese.unicode import fold, nfc

MARKER = "# Learned from approved corrections by: vnocr learn. Changed below by the next run."
_SHORTEST = 2
_MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Learned:
    """A word or name, how many documents it was corrected in, and from what."""

    text: str
    documents: int
    read_as: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learned; `disputed` are spellings that people disagree about."""

    learned: tuple[Learned, ...]
    disputed: tuple[tuple[str, ...], ...]
    unfit: int


@dataclass(slots=True)
class _Found:
    spellings: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    read_as: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def learn(logs: dict[str, tuple[Correction, ...]], at_least: int = 1) -> Lesson:
    """Return what the corrections of approved documents teach.

    `logs` are all corrections by the content of documents. A spelling counts once a
    document and must be found in `at_least` of them.
    """
    found: dict[str, _Found] = defaultdict(_Found)
    unfit = 0
    for sha256, log in logs.items():
        for before, after in _taught(standing(log)):
            text = _word(after)
            if text is None:
                unfit += 1
                continue
            entry = found[fold(text)]
            entry.spellings[text].add(sha256)
            entry.read_as[text][before] += 1
    agreed = {key: one for key, one in found.items() if len(one.spellings) == 1}
    disputed = [tuple(sorted(one.spellings)) for key, one in found.items() if key not in agreed]
    learned = [
        Learned(text, len(documents), tuple(sorted(one.read_as[text])))
        for one in agreed.values()
        for text, documents in one.spellings.items()
        if len(documents) >= at_least
    ]
    return Lesson(tuple(sorted(learned, key=lambda one: one.text)), tuple(sorted(disputed)), unfit)


def user_words(lesson: Lesson, existing: str = "") -> str:
    """Return the file of user words: what people wrote into `existing`, then the lesson."""
    own = existing.split(MARKER, 1)[0].rstrip("\n")
    known = {nfc(line.strip()) for line in own.splitlines()}
    new = [one.text for one in lesson.learned if one.text not in known]
    return "\n".join([*([own] if own else []), MARKER, *new]) + "\n"


def _taught(log: list[Correction]) -> Iterator[tuple[str, str]]:
    """Yield what was read and what it was corrected to, if the document is approved."""
    if not any(one.kind == "approval" for one in log):
        return
    latest: dict[object, Correction] = {}
    for one in log:
        if one.kind == "word" and one.place:
            latest[(one.place.page, one.place.line, one.place.position, one.place.seen)] = one
        elif one.kind == "field" and one.target == "signer.name":
            latest[one.target] = one
    for one in latest.values():
        read = one.place.seen if one.place else one.before
        if one.after and read != one.after:
            yield str(read or ""), str(one.after)


def _word(text: str) -> str | None:
    """Return what of `text` is to be learned, None if that could do harm."""
    words = [word.strip(".,;:!?()[]\"'“”‘’…/-") for word in nfc(place_tones(text, "old")).split()]
    if not words or len(words) > _MOST_WORDS or not all(map(_is_plain, words)):
        return None
    if len(words) > 1 and not all(word[0].isupper() for word in words):
        return None  # a phrase of common words would be seen where others are meant
    capitals = all(word.isupper() for word in words)
    if capitals and len(words) == 1:
        return None  # an abbreviation, or a word of a heading
    return " ".join(word.capitalize() if capitals else word for word in words)


def _is_plain(word: str) -> bool:
    return len(word) >= _SHORTEST and word.isalpha()


def describe(learned: Iterable[Learned]) -> list[dict[str, object]]:
    """Return rows for people: the word, in how many documents, and as what it was read."""
    return [
        {"word": one.text, "documents": one.documents, "read as": ", ".join(one.read_as)}
        for one in learned
    ]
