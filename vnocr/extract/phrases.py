"""Text as tokens with the phrases that start at each of them, found by spaCy's PhraseMatcher."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from vnocr.extract.tables import parts, read_table
from vnocr.vietnamese.tones import place_tones

# Numbers and codes stay whole; words joined by a slash or a hyphen are parted. The atomic group
# keeps a number of a million digits from being split in every way.
_TOKEN = re.compile(r"(?>\w*\d\w*)(?:[-/.]\w+)+|[A-ZĐ]{2,}\d*(?:[-/&][A-ZĐ]\w*)+|\w+|[^\w\s]")

_OTHER = "_"


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign at `start` to `end` of the text; `opens` has the length in tokens of
    the longest phrase of each category that starts here."""

    text: str
    lower: str
    start: int
    end: int
    opens: dict[str, int]

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital."""
        return self.text[0].isupper()


class Phrases:
    """The phrases of a dictionary by category."""

    def __init__(self, phrases: dict[str, list[str]]) -> None:
        # The words are lowered here: a bare vocabulary knows no other forms of a word.
        self._vocab = Vocab()
        self._matcher = PhraseMatcher(self._vocab)
        self._known: set[str] = set()
        for category, entries in phrases.items():
            split = [_TOKEN.findall(entry.lower()) for entry in entries]
            self._known.update(*split)
            # As hashes of words, which is how a matcher keeps them: a Doc for each costs more
            # time than all else that is loaded here.
            hashes = [[self._vocab.strings.add(word) for word in words] for words in split]
            self._matcher.add(category, hashes)  # type: ignore[arg-type]

    @classmethod
    def load(cls, folder: Path) -> Phrases:
        """Read the tables of `folder`: phrases by category, and counted verbs and compounds.

        Raises DictionaryError if one is missing or damaged.
        """
        phrases: dict[str, list[str]] = {}
        for category, entries in read_table(folder / "directive_phrases.tsv", 2):
            phrases.setdefault(category, []).extend(parts(entries))
        phrases["act"] += [verb for verb, _ in read_table(folder / "verbs.tsv", 2)]
        phrases["compound"] = [word for word, _ in read_table(folder / "phrases.tsv", 2)]
        return cls(phrases)

    def tokens(self, text: str) -> tuple[Token, ...]:
        """Return the tokens of `text` with the phrases that open at each."""
        found = list(_TOKEN.finditer(text))
        plain = place_tones(text, "old").lower()
        if len(plain) != len(text):
            plain = text.lower()
        opens: list[dict[str, int]] = [{} for _ in found]
        if found:
            # Words of no phrase share one entry, else the vocabulary would grow for ever.
            words = [plain[match.start() : match.end()] for match in found]
            known = [word if word in self._known else _OTHER for word in words]
            doc = Doc(self._vocab, words=known)
            for key, start, end in self._matcher(doc):
                category = self._vocab.strings[key]
                opens[start][category] = max(end - start, opens[start].get(category, 0))
        return tuple(
            Token(match[0], plain[match.start() : match.end()], match.start(), match.end(), opened)
            for match, opened in zip(found, opens, strict=True)
        )
