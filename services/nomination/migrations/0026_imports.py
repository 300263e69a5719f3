"""Tables of nominations are imported: examined row by row, added in batches, never twice."""

from alembic import op

from shared.migrations.scoping import WHOLE_PLANS, follows, kept, scoped, within

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    CREATE TABLE nomination.import_run (
        id uuid PRIMARY KEY,
        plan_id text NOT NULL,
        unit_id uuid NOT NULL,
        role text NOT NULL,
        person_id uuid NOT NULL,
        person_name text NOT NULL,
        holder_id uuid NOT NULL,
        file_name text NOT NULL,
        stage text NOT NULL CONSTRAINT import_run_stage_is_known CHECK (
            stage IN ('examining', 'examined', 'adding', 'done', 'stopped')),
        goal integer NOT NULL CONSTRAINT import_run_goal CHECK (goal > 0),
        brought_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL
    );
    CREATE INDEX import_run_of_unit ON nomination.import_run (plan_id, unit_id, id);
    CREATE INDEX import_run_age ON nomination.import_run (brought_at);

    CREATE TABLE nomination.import_row (
        run_id uuid NOT NULL CONSTRAINT import_row_run REFERENCES nomination.import_run (id) ON DELETE CASCADE,
        number integer NOT NULL CONSTRAINT import_row_number CHECK (number > 1),
        cells jsonb NOT NULL,
        state text NOT NULL CONSTRAINT import_row_state_is_known CHECK (
            state IN ('waiting', 'good', 'faulty', 'known', 'added')),
        faults jsonb NOT NULL,
        fingerprint uuid,
        nomination_id uuid,
        CONSTRAINT import_row_added_is_a_nomination CHECK ((state = 'added') = (nomination_id IS NOT NULL)),
        PRIMARY KEY (run_id, number)
    );
    CREATE INDEX import_row_state ON nomination.import_row (run_id, state, number);
    CREATE INDEX import_row_fingerprint ON nomination.import_row (run_id, fingerprint);

    CREATE TABLE nomination.imported (
        plan_id text NOT NULL,
        fingerprint uuid NOT NULL,
        nomination_id uuid NOT NULL CONSTRAINT imported_nomination REFERENCES nomination.nomination (id)
            DEFERRABLE INITIALLY DEFERRED,
        PRIMARY KEY (plan_id, fingerprint)
    );
    CREATE UNIQUE INDEX imported_nomination_once ON nomination.imported (nomination_id);
    """)
    # As with drafts: a unit's own, and an officer's own.
    op.execute(scoped("nomination.import_run", f"{within()} AND (NOT {WHOLE_PLANS} OR {kept('holder_id')})"))
    op.execute(scoped("nomination.import_row", follows("nomination.import_run", "import_run.id = import_row.run_id")))
    op.execute(
        scoped("nomination.imported", follows("nomination.nomination", "nomination.id = imported.nomination_id"))
    )


def downgrade() -> None:
    op.execute("DROP TABLE nomination.imported, nomination.import_row, nomination.import_run")
