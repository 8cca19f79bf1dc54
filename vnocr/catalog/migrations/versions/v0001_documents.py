"""Files, documents, directives and citations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "files",
        sa.Column("path", sa.String, primary_key=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("modified_ns", sa.BigInteger, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
    )
    _make_documents()
    _make_directives()
    _make_citations()


def _make_documents() -> None:
    op.create_table(
        "documents",
        sa.Column("path", sa.String, primary_key=True),
        sa.Column("key", sa.String, nullable=False, index=True),
        sa.Column("record", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("message", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("needs_review", sa.Boolean, nullable=False),
        sa.Column("number", sa.String),
        sa.Column("number_key", sa.String, index=True),
        sa.Column("issue_date", sa.String, index=True),
        sa.Column("type", sa.String),
        sa.Column("issuer", sa.String),
        sa.Column("province", sa.String),
        sa.Column("subject", sa.String),
        sa.Column("finished_at", sa.String, nullable=False),
    )


def _make_directives() -> None:
    op.create_table(
        "directives",
        _of_document(),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("label", sa.String),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("assignee", sa.String),
        sa.Column("assignee_key", sa.String, nullable=False),
        sa.Column("cooperating", sa.JSON, nullable=False),
        sa.Column("deadline", sa.String, index=True),
        sa.Column("deadline_text", sa.String),
        sa.Column("recurring", sa.String),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
    )


def _make_citations() -> None:
    op.create_table(
        "citations",
        _of_document(),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("type", sa.String),
        sa.Column("number", sa.String),
        sa.Column("number_key", sa.String, index=True),
        sa.Column("date", sa.String),
        sa.Column("issuer", sa.String),
        sa.Column("page", sa.Integer, nullable=False),
    )


def _of_document() -> sa.Column[str]:
    key = sa.ForeignKey("documents.path", ondelete="CASCADE")
    return sa.Column("path", sa.String, key, primary_key=True)
