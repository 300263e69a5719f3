"""Whoever is told of a table of nominations is not told of each of its dossiers."""

from alembic import op

from shared.migrations.scoping import scoped, within_plan

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE TABLE notify.imported (nomination_id uuid PRIMARY KEY, plan_id text NOT NULL)")
    op.execute(scoped("notify.imported", within_plan()))


def downgrade() -> None:
    op.execute("DROP TABLE notify.imported")
