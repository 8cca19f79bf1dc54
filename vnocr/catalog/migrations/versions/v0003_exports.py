"""Which further files stand beside each record, and how many a run made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns; documents read before have no further files."""
    exports = sa.Column("exports", sa.JSON, nullable=False, server_default="[]")
    op.add_column("documents", exports)
    for name in ("exported", "export_failed"):
        op.add_column("runs", sa.Column(name, sa.Integer, nullable=False, server_default="0"))
