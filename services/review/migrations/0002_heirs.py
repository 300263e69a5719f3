"""A case goes on with the council of the commune that took over; a sheet says for which council it was written."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    CREATE TABLE review.ended_plan (
        plan_id text PRIMARY KEY,
        unit_id uuid NOT NULL,
        ended_on date NOT NULL,
        said_at timestamptz NOT NULL,
        successors text[] NOT NULL,
        heirs jsonb NOT NULL
    );
    ALTER TABLE review."case" ADD COLUMN origin varchar, ADD COLUMN transferred_on date;

    ALTER TABLE review.sheet ADD COLUMN council varchar;
    ALTER TABLE review.score ADD COLUMN council varchar;
    UPDATE review.sheet SET council = plan_id FROM review."case" WHERE id = case_id;
    UPDATE review.score SET council = plan_id FROM review."case" WHERE id = case_id;
    ALTER TABLE review.score DROP CONSTRAINT score_belongs_to_a_sheet, DROP CONSTRAINT score_pkey;
    ALTER TABLE review.sheet ALTER COLUMN council SET NOT NULL, DROP CONSTRAINT sheet_pkey,
        ADD PRIMARY KEY (case_id, council, member_id);
    ALTER TABLE review.score ALTER COLUMN council SET NOT NULL,
        ADD PRIMARY KEY (case_id, council, member_id, criterion),
        ADD CONSTRAINT score_belongs_to_a_sheet FOREIGN KEY (case_id, council, member_id)
            REFERENCES review.sheet (case_id, council, member_id) ON DELETE CASCADE;
    """)


def downgrade() -> None:
    op.execute("""
    ALTER TABLE review.score DROP CONSTRAINT score_belongs_to_a_sheet, DROP CONSTRAINT score_pkey;
    DELETE FROM review.score USING review."case" WHERE id = case_id AND council <> plan_id;
    DELETE FROM review.sheet USING review."case" WHERE id = case_id AND council <> plan_id;
    ALTER TABLE review.sheet DROP CONSTRAINT sheet_pkey, DROP COLUMN council, ADD PRIMARY KEY (case_id, member_id);
    ALTER TABLE review.score DROP COLUMN council, ADD PRIMARY KEY (case_id, member_id, criterion),
        ADD CONSTRAINT score_belongs_to_a_sheet FOREIGN KEY (case_id, member_id)
            REFERENCES review.sheet (case_id, member_id) ON DELETE CASCADE;
    ALTER TABLE review."case" DROP COLUMN origin, DROP COLUMN transferred_on;
    DROP TABLE review.ended_plan;
    """)
