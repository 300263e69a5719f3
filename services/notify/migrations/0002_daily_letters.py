"""Whether a daily letter was mailed lately is found by the letter."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    DROP INDEX notify.message_quiet;
    CREATE INDEX message_quiet ON notify.message (plan_id, letter, created_at)
        WHERE read_at IS NULL AND mail_state <> 'none';
    """)


def downgrade() -> None:
    op.execute("""
    DROP INDEX notify.message_quiet;
    CREATE INDEX message_quiet ON notify.message (plan_id, created_at)
        WHERE read_at IS NULL AND mail_state <> 'none';
    """)
