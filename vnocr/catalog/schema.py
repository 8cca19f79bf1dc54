"""The tables of the catalog, as the newest migration leaves them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
)


class Text(TypeDecorator[str]):
    """Text that every database takes: no NUL, no half of a surrogate pair."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        """Return `value` with what cannot be stored replaced."""
        if value is None:
            return None
        return value.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


METADATA = MetaData()


def _of_document(**options: Any) -> Column[Any]:
    key = ForeignKey("documents.path", ondelete="CASCADE")
    return Column("path", Text, key, nullable=False, **options)


# What the source file looked like when its digest was taken: an unchanged size and
# time spare a second run the reading of ten thousand files.
FILES = Table(
    "files",
    METADATA,
    Column("path", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("modified_ns", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False, index=True),
)

# `present` tells whether the last run saw the file in the source; `corrections` how many
# of those in the log its record knows. Of the fields that a person reviews `known` counts those
# that have a value, `certainty` is the least confidence of any, 1 if there is none.
DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("path", Text, primary_key=True),
    Column("key", Text, nullable=False, index=True),
    Column("record", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("needs_review", Boolean, nullable=False),
    Column("number", Text),
    Column("number_key", Text, index=True),
    Column("issue_date", Text, index=True),
    Column("type", Text),
    Column("issuer", Text),
    Column("province", Text),
    Column("subject", Text),
    Column("finished_at", Text, nullable=False),
    Column("issuer_key", Text, nullable=False, server_default=""),
    Column("type_key", Text, nullable=False, server_default=""),
    Column("present", Boolean, nullable=False, server_default="1"),
    Column("exports", JSON, nullable=False, server_default="[]"),
    Column("remarks", JSON, nullable=False, server_default="[]"),
    Column("corrections", Integer, nullable=False, server_default="0"),
    Column("known", Integer, nullable=False, server_default="0"),
    Column("certainty", Float, nullable=False, server_default="1"),
    Index("ix_documents_reason", "reason", "path"),
    Index("ix_documents_queue", "needs_review", "known", "certainty", "path"),
)

EVIDENCE = Table(
    "evidence",
    METADATA,
    _of_document(primary_key=True),
    Column("field", Text, primary_key=True),
    Column("page", Integer, nullable=False),
    Column("box", JSON),
    Column("raw", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("source", Text, nullable=False),
)

DIRECTIVES = Table(
    "directives",
    METADATA,
    _of_document(primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("label", Text),
    Column("text", Text, nullable=False),
    Column("assignee", Text),
    Column("cooperating", JSON, nullable=False),
    Column("deadline", Text, index=True),
    Column("deadline_text", Text),
    Column("recurring", Text),
    Column("page", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
)

# A body that issues the document (position -1) or acts in a directive, under one name:
# `key` is folded, with a blank on either side.
BODIES = Table(
    "bodies",
    METADATA,
    _of_document(primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("role", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Index("ix_bodies_directive", "path", "position", "role"),
)

# SQL keeps the word "references" for itself.
CITATIONS = Table(
    "citations",
    METADATA,
    _of_document(primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("type", Text),
    Column("number", Text),
    Column("number_key", Text, index=True),
    Column("date", Text),
    Column("issuer", Text),
    Column("page", Integer, nullable=False),
    Column("relation", Text),
)

# `text` is searched as written, `folded` without marks and case; `heading` is folded
# too: number, type, subject and issuer, on the first page alone, where they weigh more.
# `letterhead` is what a search is narrowed by (vnocr.catalog.letterhead).
PAGES = Table(
    "pages",
    METADATA,
    Column("id", Integer, primary_key=True),
    _of_document(index=True),
    Column("number", Integer, nullable=False),
    Column("origin", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("letterhead", Text, nullable=False, server_default=""),
)

# What people decided, never changed and never dropped. No key ties it to a document: it
# belongs to the content of a file, whatever its name, and outlives every reading of it.
CORRECTIONS = Table(
    "corrections",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("sha256", Text, nullable=False, index=True),
    Column("made_at", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("place", JSON(none_as_null=True)),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
)

RUNS = Table(
    "runs",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("started_at", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
    Column("ended", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("seconds", Float, nullable=False),
    *(
        Column(name, Integer, nullable=False)
        for name in (
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
    ),
    Column("reasons", JSON, nullable=False),
    Column("exported", Integer, nullable=False, server_default="0"),
    Column("export_failed", Integer, nullable=False, server_default="0"),
    Column("pageless", Integer, nullable=False, server_default="0"),
)

# The one output whose batch writes here: two archives in one catalog would overwrite
# each other's documents.
OWNER = Table("owner", METADATA, Column("output", Text, primary_key=True))
