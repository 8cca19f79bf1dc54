"""Writing the dictionaries that a person can read and edit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from training.vocabulary import Vocabulary

from vnocr.restore.tokens import SPECIALS

_SYMBOL = re.compile(r"(?<![\w/])\d{1,5}/(?:\d{4}/)?([A-ZĐ][A-ZĐa-z]*(?:[-–][A-ZĐ]\w*)*)(?![\w-])")
_SYMBOL_AT_LEAST = 5


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
        counts.update(found.replace("–", "-") for found in _SYMBOL.findall(paragraph))
    with path.open("w", encoding="utf-8") as stream:
        stream.write("# symbol of a document number\ttimes cited\n")
        for symbol, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            if count >= _SYMBOL_AT_LEAST:
                stream.write(f"{symbol}\t{count}\n")
