"""How far a role model has climbed stands on the timeline of the nomination."""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

KINDS = (
    "'opened', 'recognised', 'nurtured', 'declined', 'introduced', 'published', 'unpublished', 'withdrawn',"
    " 'transferred', 'returned', 'resubmitted', 'resumed', 'held', 'released'"
)


def upgrade() -> None:
    op.execute(f"""
    ALTER TABLE nomination.happening DROP CONSTRAINT happening_kind, ADD CONSTRAINT happening_kind CHECK (
        kind IN ({KINDS}, 'put_forward', 'tier_recognised', 'tier_declined'));
    """)


def downgrade() -> None:
    op.execute("DELETE FROM nomination.happening WHERE kind IN ('put_forward', 'tier_recognised', 'tier_declined')")
    op.execute(f"""
    ALTER TABLE nomination.happening DROP CONSTRAINT happening_kind, ADD CONSTRAINT happening_kind CHECK (
        kind IN ({KINDS}));
    """)
