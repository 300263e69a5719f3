"""Acting for another, leaving and handing over; people are found without accents; passwords are set by a link."""

from alembic import op
from sqlalchemy import text

from shared.text.fold import folded

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = """
-- Somebody acts in the office of another, from the first day to the last, both included, in Vietnam's calendar.
CREATE TABLE identity.delegation (
    id uuid PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES identity.office,
    delegate_id uuid NOT NULL REFERENCES identity.person,
    reason text NOT NULL CONSTRAINT delegation_reason CHECK (reason IN ('delegation', 'leave')),
    first_day date NOT NULL,
    last_day date NOT NULL,
    note text NOT NULL,
    granted_by uuid NOT NULL REFERENCES identity.person,
    granted_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz,
    CONSTRAINT delegation_lasts CHECK (last_day BETWEEN first_day AND first_day + 89)
);
CREATE INDEX delegation_office ON identity.delegation (office_id, last_day);
CREATE INDEX delegation_delegate ON identity.delegation (delegate_id, last_day);

-- An office ends on a day, said when the day has come. `on_day` is the first day without it.
CREATE TABLE identity.ending (
    office_id uuid PRIMARY KEY REFERENCES identity.office,
    reason text NOT NULL CONSTRAINT ending_reason CHECK (reason IN ('transfer', 'retirement', 'other')),
    on_day date NOT NULL,
    successor_office_id uuid REFERENCES identity.office,
    note text NOT NULL,
    ordered_by uuid NOT NULL REFERENCES identity.person,
    ordered_at timestamptz NOT NULL DEFAULT now(),
    said_at timestamptz,
    CONSTRAINT ending_hands_over_to_another CHECK (successor_office_id <> office_id)
);
CREATE INDEX ending_unsaid ON identity.ending (on_day) WHERE said_at IS NULL;

ALTER TABLE identity.session ADD COLUMN delegation_id uuid REFERENCES identity.delegation;
ALTER TABLE identity.person ADD COLUMN search text NOT NULL DEFAULT '';
ALTER TABLE identity.person ADD COLUMN signed_in_at timestamptz;

-- A link by which somebody sets a new password, once. The old one works until then.
CREATE TABLE identity.password_link (
    digest bytea PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES identity.person,
    made_by uuid NOT NULL REFERENCES identity.person,
    made_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    CONSTRAINT password_link_digest_is_sha256 CHECK (octet_length(digest) = 32)
);
CREATE INDEX password_link_person ON identity.password_link (person_id);

-- Delegations that count now: not revoked, on their days, of an office in force, to somebody who still serves under the
-- same plan. A delegate who has left acts for nobody.
CREATE VIEW identity.delegation_in_force AS
    SELECT delegation.*
    FROM identity.delegation
    JOIN identity.office_in_force office ON office.id = delegation.office_id
    WHERE delegation.revoked_at IS NULL
      AND (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date BETWEEN delegation.first_day AND delegation.last_day
      AND EXISTS (SELECT FROM identity.office_in_force own
                  WHERE own.person_id = delegation.delegate_id AND own.plan_id = office.plan_id);
"""

