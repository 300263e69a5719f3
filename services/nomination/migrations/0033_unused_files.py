"""Files that no dossier needs any more are deleted after a while."""

from alembic import op

from shared.migrations.scoping import scoped, within_plan

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    CREATE TABLE nomination.given_up (
        sha256 text NOT NULL CONSTRAINT given_up_address CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        plan_id text NOT NULL,
        since timestamptz NOT NULL,
        PRIMARY KEY (sha256, plan_id)
    );
    CREATE INDEX given_up_since ON nomination.given_up (plan_id, since);
    CREATE INDEX photo_brought ON nomination.photo (plan_id, brought_at);
    CREATE INDEX evidence_address ON nomination.evidence (sha256);
    CREATE INDEX consent_scan_address ON nomination.consent (scan) WHERE scan <> '';
    """)
    op.execute(scoped("nomination.given_up", within_plan()))


def downgrade() -> None:
    op.execute("""
    DROP TABLE nomination.given_up;
    DROP INDEX nomination.photo_brought, nomination.evidence_address, nomination.consent_scan_address;
    """)
