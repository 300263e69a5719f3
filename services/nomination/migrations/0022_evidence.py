"""Files of evidence, each as it was made anew."""

from alembic import op

from shared.migrations.scoping import follows, scoped

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    CREATE TABLE nomination.evidence (
        id uuid PRIMARY KEY,
        nomination_id uuid NOT NULL
            CONSTRAINT evidence_nomination REFERENCES nomination.nomination (id) ON DELETE CASCADE,
        number integer NOT NULL,
        name text NOT NULL,
        kind text NOT NULL CONSTRAINT evidence_kind_is_known CHECK (
            kind IN ('picture', 'pdf', 'document', 'sheet', 'text', 'sound')),
        sha256 text NOT NULL,
        size integer NOT NULL,
        pages integer NOT NULL,
        has_preview boolean NOT NULL,
        excerpt text NOT NULL,
        brought_sha256 text NOT NULL,
        brought_size integer NOT NULL,
        brought_by uuid NOT NULL,
        brought_by_name text NOT NULL,
        brought_at timestamptz NOT NULL,
        CONSTRAINT evidence_address CHECK (sha256 ~ '^[0-9a-f]{64}$' AND brought_sha256 ~ '^[0-9a-f]{64}$'),
        CONSTRAINT evidence_size CHECK (size > 0 AND brought_size > 0 AND pages > 0 AND number >= 0)
    );
    CREATE UNIQUE INDEX evidence_once ON nomination.evidence (nomination_id, brought_sha256);
    """)
    op.execute(
        scoped("nomination.evidence", follows("nomination.nomination", "nomination.id = evidence.nomination_id"))
    )


def downgrade() -> None:
    op.execute("DROP TABLE nomination.evidence")
