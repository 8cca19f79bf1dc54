"""The log of corrections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the log, and how much of it each record knows."""
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uid", sa.String, nullable=False, unique=True),
        sa.Column("sha256", sa.String, nullable=False, index=True),
        sa.Column("made_at", sa.String, nullable=False),
        sa.Column("author", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("target", sa.String, nullable=False),
        sa.Column("place", sa.JSON),
        sa.Column("before", sa.JSON),
        sa.Column("after", sa.JSON),
    )
    op.add_column(
        "documents", sa.Column("corrections", sa.Integer, nullable=False, server_default="0")
    )
