"""A nomination is counted where each thing happened; a plan's clock stops with its commune."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    CREATE TABLE report.ended_plan (
        plan_id text PRIMARY KEY,
        unit_id uuid NOT NULL,
        ended_on date NOT NULL,
        said_at timestamptz NOT NULL,
        successors text[] NOT NULL,
        heirs jsonb NOT NULL
    );
    ALTER TABLE report.nomination_fact ADD COLUMN submitted_plan text, ADD COLUMN submitted_unit uuid,
        ADD COLUMN decided_plan text, ADD COLUMN introduced_plan text;
    UPDATE report.nomination_fact SET submitted_plan = plan_id, submitted_unit = unit_id,
        decided_plan = CASE WHEN decided_on IS NOT NULL THEN plan_id END,
        introduced_plan = CASE WHEN introduced_on IS NOT NULL THEN plan_id END;
    ALTER TABLE report.nomination_fact ALTER COLUMN submitted_plan SET NOT NULL,
        ALTER COLUMN submitted_unit SET NOT NULL;
    DROP INDEX report.nomination_fact_submitted;
    DROP INDEX report.nomination_fact_introduced;
    CREATE INDEX nomination_fact_open ON report.nomination_fact (plan_id) WHERE outcome = 'open';
    CREATE INDEX nomination_fact_submitted ON report.nomination_fact (submitted_plan, submitted_on);
    CREATE INDEX nomination_fact_introduced ON report.nomination_fact (introduced_plan, introduced_on);
    """)


def downgrade() -> None:
    op.execute("""
    DROP INDEX report.nomination_fact_open;
    DROP INDEX report.nomination_fact_submitted;
    DROP INDEX report.nomination_fact_introduced;
    ALTER TABLE report.nomination_fact DROP COLUMN submitted_plan, DROP COLUMN submitted_unit,
        DROP COLUMN decided_plan, DROP COLUMN introduced_plan;
    CREATE INDEX nomination_fact_submitted ON report.nomination_fact (plan_id, submitted_on);
    CREATE INDEX nomination_fact_introduced ON report.nomination_fact (plan_id, introduced_on);
    DROP TABLE report.ended_plan;
    """)
