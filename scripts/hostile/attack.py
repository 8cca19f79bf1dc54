"""Send an archive of hostile documents through `vnocr batch` and see what stands afterwards."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from hostile import pdfs, pictures, places, texts

CONTROLS = 6
LIMITS = """
[imaging]
max_pages = 20
max_megapixels = 12
[ocr]
timeout_seconds = 20
[batch]
timeout_seconds = {seconds}
memory_megabytes = {megabytes}
"""
_PATIENCE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Size:
    """How much of the corpus: every `every`-th document, and the megabytes of endless ones."""

    every: int = 1
    line_megabytes: int = 1024
    sparse_megabytes: int = 4096
    seconds: int = 120
    megabytes: int = 1500


@dataclass(frozen=True, slots=True)
class Account:
    """What became of an attack: `complaints` is empty when all held."""

    documents: int
    reasons: dict[str, int]
    slowest: tuple[str, float]
    seconds: float
    complaints: tuple[str, ...]


def build(root: Path, size: Size) -> Path:
    """Write the corpus into `root` / "archive" and return that folder."""
    archive = root / "archive"
    for room, documents in _documents():
        folder = archive / room
        folder.mkdir(parents=True, exist_ok=True)
        for number, (name, content) in enumerate(documents):
            if number % size.every == 0:
                (folder / name).write_bytes(content)
    places.names(archive / "names")
    places.places(archive / "places", root)
    places.long_line(archive / "texts" / "endless.txt", size.line_megabytes)
    places.sparse(archive / "pdfs" / "sparse.pdf", size.sparse_megabytes)
    for number in range(CONTROLS):  # good documents, between and after the bad ones
        room = archive / ("pdfs", "pictures", "texts", "zz")[number % 4]
        room.mkdir(exist_ok=True)
        (room / f"control-{number}.txt").write_text(f"{texts.ROW}{number}\n", encoding="utf-8")
    return archive


def attack(root: Path, size: Size) -> Account:
    """Build the corpus in `root`, an empty folder, read it, and say what did not hold."""
    archive, output = build(root, size), root / "records"
    limits = root / "limits.toml"
    limits.write_text(LIMITS.format(seconds=size.seconds, megabytes=size.megabytes))
    moving = archive / "texts" / "moving.txt"
    before = _digests(archive)
    began = time.monotonic()
    with places.changing(moving):
        command = [sys.executable, "-m", "vnocr", "batch", "-j", "2", "-q", "--config", limits]
        done = subprocess.run(
            [*command, archive, output], capture_output=True, text=True, check=False
        )
    seconds = time.monotonic() - began
    complaints = []
    if done.returncode != 7:  # some failed, as they must
        complaints.append(f"exit code {done.returncode}: {done.stderr[-2000:]}")
    if _digests(archive) != before:
        complaints.append("a document of the archive was changed")
    complaints += _left_behind(root, output)
    outcomes = _outcomes(output)
    for name in _expected(archive):
        complaints += _judge(name, outcomes.get(name), output, size)
    reasons = Counter(str(outcome["reason"]) or "read" for outcome in outcomes.values())
    slowest = max(outcomes.values(), key=lambda outcome: outcome["seconds"])
    return Account(
        len(outcomes),
        dict(reasons.most_common()),
        (slowest["path"], slowest["seconds"]),
        round(seconds, 1),
        tuple(complaints),
    )


def _documents() -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # old encryption is what we want
        made = [(f"{name}.pdf", content) for make in pdfs.ALL for name, content in make()]
    yield "pdfs", made
    yield "pictures", [each for make in pictures.ALL for each in make()]
    yield "texts", list(texts.texts())


def _expected(archive: Path) -> Iterator[str]:
    """Yield the names of the documents that must have an outcome, as the catalog writes them."""
    for folder, _, names in os.walk(archive):
        for name in names:
            path = Path(folder) / name
            known = path.suffix.lower() in {".pdf", ".png", ".jpg", ".tif", ".txt"}
            if known and path.is_file():
                raw = path.relative_to(archive).as_posix()
                yield raw.encode("utf-8", "backslashreplace").decode("utf-8")


def _outcomes(output: Path) -> dict[str, dict[str, object]]:
    from dataclasses import asdict

    from vnocr.catalog.store import CATALOG_NAME, Catalog

    with Catalog(output / CATALOG_NAME) as catalog:
        return {path: asdict(outcome) for path, outcome in catalog.outcomes().items()}


def _judge(name: str, outcome: dict[str, object] | None, output: Path, size: Size) -> Iterator[str]:
    if outcome is None:
        yield f"{name}: no outcome"
        return
    reason = outcome["reason"]
    if reason in ("bug", "error"):
        yield f"{name}: {outcome['message']}"
    if reason and "/control-" in name:
        yield f"{name}: a good document failed: {reason}"
    if float(str(outcome["seconds"])) > size.seconds + _PATIENCE_SECONDS:
        yield f"{name}: took {outcome['seconds']} s"
    if not reason:
        try:
            json.loads((output / str(outcome["record"])).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            yield f"{name}: its record cannot be read: {error}"


def _left_behind(root: Path, output: Path) -> Iterator[str]:
    import psutil

    if (output / ".vnocr-tmp").exists():
        yield "temporary files were left"
    yield from (f"{path}: appeared" for path in root.rglob("stolen*"))
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if str(root) in process.environ().get("TMPDIR", ""):
                yield f"process {process.name()} was left"


def _digests(archive: Path) -> dict[str, str]:
    """Return the digests of all files that stay as they are; the longest by their size."""
    found = {}
    for folder, _, names in os.walk(archive):
        for name in names:
            path = Path(folder) / name
            if path.is_symlink() or not path.is_file() or name == "moving.txt":
                continue
            status = path.stat()
            content = b"" if status.st_size > 1 << 26 or not status.st_mode & 0o400 else (
                path.read_bytes())  # fmt: skip
            stamp = f"{status.st_size} {status.st_mtime_ns} {status.st_mode}".encode()
            found[str(path)] = hashlib.sha256(content + stamp).hexdigest()
    return found
