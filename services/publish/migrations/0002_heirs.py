"""Channels close with their commune; unfinished stories go on under the plan of the one that took over."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    CREATE TABLE publish.ended_plan (
        plan_id text PRIMARY KEY,
        unit_id uuid NOT NULL,
        ended_on date NOT NULL,
        said_at timestamptz NOT NULL,
        successors text[] NOT NULL,
        heirs jsonb NOT NULL
    );
    ALTER TABLE publish.dossier ADD COLUMN origin varchar;
    ALTER TABLE publish.story ADD COLUMN origin varchar;
    """)


def downgrade() -> None:
    op.execute("""
    ALTER TABLE publish.story DROP COLUMN origin;
    ALTER TABLE publish.dossier DROP COLUMN origin;
    DROP TABLE publish.ended_plan;
    """)
