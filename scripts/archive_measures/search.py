"""Search over 100,000 documents of drawn syllables, in either kind of database."""

from __future__ import annotations

import itertools
import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from tests.builders import make_dispatch
from vnocr.catalog.rows import rows_of
from vnocr.catalog.schema import DOCUMENTS, PAGES
from vnocr.catalog.search import SearchQuery, search
from vnocr.catalog.store import Catalog
from vnocr.model import Dispatch, Fields, Line, Outcome, Page, Word

Row = tuple[str, str, str]
COUNT = 100_000


def searches(folder: Path, where: Path | str | None = None) -> list[Row]:
    """Queries over 100,000 documents, each of a page and a half of drawn syllables."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "search.sqlite"
    with Catalog(where or path) as catalog:
        if catalog.count() < COUNT:
            fill(catalog, COUNT) if not path.exists() or not where else copy(path, catalog)
        walls, processors = [], []
        for query in queries():
            wall, processor = time.perf_counter(), time.process_time()
            search(catalog, query)
            walls.append(1000 * (time.perf_counter() - wall))
            processors.append(1000 * (time.process_time() - processor))
        kind = catalog.dialect
    found = [
        f"{statistics.median(walls):.0f} / {max(walls):.0f} ms on the clock, "
        f"{statistics.median(processors):.0f} / {max(processors):.0f} ms of this process"
    ]
    name = f"search, 100,000 documents, median / worst of {len(walls)} ({kind})"
    slowest = max(zip(walls, queries(), strict=True), key=lambda pair: pair[0])[1]
    return [(name, "<= 50 / <= 200 ms", found[0]), ("the slowest query", "", str(slowest))]


SYLLABLES = """
    ủy ban nhân dân tỉnh thành phố sở nội vụ y tế giáo dục công văn quyết định thông tư nghị
    cải cách hành chính thủ tục kế hoạch báo cáo kết quả thực hiện đề nghị phối hợp đơn vị cơ
    quan tổ chức xây dựng đường giao thông đất đai môi trường lao động thương binh xã hội tài
    nguyên kinh phí ngân sách năm tháng ngày trước sau khi theo của và các về cho
""".split()  # noqa: SIM905 - read as text


def copy(path: Path, catalog: Catalog) -> None:
    """Fill `catalog` with what the one at `path` holds."""
    with Catalog(path) as filled:
        for first in range(0, COUNT, 1000):
            names = [f"{index}.pdf" for index in range(first, first + 1000)]
            with catalog.writing() as connection:
                for table in (DOCUMENTS, PAGES):
                    columns = [column for column in table.c if column.name != "id"]
                    rows = filled.rows(select(*columns).where(table.c.path.in_(names)))
                    connection.execute(table.insert(), [dict(row._mapping) for row in rows])


def fill(catalog: Catalog, count: int) -> None:
    """Fill `catalog` with dispatches whose syllables follow a natural (Zipf) frequency."""
    chance = random.Random(3)
    rare = [f"{a}{b}" for a in SYLLABLES for b in "abcdeghiklmnopqrstuvxy"]
    words = SYLLABLES + rare
    weights = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(words))))
    for first in range(0, count, 1000):
        documents, pages = [], []
        for index in range(first, first + 1000):
            dispatch = draw(chance, index, words, weights)
            rows = rows_of(dispatch)
            path = f"{index}.pdf"
            outcome = asdict(Outcome(path, str(index), f"{index}.json", pages=1))
            documents.append({**outcome, **rows.document, "finished_at": "", "present": True})
            pages += [{"path": path, **row} for row in rows.pages]
        with catalog.writing() as connection:
            connection.execute(DOCUMENTS.insert(), documents)
            connection.execute(PAGES.insert(), pages)


def draw(chance: random.Random, index: int, words: list[str], weights: list[float]) -> Dispatch:
    """Return a dispatch of one or two pages of drawn words."""
    day = date(2015, 1, 1) + timedelta(days=chance.randrange(4000))
    fields = Fields(
        number=f"{index}/SNV-VP",
        type=chance.choice(["Công văn", "Quyết định", "Báo cáo"]),
        issuer=chance.choice(["Sở Nội vụ", "Sở Y tế", "Ủy ban nhân dân tỉnh"]),
        issue_date=day.isoformat(),
        subject=" ".join(chance.choices(words, cum_weights=weights, k=12)),
    )
    texts = [
        " ".join(chance.choices(words, cum_weights=weights, k=350)) for _ in range(1 + index % 2)
    ]
    pages = tuple(
        Page(number, (Line((Word(text, text, None, 1.0),)),), "ocr")
        for number, text in enumerate(texts, 1)
    )
    base = make_dispatch()
    return replace(base, fields=fields, pages=pages, directives=(), references=(), evidence={})


def queries() -> Iterator[SearchQuery]:
    """Yield common words, phrases, rare words, and words with limits."""
    chance = random.Random(5)
    yield from (
        SearchQuery(words)
        for words in ("uy ban nhan dan", "ủy ban", '"cải cách hành chính"', "cua")
    )
    for _ in range(60):
        words = " ".join(chance.choices(SYLLABLES, k=chance.randrange(1, 4)))
        yield SearchQuery(words)
        yield SearchQuery(chance.choice(SYLLABLES) + chance.choice("abcde") + " " + words)
        yield SearchQuery(words, issuer="so y te", since=date(2020, 1, 1), until=date(2020, 12, 31))
        yield SearchQuery(words, type="quyet dinh")
        yield SearchQuery("", number=f"{chance.randrange(100_000)}/SNV-VP")
