"""A nomination may name the movement of a unit that found it; the commune's movements are known to all who nominate."""

from alembic import op

from shared.migrations.scoping import shown, within_plan

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    ALTER TABLE nomination.movement ADD COLUMN carries_out text NOT NULL DEFAULT '';
    ALTER TABLE nomination.movement ALTER COLUMN carries_out DROP DEFAULT;
    ALTER TABLE nomination.nomination ADD COLUMN movement_id uuid
        CONSTRAINT nomination_movement REFERENCES nomination.movement (id);
    CREATE INDEX nomination_of_movement ON nomination.nomination (movement_id, submitted_on DESC, id DESC)
        WHERE movement_id IS NOT NULL;
    """)
    op.execute(shown("nomination.movement", within_plan()))


def downgrade() -> None:
    op.execute("""
    DROP POLICY shown ON nomination.movement;
    ALTER TABLE nomination.nomination DROP COLUMN movement_id;
    ALTER TABLE nomination.movement DROP COLUMN carries_out;
    """)