DOOR = """
-- Who carries the secret with this SHA-256: NULL, or
-- {person_id, name, office: [role, unit_id, plan_id], offices: [[...]], by_token, scopes: [...],
--  narrowed: null | [errand, case_id], on_behalf_of: null | {person_id, name}}.
-- It runs with its owner's rights, so that services may ask it without reading a row of identity.
CREATE OR REPLACE FUNCTION access.principal(digest bytea) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    carrier record;
    present record;
    offices jsonb;
BEGIN
    SELECT s.person_id, s.office_id, s.delegation_id, s.last_seen_at AS seen_at, false AS by_token,
           '{}'::text[] AS scopes, s.errand, s.case_id
    INTO carrier
    FROM identity.session s
    WHERE s.digest = principal.digest AND s.expires_at > now() AND s.last_seen_at > now() - s.idle;
    IF NOT FOUND THEN
        SELECT o.person_id, t.office_id, NULL::uuid AS delegation_id, t.last_used_at AS seen_at, true AS by_token,
               t.scopes, NULL::text AS errand, NULL::uuid AS case_id
        INTO carrier
        FROM identity.api_token t JOIN identity.office o ON o.id = t.office_id
        WHERE t.digest = principal.digest AND t.expires_at > now() AND t.revoked_at IS NULL;
        IF NOT FOUND THEN
            RETURN NULL;
        END IF;
    END IF;

    -- The carrier's own office, or one of another's that they may act in today.
    SELECT me.name, jsonb_build_array(o.role, o.unit_id, o.plan_id) AS office,
           CASE WHEN d.id IS NOT NULL THEN jsonb_build_object('person_id', o.person_id, 'name', holder.name) END
               AS on_behalf_of
    INTO present
    FROM identity.office_in_force o
    JOIN identity.person holder ON holder.id = o.person_id
    JOIN identity.person me ON me.id = carrier.person_id
    LEFT JOIN identity.delegation_in_force d
        ON d.id = carrier.delegation_id AND d.office_id = o.id AND d.delegate_id = carrier.person_id
    WHERE o.id = carrier.office_id
      AND CASE WHEN carrier.delegation_id IS NULL THEN o.person_id = carrier.person_id ELSE d.id IS NOT NULL END;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;

    IF carrier.by_token OR carrier.errand IS NOT NULL THEN
        offices := jsonb_build_array(present.office);
    ELSE
        SELECT jsonb_agg(jsonb_build_array(o.role, o.unit_id, o.plan_id) ORDER BY o.lent, o.valid_from, o.id)
        INTO offices
        FROM (
            SELECT false AS lent, own.* FROM identity.office_in_force own WHERE own.person_id = carrier.person_id
            UNION ALL
            SELECT true, held.* FROM identity.office_in_force held
            JOIN identity.delegation_in_force d ON d.office_id = held.id AND d.delegate_id = carrier.person_id
        ) o;
    END IF;

    -- At most one write a minute for somebody who reads page after page.
    IF carrier.seen_at IS NULL OR carrier.seen_at < now() - interval '1 minute' THEN
        UPDATE identity.session s SET last_seen_at = now()
        WHERE s.digest = principal.digest AND s.last_seen_at < now() - interval '1 minute';
        UPDATE identity.api_token t SET last_used_at = now()
        WHERE t.digest = principal.digest AND (t.last_used_at IS NULL OR t.last_used_at < now() - interval '1 minute');
    END IF;

    RETURN jsonb_build_object(
        'person_id', carrier.person_id, 'name', present.name, 'office', present.office, 'offices', offices,
        'by_token', carrier.by_token, 'scopes', to_jsonb(carrier.scopes),
        'narrowed', CASE WHEN carrier.errand IS NOT NULL THEN jsonb_build_array(carrier.errand, carrier.case_id) END,
        'on_behalf_of', present.on_behalf_of);
END $$;
"""


def upgrade() -> None:
    op.execute(TABLES)
    op.execute(DOOR)
    connection = op.get_bind()
    for person in connection.execute(text("SELECT id, name, email FROM identity.person")).all():
        connection.execute(
            text("UPDATE identity.person SET search = :search WHERE id = :id"),
            {"search": folded(f"{person.name} {person.email or ''}"), "id": person.id},
        )


def downgrade() -> None:
    op.execute("""
        DROP VIEW identity.delegation_in_force;
        ALTER TABLE identity.session DROP COLUMN delegation_id;
        ALTER TABLE identity.person DROP COLUMN search, DROP COLUMN signed_in_at;
        DROP TABLE identity.password_link, identity.ending, identity.delegation;
    """)  # access.principal stays as it is: it fails until 0001's is put back by hand
