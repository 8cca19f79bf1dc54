"""The tables of the catalog."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Integer, MetaData, String, Table

METADATA = MetaData()

# What the source file looked like when its digest was taken: an unchanged size and
# time spare a second run the reading of ten thousand files.
FILES = Table(
    "files",
    METADATA,
    Column("path", String, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("modified_ns", Integer, nullable=False),
    Column("sha256", String, nullable=False),
)

DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("path", String, primary_key=True),
    Column("key", String, nullable=False, index=True),
    Column("record", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("message", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("needs_review", Boolean, nullable=False),
    Column("number", String),
    Column("number_key", String, index=True),
    Column("issue_date", String, index=True),
    Column("type", String),
    Column("issuer", String),
    Column("province", String),
    Column("subject", String),
    Column("finished_at", String, nullable=False),
)

DIRECTIVES = Table(
    "directives",
    METADATA,
    Column("path", ForeignKey("documents.path", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("label", String),
    Column("text", String, nullable=False),
    Column("assignee", String),
    Column("assignee_key", String, nullable=False),
    Column("cooperating", JSON, nullable=False),
    Column("deadline", String, index=True),
    Column("deadline_text", String),
    Column("recurring", String),
    Column("page", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
)

# SQL keeps the word "references" for itself.
CITATIONS = Table(
    "citations",
    METADATA,
    Column("path", ForeignKey("documents.path", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("text", String, nullable=False),
    Column("type", String),
    Column("number", String),
    Column("number_key", String, index=True),
    Column("date", String),
    Column("issuer", String),
    Column("page", Integer, nullable=False),
)
