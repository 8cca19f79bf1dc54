"""The letterhead as words of each page, so that the index of words narrows a search alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from vnocr.catalog.letterhead import letterhead_words
from vnocr.catalog.rows import folded_words

revision = "0009"
down_revision = "0008"

_SQLITE_SEARCH = (
    "DROP TABLE page_search",
    """CREATE VIRTUAL TABLE page_search USING fts5(
        text, folded, heading, letterhead, content='pages', content_rowid='id',
        tokenize="unicode61 remove_diacritics 0")""",
    """CREATE TRIGGER pages_inserted AFTER INSERT ON pages BEGIN
        INSERT INTO page_search(rowid, text, folded, heading, letterhead)
        VALUES (new.id, new.text, new.folded, new.heading, new.letterhead);
    END""",
    """CREATE TRIGGER pages_deleted AFTER DELETE ON pages BEGIN
        INSERT INTO page_search(page_search, rowid, text, folded, heading, letterhead)
        VALUES ('delete', old.id, old.text, old.folded, old.heading, old.letterhead);
    END""",
    "INSERT INTO page_search(page_search) VALUES ('rebuild')",
)

# In a database of the locale C only ASCII has small letters.
_CAPITALS = "".join(
    letter
    for letter in map(chr, [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)])
    if letter.isupper() and len(letter.lower()) == 1
)
_POSTGRESQL_SEARCH = (
    "DROP INDEX ix_pages_folded_words",
    "ALTER TABLE pages DROP COLUMN exact_words",
    f"""ALTER TABLE pages
        ADD COLUMN exact_words tsvector GENERATED ALWAYS AS (to_tsvector('simple',
            translate(left(text, 300000), '{_CAPITALS}', '{_CAPITALS.lower()}'))) STORED,
        ADD COLUMN letterhead_words tsvector GENERATED ALWAYS AS (
            to_tsvector('simple', left(letterhead, 30000))) STORED""",
    """CREATE INDEX ix_pages_words ON pages
        USING gin (exact_words, folded_words, letterhead_words)""",
)


def upgrade() -> None:
    """Add the column, fill it, and index it together with the words of the text."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:
        for trigger in ("pages_inserted", "pages_deleted"):
            op.execute(f"DROP TRIGGER {trigger}")
        op.drop_index("ix_documents_letterhead", "documents")
    letterhead = sa.Column("letterhead", sa.String, nullable=False, server_default="")
    op.add_column("pages", letterhead)
    _fold_names()
    _fill()
    for statement in _SQLITE_SEARCH if sqlite else _POSTGRESQL_SEARCH:
        op.execute(statement)


def _fold_names() -> None:
    """Keep the names of issuers and types as words, without the signs between them."""
    connection = op.get_bind()
    for column in ("issuer_key", "type_key"):
        names = connection.execute(sa.text(f"SELECT DISTINCT {column} FROM documents")).scalars()
        changed = [
            {"old": name, "new": folded_words(name)} for name in names if name != folded_words(name)
        ]
        if changed:
            statement = f"UPDATE documents SET {column} = :new WHERE {column} = :old"
            connection.execute(sa.text(statement), changed)


def _fill() -> None:
    connection = op.get_bind()
    statement = (
        "SELECT p.id, p.heading, d.issuer_key, d.type_key, d.number_key, d.issue_date "
        "FROM pages AS p JOIN documents AS d ON d.path = p.path"
    )
    rows = connection.execute(sa.text(statement)).mappings().all()
    filled = [
        {"id": row["id"], "words": letterhead_words(dict(row), row["heading"])} for row in rows
    ]
    if filled:
        update = sa.text("UPDATE pages SET letterhead = :words WHERE id = :id")
        connection.execute(update, filled)
