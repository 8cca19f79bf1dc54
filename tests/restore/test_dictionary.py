import hashlib
import shutil
import tomllib
from pathlib import Path

import pytest

from vnocr.errors import DictionaryError
from vnocr.restore.dictionary import dictionary_digest
from vnocr.restore.restorer import Restorer
from vnocr.settings import RestoreSettings

BUILT = ["language-model.npz", "syllables.tsv", "channel-eng.tsv", "channel-vie.tsv",
         "symbols.tsv", "phrases.tsv"]  # fmt: skip
FILES = [*BUILT, "family_names.tsv", "names.tsv", "document_types.tsv", "abbreviations.tsv"]


@pytest.fixture
def folder(tmp_path: Path, dictionaries: Path) -> Path:
    for name in FILES:
        shutil.copy(dictionaries / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named_with_the_remedy(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(DictionaryError, match=rf"{name}.*Install vnocr again"):
        Restorer.load(RestoreSettings(), folder)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("language-model.npz", b"not a model"),
        ("syllables.tsv", "và\tviele\n".encode()),
        ("channel-eng.tsv", b"onset\tx\ty\tmany\n"),
        ("symbols.tsv", b"Q\xff\t1\n"),
        ("phrases.tsv", "hành chính\n".encode()),
    ],
)
def test_a_damaged_file_is_named(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    with pytest.raises(DictionaryError, match=name):
        Restorer.load(RestoreSettings(), folder)


def test_a_truncated_model_is_damaged(folder: Path) -> None:
    path = folder / "language-model.npz"
    path.write_bytes(path.read_bytes()[:100_000])
    with pytest.raises(DictionaryError, match="language-model"):
        Restorer.load(RestoreSettings(), folder)


def test_the_digest_follows_the_content(folder: Path) -> None:
    before = dictionary_digest(folder)
    assert dictionary_digest(folder) == before
    with (folder / "symbols.tsv").open("a", encoding="utf-8") as stream:
        stream.write("CV-XYZ\t9\n")
    assert dictionary_digest(folder) != before
    with pytest.raises(DictionaryError, match="no dictionaries"):
        dictionary_digest(folder / "nowhere")


def test_the_manifest_names_what_is_shipped(dictionaries: Path) -> None:
    manifest = tomllib.loads((dictionaries / "MANIFEST.toml").read_text(encoding="utf-8"))
    for name in BUILT:
        entry = manifest[name]
        assert entry["source"]
        assert entry["licence"]
        content = (dictionaries / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], name
