"""Dossiers, stories with their revisions and channels, activities, plans on the portal."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    CREATE TABLE publish.dossier (
        nomination_id uuid PRIMARY KEY,
        plan_id varchar NOT NULL,
        code varchar NOT NULL,
        unit_id uuid NOT NULL,
        subject_kind varchar NOT NULL,
        model_kind varchar NOT NULL,
        field varchar NOT NULL,
        movement varchar NOT NULL,
        areas jsonb NOT NULL,
        initiative boolean NOT NULL,
        direct_worker boolean NOT NULL,
        headline varchar NOT NULL,
        story varchar NOT NULL,
        happened_on date,
        photo varchar,
        submitted_on date NOT NULL,
        name varchar NOT NULL,
        consent_text varchar NOT NULL,
        publish_name boolean NOT NULL,
        publish_story boolean NOT NULL,
        publish_photo boolean NOT NULL,
        recognised_on date,
        recognised_because varchar NOT NULL,
        withdrawn_at timestamptz,
        withdrawn_because varchar NOT NULL
    );

    CREATE TABLE publish.story (
        id uuid PRIMARY KEY,
        nomination_id uuid NOT NULL,
        plan_id varchar NOT NULL,
        commune_id uuid NOT NULL,
        unit_id uuid NOT NULL,
        field varchar NOT NULL,
        subject_kind varchar NOT NULL,
        model_kind varchar NOT NULL,
        direct_worker boolean NOT NULL,
        shown_name varchar NOT NULL,
        photo varchar,
        stage varchar NOT NULL,
        slug varchar,
        title varchar NOT NULL,
        sapo varchar NOT NULL,
        body varchar NOT NULL,
        version integer NOT NULL,
        approved_version integer,
        approved_by uuid,
        approved_at timestamptz,
        checks jsonb NOT NULL,
        public_version integer,
        public_at timestamptz,
        introduced_on date,
        folded varchar NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        withdrawn_at timestamptz,
        withdrawn_because varchar NOT NULL,
        CONSTRAINT story_one_per_nomination UNIQUE (nomination_id),
        CONSTRAINT story_slug UNIQUE (slug),
        CONSTRAINT story_stage CHECK (stage IN ('draft', 'approved', 'published', 'withdrawn')),
        CONSTRAINT story_withdrawn_has_a_moment CHECK ((stage = 'withdrawn') = (withdrawn_at IS NOT NULL)),
        CONSTRAINT story_public_has_a_moment CHECK ((public_version IS NULL) = (public_at IS NULL)),
        CONSTRAINT story_approved_has_a_slug CHECK (approved_version IS NULL OR slug IS NOT NULL)
    );
    CREATE INDEX story_desk ON publish.story (plan_id, stage, updated_at DESC);
    CREATE INDEX story_public ON publish.story (commune_id, public_at DESC, id DESC)
        WHERE public_at IS NOT NULL AND stage <> 'withdrawn';
    CREATE INDEX story_public_everywhere ON publish.story (public_at DESC, id DESC)
        WHERE public_at IS NOT NULL AND stage <> 'withdrawn';
    CREATE INDEX story_gone ON publish.story (withdrawn_at DESC) WHERE withdrawn_at IS NOT NULL;

    CREATE TABLE publish.story_revision (
        story_id uuid NOT NULL REFERENCES publish.story (id),
        version integer NOT NULL,
        title varchar NOT NULL,
        sapo varchar NOT NULL,
        body varchar NOT NULL,
        saved_by uuid,
        saved_at timestamptz NOT NULL,
        PRIMARY KEY (story_id, version)
    );

    CREATE TABLE publish.publication (
        story_id uuid NOT NULL REFERENCES publish.story (id),
        channel varchar NOT NULL,
        version integer NOT NULL,
        effect_key varchar NOT NULL,
        state varchar NOT NULL,
        address varchar NOT NULL,
        sent_version integer,
        content varchar NOT NULL,
        size integer NOT NULL,
        detail varchar NOT NULL,
        announced boolean NOT NULL,
        updated_at timestamptz NOT NULL,
        sent_at timestamptz,
        PRIMARY KEY (story_id, channel),
        CONSTRAINT publication_sent_has_a_moment CHECK ((sent_version IS NULL) = (sent_at IS NULL)),
        CONSTRAINT publication_state
            CHECK (state IN ('planned', 'sent', 'unknown', 'failed', 'cancelled', 'removed'))
    );
    CREATE INDEX publication_stuck ON publish.publication (state) WHERE state IN ('unknown', 'failed');

    CREATE TABLE publish.activity (
        id uuid PRIMARY KEY,
        plan_id varchar NOT NULL,
        unit_id uuid NOT NULL,
        kind varchar NOT NULL,
        clause_id varchar NOT NULL,
        title varchar NOT NULL,
        held_on date NOT NULL,
        participants integer NOT NULL,
        cost_vnd bigint NOT NULL,
        recorded_by uuid NOT NULL,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT activity_counts_up CHECK (participants >= 0 AND cost_vnd >= 0)
    );
    CREATE INDEX activity_list ON publish.activity (plan_id, held_on DESC, id DESC);
    CREATE INDEX activity_unit ON publish.activity (plan_id, unit_id, held_on DESC);

    CREATE TABLE publish.plan_notice (
        plan_id varchar PRIMARY KEY,
        commune_id uuid NOT NULL,
        title varchar NOT NULL,
        starts_on date NOT NULL,
        ends_on date NOT NULL,
        announced_at timestamptz NOT NULL
    );
    """)


def downgrade() -> None:
    op.execute("DROP SCHEMA publish CASCADE")
