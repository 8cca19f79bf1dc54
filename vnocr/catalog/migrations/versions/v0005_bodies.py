"""Bodies under one name each, and what a dispatch does to those it cites."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add them; documents read before are filled in from their records."""
    op.create_table(
        "bodies",
        sa.Column(
            "path",
            sa.String,
            sa.ForeignKey("documents.path", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
    )
    op.create_index("ix_bodies_directive", "bodies", ["path", "position", "role"])
    op.add_column("citations", sa.Column("relation", sa.String))
    op.drop_column("directives", "assignee_key")
    # An unknown key makes the next run look at the record again, without reading the scan.
    op.execute("UPDATE documents SET key = ''")
