"""What a transaction may see, as policies of row level security ask it. Without a scope they raise."""

from alembic import op

revision = "0005"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    CREATE SCHEMA scope;
    GRANT USAGE ON SCHEMA scope TO PUBLIC;

    -- A setting that was local to an earlier transaction of the connection is '' afterwards, not unknown.
    CREATE FUNCTION scope.setting(name text) RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
    DECLARE
        value text := current_setting('guongsang.' || name, true);
    BEGIN
        IF coalesce(value, '') = '' THEN
            RAISE EXCEPTION 'no scope: a query on a scoped table outside of shared.database.transaction'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN value;
    END $$;

    CREATE FUNCTION scope.all_plans() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
        RETURN scope.setting('plans') = '*';
    CREATE FUNCTION scope.plans() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
        RETURN CASE WHEN scope.setting('plans') = '*' THEN '{}' ELSE scope.setting('plans')::text[] END;
    CREATE FUNCTION scope.all_units() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
        RETURN scope.setting('units') = '*';
    CREATE FUNCTION scope.units() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
        RETURN CASE WHEN scope.setting('units') = '*' THEN '{}' ELSE scope.setting('units')::uuid[] END;
    CREATE FUNCTION scope.person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
        RETURN CASE WHEN scope.setting('person') = '*' THEN NULL ELSE scope.setting('person')::uuid END;
    -- Whose office the person acts in: their own id, or that of whoever lent it.
    CREATE FUNCTION scope.holder() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
        RETURN CASE WHEN scope.setting('holder') = '*' THEN NULL ELSE scope.setting('holder')::uuid END;
    -- The machinery: workers, the command line, housekeeping.
    CREATE FUNCTION scope.everything() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
        RETURN scope.setting('plans') = '*' AND scope.setting('units') = '*' AND scope.setting('person') = '*';
    """)


def downgrade() -> None:
    op.execute("DROP SCHEMA scope CASCADE")
