"""Consent is kept with its channels, and with how many people still have to agree."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What was agreed to in the nomination form covers the channels that its text named.
    op.execute("""
    ALTER TABLE publish.dossier
        ADD COLUMN agreed_channels jsonb NOT NULL DEFAULT '["portal", "radio", "print"]',
        ADD COLUMN consents_waiting integer NOT NULL DEFAULT 0;
    ALTER TABLE publish.dossier ALTER COLUMN agreed_channels DROP DEFAULT,
        ALTER COLUMN consents_waiting DROP DEFAULT;
    """)


def downgrade() -> None:
    op.execute("ALTER TABLE publish.dossier DROP COLUMN agreed_channels, DROP COLUMN consents_waiting")
