"""A case rests while the unit supplements it, or while it is held."""

from alembic import op

from shared.migrations.scoping import follows, scoped

revision = "0021"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    ALTER TABLE review."case" ADD COLUMN held_until date,
        DROP CONSTRAINT case_stage_is_known,
        ADD CONSTRAINT case_stage_is_known CHECK (
            stage IN ('open', 'returned', 'recognised', 'nurture', 'declined', 'withdrawn')),
        ADD CONSTRAINT case_held_may_still_go_on CHECK (
            held_until IS NULL OR stage IN ('open', 'returned', 'recognised'));
    CREATE INDEX case_held ON review."case" (plan_id, held_until) WHERE held_until IS NOT NULL;

    CREATE TABLE review.supplement (
        case_id uuid NOT NULL REFERENCES review."case" (id),
        number integer NOT NULL CONSTRAINT supplement_is_numbered CHECK (number > 0),
        missing varchar NOT NULL CONSTRAINT supplement_says_what_is_missing CHECK (missing <> ''),
        asked_on date NOT NULL,
        asked_by uuid NOT NULL,
        asked_by_name varchar NOT NULL,
        due_on date NOT NULL,
        given_on date,
        addition varchar,
        resumed_on date,
        reminded_on date,
        overdue_on date,
        PRIMARY KEY (case_id, number),
        CONSTRAINT supplement_leaves_time CHECK (due_on > asked_on),
        CONSTRAINT supplement_given_says_what CHECK ((given_on IS NULL) = (addition IS NULL))
    );
    CREATE UNIQUE INDEX supplement_awaited ON review.supplement (case_id)
        WHERE given_on IS NULL AND resumed_on IS NULL;

    CREATE TABLE review.hold (
        id uuid PRIMARY KEY,
        case_id uuid NOT NULL REFERENCES review."case" (id),
        ground varchar NOT NULL,
        reason varchar NOT NULL CONSTRAINT hold_has_a_reason CHECK (reason <> ''),
        held_on date NOT NULL,
        held_until date NOT NULL,
        held_by uuid NOT NULL,
        held_by_name varchar NOT NULL,
        released_on date,
        released_by_name varchar,
        reminded_on date,
        CONSTRAINT hold_ends_after_it_begins CHECK (held_until >= held_on)
    );
    CREATE INDEX ix_review_hold_case_id ON review.hold (case_id);
    CREATE UNIQUE INDEX hold_of_case ON review.hold (case_id) WHERE released_on IS NULL;
    """)
    for part in ("supplement", "hold"):
        op.execute(scoped(f"review.{part}", follows('review."case"', f'"case".id = {part}.case_id')))


def downgrade() -> None:
    op.execute("""
    DROP TABLE review.hold, review.supplement;
    ALTER TABLE review."case" DROP CONSTRAINT case_stage_is_known, DROP COLUMN held_until,
        ADD CONSTRAINT case_stage_is_known CHECK (
            stage IN ('open', 'recognised', 'nurture', 'declined', 'withdrawn'));
    """)
