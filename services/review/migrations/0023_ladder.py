"""Each rung that a role model is put forward to, and what came of it there."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    ALTER TABLE review.put_forward
        DROP CONSTRAINT put_forward_pkey,
        ALTER COLUMN to_unit_id DROP NOT NULL,
        ADD COLUMN rung text NOT NULL DEFAULT '',
        ADD COLUMN answer text CONSTRAINT put_forward_answer CHECK (answer IN ('recognised', 'declined')),
        ADD COLUMN answered_on date,
        ADD COLUMN answer_words text NOT NULL DEFAULT '',
        ADD CONSTRAINT put_forward_answered_on CHECK ((answer IS NULL) = (answered_on IS NULL)),
        ADD CONSTRAINT put_forward_answered_later CHECK (answered_on >= put_forward_on),
        ADD PRIMARY KEY (case_id, rung);
    """)


def downgrade() -> None:
    op.execute("""
    DELETE FROM review.put_forward WHERE to_unit_id IS NULL;
    ALTER TABLE review.put_forward
        DROP CONSTRAINT put_forward_pkey,
        DROP COLUMN rung, DROP COLUMN answer, DROP COLUMN answered_on, DROP COLUMN answer_words,
        ALTER COLUMN to_unit_id SET NOT NULL,
        ADD PRIMARY KEY (case_id, to_unit_id);
    """)
