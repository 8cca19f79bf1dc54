"""Values for tests, each with sensible parts where the test does not care."""

from __future__ import annotations

from pathlib import Path

from vnocr.model import (
    Box,
    Directive,
    Dispatch,
    Evidence,
    Fields,
    Line,
    Page,
    Problem,
    Producer,
    Reference,
    Region,
    Seal,
    Signature,
    Signer,
    Source,
    Word,
)

PRODUCER = Producer("1.0", "a" * 64, "b" * 64)


def make_line(text: str, top: int = 0, region: Region | None = None) -> Line:
    """A line whose words are 100 pixels wide and were read without doubt."""
    words = tuple(
        Word(word, word, Box(100 * index, top, 100 * index + 90, top + 30), 0.95)
        for index, word in enumerate(text.split())
    )
    return Line(words, Box.around(word.box for word in words), region)


def make_dispatch(path: str = "a.pdf", problems: tuple[Problem, ...] = ()) -> Dispatch:
    """A dispatch with every kind of value in it."""
    changed = Word("thyc", "thực", Box(1, 2, 3, 4), 0.5)
    lines = (make_line("BÁO CÁO", 10, Region.TYPE), Line((changed,), changed.box))
    return Dispatch(
        source=Source(path, "c" * 64, "application/pdf", 1, 1234),
        fields=Fields(
            number="12/BC-SNV",
            serial="12",
            symbol="BC-SNV",
            type="Báo cáo",
            subject="công tác <văn thư>",
            issue_date="2024-02-05",
            recipients_to=("Sở Nội vụ",),
            signer=Signer("Trần Văn Mẫu", "Giám đốc", None),
        ),
        evidence={"number": Evidence(1, Box(0, 10, 90, 40), "Số: 12/BC-SNV", 0.98, "printed")},
        directives=(
            Directive(
                label="1",
                text="Báo cáo kết quả",
                assignee="Sở Y tế",
                assignee_inherited=True,
                cooperating=("Sở Tài chính",),
                deadline="2024-03-01",
                deadline_text="trước ngày 01/3/2024",
                recurring=None,
                page=1,
                box=None,
                confidence=0.8,
            ),
        ),
        references=(Reference("Nghị định 30", "Nghị định", "30/2020/NĐ-CP", None, None, 1),),
        signatures=(Signature("A", "B", "2024-02-05T08:00:00+07:00", True),),
        pages=(
            Page(
                1,
                lines,
                "ocr",
                1654,
                2339,
                200,
                "image page",
                seals=(Seal(Box(900, 1800, 1180, 2080), "red"),),
            ),
        ),
        problems=problems,
        vnocr=PRODUCER,
    )


def write_file(path: Path, content: str) -> Path:
    """Write `content` to `path`, folders made as needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path
