"""Somebody who left an office is told no more, and still stands beside what they were told."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE notify.contact ADD COLUMN left_on date")


def downgrade() -> None:
    op.execute("ALTER TABLE notify.contact DROP COLUMN left_on")
