from pathlib import Path

import pikepdf
import pytest

from tests.imaging.sheets import pdf_of, text_at
from vnocr.imaging.load import open_document
from vnocr.imaging.source import decide
from vnocr.imaging.text_layer import TextLayer
from vnocr.model import Line, Origin, Page, Word
from vnocr.settings import ImagingSettings

GOOD = (
    "Thực hiện Nghị quyết của Hội đồng nhân dân tỉnh về phát triển giáo dục, Sở Giáo dục yêu cầu"
    " các trường báo cáo kết quả và đề xuất nhiệm vụ trong thời gian tới theo quy định hiện hành"
)
BAD = (
    "Thyc hién Nghi quyét cua HOi d6ng nhan dan tinh vé phat trién gido duc, S& Giao duc yéu cau"
    " cdc trudng bdo cdo két qua va dé xudt nhiém vy trong thdi gian tdi theo quy dinh hién hanh"
)
SIGNATURE = "Người ký: Ủy ban nhân dân tỉnh\nThời gian ký: 05.07.2021 14:05:44 +07:00"


def layer(text: str, share: float, origin: Origin = "text-layer") -> TextLayer:
    lines = tuple(
        Line(tuple(Word(token, token, None, 0.99) for token in row.split()))
        for row in text.splitlines()
    )
    return TextLayer(Page(1, lines, origin), frozenset(), share)


def test_no_layer_is_an_image_page() -> None:
    decision = decide(None)
    assert decision.page is None
    assert "no text layer" in decision.reason


@pytest.mark.parametrize("share", [1.0, 0.3])
def test_signature_alone_is_an_image_page(share: float) -> None:
    decision = decide(layer(SIGNATURE, share))
    assert decision.page is None
    assert "signature" in decision.reason


def test_written_text_is_certain() -> None:
    decision = decide(layer(GOOD, 0.05))
    assert decision.page is not None
    assert decision.certain
    assert "trusted" in decision.page.reason


def test_spotless_text_over_a_scan_is_taken_but_not_as_certain() -> None:
    decision = decide(layer(GOOD, 1.0))
    assert decision.page is not None
    assert not decision.certain


@pytest.mark.parametrize("share", [1.0, 0.0])
def test_misread_text_is_read_again(share: float) -> None:
    decision = decide(layer(BAD, share))
    assert decision.page is None
    assert "poor text layer" in decision.reason
    assert decision.witness is not None
    assert decision.witness.text.startswith("Thyc hién")


def test_converted_text_says_so() -> None:
    decision = decide(layer(GOOD, 0.0, "legacy-text-layer"))
    assert decision.page is not None
    assert "old encoding" in decision.page.reason


def test_scan_cut_into_strips_covers_the_page(tmp_path: Path) -> None:
    strips = "".join(f"q 595 0 0 85 0 {85 * n} cm /I Do Q\n" for n in range(10))
    path = pdf_of(tmp_path / "a.pdf", strips + text_at(400, 800, "Signed by: Office", 8))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        strip = pdf.make_stream(b"\xff")
        strip.Type, strip.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        strip.Width, strip.Height, strip.BitsPerComponent = 1, 1, 8
        strip.ColorSpace = pikepdf.Name.DeviceGray
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(I=strip)
        pdf.save(path)
    with open_document(path, ImagingSettings()) as document:
        found = document.text_layer(1)
    assert found is not None
    assert found.image_share > 0.95
    assert decide(found).page is None


def test_text_of_a_note_is_read(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "a.pdf", text_at(80, 700, "So:"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        look = pdf.make_stream(b"BT /F1 13 Tf 2 4 Td (127/SNV) Tj ET")
        look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        look.BBox, look.Resources = [0, 0, 90, 20], page.Resources
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.FreeText,
            Rect=[110, 696, 200, 716],
            F=4,
            AP=pikepdf.Dictionary(N=look),
        )
        page.Annots = pikepdf.Array([pdf.make_indirect(note)])
        pdf.save(path)
    with open_document(path, ImagingSettings()) as document:
        found = document.text_layer(1)
        assert found is not None
        assert "127/SNV" in found.page.text
        assert document.page_image(1).pixels[330:380, 310:560].min() < 100


def filled_form(path: Path) -> Path:
    """A page with one form field whose value was typed in."""
    with pikepdf.open(pdf_of(path, text_at(80, 700, "Ngay:")), allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        look = pdf.make_stream(b"/Tx BMC BT /F1 13 Tf 2 4 Td (15/08/2021) Tj ET EMC")
        look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        look.BBox, look.Resources = [0, 0, 90, 20], page.Resources
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T=pikepdf.String("ngay"),
                V=pikepdf.String("15/08/2021"),
                Rect=[130, 696, 220, 716],
                F=4,
                AP=pikepdf.Dictionary(N=look),
            )
        )
        page.Annots = pikepdf.Array([field])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
        pdf.save(path)
    return path


def test_what_was_typed_into_a_form_is_read_and_drawn(tmp_path: Path) -> None:
    with open_document(filled_form(tmp_path / "a.pdf"), ImagingSettings()) as document:
        found = document.text_layer(1)
        assert found is not None
        assert "15/08/2021" in found.page.text
        assert document.page_image(1).pixels[330:390, 365:600].min() < 100


def test_each_page_of_a_mixed_document_is_decided_alone(tmp_path: Path) -> None:
    path = tmp_path / "mixed.pdf"
    written = "".join(text_at(60, 760 - 20 * row, "Bao cao ket qua cong tac") for row in range(8))
    with pikepdf.open(pdf_of(path, written, pages=3), allow_overwriting_input=True) as pdf:
        scan = pdf.make_stream(b"\xff")
        scan.Type, scan.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        scan.Width, scan.Height, scan.BitsPerComponent = 1, 1, 8
        scan.ColorSpace = pikepdf.Name.DeviceGray
        bare, layered = pdf.pages[1], pdf.pages[2]
        bare.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=scan))
        bare.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")
        layered.Resources.XObject = pikepdf.Dictionary(I=scan)
        layered.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q\n" + written.encode())
        pdf.save(path)

    with open_document(path, ImagingSettings()) as document:
        layers = [document.text_layer(number) for number in (1, 2, 3)]

    assert layers[0] is not None
    assert layers[0].image_share == 0
    assert layers[1] is None
    assert layers[2] is not None
    assert layers[2].image_share > 0.95
    assert "poor text layer" in decide(layers[2]).reason
