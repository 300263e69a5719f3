"""PostgreSQL shows a transaction its asker's messages, and those of whole plans to who may see them."""

from alembic import op

from shared.migrations.scoping import WHOLE_PLANS, own, scoped, unscoped, within, within_plan

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = ("contact", "activation", "dossier", "message")


def upgrade() -> None:
    op.execute(scoped("notify.contact", f"{within()} OR {own()}"))
    op.execute(scoped("notify.activation", within_plan()))
    op.execute(scoped("notify.dossier", within()))
    op.execute(scoped("notify.message", f"{own()} OR ({within_plan()} AND {WHOLE_PLANS})"))


def downgrade() -> None:
    op.execute(unscoped(*(f"notify.{table}" for table in TABLES)))
