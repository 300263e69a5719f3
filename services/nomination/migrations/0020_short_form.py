"""The short form: the nominee's phone, up to three photos, and three sheets instead of four."""

from alembic import op

revision = "0020"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    ALTER TABLE nomination.nomination
        ADD phone text NOT NULL DEFAULT '' CONSTRAINT nomination_phone CHECK (phone ~ '^(0[2-9][0-9]{8,9})?$'),
        ADD more_photos text[] NOT NULL DEFAULT '{}' CONSTRAINT nomination_photos CHECK (
            cardinality(more_photos) <= 2 AND (more_photos = '{}' OR photo IS NOT NULL));
    ALTER TABLE nomination.nomination ALTER phone DROP DEFAULT, ALTER more_photos DROP DEFAULT;
    CREATE INDEX nomination_phone ON nomination.nomination (plan_id, phone) WHERE phone <> '';
    CREATE INDEX nomination_more_photos ON nomination.nomination USING gin (more_photos) WITH (fastupdate = false)
        WHERE more_photos <> '{}';

    -- What was typed on the sheet of movements goes on the sheet of the deed.
    INSERT INTO nomination.draft_sheet AS deed (nomination_id, sheet, typed, saved_at)
        SELECT nomination_id, 'viec', typed, saved_at FROM nomination.draft_sheet WHERE sheet = 'phong-trao'
        ON CONFLICT (nomination_id, sheet) DO UPDATE SET typed = excluded.typed || deed.typed;
    DELETE FROM nomination.draft_sheet WHERE sheet = 'phong-trao';
    ALTER TABLE nomination.draft_sheet DROP CONSTRAINT draft_sheet_known,
        ADD CONSTRAINT draft_sheet_known CHECK (sheet IN ('ai', 'viec', 'anh'));
    """)


def downgrade() -> None:
    op.execute("""
    ALTER TABLE nomination.draft_sheet DROP CONSTRAINT draft_sheet_known,
        ADD CONSTRAINT draft_sheet_known CHECK (sheet IN ('ai', 'viec', 'phong-trao', 'anh'));
    ALTER TABLE nomination.nomination DROP phone, DROP more_photos;
    """)
