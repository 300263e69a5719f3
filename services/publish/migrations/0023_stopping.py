"""What is taken off the channels after a consent was taken back."""

from alembic import op

from shared.migrations.scoping import follows, scoped

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    CREATE TABLE publish.stopping (
        withdrawal_id uuid PRIMARY KEY,
        nomination_id uuid NOT NULL,
        story_id uuid REFERENCES publish.story (id),
        channels jsonb NOT NULL,
        stopped jsonb NOT NULL,
        cannot_recall jsonb NOT NULL,
        still_out jsonb NOT NULL,
        heard_at timestamptz NOT NULL,
        done_at timestamptz
    );
    CREATE INDEX stopping_open ON publish.stopping (story_id) WHERE done_at IS NULL;
    """)
    op.execute(scoped("publish.stopping", follows("publish.dossier", "dossier.nomination_id = stopping.nomination_id")))


def downgrade() -> None:
    op.execute("DROP TABLE publish.stopping")
