"""The whole flow on the samples: real files, real Tesseract, compared with their gold records."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rapidfuzz import fuzz

from vnocr.export.record import from_json, record_schema
from vnocr.vietnamese.tones import place_tones

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
VNOCR = str(Path(sys.executable).parent / "vnocr")
NAMES = sorted(path.stem for path in (SAMPLES / "gold").glob("*.json"))

# Share of the printed body words that must be in the restored text, in any order.
LEAST_WORDS = 0.97
HARD_TO_READ = {
    "06-ke-hoach": 0.93,  # a faint copy with a ruled table
    "10-cong-dien": 0.93,  # a speckled fax
    "18-cong-van-ocr": 0.93,  # recognised as English
}


@dataclass(frozen=True)
class Flow:
    """What `vnocr batch samples` left, and what the shell saw."""

    output: Path
    done: subprocess.CompletedProcess[str]

    def record(self, name: str) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads((self.output / f"{name}.json").read_text("utf-8"))
        return loaded


def batch(output: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [VNOCR, "batch", str(SAMPLES), str(output)], capture_output=True, text=True, check=False
    )


def gold(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((SAMPLES / "gold" / f"{name}.json").read_text("utf-8"))
    return loaded


def digests() -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in SAMPLES.iterdir()
        if path.is_file()
    }


def same(given: str | None, wanted: str | None) -> bool:
    """Names are printed in capitals and given in normal case; tones stand in the old style."""
    return normal(given or "") == normal(wanted or "")


def normal(text: str) -> str:
    return place_tones(text, "old").casefold()


@pytest.fixture(scope="module")
def flow(tmp_path_factory: pytest.TempPathFactory) -> Flow:
    output = tmp_path_factory.mktemp("records")
    before = digests()
    done = batch(output)
    assert done.returncode == 0, done.stderr
    assert digests() == before
    return Flow(output, done)


def test_every_sample_has_a_row_and_a_record(flow: Flow) -> None:
    for name in NAMES:
        assert name[:10] in flow.done.stdout
        record = flow.record(name)
        jsonschema.validate(record, record_schema())
        assert from_json(json.dumps(record)).schema_version == "1.0"


def test_a_second_run_does_nothing(flow: Flow) -> None:
    done = batch(flow.output)
    assert done.returncode == 0
    assert "nothing to do" in done.stdout
    assert f"{len(NAMES)} unchanged" in done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_the_printed_words_are_there(flow: Flow, name: str) -> None:
    wanted = Counter(
        word
        for page in gold(name)["pages"]
        for line in page["lines"]
        if line["region"] in {"body", "table", "subject", "addressee"} and not line.get("hand")
        for word in normal(line["text"]).split()
    )
    text = normal(" ".join(page["text"] for page in flow.record(name)["pages"]))
    found = Counter(text.split())
    share = 1 - (wanted - found).total() / wanted.total()
    assert share >= HARD_TO_READ.get(name, LEAST_WORDS)


# The text was recognised as English; nothing on it says that its symbol had a Đ.
UNKNOWABLE = {("18-cong-van-ocr", "number")}


@pytest.mark.parametrize("field", ["type", "issue_date", "number", "issuer"])
def test_what_is_given_as_sure_is_right(flow: Flow, field: str) -> None:
    wrong = []
    for name in NAMES:
        record, wanted = flow.record(name), gold(name)["fields"][field]
        evidence = record["evidence"].get(field)
        given = record["fields"][field]
        if (name, field) in UNKNOWABLE:
            continue
        if evidence and evidence["confidence"] >= 0.9 and not same(given, wanted):
            wrong.append((name, given, wanted))
    assert wrong == []


def test_most_types_and_issuers_are_found(flow: Flow) -> None:
    for field, least in (("type", 17), ("issuer", 15), ("issuer_parent", 15)):
        right = [
            name
            for name in NAMES
            if same(flow.record(name)["fields"][field], gold(name)["fields"][field])
        ]
        assert len(right) >= least, (field, sorted(set(NAMES) - set(right)))


def test_most_directives_are_found(flow: Flow) -> None:
    wanted = found = 0
    for name in NAMES:
        texts = [directive["text"] for directive in flow.record(name)["directives"]]
        for directive in gold(name)["directives"]:
            if not directive.get("optional"):
                wanted += 1
                found += any(fuzz.ratio(directive["text"], text) >= 80 for text in texts)
    assert found / wanted >= 0.85


def test_pages_say_where_their_text_comes_from(flow: Flow) -> None:
    def pages(name: str) -> list[tuple[str, str]]:
        return [(page["origin"], page["reason"]) for page in flow.record(name)["pages"]]

    assert pages("04-thong-bao")[0] == ("ocr", "image page: its only text is a signature block")
    assert pages("08-to-trinh")[1][1].startswith("blank")
    assert pages("15-nghi-quyet-dien-tu")[0][0] == "text-layer"
    assert pages("16-quyet-dinh-tcvn3")[0][0] == "legacy-text-layer"
    assert pages("17-thong-bao-vni")[0][0] == "legacy-text-layer"
    assert pages("18-cong-van-ocr")[0][0] == "text"


def test_a_number_left_blank_is_none_and_said_to_be(flow: Flow) -> None:
    record = flow.record("14-so-trong")
    assert record["fields"]["serial"] is None
    assert any("number" in problem["message"] for problem in record["problems"])


def test_written_text_is_never_restored(flow: Flow) -> None:
    pages = flow.record("15-nghi-quyet-dien-tu")["pages"]
    changed = [
        word
        for page in pages
        for line in page["lines"]
        for word in line["words"]
        if word["seen"] != word["text"]
    ]
    assert changed == []
