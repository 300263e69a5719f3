"""Cards with a PIN, a second factor, providers, scopes of tokens, approval links; an e-mail is no longer needed."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = """
ALTER TABLE identity.person ALTER COLUMN email DROP NOT NULL;

-- Tokens from before had no bound of their own. They keep what they could do.
ALTER TABLE identity.api_token ADD COLUMN scopes text[] NOT NULL DEFAULT '{read,nominate,review,publish}';
ALTER TABLE identity.api_token ALTER COLUMN scopes DROP DEFAULT;

CREATE TABLE identity.card (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES identity.person,
    digest bytea NOT NULL UNIQUE,
    sealed bytea,
    pin_hash text,
    failures smallint NOT NULL DEFAULT 0,
    issued_at timestamptz NOT NULL DEFAULT now(),
    issued_by uuid REFERENCES identity.person,
    started_at timestamptz,
    revoked_at timestamptz,
    CONSTRAINT card_digest_is_sha256 CHECK (octet_length(digest) = 32),
    CONSTRAINT card_started_has_pin CHECK ((started_at IS NULL) = (pin_hash IS NULL))
);
CREATE UNIQUE INDEX card_one_each ON identity.card (person_id) WHERE revoked_at IS NULL;
CREATE INDEX card_person ON identity.card (person_id, issued_at);

ALTER TABLE identity.session
    ADD COLUMN card_id uuid REFERENCES identity.card,
    ADD COLUMN second_factor boolean NOT NULL DEFAULT false,
    ADD COLUMN errand text,
    ADD COLUMN case_id uuid,
    ADD CONSTRAINT session_errand_has_case CHECK ((errand IS NULL) = (case_id IS NULL));
CREATE INDEX session_card ON identity.session (card_id) WHERE card_id IS NOT NULL;

CREATE TABLE identity.totp (
    person_id uuid PRIMARY KEY REFERENCES identity.person,
    sealed bytea NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    confirmed_at timestamptz,
    last_step bigint NOT NULL DEFAULT 0
);

CREATE TABLE identity.recovery_code (
    person_id uuid NOT NULL REFERENCES identity.totp ON DELETE CASCADE,
    digest bytea NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (person_id, digest),
    CONSTRAINT recovery_code_digest_is_sha256 CHECK (octet_length(digest) = 32)
);

CREATE TABLE identity.provider_link (
    issuer text NOT NULL,
    subject text NOT NULL,
    person_id uuid NOT NULL REFERENCES identity.person,
    linked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (issuer, subject)
);
CREATE UNIQUE INDEX provider_link_one_each ON identity.provider_link (person_id, issuer);

CREATE TABLE identity.approval_link (
    id uuid PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES identity.office,
    case_id uuid NOT NULL,
    errand text NOT NULL,
    failures smallint NOT NULL DEFAULT 0,
    made_at timestamptz NOT NULL DEFAULT now(),
    made_by uuid NOT NULL REFERENCES identity.person,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX approval_link_case ON identity.approval_link (case_id, office_id);
"""

DOOR = """
-- As before, and besides: scopes, an array (empty for a session); narrowed, [errand, case_id] or null.
CREATE OR REPLACE FUNCTION access.principal(digest bytea) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    holder record;
    present record;
    offices jsonb;
BEGIN
    SELECT s.office_id, s.last_seen_at AS seen_at, false AS by_token, '{}'::text[] AS scopes, s.errand, s.case_id
    INTO holder
    FROM identity.session s
    WHERE s.digest = principal.digest AND s.expires_at > now() AND s.last_seen_at > now() - s.idle;
    IF NOT FOUND THEN
        SELECT t.office_id, t.last_used_at AS seen_at, true AS by_token, t.scopes, NULL::text AS errand,
               NULL::uuid AS case_id
        INTO holder
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

    IF holder.by_token OR holder.errand IS NOT NULL THEN
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

    RETURN jsonb_build_object(
        'person_id', present.person_id, 'name', present.name, 'office', present.office, 'offices', offices,
        'by_token', holder.by_token, 'scopes', to_jsonb(holder.scopes),
        'narrowed', CASE WHEN holder.errand IS NOT NULL THEN jsonb_build_array(holder.errand, holder.case_id) END);
END $$;
"""


def upgrade() -> None:
    op.execute(TABLES)
    op.execute(DOOR)


def downgrade() -> None:
    raise RuntimeError("people without an e-mail cannot be carried back")
