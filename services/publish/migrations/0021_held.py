"""A dossier that the commune lets rest: its story goes out nowhere."""

from alembic import op

revision = "0021"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE publish.dossier ADD COLUMN held_until date")


def downgrade() -> None:
    op.execute("ALTER TABLE publish.dossier DROP COLUMN held_until")
