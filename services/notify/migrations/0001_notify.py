"""Contacts, plans in force, dossiers, messages."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    CREATE TABLE notify.contact (
        plan_id text NOT NULL,
        person_id uuid NOT NULL,
        role text NOT NULL,
        unit_id uuid NOT NULL,
        name text NOT NULL,
        email text NOT NULL,
        PRIMARY KEY (plan_id, person_id, role, unit_id)
    );
    CREATE INDEX contact_person ON notify.contact (person_id);

    CREATE TABLE notify.activation (
        plan_id text PRIMARY KEY,
        event_id uuid NOT NULL,
        open_lines text[] NOT NULL
    );

    CREATE TABLE notify.dossier (
        nomination_id uuid PRIMARY KEY,
        plan_id text NOT NULL,
        code text NOT NULL,
        unit_id uuid NOT NULL,
        nominator_id uuid,
        nominee text NOT NULL
    );

    CREATE TABLE notify.message (
        id uuid PRIMARY KEY,
        event_id uuid NOT NULL,
        person_id uuid NOT NULL,
        is_mailbox boolean NOT NULL,
        plan_id text NOT NULL,
        recipients text[] NOT NULL,
        about text NOT NULL,
        letter text NOT NULL,
        nomination_id uuid,
        subject text NOT NULL,
        body text NOT NULL,
        link text NOT NULL,
        created_at timestamptz NOT NULL,
        read_at timestamptz,
        mail_state text NOT NULL,
        mail_detail text NOT NULL,
        mail_at timestamptz,
        CONSTRAINT message_once UNIQUE (event_id, person_id),
        CONSTRAINT message_has_a_recipient CHECK (cardinality(recipients) > 0),
        CONSTRAINT message_mail_state_known
            CHECK (mail_state IN ('none', 'planned', 'sent', 'unknown', 'failed')),
        CONSTRAINT message_mailbox_reads_nothing CHECK (NOT (is_mailbox AND read_at IS NOT NULL))
    ) WITH (fillfactor = 85);
    CREATE INDEX message_inbox ON notify.message (person_id, created_at, id);
    CREATE INDEX message_unread ON notify.message (person_id, created_at, id) WHERE read_at IS NULL;
    CREATE INDEX message_sent ON notify.message (plan_id, created_at, id);
    CREATE INDEX message_stuck ON notify.message (plan_id, created_at, id)
        WHERE mail_state IN ('unknown', 'failed');
    CREATE INDEX message_under_way ON notify.message (plan_id, created_at, id) WHERE mail_state = 'planned';
    CREATE INDEX message_quiet ON notify.message (plan_id, created_at)
        WHERE read_at IS NULL AND mail_state <> 'none';
    """)


def downgrade() -> None:
    op.execute("DROP TABLE notify.message, notify.dossier, notify.activation, notify.contact")
