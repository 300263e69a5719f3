"""The bus: events, deliveries, subjects' versions, the seal, the effect ledger."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    -- Append-only. One row is one CloudEvent; columns are its attributes.
    CREATE TABLE bus.event (
        id uuid PRIMARY KEY,
        type text NOT NULL,
        source text NOT NULL,
        subject text NOT NULL,
        subjectversion integer NOT NULL,
        time timestamptz NOT NULL,
        data jsonb NOT NULL,
        planid text NOT NULL,
        planstep text NOT NULL,
        unitid uuid NOT NULL,
        actorid uuid,
        causationid uuid,
        correlationid uuid NOT NULL,
        traceparent text,
        CONSTRAINT event_subject_version UNIQUE (subject, subjectversion)
    );
    CREATE INDEX event_correlation ON bus.event (correlationid, id);
    CREATE INDEX event_type ON bus.event (type, id);

    CREATE FUNCTION bus.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'bus.event is append-only: % refused', TG_OP;
    END $$;
    CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bus.event
        FOR EACH STATEMENT EXECUTE FUNCTION bus.refuse_change();

    -- How often each subject has spoken, and what it said last: gives order and causes.
    CREATE TABLE bus.subject (
        subject text PRIMARY KEY,
        version integer NOT NULL,
        last_event_id uuid NOT NULL,
        previous_event_id uuid
    ) WITH (fillfactor = 70);

    -- One row per event and hearer. The row's lock and state make a handler's work exactly-once.
    CREATE TABLE bus.delivery (
        hearer text NOT NULL,
        event_id uuid NOT NULL,
        subject text NOT NULL,
        subjectversion integer NOT NULL,
        state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'parked')),
        next_at timestamptz NOT NULL,
        send_count integer NOT NULL DEFAULT 0,
        started_count integer NOT NULL DEFAULT 0,
        last_error text,
        done_at timestamptz,
        CONSTRAINT delivery_done_has_a_moment CHECK ((state = 'done') = (done_at IS NOT NULL)),
        PRIMARY KEY (hearer, event_id)
    ) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
    CREATE INDEX delivery_due ON bus.delivery (hearer, next_at) WHERE state = 'pending';
    CREATE INDEX delivery_open ON bus.delivery (hearer, subject, subjectversion) WHERE state <> 'done';
    CREATE INDEX delivery_done ON bus.delivery (hearer, done_at) WHERE state = 'done';

    -- Events that no seal covers yet; the sealer empties it.
    CREATE TABLE bus.unsealed (event_id uuid PRIMARY KEY);

    -- The chain of one commune: seal n covers event and seal n-1.
    CREATE TABLE bus.seal (
        unitid uuid NOT NULL,
        number bigint NOT NULL,
        event_id uuid NOT NULL UNIQUE,
        hash bytea NOT NULL,
        PRIMARY KEY (unitid, number)
    );
    CREATE TABLE bus.head (
        unitid uuid PRIMARY KEY,
        number bigint NOT NULL,
        hash bytea NOT NULL,
        sealed_at timestamptz NOT NULL
    );

    -- Days already announced, per plan.
    CREATE TABLE bus.day (planid text PRIMARY KEY, last_day date NOT NULL);

    -- Effects on the outside world: planned, then sending (committed before the call), then sent | unknown | failed.
    CREATE TABLE bus.effect (
        key text PRIMARY KEY,
        service text NOT NULL,
        channel text NOT NULL,
        target text NOT NULL,
        ref uuid NOT NULL,
        planid text NOT NULL,
        cause_id uuid,
        state text NOT NULL DEFAULT 'planned'
            CHECK (state IN ('planned', 'sending', 'sent', 'unknown', 'failed', 'cancelled')),
        next_at timestamptz NOT NULL,
        lease_until timestamptz,
        attempts integer NOT NULL DEFAULT 0,
        lookups integer NOT NULL DEFAULT 0,
        external_id text,
        detail text,
        created_at timestamptz NOT NULL,
        settled_at timestamptz
    ) WITH (fillfactor = 70);
    CREATE INDEX effect_due ON bus.effect (service, next_at) WHERE state IN ('planned', 'sending', 'unknown');
    CREATE INDEX effect_ref ON bus.effect (service, ref);
    """)


def downgrade() -> None:
    op.execute("DROP SCHEMA bus CASCADE")
