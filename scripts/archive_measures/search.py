"""Search over 100,000 documents of drawn syllables, in either kind of database."""

from __future__ import annotations

import itertools
import os
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
from vnocr.vietnamese.unicode import fold

Row = tuple[str, str, str]
COUNT = 100_000


def searches(folder: Path, where: Path | str | None = None, count: int = COUNT) -> list[Row]:
    """Queries over `count` documents, each of a page and a half of drawn syllables.

    The file is first dropped from the memory of the system, so the first round reads the disk.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "search.sqlite"
    with Catalog(where or path) as catalog:
        if catalog.count() < count:
            fill(catalog, count) if not path.exists() or not where else copy(path, catalog, count)
        forget(path)
        rounds = [("cold", clocked(catalog)), ("warm", clocked(catalog))]
        kind = catalog.dialect
    rows = []
    for state, times in rounds if where is None else rounds[1:]:
        name = f"search, {count:,} documents, {len(times)} queries, {kind}, {state}"
        walls = [wall for wall, _, _ in times]
        processors = [processor for _, processor, _ in times]
        found = f"{spread(walls)} ms on the clock, {spread(processors)} ms of this process"
        rows.append((f"{name}: median / 95 % / worst", "<= 50 / - / <= 200 ms", found))
        rows.append(("the slowest query", "", str(max(times, key=lambda time: time[0])[2])))
    return rows


def clocked(catalog: Catalog) -> list[tuple[float, float, SearchQuery]]:
    """Return what each query takes, on the clock and of this process, in ms."""
    times = []
    for query in queries():
        wall, processor = time.perf_counter(), time.process_time()
        search(catalog, query)
        taken = time.perf_counter() - wall, time.process_time() - processor
        times.append((1000 * taken[0], 1000 * taken[1], query))
    return times


def spread(times: list[float]) -> str:
    """Return the median, the 95th percentile and the longest of `times`."""
    late = sorted(times)[int(0.95 * len(times))]
    return f"{statistics.median(times):.0f} / {late:.0f} / {max(times):.0f}"


def forget(path: Path) -> None:
    """Drop what the system keeps of the file at `path` in its memory."""
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
        os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


SYLLABLES = """
    ủy ban nhân dân tỉnh thành phố sở nội vụ y tế giáo dục công văn quyết định thông tư nghị
    cải cách hành chính thủ tục kế hoạch báo cáo kết quả thực hiện đề nghị phối hợp đơn vị cơ
    quan tổ chức xây dựng đường giao thông đất đai môi trường lao động thương binh xã hội tài
    nguyên kinh phí ngân sách năm tháng ngày trước sau khi theo của và các về cho
""".split()  # noqa: SIM905 - read as text


def copy(path: Path, catalog: Catalog, count: int) -> None:
    """Fill `catalog` with what the one at `path` holds."""
    with Catalog(path) as filled:
        for first in range(catalog.count(), count, 1000):
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
    """Yield common words, phrases, rare words, and words with limits of every kind."""
    chance = random.Random(5)
    yield from (
        SearchQuery(words)
        for words in ("uy ban nhan dan", "ủy ban", '"cải cách hành chính"', "cua")
    )
    first, last = date(2020, 1, 1), date(2020, 12, 31)
    for _ in range(60):
        words = " ".join(chance.choices(SYLLABLES, k=chance.randrange(1, 4)))
        phrase = f'"{" ".join(chance.choices(SYLLABLES[:20], k=2))}"'
        rare = chance.choice(SYLLABLES) + chance.choice("abcde")
        since = date(2015, 1, 1) + timedelta(days=chance.randrange(4000))
        yield SearchQuery(words)
        yield SearchQuery(f"{rare} {words}")
        yield SearchQuery(words, issuer="so y te", since=first, until=last)
        yield SearchQuery(words, type="quyet dinh")
        yield SearchQuery("", number=f"{chance.randrange(100_000)}/SNV-VP")
        yield SearchQuery(phrase)
        yield SearchQuery(phrase, issuer="so noi vu", since=since)
        yield SearchQuery(fold(words), since=since, until=since + timedelta(days=40))
        yield SearchQuery(words, number=f"{chance.randrange(100_000)}/SNV-VP")
        yield SearchQuery("", issuer="so y te", type="bao cao", since=since)
        yield SearchQuery(fold(f"{words} {rare}"), issuer="uy ban", type="cong van")
