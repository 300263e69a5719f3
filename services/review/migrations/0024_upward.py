"""Whether a dossier may be handed on to the next tier, as those who were asked about it say."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute('ALTER TABLE review."case" ADD COLUMN may_go_up boolean NOT NULL DEFAULT true;')


def downgrade() -> None:
    op.execute('ALTER TABLE review."case" DROP COLUMN may_go_up;')
