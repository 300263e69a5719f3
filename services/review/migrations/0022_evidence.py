"""A case knows how many files bear its dossier out."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute('ALTER TABLE review."case" ADD COLUMN evidence integer NOT NULL DEFAULT 0')
    op.execute('ALTER TABLE review."case" ALTER COLUMN evidence DROP DEFAULT')


def downgrade() -> None:
    op.execute('ALTER TABLE review."case" DROP COLUMN evidence')
