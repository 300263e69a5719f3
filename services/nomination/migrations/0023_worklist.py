"""The worklist reads what waits by the day of its answer, and what was answered the latest first."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    CREATE INDEX nomination_waiting ON nomination.nomination (plan_id, answer_by, id) WHERE stage = 'submitted';
    CREATE INDEX nomination_sent ON nomination.nomination (plan_id, submitted_on DESC, id DESC);
    """)


def downgrade() -> None:
    op.execute("DROP INDEX nomination.nomination_waiting, nomination.nomination_sent")
