"""scripts/make_samples: the same text gives the same file, and bad text is refused by name."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import cattrs
import numpy as np
import pikepdf
import pytest
from samplemaker.build import build
from samplemaker.content import load, load_all
from samplemaker.gold import gold_record
from samplemaker.layout import lay_out
from samplemaker.sheet import WIDTH, Text, Written
from samplemaker.styles import STYLES

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "samples" / "content"
pytestmark = pytest.mark.usefixtures("fonts")


def pixels(path: Path) -> np.ndarray:
    with pikepdf.open(path) as document:
        picture = next(iter(document.pages[0].Resources.XObject.values()))
        return np.asarray(pikepdf.PdfImage(picture).as_pil_image().convert("L"), np.float32)


@pytest.mark.slow
def test_a_seed_gives_the_same_bytes_again_and_another_seed_others(tmp_path):
    content = load(CONTENT / "10-cong-dien.toml")
    first = build(content, tmp_path / "made-once").read_bytes()
    again = build(content, tmp_path / "made-twice").read_bytes()
    other = build(replace(content, seed=1), tmp_path / "other").read_bytes()
    assert first == again
    assert first != other


def test_the_committed_sample_is_what_its_text_makes(tmp_path):
    built = pixels(build(load(CONTENT / "10-cong-dien.toml"), tmp_path))
    kept = pixels(ROOT / "samples" / "10-cong-dien.pdf")
    # Another version of a library may round a pixel differently; a changed line would show.
    assert np.abs(built - kept).mean() < 2.0


@pytest.mark.parametrize("name", ["04-thong-bao", "15-nghi-quyet-dien-tu", "16-quyet-dinh-tcvn3"])
def test_pdfs_with_text_are_the_same_bytes_again(tmp_path, name):
    content = load(CONTENT / f"{name}.toml")
    first = build(content, tmp_path / "made-once").read_bytes()
    assert first == build(content, tmp_path / "made-twice").read_bytes()


@pytest.mark.parametrize("content", load_all(CONTENT), ids=lambda content: content.name)
def test_gold_records_are_what_the_layout_makes(content, gold):
    sheets = lay_out(content)
    made, kept = gold_record(content, sheets), gold(content.name)
    assert made["fields"] == kept["fields"]
    assert made["directives"] == kept["directives"]
    assert made["pages"] == kept["pages"][: len(sheets)]


@pytest.mark.parametrize("content", load_all(CONTENT), ids=lambda content: content.name)
def test_print_stays_inside_the_page(content):
    from samplemaker.fonts import width

    style = STYLES[content.style]
    for sheet in lay_out(content):
        for mark in sheet.marks:
            if isinstance(mark, Text):
                assert mark.x > 28
                assert mark.x + width(mark.text, mark.face, mark.size) < WIDTH - 28
                assert style.top - 20 < mark.y < 842 - 12


def test_what_is_written_by_pen_is_not_printed_too():
    content = load(CONTENT / "01-cong-van-so-noi-vu.toml")
    sheet = lay_out(content)[0]
    written = [mark.text for mark in sheet.marks if isinstance(mark, Written)]
    assert written == ["967", "18"]
    assert not any(isinstance(mark, Text) and mark.text == "967" for mark in sheet.marks)
    assert [line.hand for line in sheet.lines if line.hand] == [("967",), ("18",)]


def test_a_number_left_blank_is_unknown_in_the_gold_record():
    content = load(CONTENT / "14-so-trong.toml")
    fields = gold_record(content, lay_out(content))["fields"]
    assert (fields["number"], fields["serial"], fields["symbol"]) == (None, None, "SCT-QLTM")


@pytest.mark.slow
def test_a_signature_never_stands_on_a_page_without_text():
    for content in load_all(CONTENT):
        regions = [line.region for line in lay_out(content)[-1].lines]
        assert "body" in regions
        assert "signature" in regions


def test_answers_that_the_text_does_not_give_are_refused():
    content = load(CONTENT / "01-cong-van-so-noi-vu.toml")
    wrong = replace(content.references[0], text="Quyết định số 1/QĐ-TTg")
    with pytest.raises(ValueError, match=r"does not say 'Quyết định số 1/QĐ-TTg'"):
        gold_record(replace(content, references=(wrong,)), lay_out(content))
    vague = replace(content.directives[0], item="Giao Sở")
    with pytest.raises(ValueError, match="0 paragraphs begin 'Giao Sở'"):
        gold_record(replace(content, directives=(vague,)), lay_out(content))


def test_an_unknown_key_in_a_text_is_refused(tmp_path):
    text = (CONTENT / "14-so-trong.toml").read_text("utf-8").replace("skew", "skwe")
    path = tmp_path / "x.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(cattrs.BaseValidationError):
        load(path)


@pytest.mark.slow
def test_the_command_makes_what_it_is_asked_for(tmp_path):
    command = [sys.executable, ROOT / "scripts" / "make_samples", tmp_path, "--only", "17-"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "17-thong-bao-vni.pdf" in result.stdout
    assert sorted(p.name for p in tmp_path.iterdir()) == ["17-thong-bao-vni.pdf", "gold"]


def test_the_command_says_when_nothing_matches(tmp_path):
    command = [sys.executable, ROOT / "scripts" / "make_samples", tmp_path, "--only", "nothing"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "'nothing'" in result.stderr
