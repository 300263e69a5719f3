"""A link for a new password that goes by mail names the letter from which its secret follows."""

from alembic import op

revision = "0022"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE identity.password_link ADD COLUMN letter uuid UNIQUE")


def downgrade() -> None:
    op.execute("ALTER TABLE identity.password_link DROP COLUMN letter")
