"""The spaCy component `vnocr_signature`: authority, position and name of who signed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from vnocr.extract.closing import AUTHORITY, ClosingReader
from vnocr.extract.document import lines_of
from vnocr.extract.ledger import PRINTED
from vnocr.extract.persons import PersonName
from vnocr.extract.signing import person_vote
from vnocr.extract.spans import LineSpan, joined, rows
from vnocr.extract.votes import weigh
from vnocr.model import Box, Evidence, Signer, Vote
from vnocr.settings import Settings

# What electronic signatures print over the foot.
_ELECTRONIC = re.compile(
    r"ky boi|nguoi ky|thoi gian ky|ngay ky|co quan:|email|da ky|signed|dau ky|\(.*ky.*\)"
)
# A damaged office is no name: "PHÓ CHỦ TỊC".
_OFFICE = re.compile(r"\W*(?:pho |chu tich|giam doc|bo truong|thu truong|chanh )")
_WRAPPED = re.compile(r"(?:[A-ZĐÀ-Ỹ]{2,}[\s,]*){2,}")
_DEPUTIES = {"Bộ trưởng": "Thứ trưởng"}  # of others "Phó ..."
_BARE_MARK = re.compile(r"\W*(?:t\W?m|k\W?t|t\W?l|t\W?uq|q)\W*")
_NAME_ALONE = 0.97
_ROOM = 0.5  # for the least signature, in heights of the line above
_FAMILY_NAME_DAMAGED = 0.6
_NAME_AMID_NOISE = 0.5  # other words on the line may be a damaged part of the name


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of one signature."""

    authority: tuple[LineSpan, ...]
    position: tuple[LineSpan, ...]
    name: tuple[LineSpan, PersonName] | None


@dataclass(frozen=True, slots=True)
class Signature:
    """Finds who signed in the foot of a Doc."""

    closings: ClosingReader

    def __call__(self, doc: Doc) -> Doc:
        """Read `doc`."""
        lines_of(doc)
        closing = self.closings.of(doc)
        block = self._block(closing.signature) if closing else None
        if block is None or not (block.authority or block.position or block.name):
            return doc
        evidence = _evidence(block)
        name = block.name[1].text if block.name else None
        votes = person_vote(name, doc._.vnocr_signatures, self.closings.persons, evidence.page)
        if votes:
            name, evidence = _with_certificate(name, evidence, votes)
        authority = self._authority(block.authority)
        signer = Signer(
            name=name,
            position=_of_deputy(self._position(block.position), authority),
            authority=authority,
        )
        doc._.vnocr_fields = replace(doc._.vnocr_fields, signer=signer)
        doc._.vnocr_evidence["signer"] = evidence
        return doc

    def _name(self, span: LineSpan) -> PersonName | None:
        """Return the name as it was seen, if that is sound: names are not to be corrected."""
        seen = self.closings.persons.find(span.seen)
        if seen is not None and seen.alone and seen.spelled:
            return seen
        restored = self.closings.persons.find(span.text)
        # Restoring may have made another word of what a seal left of the name.
        whole = restored is not None and restored.alone
        return seen if seen is not None and seen.alone and not whole else restored

    def _position(self, spans: Sequence[LineSpan]) -> str | None:
        offices = (self.closings.offices.find(span.text) for span in spans[:2])
        return " ".join(office for office in offices if office) or None

    def _authority(self, spans: Sequence[LineSpan]) -> str | None:
        lines = []
        for span in spans:
            match = AUTHORITY.match(span.key)
            whom = span.text[match.end() :] if match else span.text
            office = self.closings.offices.find(whom)
            whom = office.upper() if office else _letters(whom)
            lines.append(f"{_mark(match)} {whom}" if match else whom)
        return " ".join(lines) or None

    def _block(self, spans: Sequence[LineSpan]) -> _Block:
        authority: list[LineSpan] = []
        position: list[LineSpan] = []
        names: list[tuple[LineSpan, PersonName]] = []
        for span in _with_marks_joined(spans):
            if _ELECTRONIC.search(span.key):
                continue
            if self.closings.is_signing(span):
                if names and not _room_between(position or authority, names[-1][0]):
                    names.clear()  # scraps between two signing lines: nobody can sign there
                (authority if AUTHORITY.match(span.key) else position).append(span)
                continue
            name = None if _OFFICE.match(span.key) else self._name(span)
            if name is not None and (name.alone or (name.spelled and name.text.count(" ") > 1)):
                names.append((span, name))
                if name.alone and _room_between(position or authority, span):
                    break
            elif authority and not position and _WRAPPED.fullmatch(span.text):
                authority.append(span)  # the name of the body signed for went on
        alone = [entry for entry in names if entry[1].alone]
        return _Block(tuple(authority), tuple(position), (alone or names)[-1] if names else None)


