"""Candidates whom a unit names itself, what is planned and done for them, and the nominations made of them."""

from alembic import op

from shared.migrations.scoping import follows, scoped

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    ALTER TABLE nomination.candidate
        ALTER COLUMN nomination_id DROP NOT NULL,
        ADD COLUMN source text NOT NULL DEFAULT 'council' CONSTRAINT candidate_source CHECK (
            source IN ('unit', 'council')),
        ADD COLUMN stage text NOT NULL DEFAULT 'nurtured' CONSTRAINT candidate_stage CHECK (
            stage IN ('nurtured', 'graduated', 'stopped')),
        ADD COLUMN name text NOT NULL DEFAULT '',
        ADD COLUMN subject_kind text NOT NULL DEFAULT '',
        ADD COLUMN field text NOT NULL DEFAULT '',
        ADD COLUMN why text NOT NULL DEFAULT '',
        ADD COLUMN mentor text NOT NULL DEFAULT '',
        ADD COLUMN promoted_on date,
        ADD COLUMN next_due date NOT NULL DEFAULT '9999-12-31',
        ADD COLUMN origin text,
        ADD COLUMN version integer NOT NULL DEFAULT 1,
        ADD COLUMN name_folded text NOT NULL DEFAULT '',
        ADD COLUMN search text NOT NULL DEFAULT '',
        ADD CONSTRAINT candidate_of_the_council CHECK (source = 'unit' OR nomination_id IS NOT NULL);
    UPDATE nomination.candidate SET name = sent.name, subject_kind = sent.subject_kind, field = sent.field,
        why = sent.headline, origin = sent.origin, name_folded = sent.name_folded, search = sent.name_folded,
        stage = CASE WHEN sent.stage = 'nurtured' THEN 'nurtured' ELSE 'stopped' END
    FROM nomination.nomination AS sent WHERE sent.id = candidate.nomination_id;
    CREATE INDEX candidate_due ON nomination.candidate (plan_id, stage, next_due, id);
    CREATE UNIQUE INDEX candidate_named_once ON nomination.candidate (plan_id, unit_id, name_folded, identified_on)
        WHERE source = 'unit' AND stage = 'nurtured';

    CREATE TABLE nomination.measure (
        id uuid PRIMARY KEY,
        candidate_id uuid NOT NULL CONSTRAINT measure_candidate REFERENCES nomination.candidate (id),
        weakness text NOT NULL,
        action text NOT NULL,
        due_on date NOT NULL,
        done_on date,
        reminded_on date,
        overdue_on date
    );
    CREATE INDEX measure_of_candidate ON nomination.measure (candidate_id, due_on, id);
    CREATE INDEX measure_open ON nomination.measure (due_on) WHERE done_on IS NULL;

    CREATE TABLE nomination.trail (
        id uuid PRIMARY KEY,
        candidate_id uuid NOT NULL CONSTRAINT trail_candidate REFERENCES nomination.candidate (id),
        kind text NOT NULL CONSTRAINT trail_kind CHECK (
            kind IN ('chosen', 'identified', 'transferred', 'buoc', 'xong', 'doi', 'ho-tro', 'tham', 'moc', 'nguoi-kem',
                     'tam-guong', 'dung', 'tiep-tuc', 'de-cu', 'tro-lai')),
        happened_on date NOT NULL,
        detail text NOT NULL,
        support text CONSTRAINT trail_support CHECK (support IN ('material', 'moral')),
        amount_vnd bigint CONSTRAINT trail_amount CHECK (amount_vnd > 0),
        measure_id uuid CONSTRAINT trail_measure REFERENCES nomination.measure (id),
        by_name text NOT NULL,
        noted_at timestamptz NOT NULL,
        CONSTRAINT trail_support_says_which CHECK ((kind = 'ho-tro') = (support IS NOT NULL))
    );
    CREATE INDEX trail_of_candidate ON nomination.trail (candidate_id, happened_on, noted_at, id);
    CREATE UNIQUE INDEX trail_once ON nomination.trail
        (candidate_id, kind, happened_on, md5(detail), coalesce(amount_vnd, 0))
        WHERE kind IN ('buoc', 'ho-tro', 'tham', 'moc');
    INSERT INTO nomination.trail (id, candidate_id, kind, happened_on, detail, by_name, noted_at)
    SELECT gen_random_uuid(), id, 'identified', identified_on, weaknesses, '', identified_on FROM nomination.candidate;

    ALTER TABLE nomination.nomination ADD COLUMN candidate_id uuid
        CONSTRAINT nomination_candidate REFERENCES nomination.candidate (id);
    CREATE INDEX nomination_of_candidate ON nomination.nomination (candidate_id, id) WHERE candidate_id IS NOT NULL;
    """)
    for table in ("measure", "trail"):
        of = follows("nomination.candidate", f"candidate.id = {table}.candidate_id")
        op.execute(scoped(f"nomination.{table}", of))


def downgrade() -> None:
    op.execute("""
    ALTER TABLE nomination.nomination DROP COLUMN candidate_id;
    DROP TABLE nomination.trail, nomination.measure;
    DELETE FROM nomination.candidate WHERE nomination_id IS NULL;
    DROP INDEX nomination.candidate_due, nomination.candidate_named_once;
    ALTER TABLE nomination.candidate DROP CONSTRAINT candidate_of_the_council,
        DROP COLUMN source, DROP COLUMN stage, DROP COLUMN name, DROP COLUMN subject_kind, DROP COLUMN field,
        DROP COLUMN why, DROP COLUMN mentor, DROP COLUMN promoted_on, DROP COLUMN next_due, DROP COLUMN origin,
        DROP COLUMN version, DROP COLUMN name_folded, DROP COLUMN search,
        ALTER COLUMN nomination_id SET NOT NULL;
    """)
