"""A consent that is taken back starts clocks."""

from alembic import op

from shared.migrations.scoping import follows, scoped

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    ALTER TABLE nomination.happening DROP CONSTRAINT happening_kind, ADD CONSTRAINT happening_kind CHECK (
        kind IN ('opened', 'recognised', 'nurtured', 'declined', 'introduced', 'published', 'unpublished', 'withdrawn',
                 'transferred', 'returned', 'resubmitted', 'resumed', 'held', 'released', 'put_forward',
                 'tier_recognised', 'tier_declined',
                 'consent_asked', 'consent_given', 'consent_declined', 'consent_withdrawn', 'consent_stopped'));

    CREATE TABLE nomination.consent_withdrawal (
        id uuid PRIMARY KEY,
        nomination_id uuid NOT NULL CONSTRAINT consent_withdrawal_nomination REFERENCES nomination.nomination (id),
        party_id uuid NOT NULL CONSTRAINT consent_withdrawal_party REFERENCES nomination.consent_party (id),
        uses text[] NOT NULL CONSTRAINT consent_withdrawal_of_something CHECK (uses <> '{}'),
        asked_on date NOT NULL,
        answer_by date NOT NULL,
        stop_by date NOT NULL,
        third_parties_by date NOT NULL,
        extended_days smallint NOT NULL,
        extension_reason text NOT NULL,
        answered_on date,
        answer text NOT NULL,
        stopped_on date,
        cannot_recall text[] NOT NULL,
        third_parties_told_on date,
        third_parties_note text NOT NULL,
        said text[] NOT NULL,
        next_due date,
        CONSTRAINT consent_withdrawal_days CHECK (
            answer_by > asked_on AND stop_by > asked_on AND third_parties_by >= stop_by),
        CONSTRAINT consent_withdrawal_extension CHECK (
            extended_days BETWEEN 0 AND 15 AND (extended_days = 0) = (extension_reason = '')),
        CONSTRAINT consent_withdrawal_answer CHECK ((answered_on IS NULL) = (answer = '')),
        CONSTRAINT consent_withdrawal_owed CHECK ((next_due IS NULL) =
            (answered_on IS NOT NULL AND stopped_on IS NOT NULL AND third_parties_told_on IS NOT NULL))
    );
    CREATE INDEX consent_withdrawal_of_nomination ON nomination.consent_withdrawal (nomination_id, id);
    CREATE INDEX consent_withdrawal_open ON nomination.consent_withdrawal (next_due, id) WHERE next_due IS NOT NULL;
    """)
    sees = follows("nomination.nomination", "nomination.id = consent_withdrawal.nomination_id")
    op.execute(scoped("nomination.consent_withdrawal", sees))


def downgrade() -> None:
    op.execute("""
    DROP TABLE nomination.consent_withdrawal;
    DELETE FROM nomination.happening WHERE kind IN ('consent_withdrawn', 'consent_stopped');
    ALTER TABLE nomination.happening DROP CONSTRAINT happening_kind, ADD CONSTRAINT happening_kind CHECK (
        kind IN ('opened', 'recognised', 'nurtured', 'declined', 'introduced', 'published', 'unpublished', 'withdrawn',
                 'transferred', 'returned', 'resubmitted', 'resumed', 'held', 'released', 'put_forward',
                 'tier_recognised', 'tier_declined',
                 'consent_asked', 'consent_given', 'consent_declined'));
    """)
