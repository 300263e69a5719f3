"""Plans in force, units, people, offices, sign-in; and the one function by which every service asks who somebody is."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE identity.plan_activation (
    plan_id text PRIMARY KEY,
    unit_id uuid NOT NULL,
    title text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    activated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE identity.unit (
    plan_id text NOT NULL REFERENCES identity.plan_activation,
    id uuid NOT NULL,
    key text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    parent_id uuid,
    code text,
    code_list text,
    registered_at timestamptz NOT NULL DEFAULT now(),
    withdrawn_at timestamptz,
    PRIMARY KEY (plan_id, id)
);
CREATE UNIQUE INDEX unit_key ON identity.unit (plan_id, key) WHERE withdrawn_at IS NULL;

CREATE TABLE identity.person (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    email text NOT NULL UNIQUE,
    sample boolean NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT person_email_lower CHECK (email = lower(email))
);

CREATE TABLE identity.office (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES identity.person,
    role text NOT NULL,
    unit_id uuid NOT NULL,
    plan_id text NOT NULL,
    valid_from timestamptz NOT NULL DEFAULT now(),
    valid_until timestamptz,
    CONSTRAINT office_lasts CHECK (valid_until > valid_from),
    FOREIGN KEY (plan_id, unit_id) REFERENCES identity.unit (plan_id, id)
);
CREATE UNIQUE INDEX office_once ON identity.office (person_id, role, unit_id, plan_id) WHERE valid_until IS NULL;
CREATE INDEX office_plan ON identity.office (plan_id, unit_id);

CREATE TABLE identity.credential (
    person_id uuid PRIMARY KEY REFERENCES identity.person,
    hash text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE identity.session (
    digest bytea PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES identity.person,
    office_id uuid NOT NULL REFERENCES identity.office,
    signed_in_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    idle interval NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT session_digest_is_sha256 CHECK (octet_length(digest) = 32)
);
CREATE INDEX session_person ON identity.session (person_id);
CREATE INDEX session_expiry ON identity.session (expires_at);

CREATE TABLE identity.api_token (
    id uuid PRIMARY KEY,
    digest bytea NOT NULL UNIQUE,
    office_id uuid NOT NULL REFERENCES identity.office,
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at timestamptz,
    CONSTRAINT api_token_digest_is_sha256 CHECK (octet_length(digest) = 32)
);
CREATE INDEX api_token_office ON identity.api_token (office_id, created_at);

CREATE TABLE identity.login_attempt (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account bytea NOT NULL,
    network text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    succeeded boolean NOT NULL DEFAULT false
);
CREATE INDEX login_attempt_account ON identity.login_attempt (account, at) WHERE NOT succeeded;
CREATE INDEX login_attempt_network ON identity.login_attempt (network, at) WHERE NOT succeeded;
CREATE INDEX login_attempt_age ON identity.login_attempt (at);

-- Offices that count now: their time has come and not passed, and their unit still stands in the plan.
CREATE VIEW identity.office_in_force AS
    SELECT office.*
    FROM identity.office
    JOIN identity.unit ON unit.plan_id = office.plan_id AND unit.id = office.unit_id
    WHERE office.valid_from <= now() AND (office.valid_until IS NULL OR office.valid_until > now())
      AND unit.withdrawn_at IS NULL;
"""

DOOR = """
CREATE SCHEMA access;
REVOKE ALL ON SCHEMA access FROM PUBLIC;

-- Who carries the secret with this SHA-256: NULL, or
-- {person_id, name, office: [role, unit_id, plan_id], offices: [[...]], by_token}.
-- It runs with its owner's rights, so that services may ask it without reading a row of identity.
CREATE FUNCTION access.principal(digest bytea) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    holder record;
    present record;
    offices jsonb;
BEGIN
    SELECT s.office_id, s.last_seen_at AS seen_at, false AS by_token INTO holder
    FROM identity.session s
    WHERE s.digest = principal.digest AND s.expires_at > now() AND s.last_seen_at > now() - s.idle;
    IF NOT FOUND THEN
        SELECT t.office_id, t.last_used_at AS seen_at, true AS by_token INTO holder
        FROM identity.api_token t
        WHERE t.digest = principal.digest AND t.expires_at > now() AND t.revoked_at IS NULL;
        IF NOT FOUND THEN
            RETURN NULL;
        END IF;
    END IF;

    SELECT o.person_id, p.name, jsonb_build_array(o.role, o.unit_id, o.plan_id) AS office INTO present
    FROM identity.office_in_force o JOIN identity.person p ON p.id = o.person_id
    WHERE o.id = holder.office_id;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;

    IF holder.by_token THEN
        offices := jsonb_build_array(present.office);
    ELSE
        SELECT jsonb_agg(jsonb_build_array(o.role, o.unit_id, o.plan_id) ORDER BY o.valid_from, o.id) INTO offices
        FROM identity.office_in_force o WHERE o.person_id = present.person_id;
    END IF;

    -- At most one write a minute for somebody who reads page after page.
    IF holder.seen_at IS NULL OR holder.seen_at < now() - interval '1 minute' THEN
        UPDATE identity.session s SET last_seen_at = now()
        WHERE s.digest = principal.digest AND s.last_seen_at < now() - interval '1 minute';
        UPDATE identity.api_token t SET last_used_at = now()
        WHERE t.digest = principal.digest AND (t.last_used_at IS NULL OR t.last_used_at < now() - interval '1 minute');
    END IF;

    RETURN jsonb_build_object('person_id', present.person_id, 'name', present.name, 'office', present.office,
                              'offices', offices, 'by_token', holder.by_token);
END $$;
REVOKE EXECUTE ON FUNCTION access.principal(bytea) FROM PUBLIC;
"""


def upgrade() -> None:
    op.execute(TABLES)
    op.execute(DOOR)


def downgrade() -> None:
    op.execute("DROP SCHEMA access CASCADE")
    op.execute("""
        DROP VIEW identity.office_in_force;
        DROP TABLE identity.login_attempt, identity.api_token, identity.session, identity.credential, identity.office,
                   identity.person, identity.unit, identity.plan_activation;
    """)
