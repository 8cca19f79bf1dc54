"""The outline of a body: which paragraph stands under which heading, and its label.

Labels are paths through the tree: `I.1.a`, `Điều 2.3`, `(4)`, and `1.-2` for the second
paragraph without a number of its own under heading 1. A paragraph that stands outside
every list has no label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from vnocr.extract.document import lines_of
from vnocr.extract.markers import Kind, Marker
from vnocr.extract.paragraphs import Paragraph, split_paragraphs

_EXTENSION = "vnocr_outline"

# Words that open a paragraph which closes a list and speaks to everybody again.
_CLOSES_LIST = re.compile(
    r"(?:Yêu cầu|Đề nghị|Kính|Giao|Nhận được|Trên đây|Trong quá trình|Quá trình|Căn cứ|Chỉ thị này"
    r"|Công văn này|Thông báo này|Kế hoạch này|Nay|Nơi nhận|Rất mong|Trân trọng|Mọi|Thông tin chi"
    r"|Nội dung|Văn bản|Báo cáo|Kết quả|Để|Nhằm|Thủ trưởng|Các|Định kỳ|Ủy ban|UBND|Sở|Trường hợp)\b"
)
_HEADING_WORDS = 25


@dataclass(frozen=True, slots=True)
class Node:
    """A paragraph in its place: `parent` and `children` are indices into the outline."""

    paragraph: Paragraph
    label: str | None
    parent: int | None
    children: tuple[int, ...] = ()

    @property
    def content(self) -> str:
        """The text after the marker."""
        marker = self.paragraph.marker
        return self.paragraph.text[marker.length if marker else 0 :].strip()

    @property
    def leads(self) -> bool:
        """Whether the text only opens what follows: a heading, or a sentence with a colon."""
        return is_heading(self.content)


def is_heading(content: str) -> bool:
    """Whether `content`, a paragraph without its marker, announces what stands below it."""
    if content.endswith(":"):
        return True
    if re.search(r"[.;,…/]\W*$|[@/]\S*$|\.(?:com|vn|net|org)\b|\./\.", content):
        return False
    return len(content.split()) <= _HEADING_WORDS


def outline(paragraphs: Sequence[Paragraph]) -> tuple[Node, ...]:
    """Return one node for each of `paragraphs`, in their order."""
    builder = _Builder(paragraphs)
    parents = [builder.place(index) for index in range(len(paragraphs))]
    children: list[list[int]] = [[] for _ in paragraphs]
    for index, parent in enumerate(parents):
        if parent is not None:
            children[parent].append(index)
    labels = _labels(paragraphs, parents)
    return tuple(
        Node(paragraph, label, parent, tuple(below))
        for paragraph, label, parent, below in zip(
            paragraphs, labels, parents, children, strict=True
        )
    )


class _Builder:
    """Walks down the paragraphs with the stack of items that are still open."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._paragraphs = paragraphs
        self._open: list[int] = []
        self._parents: list[int | None] = []

    def place(self, index: int) -> int | None:
        """Return the parent of paragraph `index` and open it."""
        paragraph = self._paragraphs[index]
        if not paragraph.table:
            if paragraph.marker:
                self._close_for_item(index, paragraph.marker)
            else:
                self._close_for_text(index)
        parent = self._open[-1] if self._open else None
        self._parents.append(parent)
        if not paragraph.table:
            self._open.append(index)
        return parent

    def _resumes(self, index: int, marker: Marker) -> bool:
        """Open again the list that item `index` goes on with, where dirt had closed it."""
        if marker.ordinal is None or marker.ordinal < 2:
            return False
        for before in range(index - 1, -1, -1):
            last = self._paragraphs[before].marker
            if last is None or last.kind is not marker.kind:
                continue
            if last.ordinal is None or not 0 < marker.ordinal - last.ordinal < 3:
                return False
            above: list[int] = []
            parent = self._parents[before]
            while parent is not None:
                above.insert(0, parent)
                parent = self._parents[parent]
            self._open = above
            return True
        return False

    def _close_for_item(self, index: int, marker: Marker) -> None:
        kinds = [self._kind(entry) for entry in self._open]
        if marker.kind in kinds and not self._restarts(index, marker):
            del self._open[kinds.index(marker.kind) :]
            return
        if marker.kind not in kinds and self._resumes(index, marker):
            return
        opened_just_now = self._open and self._open[-1] == index - 1 and self._leads(index - 1)
        if opened_just_now and marker.kind.value >= Kind.UPPER.value:
            return
        while self._open:
            kind = self._kind(self._open[-1])
            if kind is None and self._leads(self._open[-1]):
                break
            if kind is not None and kind.value < marker.kind.value:
                break
            self._open.pop()

    def _restarts(self, index: int, marker: Marker) -> bool:
        # A list that starts again at 1 right under an item of its own kind is a list inside it.
        before = self._paragraphs[index - 1].marker if index else None
        return (
            marker.ordinal == 1
            and before is not None
            and before.kind is marker.kind
            and before.ordinal != 1
            and self._paragraphs[index - 1].text.endswith(":")
        )

    def _close_for_text(self, index: int) -> None:
        text = self._paragraphs[index].text
        while self._open:
            top = self._open[-1]
            kind = self._kind(top)
            if kind is not None and self._goes_on(top, index):
                return
            closing = _CLOSES_LIST.match(text) and not self._first_under(top, index)
            if kind is not None and not kind.bullet and self._leads(top) and not closing:
                return
            self._open.pop()

    def _first_under(self, top: int, index: int) -> bool:
        return top == index - 1

    def _goes_on(self, top: int, index: int) -> bool:
        """Whether the list of item `top` has its next item after paragraph `index`."""
        marker = self._paragraphs[top].marker
        if marker is None or marker.ordinal is None:
            return False
        for later in self._paragraphs[index + 1 :]:
            if later.marker and later.marker.kind is marker.kind:
                return later.marker.ordinal == marker.ordinal + 1
        return False

    def _kind(self, index: int) -> Kind | None:
        marker = self._paragraphs[index].marker
        return marker.kind if marker else None

    def _leads(self, index: int) -> bool:
        paragraph = self._paragraphs[index]
        start = paragraph.marker.length if paragraph.marker else 0
        return is_heading(paragraph.text[start:].strip())


