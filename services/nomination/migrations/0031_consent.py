"""Consent has records of its own: who has to agree, every word they said, the links by which they are asked."""

from alembic import op

from shared.migrations.scoping import follows, scoped

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    ALTER TABLE nomination.nomination ADD COLUMN agreed text[] NOT NULL DEFAULT '{}';
    ALTER TABLE nomination.nomination ALTER COLUMN agreed DROP DEFAULT;
    ALTER TABLE nomination.happening DROP CONSTRAINT happening_kind, ADD CONSTRAINT happening_kind CHECK (
        kind IN ('opened', 'recognised', 'nurtured', 'declined', 'introduced', 'published', 'unpublished', 'withdrawn',
                 'transferred', 'returned', 'resubmitted', 'resumed', 'held', 'released', 'put_forward',
                 'tier_recognised', 'tier_declined',
                 'consent_asked', 'consent_given', 'consent_declined'));

    CREATE TABLE nomination.consent_party (
        id uuid PRIMARY KEY,
        nomination_id uuid NOT NULL CONSTRAINT consent_party_nomination REFERENCES nomination.nomination (id),
        capacity text NOT NULL CONSTRAINT consent_party_capacity CHECK (
            capacity IN ('self', 'representative', 'guardian', 'child', 'head', 'member')),
        name text NOT NULL,
        relation text NOT NULL,
        state text NOT NULL CONSTRAINT consent_party_state CHECK (
            state IN ('waiting', 'agreed', 'declined', 'withdrawn')),
        agreed text[] NOT NULL,
        added_at timestamptz NOT NULL,
        added_by uuid NOT NULL,
        CONSTRAINT consent_party_agreed_to_something CHECK ((agreed <> '{}') = (state = 'agreed'))
    );
    CREATE INDEX consent_party_of_nomination ON nomination.consent_party (nomination_id, id);

    CREATE TABLE nomination.consent (
        party_id uuid NOT NULL CONSTRAINT consent_of_party REFERENCES nomination.consent_party (id),
        number smallint NOT NULL,
        nomination_id uuid NOT NULL CONSTRAINT consent_nomination REFERENCES nomination.nomination (id),
        kind text NOT NULL CONSTRAINT consent_kind CHECK (kind IN ('given', 'declined', 'withdrawn')),
        uses text[] NOT NULL,
        text_version text NOT NULL,
        proof text NOT NULL CONSTRAINT consent_proof CHECK (proof IN ('spoken', 'signed_paper', 'digital')),
        way text NOT NULL CONSTRAINT consent_way CHECK (way IN ('form', 'link', 'look_up', 'officer')),
        reason text NOT NULL,
        said_on date NOT NULL,
        scan text NOT NULL,
        scan_kind text NOT NULL,
        recorded_by uuid,
        recorded_by_name text NOT NULL,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT consent_says_to_what CHECK ((uses = '{}') = (kind = 'declined')),
        CONSTRAINT consent_counts CHECK (number > 0 AND text_version <> ''),
        CONSTRAINT consent_scan CHECK (scan ~ '^([0-9a-f]{64})?$' AND (scan = '') = (scan_kind = '')),
        CONSTRAINT consent_recorded_by_somebody CHECK ((recorded_by IS NULL) = (way IN ('link', 'look_up'))),
        PRIMARY KEY (party_id, number)
    );
    CREATE INDEX consent_of_nomination ON nomination.consent (nomination_id, recorded_at);

    CREATE TABLE nomination.consent_link (
        digest bytea PRIMARY KEY CONSTRAINT consent_link_digest CHECK (octet_length(digest) = 32),
        party_id uuid NOT NULL CONSTRAINT consent_link_party REFERENCES nomination.consent_party (id),
        nomination_id uuid NOT NULL CONSTRAINT consent_link_nomination REFERENCES nomination.nomination (id),
        made_by uuid NOT NULL,
        made_at timestamptz NOT NULL,
        expires_on date NOT NULL,
        answered_at timestamptz,
        replaced_at timestamptz
    );
    CREATE INDEX consent_link_of_party ON nomination.consent_link (party_id);
    """)
    op.execute(FIRST_WORDS)
    op.execute(APPEND_ONLY)
    for table in ("consent_party", "consent", "consent_link"):
        op.execute(
            scoped(f"nomination.{table}", follows("nomination.nomination", f"nomination.id = {table}.nomination_id"))
        )


def downgrade() -> None:
    op.execute("""
    DROP TABLE nomination.consent_link, nomination.consent, nomination.consent_party;
    DROP FUNCTION nomination.keep_consent();
    DELETE FROM nomination.happening WHERE kind LIKE 'consent_%';
    ALTER TABLE nomination.happening DROP CONSTRAINT happening_kind, ADD CONSTRAINT happening_kind CHECK (
        kind IN ('opened', 'recognised', 'nurtured', 'declined', 'introduced', 'published', 'unpublished', 'withdrawn',
                 'transferred', 'returned', 'resubmitted', 'resumed', 'held', 'released', 'put_forward',
                 'tier_recognised', 'tier_declined'));
    ALTER TABLE nomination.nomination DROP COLUMN agreed;
    """)


# The consent of every dossier that was sent becomes its first word. The form named these channels, and said that with
# a guardian a child of seven or more had agreed as well.
FIRST_WORDS = """
    UPDATE nomination.nomination SET agreed =
        CASE WHEN publish_name THEN '{name}'::text[] ELSE '{}' END
        || CASE WHEN publish_story THEN '{story}'::text[] ELSE '{}' END
        || CASE WHEN publish_photo THEN '{photo}'::text[] ELSE '{}' END
        || '{portal,radio,print}'::text[]
    WHERE stage <> 'draft';
    INSERT INTO nomination.consent_party
    SELECT id, id,
        CASE WHEN subject_kind IN ('collective', 'household') AND given_by = 'self' THEN 'head' ELSE given_by END,
        CASE WHEN given_by = 'self' THEN name ELSE '' END, '', 'agreed', agreed, changed_at, person_id
    FROM nomination.nomination WHERE stage <> 'draft';
    INSERT INTO nomination.consent
    SELECT id, 1, id, 'given', agreed, consent_text, proof, 'form', '', submitted_on, '', '', person_id, '', changed_at
    FROM nomination.nomination WHERE stage <> 'draft';
    WITH child AS (
        INSERT INTO nomination.consent_party
        SELECT gen_random_uuid(), id, 'child', name, '', 'agreed', agreed, changed_at, person_id
        FROM nomination.nomination
        WHERE stage <> 'draft' AND given_by = 'guardian'
          AND (birth_year IS NULL OR extract(year FROM submitted_on) - birth_year BETWEEN 7 AND 16)
        RETURNING id, nomination_id
    )
    INSERT INTO nomination.consent
    SELECT child.id, 1, told.id, 'given', agreed, consent_text, proof, 'form', '', submitted_on, '', '', person_id, '',
        changed_at
    FROM child JOIN nomination.nomination AS told ON told.id = child.nomination_id;
"""
APPEND_ONLY = """
    CREATE FUNCTION nomination.keep_consent() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'nomination.consent is append-only: % refused', TG_OP;
    END $$;
    CREATE TRIGGER consent_append_only BEFORE UPDATE OR DELETE ON nomination.consent
        FOR EACH ROW EXECUTE FUNCTION nomination.keep_consent();
    CREATE TRIGGER consent_not_emptied BEFORE TRUNCATE ON nomination.consent
        FOR EACH STATEMENT EXECUTE FUNCTION nomination.keep_consent();
"""
