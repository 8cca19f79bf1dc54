"""The committed samples: each opens, is what its gold record says, and has one."""

import json
from collections import Counter
from pathlib import Path

import jsonschema
import numpy as np
import pdfplumber
import pikepdf
import pytest
from PIL import Image

from vnocr.vietnamese.legacy import convert, legacy_font

ROOT = Path(__file__).resolve().parents[2]
READABLE = {".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png", ".txt"}
FILES = sorted(p for p in (ROOT / "samples").iterdir() if p.suffix in READABLE)
SCANS = [p for p in FILES if p.suffix == ".pdf" and p.stem[:2] not in ("15", "16", "17")]
MEGABYTE = 1_000_000


def words(record):
    return [word for page in record["pages"] for line in page["lines"]
            for word in line["text"].split()]  # fmt: skip


def picture_of(page):
    objects = page.Resources.XObject.values()
    return next(found for found in objects if found.Subtype == pikepdf.Name.Image)


def test_every_type_of_the_collection_is_there(gold):
    types = Counter(gold(path.stem)["fields"]["type"] for path in FILES)
    assert types["Công văn"] >= 2
    assert types.keys() >= {
        "Quyết định", "Thông báo", "Chỉ thị", "Kế hoạch", "Báo cáo", "Tờ trình",
        "Giấy mời", "Công điện", "Kết luận", "Hướng dẫn", "Nghị quyết",
    }  # fmt: skip
    assert len(FILES) >= 14


def test_files_contents_and_gold_records_belong_together(samples):
    names = {path.stem for path in FILES}
    assert names == {path.stem for path in (samples / "content").glob("*.toml")}
    assert names == {path.stem for path in (samples / "gold").glob("*.json")}


def test_a_batch_over_the_folder_meets_only_dispatches(samples):
    below = [p for p in samples.rglob("*") if p.parent != samples and p.suffix in READABLE]
    assert below == []


