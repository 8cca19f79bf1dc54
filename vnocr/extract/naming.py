"""Names of bodies: damaged capitals on paper to the name in normal case, and its codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from rapidfuzz import fuzz

from vnocr.extract.places import Gazetteer
from vnocr.extract.symbol_check import code_inventory
from vnocr.extract.tables import parts, read_table
from vnocr.vietnamese.casing import capitalise
from vnocr.vietnamese.unicode import fold, strip_marks

_FUZZY_CUTOFF = 86.0
_FUZZY_CUTOFF_SHORT = 90.0
_SHORT_NAME = 12  # letters
_MIN_FUZZY_LETTERS = 6
_LONGEST_NAME = 40  # words; what goes on longer is looked at piece by piece
_MAX_WORDS = 14
_WORD = re.compile(r"[^\W_]+")
_SPACING_MARKS = re.compile("[\\u02b0-\\u02ff]")  # accents seen without a letter
_CITY = re.compile(r"tp\.?")
_ROMAN = re.compile(r"[IVX]+")
# Kinds of places; the name after them is written with capitals.
_UNITS = (
    "thành phố", "thị trấn", "đặc khu", "thị xã", "tỉnh", "huyện", "quận", "phường", "xã",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that are written in one way; `rank` is set for the heads of names."""

    words: tuple[str, ...]
    keys: tuple[str, ...]
    codes: tuple[str, ...]
    rank: int | None = None

    @property
    def joined(self) -> str:
        """The keys without blanks."""
        return "".join(self.keys)


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase and how many words of the text it took."""

    phrase: Phrase
    taken: int


@dataclass(frozen=True, slots=True)
class Naming:
    """The table of agency names, ready for matching."""

    heads: tuple[Phrase, ...]
    names: tuple[Phrase, ...]
    gazetteer: Gazetteer
    inventory: dict[str, str]  # codes of symbols by their form without marks

    @classmethod
    def load(cls, folder: Path) -> Naming:
        """Read `agencies.tsv`, `units.tsv`, `symbols.tsv` and the places.

        Raises DictionaryError if one is missing or damaged.
        """
        heads: list[Phrase] = []
        names: list[Phrase] = []
        for kind, name, codes, rank in read_table(folder / "agencies.tsv", 4):
            phrase = _phrase(name, parts(codes), int(rank) if rank else None)
            (heads if kind == "head" else names).append(phrase)
        gazetteer = Gazetteer.load(folder)
        names += [_phrase(name, (), None) for name in gazetteer.province_names()]
        known = {code for phrase in (*heads, *names) for code in phrase.codes}
        known.update(code for code, _ in read_table(folder / "units.tsv", 2))
        for symbol, _ in read_table(folder / "symbols.tsv", 2):
            known.update(re.split(r"[-/]", symbol))
        inventory = code_inventory(known)
        return cls(_longest_first(heads), _longest_first(names), gazetteer, inventory)

    def head(self, text: str) -> Phrase | None:
        """Return the head that `text` opens with, however damaged, or None."""
        keys = [fold(word) for word in _WORD.findall(text)]
        match = _match(self.heads, keys)
        if match is None:
            return None
        exact = "".join(keys).startswith(match.phrase.joined)
        return match.phrase if exact or self._local(text.split()) is None else None

    def normal(self, text: str) -> str:
        """Return the name `text` in normal case, known words in their right spelling."""
        words = _tidy(text).split()
        out: list[str] = []
        place = 0
        opened = True  # the next unknown word opens a name
        while place < len(words):
            rest = words[place : place + _LONGEST_NAME]
            if not _keys(rest[:1]):
                out.append(rest[0])
                opened = True
                place += 1
                continue
            local = self._local(rest)
            keys = _keys(rest)
            head = _match(self.heads, keys)
            best = _better(head, _match(self.names, keys))
            if local is not None and (best is None or best is not head or place):
                name, length = local
                out.append(name)
                opened = False
            elif best is not None:
                length = _length(rest, best.taken)
                out.append(_spelled(best.phrase, rest[length - 1]))
                opened = best is head
            elif (known := self.gazetteer.opening(rest)) is not None:
                name, length = known
                out.append(name)
                opened = False
            else:
                length = 1
                out.append(_plain(rest[0], capital=opened))
                opened = False
            place += length
        joined = " ".join(out)
        return joined[:1].upper() + joined[1:]

    def place(self, text: str, day: str | None) -> tuple[str, bool]:
        """Return the place of issue `text` as it is written, and whether it is known."""
        found = self.gazetteer.province(text, day)
        if found is not None:
            return found
        tidy = _tidy(text)
        return tidy, self.gazetteer.province_of(tidy, day) is not None

    def province_in(self, name: str, day: str | None) -> str | None:
        """Return the province that `name` (a body or a place) names or lies in."""
        words = _tidy(name).split()[-_LONGEST_NAME:]
        for size in range(min(6, len(words)), 0, -1):
            for start in range(len(words) - size, -1, -1):
                text = " ".join(words[start : start + size])
                found = self.gazetteer.province(text, day) if size <= 5 else None
                if found is not None and found[1]:
                    return found[0]
        for start in range(len(words) - 1):  # one word alone is no name of a district
            province = self.gazetteer.province_of(" ".join(words[start:]), day)
            if province is not None:
                return province
        return None

    def _local(self, words: Sequence[str]) -> tuple[str, int] | None:
        """Return the unit and place ("tỉnh Quảng Ngãi") that `words` open with, and their count.

        A place the gazetteer lacks is believed when its unit is spelled out.
        """
        if len(words) > 1 and _CITY.fullmatch(fold(words[0])):
            city = self.gazetteer.spelled("thành phố", " ".join(words[1:4]))
            if city is not None:
                return f"TP. {city}", 1 + len(city.split())
        for unit in _UNITS:
            size = len(unit.split())
            opening = " ".join(words[:size])
            if fold(opening) != fold(unit):
                continue
            for length in range(min(5, len(words) - size), 0, -1):
                name = self.gazetteer.spelled(unit, " ".join(words[size : size + length]))
                if name is not None:
                    return f"{unit} {name}", size + length
            if unit == "tỉnh" and (near := self.gazetteer.province(" ".join(words[size:]), None)):
                return f"{unit} {near[0]}", len(words)
            if opening.lower() == unit and len(words) > size:
                names = [capitalise(word) for word in words[size : size + 3]]
                return " ".join((unit, *names)), size + len(names)
        return None

    def codes(self, name: str) -> frozenset[str]:
        """Return codes that may stand for the body `name` in a symbol."""
        keys = _keys(_tidy(name).split())
        codes: set[str] = set()
        place = 0
        choices: list[tuple[str, ...]] = []
        while place < len(keys):
            rest = keys[place : place + _LONGEST_NAME]
            best = _better(_match(self.heads, rest), _match(self.names, rest))
            if best is None:
                place += 1
                continue
            if best.phrase.codes:
                choices.append(best.phrase.codes)
                codes.update(best.phrase.codes)
            place += best.taken
        if len(choices) > 1:
            codes.update("".join(combination) for combination in product(*choices[:3]))
            codes.update("".join(combination) for combination in product(*choices[:2]))
        codes.add("".join(_initial(word) for word in _WORD.findall(name) if fold(word) != "va"))
        return frozenset(codes)


def _phrase(name: str, codes: tuple[str, ...], rank: int | None) -> Phrase:
    words = tuple(name.split())
    return Phrase(words, tuple(_keys(words)), codes, rank)


def _longest_first(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
    return tuple(sorted(phrases, key=lambda phrase: -len(" ".join(phrase.keys))))


def _keys(words: Sequence[str]) -> list[str]:
    """Return the folded words without punctuation; bare punctuation falls away."""
    keys = ("".join(_WORD.findall(fold(word))) for word in words)
    return [key for key in keys if key]


def _length(words: Sequence[str], wanted: int) -> int:
    """Return how many of `words` hold `wanted` keys."""
    for count in range(1, len(words) + 1):
        if len(_keys(words[:count])) == wanted:
            return count
    return len(words)


def _match(phrases: Sequence[Phrase], rest: Sequence[str]) -> Match | None:
    """Return the longest phrase that the keys `rest` open with: equal, or else nearly so.

    Words that were run together or torn apart still match letter for letter.
    """
    if not rest:
        return None
    joined = ["".join(rest[:count]) for count in range(1, min(len(rest), _MAX_WORDS) + 1)]
    for phrase in phrases:
        if phrase.joined in joined and abs(joined.index(phrase.joined) + 1 - len(phrase.keys)) < 3:
            return Match(phrase, joined.index(phrase.joined) + 1)
    best: tuple[float, Phrase | None] = (0.0, None)
    for phrase in phrases:
        wanted = " ".join(phrase.keys)
        if len(phrase.keys) < 2 or len(wanted) < _MIN_FUZZY_LETTERS:
            continue
        cutoff = _FUZZY_CUTOFF if len(wanted) > _SHORT_NAME else _FUZZY_CUTOFF_SHORT
        score = fuzz.ratio(wanted, " ".join(rest[: len(phrase.keys)]), score_cutoff=cutoff)
        if score > best[0]:
            best = (score, phrase)
    return Match(best[1], min(len(best[1].keys), len(rest))) if best[1] else None


def _better(first: Match | None, second: Match | None) -> Match | None:
    if first is None or second is None:
        return first or second
    return second if len(second.phrase.joined) > len(first.phrase.joined) else first


def _spelled(phrase: Phrase, last: str) -> str:
    """Return the phrase with the comma that followed it on paper."""
    return " ".join(phrase.words) + ("," if last.endswith(",") else "")


def _initial(word: str) -> str:
    return "Đ" if word[0] in "đĐ" else strip_marks(word[0]).upper()


def _plain(word: str, *, capital: bool) -> str:
    if any(letter.isdigit() for letter in word) or not word.isupper() or _ROMAN.fullmatch(word):
        return word
    return capitalise(word) if capital else word.lower()


def _tidy(text: str) -> str:
    text = re.sub(r"\s*[-–—]\s*", " - ", _SPACING_MARKS.sub("", text))
    return re.sub(r"^[\W_]+|[^\w)]+$|_+$", "", " ".join(text.split()))
