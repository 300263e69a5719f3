"""A dossier comes back for what is missing; the commune may let it rest."""

from alembic import op

from shared.migrations.scoping import follows, scoped

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    ALTER TABLE nomination.nomination ADD COLUMN held_until date,
        DROP CONSTRAINT nomination_stage,
        ADD CONSTRAINT nomination_stage CHECK (
            stage IN ('draft', 'submitted', 'returned', 'withdrawn', 'recognised', 'nurtured', 'declined',
                      'published'));
    ALTER TABLE nomination.happening DROP CONSTRAINT happening_kind, ADD CONSTRAINT happening_kind CHECK (
        kind IN ('opened', 'recognised', 'nurtured', 'declined', 'introduced', 'published', 'unpublished', 'withdrawn',
                 'transferred', 'returned', 'resubmitted', 'resumed', 'held', 'released'));

    CREATE TABLE nomination.supplement (
        nomination_id uuid NOT NULL CONSTRAINT supplement_nomination REFERENCES nomination.nomination (id),
        number integer NOT NULL CONSTRAINT supplement_number CHECK (number > 0),
        missing text NOT NULL,
        asked_on date NOT NULL,
        due_on date NOT NULL,
        addition text NOT NULL,
        given_on date,
        CONSTRAINT supplement_given_says_what CHECK ((given_on IS NULL) = (addition = '')),
        PRIMARY KEY (nomination_id, number)
    );
    """)
    op.execute(
        scoped("nomination.supplement", follows("nomination.nomination", "nomination.id = supplement.nomination_id"))
    )


def downgrade() -> None:
    op.execute("""
    DROP TABLE nomination.supplement;
    ALTER TABLE nomination.happening DROP CONSTRAINT happening_kind, ADD CONSTRAINT happening_kind CHECK (
        kind IN ('opened', 'recognised', 'nurtured', 'declined', 'introduced', 'published', 'unpublished', 'withdrawn',
                 'transferred'));
    ALTER TABLE nomination.nomination DROP CONSTRAINT nomination_stage, DROP COLUMN held_until,
        ADD CONSTRAINT nomination_stage CHECK (
            stage IN ('draft', 'submitted', 'withdrawn', 'recognised', 'nurtured', 'declined', 'published'));
    """)
