"""What the queue of the review page is ordered by, in the documents themselves and in an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_REVIEWED = ("number", "issue_date", "issuer", "type")


def upgrade() -> None:
    """Add the columns, filled from the fields and their evidence, and the indexes."""
    known = sa.Column("known", sa.Integer, nullable=False, server_default="0")
    certainty = sa.Column("certainty", sa.Float, nullable=False, server_default="1")
    op.add_column("documents", known)
    op.add_column("documents", certainty)
    counted = " + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in _REVIEWED)
    fields = ", ".join(f"'{name}'" for name in _REVIEWED)
    op.execute(
        f"UPDATE documents SET known = {counted}, certainty = COALESCE((SELECT MIN(confidence) "
        f"FROM evidence AS e WHERE e.path = documents.path AND e.field IN ({fields})), 1)"
    )
    op.create_index(
        "ix_documents_queue", "documents", ["needs_review", "known", "certainty", "path"]
    )
    op.create_index("ix_documents_reason", "documents", ["reason", "path"])
    op.create_index("ix_files_sha256", "files", ["sha256"])
