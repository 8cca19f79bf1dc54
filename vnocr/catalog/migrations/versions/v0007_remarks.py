"""What is odd about the exports of a document, and how many texts of a run can have none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the columns; of exports made before nothing odd is known."""
    remarks = sa.Column("remarks", sa.JSON, nullable=False, server_default="[]")
    op.add_column("documents", remarks)
    pageless = sa.Column("pageless", sa.Integer, nullable=False, server_default="0")
    op.add_column("runs", pageless)
