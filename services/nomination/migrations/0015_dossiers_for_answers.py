"""The one question about nominations that the audit trail's reader may ask: which dossiers are about somebody."""

from alembic import op

revision = "0015"
down_revision = "0005"
branch_labels = None
depends_on = None

#: It runs with its owner's rights, so that a citizen can be answered without a second copy of anybody's name.
DOSSIERS = """
CREATE FUNCTION audit.dossiers(plans text[], ids uuid[], wanted_code text, wanted_name text, wanted_year integer)
RETURNS TABLE (id uuid, plan_id text, code text, name text, birth_year smallint, unit_id uuid, submitted_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT n.id, n.plan_id, n.code, n.name, n.birth_year, n.unit_id, n.submitted_on
    FROM nomination.nomination n
    WHERE n.stage <> 'draft' AND n.plan_id = ANY(plans) AND n.id IN (
        SELECT known.id FROM nomination.nomination known WHERE known.id = ANY(ids)
        UNION
        SELECT known.id FROM nomination.nomination known WHERE known.code = wanted_code
        UNION
        SELECT known.id FROM nomination.nomination known
        WHERE wanted_name <> '' AND known.plan_id = ANY(plans) AND known.name_folded = wanted_name
          AND (wanted_year IS NULL OR known.birth_year IS NULL OR known.birth_year = wanted_year)
    )
    ORDER BY n.submitted_on DESC, n.id LIMIT 50
$$;
REVOKE EXECUTE ON FUNCTION audit.dossiers(text[], uuid[], text, text, integer) FROM PUBLIC;
"""


def upgrade() -> None:
    op.execute(DOSSIERS)


def downgrade() -> None:
    op.execute("DROP FUNCTION audit.dossiers(text[], uuid[], text, text, integer)")
