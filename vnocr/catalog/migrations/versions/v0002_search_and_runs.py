"""Evidence, the text of the pages with full-text search, runs, and the owner."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_COUNTS = (
    "planned",
    "read",
    "failed",
    "moved",
    "copied",
    "adopted",
    "unchanged",
    "failed_before",
    "vanished",
    "needs_review",
    "pages",
)

# Folded text is made by us, so the tokenizer must not fold again: `text` keeps its marks.
_SQLITE_SEARCH = (
    """CREATE VIRTUAL TABLE page_search USING fts5(
        text, folded, heading, content='pages', content_rowid='id',
        tokenize="unicode61 remove_diacritics 0")""",
    """CREATE TRIGGER pages_inserted AFTER INSERT ON pages BEGIN
        INSERT INTO page_search(rowid, text, folded, heading)
        VALUES (new.id, new.text, new.folded, new.heading);
    END""",
    """CREATE TRIGGER pages_deleted AFTER DELETE ON pages BEGIN
        INSERT INTO page_search(page_search, rowid, text, folded, heading)
        VALUES ('delete', old.id, old.text, old.folded, old.heading);
    END""",
)

# A search vector holds at most one megabyte; no real page comes near 300,000 letters.
_POSTGRESQL_SEARCH = (
    """ALTER TABLE pages ADD COLUMN exact_words tsvector
        GENERATED ALWAYS AS (to_tsvector('simple', left(text, 300000))) STORED""",
    """ALTER TABLE pages ADD COLUMN folded_words tsvector
        GENERATED ALWAYS AS (
            setweight(to_tsvector('simple', left(heading, 10000)), 'A')
            || to_tsvector('simple', left(folded, 300000))) STORED""",
    "CREATE INDEX ix_pages_exact_words ON pages USING gin (exact_words)",
    "CREATE INDEX ix_pages_folded_words ON pages USING gin (folded_words)",
)


def upgrade() -> None:
    """Add the tables; documents read before are filled in from their records."""
    for name in ("issuer_key", "type_key"):
        op.add_column("documents", sa.Column(name, sa.String, nullable=False, server_default=""))
    op.add_column("documents", sa.Column("present", sa.Boolean, nullable=False, server_default="1"))
    _make_evidence()
    _make_pages()
    _make_runs()
    op.create_table("owner", sa.Column("output", sa.String, primary_key=True))
    # An unknown key makes the next run look at the record again, without reading the scan.
    op.execute("UPDATE documents SET key = ''")


def _make_evidence() -> None:
    op.create_table(
        "evidence",
        _of_document(primary_key=True),
        sa.Column("field", sa.String, primary_key=True),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("box", sa.JSON),
        sa.Column("raw", sa.String, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("source", sa.String, nullable=False),
    )


def _make_pages() -> None:
    op.create_table(
        "pages",
        sa.Column("id", sa.Integer, primary_key=True),
        _of_document(index=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("origin", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("folded", sa.String, nullable=False),
        sa.Column("heading", sa.String, nullable=False),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE_SEARCH if sqlite else _POSTGRESQL_SEARCH:
        op.execute(statement)


def _make_runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("started_at", sa.String, nullable=False),
        sa.Column("updated_at", sa.String, nullable=False),
        sa.Column("ended", sa.String, nullable=False),
        sa.Column("host", sa.String, nullable=False),
        sa.Column("version", sa.String, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in _COUNTS),
        sa.Column("reasons", sa.JSON, nullable=False),
    )


def _of_document(**options: Any) -> sa.Column[str]:
    key = sa.ForeignKey("documents.path", ondelete="CASCADE")
    return sa.Column("path", sa.String, key, nullable=False, **options)
