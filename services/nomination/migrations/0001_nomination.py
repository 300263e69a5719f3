"""Nominations, drafts, timelines, candidates, movements, photos, idempotency."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    CREATE SEQUENCE nomination.code_number;

    -- One row for each unit that brought the same picture; the files lie under their content address.
    CREATE TABLE nomination.photo (
        sha256 text NOT NULL CONSTRAINT photo_address CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        plan_id text NOT NULL,
        unit_id uuid NOT NULL,
        width integer NOT NULL,
        height integer NOT NULL,
        widths integer[] NOT NULL,
        brought_at timestamptz NOT NULL,
        CONSTRAINT photo_size CHECK (width > 0 AND height > 0),
        PRIMARY KEY (sha256, plan_id, unit_id)
    );

    CREATE TABLE nomination.nomination (
        id uuid PRIMARY KEY,
        plan_id text NOT NULL,
        unit_id uuid NOT NULL,
        person_id uuid NOT NULL,
        source text NOT NULL
            CONSTRAINT nomination_source CHECK (source IN ('village', 'organisation', 'media', 'council')),
        stage text NOT NULL CONSTRAINT nomination_stage CHECK (
            stage IN ('draft', 'submitted', 'withdrawn', 'recognised', 'nurtured', 'declined', 'published')),
        version integer NOT NULL CONSTRAINT nomination_version CHECK (version > 0),
        code text,
        subject_kind text NOT NULL,
        name text NOT NULL,
        birth_year smallint,
        address text NOT NULL,
        field text NOT NULL,
        headline text NOT NULL,
        story text NOT NULL,
        happened_on date,
        model_kind text NOT NULL,
        movement text NOT NULL,
        areas text[] NOT NULL,
        initiative boolean NOT NULL,
        direct_worker boolean NOT NULL,
        photo text,
        given_by text NOT NULL,
        proof text NOT NULL,
        publish_name boolean NOT NULL,
        publish_story boolean NOT NULL,
        publish_photo boolean NOT NULL,
        consent_text text NOT NULL,
        submitted_on date,
        answer_by date,
        created_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL,
        name_folded text NOT NULL,
        search text NOT NULL,
        CONSTRAINT nomination_code_from_submission_on CHECK (
            (stage = 'draft') = (code IS NULL) AND (stage = 'draft') = (submitted_on IS NULL)
            AND (stage = 'draft') = (answer_by IS NULL)),
        CONSTRAINT nomination_answer_after_submission CHECK (answer_by >= submitted_on),
        CONSTRAINT nomination_complete CHECK (
            stage = 'draft' OR (subject_kind <> '' AND field <> '' AND model_kind <> '' AND movement <> ''
            AND char_length(name) BETWEEN 2 AND 150 AND char_length(headline) BETWEEN 5 AND 200
            AND char_length(story) BETWEEN 20 AND 5000)),
        CONSTRAINT nomination_consent CHECK (
            stage = 'draft' OR (given_by IN ('self', 'representative', 'guardian')
            AND proof IN ('spoken', 'signed_paper', 'digital')
            AND (publish_name OR publish_story OR publish_photo) AND consent_text <> '')),
        CONSTRAINT nomination_deed_before_submission CHECK (happened_on BETWEEN '1945-01-01' AND submitted_on),
        CONSTRAINT nomination_photo_of_the_unit FOREIGN KEY (photo, plan_id, unit_id)
            REFERENCES nomination.photo (sha256, plan_id, unit_id)
    ) WITH (fillfactor = 90);
    CREATE UNIQUE INDEX nomination_code ON nomination.nomination (code);
    CREATE INDEX nomination_of_unit ON nomination.nomination (plan_id, unit_id, id);
    CREATE INDEX nomination_draft ON nomination.nomination (unit_id, id) WHERE stage = 'draft';
    CREATE INDEX nomination_name ON nomination.nomination (plan_id, name_folded);
    CREATE INDEX nomination_photo ON nomination.nomination (photo) WHERE photo IS NOT NULL;

    CREATE TABLE nomination.draft_sheet (
        nomination_id uuid NOT NULL
            CONSTRAINT draft_sheet_nomination REFERENCES nomination.nomination (id) ON DELETE CASCADE,
        sheet text NOT NULL CONSTRAINT draft_sheet_known CHECK (sheet IN ('ai', 'viec', 'phong-trao', 'anh')),
        typed jsonb NOT NULL,
        saved_at timestamptz NOT NULL,
        PRIMARY KEY (nomination_id, sheet)
    );

    CREATE TABLE nomination.happening (
        id uuid PRIMARY KEY,
        nomination_id uuid NOT NULL CONSTRAINT happening_nomination REFERENCES nomination.nomination (id),
        kind text NOT NULL CONSTRAINT happening_kind CHECK (
            kind IN ('opened', 'recognised', 'nurtured', 'declined', 'introduced', 'published', 'unpublished',
                     'withdrawn')),
        happened_at timestamptz NOT NULL,
        detail text NOT NULL,
        address text NOT NULL
    );
    CREATE INDEX happening_of_nomination ON nomination.happening (nomination_id, happened_at);

    CREATE TABLE nomination.candidate (
        id uuid PRIMARY KEY,
        nomination_id uuid NOT NULL CONSTRAINT candidate_nomination REFERENCES nomination.nomination (id),
        plan_id text NOT NULL,
        unit_id uuid NOT NULL,
        weaknesses text NOT NULL,
        identified_on date NOT NULL
    );
    CREATE UNIQUE INDEX candidate_nomination_once ON nomination.candidate (nomination_id);
    CREATE INDEX candidate_of_unit ON nomination.candidate (plan_id, unit_id, id);

    CREATE TABLE nomination.movement (
        id uuid PRIMARY KEY,
        plan_id text NOT NULL,
        unit_id uuid NOT NULL,
        person_id uuid NOT NULL,
        title text NOT NULL CONSTRAINT movement_title CHECK (char_length(title) BETWEEN 5 AND 200),
        starts_on date NOT NULL,
        ends_on date NOT NULL,
        launched_at timestamptz NOT NULL,
        CONSTRAINT movement_days CHECK (ends_on >= starts_on)
    );
    CREATE INDEX movement_of_plan ON nomination.movement (plan_id, starts_on);
    CREATE UNIQUE INDEX movement_once ON nomination.movement (plan_id, unit_id, title, starts_on);

    CREATE TABLE nomination.idempotency (
        person_id uuid NOT NULL,
        key text NOT NULL,
        route text NOT NULL,
        body_sha256 bytea NOT NULL,
        answer jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (person_id, key)
    );
    CREATE INDEX idempotency_age ON nomination.idempotency (created_at);
    """)


def downgrade() -> None:
    op.execute("DROP SCHEMA nomination CASCADE")
