"""Steps, proofs, facts and the state of quotas and reports."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "activity_fact",
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.Column("cost_vnd", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("activity_id"),
        schema="report",
    )
    op.create_index(
        op.f("ix_report_activity_fact_plan_id"), "activity_fact", ["plan_id"], unique=False, schema="report"
    )
    op.create_table(
        "channel_fact",
        sa.Column("story_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("story_id", "channel"),
        schema="report",
    )
    op.create_index(op.f("ix_report_channel_fact_plan_id"), "channel_fact", ["plan_id"], unique=False, schema="report")
    op.create_table(
        "deadline_state",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("deadline", sa.Text(), nullable=False),
        sa.Column("deadline_id", sa.Uuid(), nullable=False),
        sa.Column("announced", sa.Integer(), nullable=True),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("on_time", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("plan_id", "deadline"),
        schema="report",
    )
    op.create_table(
        "message_fact",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("read", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("message_id"),
        schema="report",
    )
    op.create_index(op.f("ix_report_message_fact_plan_id"), "message_fact", ["plan_id"], unique=False, schema="report")
    op.create_table(
        "nomination_fact",
        sa.Column("nomination_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("model_kind", sa.Text(), nullable=False),
        sa.Column("direct_worker", sa.Boolean(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("introduced_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("nomination_id"),
        schema="report",
    )
    op.create_index(
        "nomination_fact_introduced", "nomination_fact", ["plan_id", "introduced_on"], unique=False, schema="report"
    )
    op.create_index(
        "nomination_fact_submitted", "nomination_fact", ["plan_id", "submitted_on"], unique=False, schema="report"
    )
    op.create_table(
        "person",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "role", "unit_id"),
        schema="report",
    )
    op.create_table(
        "plan_day",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("cadence_id", sa.Uuid(), nullable=False),
        sa.Column("today", sa.Date(), nullable=False),
        sa.Column("last_published_on", sa.Date(), nullable=True),
        sa.Column("gap_said_for", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("plan_id"),
        schema="report",
    )
    op.create_table(
        "proof",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("clause_id", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("event_id", "clause_id"),
        schema="report",
    )
    op.create_index("proof_by_clause", "proof", ["plan_id", "clause_id", "said_at"], unique=False, schema="report")
    op.create_table(
        "quota_window",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("quota", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("window", sa.Text(), nullable=False),
        sa.Column("quota_id", sa.Uuid(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("warned_on", sa.Date(), nullable=True),
        sa.Column("missed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "quota", "unit_id", "window"),
        schema="report",
    )
    op.create_table(
        "step",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("causation_id", sa.Uuid(), nullable=True),
        sa.Column("correlation_id", sa.Uuid(), nullable=False),
        sa.Column("data", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("event_id"),
        schema="report",
    )
    op.create_index("step_recent", "step", ["plan_id", "event_id"], unique=False, schema="report")
    op.create_index("step_road", "step", ["correlation_id", "event_id"], unique=False, schema="report")


def downgrade() -> None:
    op.execute("DROP SCHEMA report CASCADE")
