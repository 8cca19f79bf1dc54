"""The spaCy component `vnocr_letterhead`: number, date, issuer, type, subject and the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from vnocr.extract.chronology import check_against_citations
from vnocr.extract.columns import letterhead_page
from vnocr.extract.document import DocLine, lines_of
from vnocr.extract.fields import decide_head
from vnocr.extract.head import read_head
from vnocr.extract.naming import Naming
from vnocr.extract.titles import DocumentType, load_types
from vnocr.settings import Settings


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Reads the head of a Doc and writes fields, evidence and problems onto it."""

    naming: Naming
    types: tuple[DocumentType, ...]

    def __call__(self, doc: Doc) -> Doc:
        """Read `doc`."""
        lines = lines_of(doc)
        page = letterhead_page(doc)
        if page is None:
            return doc
        head = read_head(doc, page, self.naming, self.types)
        decided = decide_head(head, self.naming, self.types)
        doc._.vnocr_fields = decided.fields
        doc._.vnocr_evidence.update(decided.evidence)
        doc._.vnocr_problems.extend(decided.problems)
        if decided.fields.issue_date is not None:
            self._check_date(doc, lines[head.end + 1 :])
        doc._.vnocr_body = range(head.end + 1, len(lines))
        return doc

    def _check_date(self, doc: Doc, body: Sequence[DocLine]) -> None:
        """Hear what the body cites against the date of issue; another day may be likelier then."""
        fields, evidence = doc._.vnocr_fields, doc._.vnocr_evidence
        found, problem = check_against_citations(evidence["issue_date"], body)
        evidence["issue_date"] = found
        day = found.candidates[0].value if found.candidates else fields.issue_date
        doc._.vnocr_fields = replace(fields, issue_date=day)
        doc._.vnocr_problems.extend([problem] if problem else [])


@Language.factory("vnocr_letterhead", default_config={"dictionaries": ""})
def create_letterhead(nlp: Language, name: str, dictionaries: str) -> Letterhead:
    """Create the component. Raises DictionaryError if a dictionary is missing or damaged."""
    folder = Settings(dictionaries=dictionaries).dictionary_folder
    return Letterhead(Naming.load(folder), load_types(folder))
