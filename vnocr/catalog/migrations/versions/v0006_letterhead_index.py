"""An index that holds what the limits of a search ask for, so that they need no documents."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the index to SQLite; PostgreSQL's are too small for long paths."""
    if op.get_bind().dialect.name == "sqlite":
        columns = ["issuer_key", "type_key", "issue_date", "path", "pages"]
        op.create_index("ix_documents_letterhead", "documents", columns)
