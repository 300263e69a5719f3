"""Dossiers go on under the plan of the commune that took over."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    CREATE TABLE notify.ended_plan (
        plan_id text PRIMARY KEY,
        unit_id uuid NOT NULL,
        ended_on date NOT NULL,
        said_at timestamptz NOT NULL,
        successors text[] NOT NULL,
        heirs jsonb NOT NULL
    );
    ALTER TABLE notify.dossier ADD COLUMN origin text;
    """)


def downgrade() -> None:
    op.execute("""
    ALTER TABLE notify.dossier DROP COLUMN origin;
    DROP TABLE notify.ended_plan;
    """)
