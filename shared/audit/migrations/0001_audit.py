"""The audit trail: append-only, with its seal. Services write it; nobody but identity's role and the owner reads it."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = """
-- Append-only. Ids, codes and offices; no text about anybody. Bounds stand here, so that nobody can make it a heap.
CREATE TABLE audit.entry (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    action text NOT NULL,
    actor_id uuid,
    actor_name text NOT NULL,
    role text NOT NULL,
    office_unit_id uuid,
    plan_id text NOT NULL,
    by_token boolean NOT NULL,
    on_behalf_of uuid,
    object_kind text NOT NULL,
    object_id text NOT NULL,
    object_code text NOT NULL,
    subjects uuid[] NOT NULL,
    unit_id uuid NOT NULL,
    route text NOT NULL,
    trace text NOT NULL,
    detail jsonb NOT NULL,
    CONSTRAINT entry_words CHECK (action ~ '^[a-z_]{3,40}$' AND object_kind ~ '^[a-z_]{3,40}$'),
    CONSTRAINT entry_bounds CHECK (
        char_length(actor_name) <= 200 AND char_length(role) <= 40 AND char_length(plan_id) <= 80
        AND char_length(object_id) <= 100 AND char_length(object_code) <= 40 AND cardinality(subjects) <= 200
        AND char_length(route) <= 200 AND char_length(trace) <= 60 AND octet_length(detail::text) <= 500
    )
);
-- Newest first, of everybody, of a commune, by what was done, by whom, on what, and about whom.
CREATE INDEX entry_time ON audit.entry (at, id);
CREATE INDEX entry_commune ON audit.entry (unit_id, at, id);
CREATE INDEX entry_action ON audit.entry (action, at, id);
CREATE INDEX entry_actor ON audit.entry (actor_id, at, id);
CREATE INDEX entry_object ON audit.entry (object_id, at, id);
CREATE INDEX entry_subjects ON audit.entry USING gin (subjects);

CREATE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit.% is append-only: % refused', TG_TABLE_NAME, TG_OP;
END $$;
CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

-- Entries that no seal covers yet; the sealer empties it.
CREATE TABLE audit.unsealed (entry_id uuid PRIMARY KEY);

-- The chain of one commune: seal n covers entry and seal n-1.
CREATE TABLE audit.seal (
    unit_id uuid NOT NULL,
    number bigint NOT NULL,
    entry_id uuid NOT NULL UNIQUE,
    hash bytea NOT NULL,
    PRIMARY KEY (unit_id, number)
);
CREATE TRIGGER seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.seal
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TABLE audit.head (
    unit_id uuid PRIMARY KEY,
    number bigint NOT NULL,
    hash bytea NOT NULL,
    sealed_at timestamptz NOT NULL
);
"""

#: Services may not read the trail. This one question they may ask: whether just this look was noted a moment ago.
LOOKED_LATELY = """
CREATE FUNCTION audit.looked_lately(look audit.entry, within interval) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM audit.entry AS known
        WHERE known.object_id = look.object_id AND known.at > look.at - within
          AND (known.action, known.object_kind, known.actor_id, known.role, known.office_unit_id, known.plan_id,
               known.by_token, known.on_behalf_of, known.subjects, known.detail)
              IS NOT DISTINCT FROM
              (look.action, look.object_kind, look.actor_id, look.role, look.office_unit_id, look.plan_id,
               look.by_token, look.on_behalf_of, look.subjects, look.detail)
    )
$$;
REVOKE EXECUTE ON FUNCTION audit.looked_lately(audit.entry, interval) FROM PUBLIC;
"""


def upgrade() -> None:
    op.execute(TABLES)
    op.execute(LOOKED_LATELY)


def downgrade() -> None:
    op.execute("DROP SCHEMA audit CASCADE")