def test_they_stay_small(samples):
    assert sum(p.stat().st_size for p in samples.rglob("*") if p.is_file()) < 15 * MEGABYTE


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_gold_records_follow_the_schema_of_records(path, gold):
    schema_file = ROOT / "vnocr" / "export" / "record.schema.json"
    defs = json.loads(schema_file.read_text("utf-8"))["$defs"]
    record = gold(path.stem)
    assert record["file"] == path.name
    jsonschema.validate(record["fields"], {**defs["fields"], "$defs": defs})
    for directive in record["directives"]:
        whole = directive | {"box": None, "confidence": 1.0}
        whole.pop("optional", None)
        jsonschema.validate(whole, {**defs["directive"], "$defs": defs})
    for reference in record["references"]:
        jsonschema.validate(reference, {**defs["reference"], "$defs": defs})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_gold_answers_stand_on_the_pages(path, gold):
    record = gold(path.stem)
    text = " ".join(words(record))
    fields = record["fields"]
    for value in (fields["issuer"], fields["subject"], fields["signer"]["name"]):
        assert value in text
    if fields["number"]:
        assert fields["number"] in text
    for found in (*record["directives"], *record["references"]):
        assert found["page"] <= len(record["pages"])
    for directive in record["directives"]:
        assert not directive["deadline_text"] or directive["deadline_text"] in directive["text"]
        assert not directive["recurring"] or directive["recurring"] in directive["text"]
        for partner in directive["cooperating"]:
            assert partner in directive["text"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_has_the_pages_its_gold_record_says(path, gold):
    pages = gold(path.stem)["pages"]
    if path.suffix == ".pdf":
        with pikepdf.open(path) as document:
            assert len(document.pages) == len(pages)
    elif path.suffix == ".txt":
        assert path.read_text("utf-8").count("\f") == len(pages) - 1
    else:
        with Image.open(path) as image:
            assert getattr(image, "n_frames", 1) == len(pages)
            image.load()


@pytest.mark.parametrize("path", SCANS, ids=lambda path: path.stem)
def test_scans_hold_pictures_and_no_text_but_a_signature_block(path, gold):
    with pdfplumber.open(path) as document:
        text = "\n".join(page.extract_text() for page in document.pages)
        assert all(page.images for page in document.pages)
    assert text.splitlines() == gold(path.stem)["text_layer"] or not text.strip()


def test_one_scan_carries_a_signature_block(samples, gold):
    with pdfplumber.open(samples / "04-thong-bao.pdf") as document:
        lines = document.pages[0].extract_text().splitlines()
    assert lines == gold("04-thong-bao")["text_layer"]
    assert lines[0].startswith("Ký bởi:")


def test_scans_cover_resolutions_and_colours():
    seen = set()
    for path in SCANS:
        with pikepdf.open(path) as document:
            for page in document.pages:
                picture = picture_of(page)
                dpi = round(int(picture.Width) / float(page.mediabox[2]) * 72, -1)
                coding = str(picture.Filter[0] if isinstance(picture.Filter, pikepdf.Array)
                             else picture.Filter)  # fmt: skip
                seen.add((dpi, str(picture.ColorSpace), coding))
    assert seen >= {
        (200, "/DeviceRGB", "/DCTDecode"), (300, "/DeviceRGB", "/DCTDecode"),
        (200, "/DeviceGray", "/DCTDecode"), (300, "/DeviceGray", "/DCTDecode"),
        (200, "/DeviceGray", "/CCITTFaxDecode"), (300, "/DeviceGray", "/CCITTFaxDecode"),
    }  # fmt: skip


def test_the_blank_back_page_shows_only_the_shadow_of_its_front(samples, gold):
    assert gold("08-to-trinh")["pages"][1] == {"number": 2, "blank": True, "lines": []}
    with pikepdf.open(samples / "08-to-trinh.pdf") as document:
        pictures = [pikepdf.PdfImage(picture_of(page)).as_pil_image()
                    for page in document.pages]  # fmt: skip
    front, back = (np.asarray(picture.convert("L")) for picture in pictures)
    assert (front < 100).mean() > 0.01
    assert (back < 100).mean() < 0.0001
    assert (back < np.median(back) - 15).mean() > 0.01


def test_the_born_digital_one_reads_as_unicode(samples, gold):
    with pdfplumber.open(samples / "15-nghi-quyet-dien-tu.pdf") as document:
        text = " ".join(page.extract_text() for page in document.pages)
    assert sorted(text.split()) == sorted(words(gold("15-nghi-quyet-dien-tu")))


@pytest.mark.parametrize(
    ("name", "encoding", "glimpse"),
    [
        ("16-quyet-dinh-tcvn3", "tcvn3", "céng hßa x· héi chñ nghÜa viÖt NAM"),
        ("17-thong-bao-vni", "vni", "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM"),
    ],
)
def test_legacy_text_layers_hold_the_old_codes_and_mean_the_gold_text(
    samples, gold, name, encoding, glimpse
):
    with pdfplumber.open(samples / f"{name}.pdf") as document:
        pages = [page.extract_words(extra_attrs=["fontname"]) for page in document.pages]
        text = " ".join(page.extract_text() for page in document.pages)
    assert glimpse in text
    fonts = [legacy_font(word["fontname"]) for page in pages for word in page]
    assert {font.encoding for font in fonts if font} == {encoding}
    assert all(fonts)
    joined = convert(text, encoding)
    assert sorted(joined.casefold().split()) == sorted(
        word.casefold() for word in words(gold(name))
    )


def test_the_text_sample_lost_its_marks_but_kept_its_numbers(samples, gold):
    text = (samples / "18-cong-van-ocr.txt").read_text("utf-8")
    for kept in ("1894/BKHCN-TDC", "30/11/2020", "15/12/2020", "9001:2015"):
        assert kept in text
    assert set("ăđơưạảấầẩậắằẳặẹẻẽếềểệịỉĩọỏốồổộớờởợụủũứừửựỳỷỹ").isdisjoint(text.lower())


def test_the_readme_describes_every_file(samples, gold):
    text = (samples / "README.md").read_text("utf-8")
    for path in FILES:
        record = gold(path.stem)
        assert f"| `{path.name}` | {record['fields']['type']} | {record['shows']} |" in text
