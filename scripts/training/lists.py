"""Writing the dictionaries that a person can read and edit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from training.vocabulary import Vocabulary
from vnocr.restore.tokens import SPECIALS
from vnocr.vietnamese.segment import compounds
from vnocr.vietnamese.syllable import is_syllable
from vnocr.vietnamese.unicode import strip_marks

_SYMBOL = re.compile(
    r"(?<![\w/])\d{1,5}/(?:\d{4}/)?([A-ZĐ][A-ZĐa-z]*\d{0,2}(?:[-–][A-ZĐ]\w*)*)(?![\w-])"
)
# Party papers put it the other way round: 27-NQ/TW.
_PARTY_SYMBOL = re.compile(r"(?<![\w/-])\d{1,5}-([A-ZĐ][A-ZĐa-z]*/[A-ZĐ][\w-]*)")
_SYMBOL_AT_LEAST = 5
_ABBREVIATION = re.compile(r"\s\(([A-ZĐ]{2,8})\)")
_LONGEST_NAME = 12
_SMALL_WORDS = ("và", "của", "về", "các", "với")
_ABBREVIATION_AT_LEAST = 2
_SEGMENTED_EVERY = 40  # one paragraph in so many is segmented: it takes a minute
_PHRASE_AT_LEAST = 6


def write_syllables(vocabulary: Vocabulary, path: Path) -> None:
    """Write the words with their counts in both corpora and their case inside sentences."""
    rows = zip(
        vocabulary.words, *vocabulary.frequency.tolist(), vocabulary.cases.tolist(), strict=True
    )
    with path.open("w", encoding="utf-8") as stream:
        stream.write("# word\tofficial\tgeneral\tlower\ttitle\tupper (case inside sentences)\n")
        for word, official, general, cases in rows:
            if word not in SPECIALS:
                stream.write("\t".join(map(str, (word, official, general, *cases))) + "\n")


def write_symbols(paragraphs: Iterable[str], path: Path) -> None:
    """Write the symbols of document numbers (`QĐ-TTg`) with how often they were cited."""
    counts: Counter[str] = Counter()
    for paragraph in paragraphs:
        found = _SYMBOL.findall(paragraph) + _PARTY_SYMBOL.findall(paragraph)
        counts.update(symbol.replace("–", "-") for symbol in found)
    _write_counts(path, "symbol of a document number\ttimes cited", counts, _SYMBOL_AT_LEAST)


def write_phrases(paragraphs: Iterable[str], path: Path) -> None:
    """Write the compounds of two to four syllables that underthesea finds, with their counts."""
    counts: Counter[str] = Counter()
    for number, paragraph in enumerate(paragraphs):
        if number % _SEGMENTED_EVERY == 0:
            counts.update(
                word.lower()
                for word in compounds(paragraph)
                if 2 <= len(word.split()) <= 4 and all(map(is_syllable, word.split()))
            )
    _write_counts(path, "compound word\ttimes found in a sample", counts, _PHRASE_AT_LEAST)


def write_abbreviations(paragraphs: Iterable[str], path: Path) -> None:
    """Write the abbreviations that texts introduce (`Ủy ban nhân dân (UBND)`)."""
    counts: Counter[str] = Counter()
    for paragraph in paragraphs:
        for found in _ABBREVIATION.finditer(paragraph):
            short = found[1]
            before = paragraph[max(0, found.start() - 120) : found.start()]
            words = re.findall(r"[^\W\d_]+", before)[-_LONGEST_NAME:]
            full = _written_out(words, short)
            if full:
                counts[f"{short}\t{full}"] += 1
    header = "abbreviation\twhat it stands for\ttimes introduced"
    _write_counts(path, header, counts, _ABBREVIATION_AT_LEAST)


def _written_out(words: list[str], short: str) -> str | None:
    """Return the last words whose initials, small words aside, spell `short`."""
    for start in range(len(words) - 1, -1, -1):
        taken = words[start:]
        initials = "".join(word[0] for word in taken if word.lower() not in _SMALL_WORDS)
        every = "".join(word[0] for word in taken)
        if short in (initials.upper(), every.upper(), strip_marks(initials).upper()):
            return " ".join(taken).lower()
    return None


def _write_counts(path: Path, header: str, counts: Counter[str], at_least: int) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write(f"# {header}\n")
        for entry, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            if count >= at_least:
                stream.write(f"{entry}\t{count}\n")
