"""Dossiers go on under the plan of the commune that took over."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    CREATE TABLE nomination.ended_plan (
        plan_id text PRIMARY KEY,
        unit_id uuid NOT NULL,
        ended_on date NOT NULL,
        said_at timestamptz NOT NULL,
        successors text[] NOT NULL,
        heirs jsonb NOT NULL
    );
    ALTER TABLE nomination.nomination ADD COLUMN origin text;
    ALTER TABLE nomination.happening DROP CONSTRAINT happening_kind, ADD CONSTRAINT happening_kind CHECK (
        kind IN ('opened', 'recognised', 'nurtured', 'declined', 'introduced', 'published', 'unpublished', 'withdrawn',
                 'transferred'));
    """)


def downgrade() -> None:
    op.execute("""
    ALTER TABLE nomination.happening DROP CONSTRAINT happening_kind, ADD CONSTRAINT happening_kind CHECK (
        kind IN ('opened', 'recognised', 'nurtured', 'declined', 'introduced', 'published', 'unpublished',
                 'withdrawn'));
    ALTER TABLE nomination.nomination DROP COLUMN origin;
    DROP TABLE nomination.ended_plan;
    """)
