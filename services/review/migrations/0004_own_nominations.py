"""A case knows who handed it in, and in whose stead it was decided."""

from alembic import op

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE review.case ADD COLUMN nominator_id uuid;
        ALTER TABLE review.case ADD COLUMN decided_on_behalf_of varchar;
        -- Cases opened before: the bus knows who sent each dossier.
        UPDATE review.case AS opened SET nominator_id = event.actorid
        FROM bus.event
        WHERE event.subject = 'nomination/' || opened.nomination_id
          AND event.type = 'vn.guongsang.nomination.submitted.v1';
    """)


def downgrade() -> None:
    op.execute("ALTER TABLE review.case DROP COLUMN nominator_id, DROP COLUMN decided_on_behalf_of")
