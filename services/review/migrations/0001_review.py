"""Cases, score sheets, commendations, models put forward."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    CREATE TABLE review."case" (
        id uuid PRIMARY KEY,
        nomination_id uuid NOT NULL UNIQUE,
        plan_id varchar NOT NULL,
        code varchar NOT NULL,
        unit_id uuid NOT NULL,
        source varchar NOT NULL,
        field varchar NOT NULL,
        subject_kind varchar NOT NULL,
        model_kind varchar NOT NULL,
        movement varchar NOT NULL,
        areas text[] NOT NULL,
        initiative boolean NOT NULL,
        direct_worker boolean NOT NULL,
        headline varchar NOT NULL,
        story varchar NOT NULL,
        happened_on date,
        photo varchar,
        submitted_on date NOT NULL,
        consent jsonb NOT NULL,
        nominee_name varchar NOT NULL,
        nominee_birth_year integer,
        nominee_address varchar NOT NULL,
        folded_name varchar NOT NULL,
        folded varchar NOT NULL,
        stage varchar(12) NOT NULL,
        opened_on date NOT NULL,
        answer_by date NOT NULL,
        decided_on date,
        decided_by uuid,
        decided_by_name varchar,
        reason varchar,
        taken_back_on date,
        taken_back_because varchar,
        version integer NOT NULL,
        CONSTRAINT case_stage_is_known CHECK (stage IN ('open', 'recognised', 'nurture', 'declined', 'withdrawn')),
        CONSTRAINT case_decided_says_who_when_why CHECK (
            (stage IN ('recognised', 'nurture', 'declined')) =
            (decided_on IS NOT NULL AND decided_by IS NOT NULL AND decided_by_name IS NOT NULL AND reason IS NOT NULL)
        ),
        CONSTRAINT case_refusal_has_a_reason CHECK (stage NOT IN ('nurture', 'declined') OR reason <> ''),
        CONSTRAINT case_withdrawn_has_a_day CHECK (stage <> 'withdrawn' OR taken_back_on IS NOT NULL)
    );
    CREATE INDEX case_by_answer ON review."case" (plan_id, stage, answer_by, id);
    CREATE INDEX case_by_name ON review."case" (plan_id, folded_name);

    CREATE TABLE review.sheet (
        case_id uuid NOT NULL REFERENCES review."case" (id),
        member_id uuid NOT NULL,
        member_name varchar NOT NULL,
        note varchar NOT NULL,
        scored_at timestamptz NOT NULL,
        PRIMARY KEY (case_id, member_id)
    );
    CREATE INDEX sheet_by_member ON review.sheet (member_id, case_id);

    CREATE TABLE review.score (
        case_id uuid NOT NULL,
        member_id uuid NOT NULL,
        criterion varchar NOT NULL,
        points integer NOT NULL,
        PRIMARY KEY (case_id, member_id, criterion),
        CONSTRAINT score_belongs_to_a_sheet FOREIGN KEY (case_id, member_id)
            REFERENCES review.sheet (case_id, member_id) ON DELETE CASCADE,
        CONSTRAINT score_is_not_negative CHECK (points >= 0)
    );

    CREATE TABLE review.commendation (
        case_id uuid PRIMARY KEY REFERENCES review."case" (id),
        track varchar NOT NULL,
        form varchar NOT NULL,
        proposed_on date NOT NULL,
        proposed_by uuid NOT NULL,
        proposed_by_name varchar NOT NULL
    );

    CREATE TABLE review.put_forward (
        case_id uuid NOT NULL REFERENCES review."case" (id),
        to_unit_id uuid NOT NULL,
        put_forward_on date NOT NULL,
        put_forward_by uuid NOT NULL,
        PRIMARY KEY (case_id, to_unit_id)
    );
    """)


def downgrade() -> None:
    op.execute('DROP TABLE review.put_forward, review.commendation, review.score, review.sheet, review."case"')
