import io
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest

from tests.imaging.sheets import coloured, pdf_of, save_image, text_at, text_page
from vnocr.errors import (
    CorruptError,
    EncryptedError,
    InputError,
    MissingToolError,
    NotFoundError,
    TooLargeError,
    UnsupportedError,
)
from vnocr.imaging.load import open_document
from vnocr.settings import ImagingSettings

SETTINGS = ImagingSettings()


def open_fully(path: Path, settings: ImagingSettings = SETTINGS) -> list[np.ndarray]:  # type: ignore[type-arg]
    with open_document(path, settings) as document:
        numbers = range(1, document.page_count + 1)
        return [document.page_image(number).pixels for number in numbers]


def fails(kind: type[InputError], path: Path, *words: str, **settings: int) -> None:
    with pytest.raises(kind) as caught:
        open_fully(path, ImagingSettings(**settings))  # type: ignore[arg-type]
    message = str(caught.value)
    for word in (path.name, *words):
        assert word in message


def refuse_to_draw(*_: object, **__: object) -> None:
    raise pypdfium2.PdfiumError("refused")


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_missing_file(tmp_path: Path) -> None:
    fails(NotFoundError, tmp_path / "none.pdf", "no such file")


def test_folder(tmp_path: Path) -> None:
    fails(UnsupportedError, tmp_path, "vnocr batch")


def test_empty_file(tmp_path: Path) -> None:
    fails(CorruptError, written(tmp_path / "a.pdf", b""), "empty")


def test_text_named_pdf(tmp_path: Path) -> None:
    fails(CorruptError, written(tmp_path / "a.pdf", b"<html>404</html>"), "not a PDF")


def test_word_file(tmp_path: Path) -> None:
    fails(UnsupportedError, written(tmp_path / "a.docx", b"PK\x03\x04\x00\x00" * 9), "PDF")


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pdf_of(tmp_path / "a.pdf")

    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)
    fails(InputError, path, "permission", "chmod")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_truncated_pdf(tmp_path: Path, share: float) -> None:
    whole = pdf_of(tmp_path / "a.pdf", text_at(100, 700, "Van ban") * 40, pages=6).read_bytes()
    fails(CorruptError, written(tmp_path / "b.pdf", whole[: int(len(whole) * share)]), "again")


def test_rubbish_behind_the_end_does_no_harm(tmp_path: Path) -> None:
    whole = pdf_of(tmp_path / "a.pdf", pages=2).read_bytes()
    assert len(open_fully(written(tmp_path / "b.pdf", whole + b"\r\n--boundary--" * 9))) == 2


def test_pdf_of_nothing_but_its_header(tmp_path: Path) -> None:
    fails(CorruptError, written(tmp_path / "a.pdf", b"%PDF-1.4\n%%EOF"), "damaged")


