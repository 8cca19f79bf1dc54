"""The queue of the review page over 100,000 documents: its pages, its counts, the next document."""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from starlette.testclient import TestClient

from tests.builders import make_dispatch
from vnocr.catalog.queue import around, queue
from vnocr.catalog.rows import rows_of
from vnocr.catalog.schema import CORRECTIONS, DOCUMENTS, FILES
from vnocr.catalog.store import Catalog
from vnocr.model import Outcome
from vnocr.review.app import create_app
from vnocr.review.desk import Desk
from vnocr.review.guard import Secret
from vnocr.review.pictures import Pictures
from vnocr.settings import Settings

Row = tuple[str, str, str]
COUNT = 100_000
_SECRET = Secret("token", 8000)
_HOME = "http://127.0.0.1:8000"


def queues(folder: Path) -> list[Row]:
    """Pages of the queue, of which 40 in 100 wait, 3 failed, 2 are copies and 1 is approved."""
    folder.mkdir(parents=True, exist_ok=True)
    with Catalog(folder / "queue.sqlite") as catalog:
        if catalog.count() < COUNT:
            fill(catalog)
        desk = Desk(catalog, folder, None, Settings(), "measure")
        app = create_app(desk, Pictures(Settings()), _SECRET)
        client = TestClient(app, base_url=_HOME)
        client.get("/?token=token")
        middle = queue(catalog, "check", 1, 20_000)[0].sha256
        timed = {
            "first page": lambda: client.get("/?view=check"),
            "page 200 of those to check": lambda: client.get("/?view=check&from=20000"),
            "page 900 of all": lambda: client.get("/?view=all&from=90000"),
            "approved": lambda: client.get("/?view=approved"),
            "failed": lambda: client.get("/?view=failed"),
            "next and previous document": lambda: around(catalog, middle, 100),
        }
        return [
            (f"review, 100,000 documents: {name}", "<= 300 ms", f"{_least(call):.0f} ms")
            for name, call in timed.items()
        ]


def _least(call: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        began = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - began))
    return min(times)


def fill(catalog: Catalog) -> None:
    """Fill `catalog` with documents that differ in what is known of them."""
    chance = random.Random(7)
    letterhead = rows_of(make_dispatch()).document
    for first in range(0, COUNT, 5000):
        documents, files, approvals = [], [], []
        for index in range(first, first + 5000):
            path, failed = f"{index % 97:02}/{index:06}.pdf", chance.random() < 0.03
            original = chance.randrange(index) if index and chance.random() < 0.02 else index
            waits = not failed and chance.random() < 0.4
            reason = "corrupt" if failed else ""
            outcome = Outcome(path, str(index), f"{path}.json", reason, needs_review=waits, pages=2)
            unsure = {"known": chance.randint(2, 4), "certainty": round(chance.random(), 4)}
            told = {"finished_at": "", "present": True}
            documents.append({**asdict(outcome), **letterhead, **unsure, **told})
            sha256 = hashlib.sha256(str(original).encode()).hexdigest()
            files.append({"path": path, "size": 1, "modified_ns": 1, "sha256": sha256})
            if chance.random() < 0.01:
                approvals.append(_approval(index, sha256))
        with catalog.writing() as connection:
            for table, rows in ((DOCUMENTS, documents), (FILES, files), (CORRECTIONS, approvals)):
                connection.execute(table.insert(), rows)


def _approval(index: int, sha256: str) -> dict[str, object]:
    named = {"author": "lan", "kind": "approval", "target": "", "made_at": ""}
    return {"uid": str(index), "sha256": sha256, **named, "after": {}}