@Language.factory("vnocr_signature", default_config={"dictionaries": ""})
def create_signature(nlp: Language, name: str, dictionaries: str) -> Signature:
    """Create the component. Raises DictionaryError if a dictionary is missing or damaged."""
    folder = Settings(dictionaries=dictionaries).dictionary_folder
    return Signature(ClosingReader.load(folder))


def _with_certificate(
    name: str | None, printed: Evidence, votes: list[Vote]
) -> tuple[str | None, Evidence]:
    """Return the name and its evidence after a person's certificate was heard.

    Marks that recognition lost are no disagreement: the certificate spells the name.
    """
    spelled = votes[0].value if name else None
    seen = Vote(spelled, printed.confidence, printed.raw, printed.page, printed.box, printed.source)
    decision = weigh([seen, *votes])
    found = decision.evidence() or printed
    return decision.value, replace(found, box=printed.box, raw=f"{printed.raw} | {votes[0].raw}")


def _room_between(signing: Sequence[LineSpan], name: LineSpan) -> bool:
    """Whether a signature has room between the signing lines and the name; untold is yes."""
    above = signing[-1].box if signing else None
    if above is None or name.box is None or signing[-1].page != name.page:
        return bool(signing) or name.box is not None
    return name.box.top - above.bottom > _ROOM * above.height


def _with_marks_joined(spans: Sequence[LineSpan]) -> Iterator[LineSpan]:
    """Yield the spans; a mark that was torn off ("KT." | "BỘ TRƯỞNG") is joined again."""
    for row in rows(spans):
        if len(row) > 1 and _BARE_MARK.fullmatch(row[0].key):
            yield joined(row)
        else:
            yield from row


def _of_deputy(position: str | None, authority: str | None) -> str | None:
    """Return the position, with the "Phó" that was lost.

    Nobody signs for himself: under "KT. CHỦ TỊCH" the office "Chủ tịch" is a deputy's.
    """
    if position and authority and re.search(rf"K/?T\.? {position.upper()}$", authority):
        return _DEPUTIES.get(position, f"Phó {position}")
    return position


def _mark(match: re.Match[str]) -> str:
    """Return the signing mark as the State ("TM.") or the Party ("T/M") prints it."""
    bare = re.sub(r"[\W_]", "", match["mark"]).upper()
    return "/".join(bare) if "/" in match["mark"] else f"{bare}."


def _letters(text: str) -> str:
    """Return the words of `text` that are words, in capitals as on paper."""
    words = (word.strip(" .,;:|_'\"*") for word in text.split())
    return " ".join(word for word in words if (len(word) > 1 or word == "Y") and word.isalpha())


def _evidence(block: _Block) -> Evidence:
    named = (block.name[0],) if block.name else ()
    spans = (*block.authority, *block.position, *named)
    words = [word for span in spans for word in span.words]
    sure = 0.0
    if block.name is not None:
        sure = _NAME_ALONE if block.name[1].alone else _NAME_AMID_NOISE
        sure *= 1.0 if block.name[1].spelled else _FAMILY_NAME_DAMAGED
        sure *= min(word.confidence for word in block.name[0].words)
    return Evidence(
        page=spans[-1].page,
        box=Box.around(word.box for word in words),
        raw=" / ".join(span.seen for span in spans),
        confidence=round(sure, 3),
        source=PRINTED,
    )
