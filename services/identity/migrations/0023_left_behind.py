"""A village that leaves a commune which goes on without it still sees what it handed in there."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

DOOR = """
-- Who carries the secret with this SHA-256: NULL, or
-- {person_id, name, office: [role, unit_id, plan_id], offices: [[...]], by_token, scopes: [...],
--  narrowed: null | [errand, case_id], on_behalf_of: null | {person_id, name},
--  inherits: [[ended plan, plan that goes on with a part of it], ...], former_units: [unit_id, ...]}.
-- An officer of the tier is told all endings: which plans report to the tier is not known here. What a unit left behind
-- under a plan that goes on without it is for its own nominators only.
-- It runs with its owner's rights, so that services may ask it without reading a row of identity.
CREATE OR REPLACE FUNCTION access.principal(digest bytea) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    carrier record;
    present record;
    offices jsonb;
    former jsonb;
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
    SELECT me.name, o.role, o.unit_id, o.plan_id, jsonb_build_array(o.role, o.unit_id, o.plan_id) AS office,
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

    WITH RECURSIVE inherited AS (
        SELECT h.* FROM identity.heir h
        WHERE NOT h.goes_on OR (h.heir_id = present.unit_id AND present.role IN ('nominator', 'organisation'))
    ), gone AS (
        SELECT h.plan_id, h.unit_id, h.heir_plan, h.heir_id FROM inherited h
        WHERE h.heir_plan = present.plan_id OR present.role = 'aggregator_officer'
        UNION
        SELECT h.plan_id, h.unit_id, g.heir_plan, g.heir_id
        FROM gone g JOIN inherited h ON h.heir_plan = g.plan_id AND h.heir_id = g.unit_id
    )
    SELECT jsonb_build_object(
        'inherits', coalesce(jsonb_agg(DISTINCT jsonb_build_array(g.plan_id, g.heir_plan)), '[]'),
        'former_units', coalesce(jsonb_agg(DISTINCT g.unit_id) FILTER (
            WHERE g.heir_id = present.unit_id AND present.role IN ('nominator', 'organisation')), '[]'))
    INTO former FROM gone g;

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
        'on_behalf_of', present.on_behalf_of) || former;
END $$;
"""


def upgrade() -> None:
    op.execute("ALTER TABLE identity.heir ADD COLUMN goes_on boolean NOT NULL DEFAULT false")
    op.execute(DOOR)


def downgrade() -> None:
    raise RuntimeError("access.principal of 0006 would show a living commune to officers of another")
