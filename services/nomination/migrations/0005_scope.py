"""PostgreSQL shows a transaction the nominations in its scope only."""

from alembic import op

from shared.migrations.scoping import WHOLE_PLANS, follows, kept, own, scoped, unscoped, within

revision = "0005"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("nomination", "draft_sheet", "happening", "candidate", "movement", "photo", "idempotency")
#: A draft is its unit's; one that an officer began is that officer's.
SENT_OR_OWN = f"stage <> 'draft' OR NOT {WHOLE_PLANS} OR {kept()}"


def upgrade() -> None:
    op.execute(scoped("nomination.nomination", f"{within()} AND ({SENT_OR_OWN})"))
    op.execute(
        scoped("nomination.draft_sheet", follows("nomination.nomination", "nomination.id = draft_sheet.nomination_id"))
    )
    op.execute(
        scoped("nomination.happening", follows("nomination.nomination", "nomination.id = happening.nomination_id"))
    )
    op.execute(scoped("nomination.candidate", within()))
    op.execute(scoped("nomination.movement", within()))
    op.execute(scoped("nomination.photo", within()))
    op.execute(scoped("nomination.idempotency", own()))


def downgrade() -> None:
    op.execute(unscoped(*(f"nomination.{table}" for table in TABLES)))
