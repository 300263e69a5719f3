"""A nominee is found again by keys; pairs that look alike wait for somebody's verdict; no dossier is sent twice."""

from alembic import op

from shared.migrations.scoping import follows, scoped

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

BOTH_ARE_SEEN = " AND ".join(
    follows("nomination.nomination AS seen", f"seen.id = pairing.{side}_id") for side in ("earlier", "later")
)


def upgrade() -> None:
    op.execute("""
    ALTER TABLE nomination.nomination
        ADD name_keys text[] NOT NULL DEFAULT '{}',
        ADD fingerprint uuid;

    -- Keys of those that were there before: pairs of words, and first and last word with the year of birth. They have
    -- no fingerprint: what was sent twice in the past stays.
    UPDATE nomination.nomination SET name_keys = ARRAY(
        SELECT DISTINCT CASE WHEN one < other THEN one || ' ' || other ELSE whole END
        FROM unnest(words) AS one, unnest(words) AS other WHERE one < other OR cardinality(words) = 1
    ) || CASE WHEN birth_year IS NULL THEN '{}'::text[]
        ELSE ARRAY[words[1] || ' ' || birth_year, words[cardinality(words)] || ' ' || birth_year] END
    FROM (
        SELECT id AS of_id, string_to_array(translate(name_folded, 'y', 'i'), ' ') AS words,
            translate(name_folded, 'y', 'i') AS whole
        FROM nomination.nomination WHERE name_folded <> ''
    ) AS named
    WHERE id = of_id;
    UPDATE nomination.nomination SET name_keys = ARRAY[translate(name_folded, 'y', 'i')]
        WHERE subject_kind = 'collective' AND name_folded <> '';
    ALTER TABLE nomination.nomination ALTER name_keys DROP DEFAULT;

    -- New keys wait in a short list, so that handing in does not pay for sorting them in.
    CREATE INDEX nomination_keys ON nomination.nomination USING gin (name_keys)
        WITH (fastupdate = true, gin_pending_list_limit = 256);
    CREATE UNIQUE INDEX nomination_once ON nomination.nomination (fingerprint)
        WHERE stage IN ('submitted', 'returned', 'recognised', 'published');

    CREATE TABLE nomination.pairing (
        earlier_id uuid NOT NULL CONSTRAINT pairing_earlier REFERENCES nomination.nomination (id),
        later_id uuid NOT NULL CONSTRAINT pairing_later REFERENCES nomination.nomination (id),
        plan_id text NOT NULL,
        level text NOT NULL CONSTRAINT pairing_level CHECK (level IN ('very_likely', 'possible', 'related')),
        reasons text[] NOT NULL,
        same_deed boolean NOT NULL,
        found_at timestamptz NOT NULL,
        verdict text NOT NULL CONSTRAINT pairing_verdict CHECK (verdict IN ('open', 'same', 'different')),
        decided_by uuid,
        decided_by_name text NOT NULL,
        decided_at timestamptz,
        CONSTRAINT pairing_order CHECK (earlier_id < later_id),
        CONSTRAINT pairing_decided_by_somebody CHECK (verdict = 'open' OR decided_by IS NOT NULL),
        CONSTRAINT pairing_decided_at CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
        PRIMARY KEY (earlier_id, later_id)
    );
    CREATE INDEX pairing_of_later ON nomination.pairing (later_id);
    CREATE INDEX pairing_listed ON nomination.pairing (plan_id, verdict, later_id DESC, earlier_id DESC);
    """)
    op.execute(scoped("nomination.pairing", BOTH_ARE_SEEN))


def downgrade() -> None:
    op.execute("""
    DROP TABLE nomination.pairing;
    ALTER TABLE nomination.nomination DROP name_keys, DROP fingerprint;
    """)
