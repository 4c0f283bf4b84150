"""Logins of browsers, slowing of guessed passwords, and the workspace that a server's casebook belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two columns and two tables."""
    op.add_column("users", sa.Column("failed", sa.Integer, nullable=False, server_default="0"))
    op.add_column("users", sa.Column("not_before", sa.DateTime, nullable=True))
    op.create_table(
        "logins",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("created", sa.DateTime, nullable=False),
        sa.Column("seen", sa.DateTime, nullable=False),
    )
    op.create_table(
        "owner",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("workspace", sa.String(40), nullable=False),
    )
