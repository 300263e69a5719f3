"""PostgreSQL shows a transaction the cases in its scope only."""

from alembic import op

from shared.migrations.scoping import follows, scoped, unscoped, within

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

PARTS = ("sheet", "score", "commendation", "put_forward")


def upgrade() -> None:
    op.execute(scoped('review."case"', within()))
    for part in PARTS:
        op.execute(scoped(f"review.{part}", follows('review."case"', f'"case".id = {part}.case_id')))


def downgrade() -> None:
    op.execute(unscoped(*(f"review.{part}" for part in PARTS), 'review."case"'))
