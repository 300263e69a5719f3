"""Citizens, the media body and the council tell of somebody; a unit answers."""

from alembic import op

from shared.migrations.scoping import scoped, within

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    CREATE TABLE nomination.suggestion (
        id uuid PRIMARY KEY,
        plan_id text NOT NULL,
        unit_id uuid NOT NULL,
        origin text NOT NULL CONSTRAINT suggestion_origin CHECK (
            origin IN ('citizen', 'village', 'organisation', 'media', 'council')),
        from_unit_id uuid,
        from_person_id uuid,
        code text NOT NULL,
        fingerprint uuid NOT NULL,
        name text NOT NULL,
        deed text NOT NULL,
        giver text NOT NULL,
        phone text NOT NULL CONSTRAINT suggestion_phone CHECK (phone ~ '^(0[2-9][0-9]{8,9})?$'),
        received_on date NOT NULL,
        answer_by date NOT NULL,
        received_at timestamptz NOT NULL,
        stage text NOT NULL CONSTRAINT suggestion_stage CHECK (stage IN ('received', 'endorsed', 'declined')),
        reason text NOT NULL,
        answered_on date,
        answered_by uuid,
        nomination_id uuid
            CONSTRAINT suggestion_nomination REFERENCES nomination.nomination (id) ON DELETE SET NULL,
        CONSTRAINT suggestion_from_a_unit CHECK ((origin = 'citizen') = (from_unit_id IS NULL)),
        CONSTRAINT suggestion_lengths CHECK (
            char_length(name) BETWEEN 2 AND 150 AND char_length(deed) BETWEEN 20 AND 2000),
        CONSTRAINT suggestion_answered CHECK ((stage = 'received') = (answered_on IS NULL)),
        CONSTRAINT suggestion_reason CHECK ((stage = 'declined') = (reason <> ''))
    );
    CREATE UNIQUE INDEX suggestion_code ON nomination.suggestion (code);
    CREATE UNIQUE INDEX suggestion_once ON nomination.suggestion (fingerprint);
    CREATE INDEX suggestion_of_unit ON nomination.suggestion (plan_id, unit_id, stage, id DESC);
    CREATE INDEX suggestion_from_unit ON nomination.suggestion (plan_id, from_unit_id, id DESC);
    CREATE INDEX suggestion_nomination ON nomination.suggestion (nomination_id) WHERE nomination_id IS NOT NULL;
    """)
    op.execute(scoped("nomination.suggestion", f"{within()} OR {within(unit='from_unit_id')}"))


def downgrade() -> None:
    op.execute("DROP TABLE nomination.suggestion")