def test_password(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "a.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user="secret"))
    fails(EncryptedError, path, "qpdf --decrypt")


def test_empty_password_opens(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "a.pdf", text_at(100, 700, "Cong van so mot hai ba"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user=""))
    with open_document(path, SETTINGS) as document:
        layer = document.text_layer(1)
        assert layer is not None
        assert layer.page.text == "Cong van so mot hai ba"
        assert document.page_image(1).pixels.min() < 128


def test_no_pages(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.save(tmp_path / "a.pdf")
    fails(CorruptError, tmp_path / "a.pdf", "no pages")


def test_page_too_large_to_draw(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "a.pdf", size=(14400, 14400))
    fails(TooLargeError, path, "page 1", "max_megapixels")


def test_large_page_is_drawn_smaller(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "a.pdf", size=(72 * 30, 72 * 40))
    with open_document(path, ImagingSettings(max_megapixels=20)) as document:
        image = document.page_image(1)
    assert image.dpi == 129
    assert image.pixels.shape[0] * image.pixels.shape[1] <= 20_100_000


def test_too_many_pages(tmp_path: Path) -> None:
    fails(TooLargeError, pdf_of(tmp_path / "a.pdf", pages=3), "3 pages", max_pages=2)


def test_picture_bomb_in_a_pdf_is_never_unpacked(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "a.pdf", "q 595 0 0 842 0 0 cm /I Do Q")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        bomb = pdf.make_stream(b"\x00" * 64)
        bomb.Type, bomb.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        bomb.Width, bomb.Height, bomb.BitsPerComponent = 60000, 60000, 1
        bomb.ColorSpace = pikepdf.Name.DeviceGray
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(I=bomb)
        pdf.save(path)
    fails(TooLargeError, path, "60000 x 60000")


def test_image_of_absurd_size(tmp_path: Path) -> None:
    path = save_image(np.zeros((3000, 3000), np.uint8), tmp_path / "a.png")
    fails(TooLargeError, path, "3000 x 3000", max_megapixels=8)


def test_a_thread_of_an_image_is_not_scaled_to_a_page(tmp_path: Path) -> None:
    """One pixel wide it would be taken for a page at one dot an inch."""
    path = save_image(np.zeros((100_000, 1), np.uint8), tmp_path / "a.png")
    with open_document(path, SETTINGS) as document, pytest.raises(TooLargeError, match="pixels"):
        document.page_image(1)


def test_a_tiff_that_points_astray_keeps_its_first_page(tmp_path: Path) -> None:
    path = save_image(text_page(), tmp_path / "a.tif")
    content = bytearray(path.read_bytes())
    start = int.from_bytes(content[4:8], "little")
    after = start + 2 + 12 * int.from_bytes(content[start : start + 2], "little")
    content[after : after + 4] = b"\xff\xff\xff\xff"
    with open_document(written(path, bytes(content)), SETTINGS) as document:
        assert document.page_count > 1
        assert document.page_image(1).pixels.size
        with pytest.raises(CorruptError, match="page 2"):
            document.page_image(2)


@pytest.mark.parametrize("suffix", ["png", "jpg", "tif"])
def test_truncated_image(tmp_path: Path, suffix: str) -> None:
    whole = save_image(text_page(), tmp_path / f"a.{suffix}").read_bytes()
    fails(CorruptError, written(tmp_path / f"b.{suffix}", whole[: len(whole) // 2]), "damaged")


def test_missing_poppler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Poppler is asked only for what PDFium refuses."""
    path = pdf_of(tmp_path / "a.pdf")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert open_fully(path)
    monkeypatch.setattr(pypdfium2.PdfPage, "render", refuse_to_draw)
    with pytest.raises(MissingToolError, match="apt-get install poppler-utils"):
        open_fully(path)


def test_what_pdfium_refuses_is_drawn_by_poppler(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pdf_of(tmp_path / "a.pdf", text_at(100, 700, "Van ban"))
    (usual,) = open_fully(path)
    monkeypatch.setattr(pypdfium2.PdfPage, "render", refuse_to_draw)
    (other,) = open_fully(path)
    assert other.shape == usual.shape
    assert abs(float(other.mean()) - float(usual.mean())) < 0.5


def test_the_file_is_never_changed(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "a.pdf", text_at(100, 700, "Van ban"))
    before = path.read_bytes(), path.stat().st_mtime_ns
    with open_document(path, SETTINGS) as document:
        document.text_layer(1)
        document.page_image(1)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_tiff_of_many_pages_and_kinds(tmp_path: Path) -> None:
    from PIL import Image

    page = text_page()
    frames = [
        Image.fromarray(page).convert("1", dither=Image.Dither.NONE),
        Image.fromarray(coloured(page)),
        Image.fromarray(page).convert("P"),
        Image.fromarray(page.astype(np.uint16) * 257),
        Image.fromarray(coloured(page)).convert("CMYK"),
    ]
    frames[0].save(tmp_path / "a.tif", save_all=True, append_images=frames[1:], dpi=(200, 200))

    pages = open_fully(tmp_path / "a.tif")

    assert len(pages) == 5
    for pixels in pages:
        grey = pixels if pixels.ndim == 2 else pixels.max(axis=2)
        assert grey.shape == page.shape
        assert np.mean(np.abs(grey.astype(int) - page)) < 4


def test_transparent_png_is_black_on_white(tmp_path: Path) -> None:
    from PIL import Image

    page = text_page()
    clear = np.zeros((*page.shape, 4), np.uint8)
    clear[..., 3] = 255 - page
    Image.fromarray(clear).save(tmp_path / "a.png", dpi=(200, 200))
    (pixels,) = open_fully(tmp_path / "a.png")
    assert np.array_equal(pixels.max(axis=2), page)


def test_photo_is_turned_as_its_camera_says(tmp_path: Path) -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6
    save_image(text_page(), tmp_path / "a.jpg", exif=exif, dpi=(200, 200))
    (pixels,) = open_fully(tmp_path / "a.jpg")
    assert pixels.shape[:2] == (1000, 1400)


@pytest.mark.parametrize(("stated", "shape"), [(400, (1400, 1000)), (1, (1400, 1000))])
def test_images_come_near_the_wanted_resolution(
    tmp_path: Path, stated: int, shape: tuple[int, int]
) -> None:
    page = np.repeat(np.repeat(text_page(), 2, axis=0), 2, axis=1)
    save_image(page, tmp_path / "a.png", dpi=(stated, stated))
    with open_document(tmp_path / "a.png", SETTINGS) as document:
        image = document.page_image(1)
    assert image.dpi == 200
    wide = shape[1] if stated == 400 else round(8.27 * 200)
    assert abs(image.pixels.shape[1] - wide) < 12


def test_crop_box_and_rotation_are_honoured(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "a.pdf", text_at(120, 620, "SO CONG THUONG"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].CropBox = [100, 500, 400, 700]
        pdf.pages[0].Rotate = 90
        pdf.save(path)
    with open_document(path, SETTINGS) as document:
        pixels, layer = document.page_image(1).pixels, document.text_layer(1)
    assert abs(pixels.shape[0] - 300 / 72 * 200) < 3
    assert layer is not None
    assert (layer.page.width, layer.page.height) == pytest.approx(pixels.shape[1::-1], abs=2)
    ink = np.argwhere(pixels.min(axis=2) < 128)
    boxes = [word.box for line in layer.page.lines for word in line.words if word.box]
    assert min(box.left for box in boxes) == pytest.approx(ink[:, 1].min(), abs=20)
    assert max(box.bottom for box in boxes) == pytest.approx(ink[:, 0].max(), abs=20)


def test_text_file(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", "Số: 1\n\nTrang một\fTrang hai".encode())
    with open_document(path, SETTINGS) as document:
        assert (document.media_type, document.page_count) == ("text/plain", 2)
        layer = document.text_layer(2)
        assert layer is not None
        assert layer.page.text == "Trang hai"


def test_text_in_another_encoding(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", b"a" * 9000 + "Việt".encode("utf-16-le").replace(b"\0", b""))
    fails(UnsupportedError, path, "iconv")


def test_kind_is_told_from_content_not_name(tmp_path: Path) -> None:
    stream = io.BytesIO(save_image(text_page(), tmp_path / "a.png").read_bytes())
    with open_document(written(tmp_path / "b.pdf", stream.read()), SETTINGS) as document:
        assert document.media_type == "image/png"


def test_a_name_like_an_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 200))
        pdf.save("-help.pdf")
    assert len(open_fully(Path("-help.pdf"))) == 1


def test_forms_that_draw_each_other_without_end_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "forms.pdf"
    with pikepdf.new() as pdf:
        inner = pdf.make_stream(b"0 0 9 9 re f")
        for _ in range(12):
            form = pdf.make_stream(b"/F Do " * 10, Type=pikepdf.Name.XObject)
            form.Subtype, form.BBox = pikepdf.Name.Form, [0, 0, 9, 9]
            inner.Subtype, inner.BBox = pikepdf.Name.Form, [0, 0, 9, 9]
            form.Resources = pikepdf.Dictionary(
                XObject=pikepdf.Dictionary(F=pdf.make_indirect(inner))
            )
            inner = form
        page = pdf.add_blank_page(page_size=(200, 200))
        page.Resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary(F=inner), Font=pikepdf.Dictionary(A=pikepdf.Dictionary())
        )
        page.Contents = pdf.make_stream(b"/F Do")
        pdf.save(path)
    fails(TooLargeError, path, "page 1", "draws")
    with open_document(path, SETTINGS) as document:
        assert document.text_layer(1) is None


def test_a_file_of_many_megabytes_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "vast.pdf").open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(3 << 20)
    fails(TooLargeError, tmp_path / "vast.pdf", "3 MB", "max_megabytes", max_megabytes=2)
