"""The documents that a dispatch cites, each once, under one key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapidfuzz.distance import Levenshtein
from spacy.language import Language

from vnocr.extract.citations import Citation, CitationReader
from vnocr.extract.relations import relation_of
from vnocr.extract.structure import outline_of
from vnocr.extract.symbols import Codes, number_key
from vnocr.extract.tables import parts, read_table
from vnocr.model import Box, Reference, Relation
from vnocr.settings import Settings
from vnocr.vietnamese.tones import place_tones
from vnocr.vietnamese.unicode import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Types that a dispatch may cite, although they have no code of their own.
_MORE_TYPES = ("Văn bản", "Hiến pháp", "Công thư", "Thông cáo chung")
# Where a code stands for several types, the state's.
_PREFERRED = ("Thông tư", "Luật", "Quyết định", "Công điện")
_CENTRAL = re.compile(
    r"(?:Bộ|Chính phủ|Thủ tướng|Văn phòng Chính phủ|Thanh tra Chính phủ|Quốc hội"
    r"|Ủy ban Thường vụ)\b"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text to search, with the page and box it stands on."""

    text: str
    page: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class References:
    """What finding references needs of the dictionaries."""

    reader: CitationReader
    codes: Codes
    issuers: dict[str, str]

    @classmethod
    def load(cls, folder: Path) -> References:
        """Read the dictionaries in `folder`.

        Raises DictionaryError naming the file if one is missing or damaged.
        """
        types: dict[str, tuple[str, ...]] = dict.fromkeys(_MORE_TYPES, ())
        rows = read_table(folder / "document_types.tsv", 4)
        rows.sort(key=lambda row: row[0] not in _PREFERRED)
        for name, code, others, printed in rows:
            types[name] = tuple(filter(None, (code, *parts(others))))
            types.update(dict.fromkeys(parts(printed), ()))
        bodies = read_table(folder / "agencies.tsv", 4)
        body_codes = {code for row in bodies for code in parts(row[2])}
        type_codes = {code for codes in types.values() for code in codes}
        codes = Codes(type_codes, body_codes)
        laws = [row[0] for row in read_table(folder / "law_names.tsv", 2)]
        names = [row[1] for row in bodies if row[0] in ("name", "head")]
        central = [row for row in bodies if row[0] == "name" and _CENTRAL.match(row[1])]
        issuers = {code: row[1] for row in reversed(central) for code in parts(row[2])}
        return cls(CitationReader(types, codes, laws, names), codes, issuers)

    def find(self, passages: Sequence[Passage], own: str | None = None) -> tuple[Reference, ...]:
        """Return the documents cited in `passages`, in the order of their first mention.

        `own` is the number of the dispatch itself, which is no reference.
        """
        found: list[_Entry] = []
        for passage in passages:
            for citation in self.reader.read(passage.text):
                if own and citation.number and number_key(citation.number) == number_key(own):
                    continue
                _add(found, citation, passage, relation_of(passage.text, citation.start))
        return tuple(self._reference(entry) for entry in found)

    def _reference(self, entry: _Entry) -> Reference:
        citation = entry.citation
        return Reference(
            text=entry.text,
            type=citation.type,
            number=citation.number,
            date=citation.date,
            issuer=citation.issuer or self._issuer(citation.number),
            page=entry.passage.page,
            box=entry.passage.box,
            provisions=tuple(entry.provisions),
            also_as=tuple(entry.also_as),
            relation=entry.relation,
        )

    def _issuer(self, number: str | None) -> str | None:
        """Return the central body that the symbol names, or None."""
        if not number or not re.match(r"\d+[a-zđ]?/", number):
            return None
        groups = re.split(r"[-/]", number)[1:]
        for group in reversed(groups):
            bare = group.rstrip("0123456789")
            if bare in self.issuers:
                return self.issuers[bare]
        return None


@dataclass(slots=True)
class _Entry:
    citation: Citation
    passage: Passage
    text: str
    provisions: list[str]
    also_as: list[str]
    relation: Relation | None


def _law_key(type_: str | None, title: str) -> str:
    """Return the key under which mentions of one law agree, in any style of tones."""
    name = fold(place_tones(title, "old"))
    return f"{fold(type_ or '')}:{re.sub(r'[^0-9a-z]+', ' ', name).strip()}"


def _add(
    found: list[_Entry], citation: Citation, passage: Passage, relation: Relation | None
) -> None:
    text = re.sub(r"\s+", " ", passage.text[citation.start : citation.end]).strip(" ,;(")
    known = next((entry for entry in found if _same(entry.citation, citation)), None)
    if known is None:
        if citation.number is None and citation.title is None and citation.type != "Hiến pháp":
            return  # `Nghị quyết 01` without anything it could mean
        provisions = [citation.provision] if citation.provision else []
        found.append(_Entry(citation, passage, text, provisions, [], relation))
        return
    known.relation = known.relation or relation
    if text != known.text and text not in known.also_as:
        known.also_as.append(text)
    if citation.provision and citation.provision not in known.provisions:
        known.provisions.append(citation.provision)
    known.citation = replace(
        known.citation,
        number=max(known.citation.number, citation.number, key=lambda number: len(number or "")),
        type=known.citation.type or citation.type,
        date=known.citation.date or citation.date,
        issuer=known.citation.issuer or citation.issuer,
    )


def _same(known: Citation, new: Citation) -> bool:
    if known.date and new.date and known.date != new.date:
        return False
    if known.number and new.number:
        return _alike(number_key(known.number), number_key(new.number), known.type == new.type)
    if new.number is None and new.serial:
        # `Nghị quyết 01` comes back to the resolution with that serial.
        return known.serial == new.serial and known.type == new.type
    if known.title and new.title:
        return _law_key(known.type, known.title) == _law_key(new.type, new.title)
    return known.number is None and new.number is None and known.type == new.type == "Hiến pháp"


def _alike(first: str, second: str, same_type: bool) -> bool:
    """Whether two keys are one number, of which one may be cut short or misread by a letter."""
    if first == second:
        return True
    serials = [re.split(r"[-/]", key, maxsplit=1)[0] for key in (first, second)]
    if serials[0] != serials[1] or not same_type:
        return False
    short, long = sorted((first, second), key=len)
    if long.startswith((short + "-", short + "/")):
        return True
    return len(short) > 7 and Levenshtein.distance(first, second, score_cutoff=1) <= 1


@Language.factory(
    "vnocr_references", default_config={"dictionaries": ""}, assigns=["doc._.vnocr_references"]
)
def make_references(nlp: Language, name: str, dictionaries: str) -> Any:
    """Return the component that fills `doc._.vnocr_references`.

    Raises DictionaryError if a dictionary is missing from `dictionaries`.
    """
    finder = References.load(Settings(dictionaries=dictionaries).dictionary_folder)

    def find(doc: Doc) -> Doc:
        fields = doc._.vnocr_fields
        passages = [
            Passage(node.paragraph.text, node.paragraph.page, node.paragraph.box)
            for node in outline_of(doc)
        ]
        if fields.subject:
            evidence = doc._.vnocr_evidence.get("subject")
            box = evidence.box if evidence else None
            passages.insert(0, Passage(fields.subject, evidence.page if evidence else 1, box))
        doc._.vnocr_references = finder.find(passages, fields.number)
        return doc

    return find
