"""A small archive on a desk, and a client that talks to its page as a browser would."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from starlette.testclient import TestClient

from tests.builders import make_dispatch, make_line
from vnocr.catalog.rows import rows_of
from vnocr.catalog.store import Catalog, FileState
from vnocr.export.record import to_json
from vnocr.model import Box, Candidate, Dispatch, Evidence, Outcome, Problem
from vnocr.review.app import create_app
from vnocr.review.desk import Desk
from vnocr.review.guard import Secret
from vnocr.review.pictures import Pictures, Wanted
from vnocr.settings import Settings

SECRET = Secret("right-token", 8000)
HOME = "http://127.0.0.1:8000"
REVIEW = Problem("extract", "needs-review", "number '12/BC-SNV' is uncertain (0.40); page 1", 1)


def draw(wanted: Wanted) -> bytes | str:
    """A picture without drawing anything."""
    return b"\xff\xd8 page" if wanted.page.number == 1 else "page 2 cannot be drawn"


def doubtful(path: str, digest: str, confidence: float = 0.4) -> Dispatch:
    """A document whose number is in doubt."""
    dispatch = make_dispatch(path, problems=(REVIEW,))
    candidates = (Candidate("12/BC-SNV", 0.4), Candidate("17/BC-SNV", 0.3))
    number = Evidence(1, Box(0, 10, 90, 40), "Số: 12/BC-SNV", confidence, "ink", candidates)
    date = Evidence(1, Box(0, 50, 90, 80), "ngày 05 tháng 02", 0.95, "printed")
    kind = Evidence(1, None, "BÁO CÁO", 0.99, "printed")
    evidence = {"number": number, "issue_date": date, "issuer": date, "type": kind}
    page = replace(dispatch.pages[0], lines=(*dispatch.pages[0].lines, make_line("một hai", 100)))
    return replace(
        dispatch,
        fields=replace(dispatch.fields, issuer="Sở Nội vụ"),
        evidence=evidence,
        pages=(page, replace(page, number=2)),
        source=replace(dispatch.source, sha256=digest * 64, bytes=3),
    )


def keep(catalog: Catalog, root: Path, dispatches: Iterable[Dispatch]) -> None:
    """Put records, originals and catalog rows in their places."""
    for dispatch in dispatches:
        path = dispatch.source.path
        record = str(Path(path).with_suffix(".json"))
        for folder, name, text in (("in", path, "pdf"), ("out", record, to_json(dispatch))):
            file = root / folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        catalog.remember_files([FileState(path, 3, 1, dispatch.source.sha256)])
        outcome = Outcome(path, "k", record, needs_review=dispatch.needs_review, pages=2)
        catalog.save(outcome, rows_of(dispatch))


class Office:
    """A desk over three documents, `a` the least sure, and its page."""

    def __init__(self, catalog: Catalog, root: Path) -> None:
        self.catalog, self.root = catalog, root
        sure = {"b.pdf": 0.6, "x/a.pdf": 0.3, "c.pdf": 0.4}
        keep(catalog, root, [doubtful(path, path[-5], share) for path, share in sure.items()])
        self.desk = Desk(catalog, root / "out", root / "in", Settings(), "lan")
        self.pictures = Pictures(Settings(), draw)
        self.app = create_app(self.desk, self.pictures, SECRET)

    def stranger(self) -> TestClient:
        """Somebody who does not know the token."""
        return TestClient(self.app, base_url=HOME, follow_redirects=False)

    def person(self) -> TestClient:
        """Somebody who opened the address with its token."""
        client = TestClient(self.app, base_url=HOME, headers={"Origin": HOME})
        assert client.get("/", params={"token": SECRET.token}).status_code == 200
        return client

    def record(self, name: str = "x/a.json") -> str:
        """The text of a record."""
        return (self.root / "out" / name).read_text(encoding="utf-8")
