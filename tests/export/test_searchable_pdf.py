"""Searchable copies, checked with tools that others wrote: pdftotext, qpdf, PDF/A validation."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, pdfa
from PIL import Image

from tests.export.scans import (
    DPI,
    HEIGHT,
    VIETNAMESE,
    WIDTH,
    change,
    dispatch_of,
    jpeg,
    page_of,
    picture,
    write_scan,
)
from vnocr.errors import CorruptError, InputError, UnsupportedError
from vnocr.export.searchable_pdf import write_searchable_pdf
from vnocr.model import Box, Line, Word

BODY = "Ủy ban nhân dân tỉnh đề nghị các sở, ban, ngành khẩn trương thực hiện những nội dung trên"


def words_of(path: Path) -> Counter[str]:
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    return Counter(done.stdout.split())


def boxes_of(path: Path) -> dict[str, tuple[float, float, float, float]]:
    """The boxes of the words, in pixels of the page as shown at the resolution of the test."""
    done = subprocess.run(
        ["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True
    )
    found = re.findall(r'xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.+?)<', done.stdout)
    return {
        word: tuple(float(x) * DPI / 72 for x in box)  # type: ignore[misc]
        for *box, word in found
    }


def copy(path: Path, dispatch: Any) -> tuple[Path, tuple[str, ...]]:
    target = path.with_name("copy.pdf")
    return target, write_searchable_pdf(dispatch, path, target)


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    return write_scan(tmp_path / "scan.pdf")


def test_every_vietnamese_letter_is_found_again(scan: Path) -> None:
    made, reasons = copy(scan, dispatch_of(scan, [page_of(VIETNAMESE)]))
    assert words_of(made) == Counter(VIETNAMESE.split())
    assert reasons == ()


def test_foreign_tools_find_nothing_to_say(scan: Path) -> None:
    made, _ = copy(scan, dispatch_of(scan, [page_of(BODY)]))
    assert subprocess.run(["qpdf", "--check", made], check=False).returncode == 0
    assert pdfa.validate_written(made, "3b").findings == []


def test_original_and_its_picture_stay_as_they_are(scan: Path) -> None:
    before = scan.read_bytes()
    made, _ = copy(scan, dispatch_of(scan, [page_of(BODY)]))
    assert scan.read_bytes() == before
    with pikepdf.open(made) as pdf:
        (image,) = pdf.pages[0].Resources.XObject.values()
        assert image.read_raw_bytes() == jpeg()


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize(("turn", "skew"), [(0, 0.0), (90, 2.0), (180, -3.0), (270, 0.0)])
def test_words_stand_where_they_were_seen(scan: Path, turned: int, turn: int, skew: float) -> None:
    """The page is shown turned by /Rotate and was recognised turned and straightened."""
    change(scan, lambda pdf: pdf.pages[0].rotate(turned, relative=False))
    shown = (HEIGHT, WIDTH) if turned in {90, 270} else (WIDTH, HEIGHT)
    width, height = (shown[1], shown[0]) if turn in {90, 270} else shown
    word = Word(
        "nghị",
        "nghị",
        Box(width // 2 - 50, height // 2 - 15, width // 2 + 50, height // 2 + 15),
        0.9,
    )
    page = replace(
        page_of(""),
        lines=(Line((word,), word.box),),
        width=width,
        height=height,
        turn=turn,
        skew=skew,
    )
    made, _ = copy(scan, dispatch_of(scan, [page]))
    left, top, right, bottom = boxes_of(made)["nghị"]
    assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx(
        (shown[0] / 2, shown[1] / 2), abs=2
    )
    wide, high = (30, 100) if turn in {90, 270} else (100, 30)
    assert (right - left, bottom - top) == pytest.approx((wide, high), abs=3)


def test_words_stand_right_in_a_cropped_page(scan: Path) -> None:
    def crop(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].mediabox = Array([-30, -50, 595, 842])
        pdf.pages[0].cropbox = Array([100, 200, 400, 600])

    change(scan, crop)
    word = Word("sở", "sở", Box(100, 50, 160, 80), 0.9)
    page = replace(page_of(""), lines=(Line((word,), word.box),), width=417, height=556)
    made, _ = copy(scan, dispatch_of(scan, [page]))
    with pikepdf.open(made) as pdf:
        content = pdf.pages[0].Contents[0].read_bytes().decode()
    x, y = re.search(r"(\S+) (\S+) Tm", content).groups()  # type: ignore[union-attr]
    assert (float(x), float(y)) == pytest.approx((100 + 72, 600 - 57.6), abs=0.5)


def test_tilted_lines_keep_their_words_whole(scan: Path) -> None:
    page = replace(page_of(f"{BODY} {VIETNAMESE}"), skew=-4.0)
    made, _ = copy(scan, dispatch_of(scan, [page]))
    assert words_of(made) == Counter(f"{BODY} {VIETNAMESE}".split())


def test_a_number_parted_at_the_end_of_a_line_keeps_its_hyphen(scan: Path) -> None:
    """Vietnamese has no hyphenation; pdftotext joins such lines and drops the hyphen."""
    text = "đề nghị thực hiện Quyết 1744/QĐ- BGTVT ngày của Bộ về việc"
    made, _ = copy(scan, dispatch_of(scan, [page_of(text)]))
    assert words_of(made) == Counter(text.split())


def test_words_over_each_other_are_told_apart(scan: Path) -> None:
    """Misread ink gives words that stand in one place; readers must not run them together."""
    boxes = [Box(300, 120, 340, 152), Box(301, 102, 342, 141), Box(355, 102, 420, 141)]
    words = tuple(
        Word(text, text, box, 0.3) for text, box in zip(("PHÓ", "SN", "giun:"), boxes, strict=True)
    )
    page = replace(page_of(""), lines=(Line(words, Box.around(boxes)),))
    made, _ = copy(scan, dispatch_of(scan, [page]))
    assert words_of(made) == Counter(["PHÓ", "SN", "giun:"])


def test_the_copy_says_what_it_is(scan: Path) -> None:
    dispatch = dispatch_of(scan, [page_of(BODY)])
    fields = replace(dispatch.fields, issuer="Sở Nội vụ", subject="Về <b>số hóa</b> & \x07lưu trữ")
    made, _ = copy(scan, replace(dispatch, fields=fields))
    with pikepdf.open(made) as pdf, pdf.open_metadata() as said:
        assert said["dc:title"] == "Về <b>số hóa</b> & \ufffdlưu trữ"
        assert said["dc:creator"] == ["Sở Nội vụ"]
        assert said["dc:description"] == "Báo cáo số 12/BC-SNV ngày 05/02/2024"
        assert said["dc:source"] == f"scan.pdf (SHA-256 {dispatch.source.sha256})"
        assert (said["pdfaid:part"], said["pdfaid:conformance"]) == ("3", "B")
        assert str(pdf.docinfo["/Title"]) == said["dc:title"]


def test_attachments_stay(scan: Path) -> None:
    change(scan, lambda pdf: pdf.attachments.__setitem__("biểu mẫu.txt", b"so lieu"))
    made, reasons = copy(scan, dispatch_of(scan, [page_of(BODY)]))
    with pikepdf.open(made) as pdf:
        assert pdf.attachments["biểu mẫu.txt"].get_file().read_bytes() == b"so lieu"
    assert reasons == ()


@pytest.mark.parametrize("kept", ["/F", "/UF"])
def test_attachments_named_but_once_keep_no_copy_from_pdfa(scan: Path, kept: str) -> None:
    def attach(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["a.txt"] = b"so lieu"
        spec = pdf.attachments["a.txt"].obj
        del spec["/UF" if kept == "/F" else "/F"]

    change(scan, attach)
    made, reasons = copy(scan, dispatch_of(scan, [page_of(BODY)]))
    assert reasons == ()
    with pikepdf.open(made) as pdf:
        assert pdf.attachments["a.txt"].get_file().read_bytes() == b"so lieu"


def test_what_would_act_is_gone(scan: Path) -> None:
    def arm(pdf: pikepdf.Pdf) -> None:
        script = Dictionary(S=Name.JavaScript, JS="app.alert('x')")
        launch = Dictionary(S=Name.Launch, F="cmd.exe")
        note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=launch)
        pdf.Root.OpenAction = script
        pdf.Root.AA = Dictionary(WC=script)
        pdf.pages[0].Annots = Array([pdf.make_indirect(note)])

    change(scan, arm)
    made, reasons = copy(scan, dispatch_of(scan, [page_of(BODY)]))
    with pikepdf.open(made) as pdf:
        everything = b"".join(thing.unparse() for thing in pdf.objects)
    assert not re.search(rb"app\.alert|cmd\.exe|OpenAction|/AA", everything)
    assert reasons == ()


def test_a_signature_is_drawn_and_no_longer_claimed(scan: Path) -> None:
    def sign(pdf: pikepdf.Pdf) -> None:
        look = pdf.make_stream(b"0 0 1 rg 0 0 100 40 re f")
        look.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 100, 40]))
        value = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=b"\0" * 8)
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Sig,
                T="s",
                V=value,
                F=4,
                Rect=[50, 50, 150, 90],
                AP=Dictionary(N=look),
            )
        )
        pdf.pages[0].Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)

    change(scan, sign)
    made, reasons = copy(scan, dispatch_of(scan, [page_of(BODY)]))
    with pikepdf.open(made) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert not any(
            thing.get("/FT") == "/Sig" for thing in pdf.objects if isinstance(thing, Dictionary)
        )
    assert reasons == ()
    subprocess.run(["pdftoppm", "-r", "72", "-singlefile", made, made.with_suffix("")], check=True)
    with Image.open(made.with_suffix(".ppm")) as shown:
        assert shown.getpixel((100, shown.height - 70)) == (0, 0, 255)


def test_the_poor_layer_of_another_program_gives_way(scan: Path) -> None:
    old = page_of("Uy ban nhan dan")
    poor, _ = copy(scan, dispatch_of(scan, [old]))
    poor = Path(shutil.move(poor, scan.with_name("poor.pdf")))
    made, _ = copy(poor, dispatch_of(poor, [page_of(BODY)]))
    assert words_of(made) == Counter(BODY.split())


def test_letters_from_before_unicode_are_muted(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "old.pdf"
    canvas = Canvas(str(path), pagesize=(WIDTH * 72 / DPI, HEIGHT * 72 / DPI))
    canvas.drawString(60, 700, "Céng hoµ x· héi")
    canvas.save()
    page = replace(page_of("Cộng hòa xã hội"), origin="legacy-text-layer")
    made, _ = copy(path, dispatch_of(path, [page]))
    assert words_of(made) == Counter(["Cộng", "hòa", "xã", "hội"])


def test_text_that_a_page_shows_itself_is_not_doubled(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "born.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(60, 700, "So lieu thang nay")
    canvas.save()
    made, reasons = copy(
        path, dispatch_of(path, [replace(page_of("So lieu thang nay"), origin="text-layer")])
    )
    assert words_of(made) == Counter(["So", "lieu", "thang", "nay"])
    assert reasons  # its font is not embedded, and the copy does not claim otherwise
    with pikepdf.open(made) as pdf, pdf.open_metadata() as said:
        assert "pdfaid:part" not in said


def _tiff(path: Path) -> None:
    pages = [picture().convert("1"), picture(1169, 827).convert("1")]
    pages[0].save(path, "TIFF", save_all=True, append_images=pages[1:], compression="group4")


def _alpha(path: Path) -> None:
    picture().convert("RGBA").save(path, "PNG")


@pytest.mark.parametrize(
    ("make", "media_type", "pages"),
    [
        (lambda path: path.write_bytes(jpeg()), "image/jpeg", 1),
        (lambda path: picture().save(path, "PNG"), "image/png", 1),
        (_alpha, "image/png", 1),
        (_tiff, "image/tiff", 2),
    ],
)
def test_pictures_become_searchable(
    tmp_path: Path, make: Callable[[Path], object], media_type: str, pages: int
) -> None:
    path = tmp_path / "picture"
    make(path)
    read = [page_of(BODY, number) for number in range(1, pages + 1)]
    if pages == 2:
        read[1] = replace(read[1], width=1169, height=827)
    made, reasons = copy(path, dispatch_of(path, read, media_type))
    assert reasons == ()
    assert words_of(made) == Counter(BODY.split() * pages)
    with pikepdf.open(made) as pdf:
        size = [float(x) for x in pdf.pages[0].mediabox][2:]
    assert size == pytest.approx([WIDTH * 72 / DPI, HEIGHT * 72 / DPI], abs=1)


def test_what_has_no_pages_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Kính gửi")
    with pytest.raises(UnsupportedError, match="has no pages"):
        copy(path, dispatch_of(path, [page_of("Kính gửi")], "text/plain"))


def test_a_file_that_changed_since_is_refused(scan: Path) -> None:
    dispatch = dispatch_of(scan, [page_of(BODY)])
    write_scan(scan, pages=2)
    with pytest.raises(CorruptError, match="has 2 pages, 1 were read"):
        copy(scan, dispatch)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 rubbish", b"\xff\xd8\xff rubbish"])
@pytest.mark.parametrize("media_type", ["application/pdf", "image/jpeg", "image/tiff"])
def test_rubbish_is_told_and_leaves_nothing(
    tmp_path: Path, content: bytes, media_type: str
) -> None:
    path = tmp_path / "scan"
    path.write_bytes(content)
    with pytest.raises(InputError, match=str(path)):
        copy(path, dispatch_of(path, [page_of(BODY)], media_type))
    assert list(tmp_path.iterdir()) == [path]
