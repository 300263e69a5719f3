"""PostgreSQL shows a transaction the facts of the plans and units in its scope only."""

from alembic import op

from shared.migrations.scoping import WHOLE_PLANS, follows, scoped, unscoped, within, within_plan

revision = "0005"
down_revision = "0002"
branch_labels = None
depends_on = None

OF_PLANS = ("proof", "channel_fact", "message_fact", "deadline_state", "plan_day")
OF_UNITS = ("activity_fact", "quota_window")
#: A nomination counts where each thing happened; it may have moved on to another commune since.
COUNTED = (
    f"{within()} OR {within('submitted_plan', 'submitted_unit')}"
    f" OR ({WHOLE_PLANS} AND ({within_plan('decided_plan')} OR {within_plan('introduced_plan')}))"
)
#: Whoever sees one unit only sees the steps of its nominations.
ROAD = follows("report.nomination_fact", "nomination_fact.nomination_id = step.correlation_id")
#: One row for all communes of a tier: the officer's plan is the one that was heard of last.
OF_TIER = "role = 'aggregator_officer'"


def upgrade() -> None:
    for table in OF_PLANS:
        op.execute(scoped(f"report.{table}", within_plan()))
    for table in OF_UNITS:
        op.execute(scoped(f"report.{table}", within()))
    op.execute(scoped("report.nomination_fact", COUNTED))
    op.execute(scoped("report.step", f"{within_plan()} AND ({WHOLE_PLANS} OR {ROAD})"))
    op.execute(scoped("report.person", f"{within_plan()} OR {OF_TIER}"))


def downgrade() -> None:
    op.execute(unscoped(*(f"report.{table}" for table in ("step", "nomination_fact", "person", *OF_PLANS, *OF_UNITS))))