def _labels(paragraphs: Sequence[Paragraph], parents: Sequence[int | None]) -> list[str | None]:
    labels: list[str | None] = []
    counts: dict[tuple[int | None, str], int] = {}
    for index, paragraph in enumerate(paragraphs):
        parent = parents[index]
        above = labels[parent] if parent is not None else None
        marker = paragraph.marker
        if marker is None and above is None:
            labels.append(None)
            continue
        own = marker.label if marker else "-"
        if marker is None or marker.kind.bullet:
            key = (parent, own)
            counts[key] = counts.get(key, 0) + 1
            own += str(counts[key])
        labels.append(_path(above, own, marker))
    return labels


def _path(above: str | None, own: str, marker: Marker | None) -> str:
    if above is None or (marker and marker.kind in (Kind.ARTICLE, Kind.CHAPTER, Kind.PART)):
        return own
    if marker and marker.kind in (Kind.NUMBER_2, Kind.NUMBER_3):
        # 1.2 stands under 1: the number says so itself.
        last = above.rsplit(".", 1)
        if own.startswith(last[-1] + "."):
            return f"{last[0]}.{own}" if len(last) == 2 else own
    return f"{above}.{own}"


def outline_of(doc: Doc) -> tuple[Node, ...]:
    """Return the outline of the body of `doc`; it is made when first asked for."""
    if not Doc.has_extension(_EXTENSION):
        Doc.set_extension(_EXTENSION, default=None)
    found: tuple[Node, ...] | None = doc._.get(_EXTENSION)
    if found is None:
        lines = lines_of(doc)
        body = [lines[index] for index in doc._.vnocr_body]
        found = outline(split_paragraphs(body))
        doc._.set(_EXTENSION, found)
    return found


@Language.factory(
    "vnocr_structure", default_config={"dictionaries": ""}, assigns=["doc._.vnocr_outline"]
)
def make_structure(nlp: Language, name: str, dictionaries: str) -> Any:
    """Return the component that fills `doc._.vnocr_outline` with `tuple[Node, ...]`."""

    def build(doc: Doc) -> Doc:
        outline_of(doc)
        return doc

    return build
