"""Tries of people who are not signed in are counted."""

from alembic import op

from shared.migrations.scoping import scoped

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    CREATE TABLE nomination.attempt (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        account bytea NOT NULL,
        network text NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        succeeded boolean NOT NULL DEFAULT false
    );
    CREATE INDEX attempt_account ON nomination.attempt (account, at) WHERE NOT succeeded;
    CREATE INDEX attempt_network ON nomination.attempt (network, at) WHERE NOT succeeded;
    CREATE INDEX attempt_age ON nomination.attempt (at);
    """)
    op.execute(scoped("nomination.attempt", "false"))


def downgrade() -> None:
    op.execute("DROP TABLE nomination.attempt")
