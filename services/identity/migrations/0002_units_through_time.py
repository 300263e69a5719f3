"""Units through time: versions, successions, planned changes; and a copy of what is open in each unit."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = """
-- Lets the database itself refuse two versions of a unit on one day. Trusted: a database's owner may create it.
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA identity;

ALTER TABLE identity.plan_activation ADD COLUMN ended_on date;

CREATE TABLE identity.unit_version (
    unit_id uuid NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    name text NOT NULL,
    kind text NOT NULL,
    code text,
    code_list text,
    parent_id uuid,
    PRIMARY KEY (unit_id, valid_from),
    CONSTRAINT unit_version_lasts CHECK (valid_until > valid_from),
    CONSTRAINT unit_version_code CHECK ((code IS NULL) = (code_list IS NULL)),
    CONSTRAINT unit_version_once EXCLUDE USING gist (unit_id WITH =, daterange(valid_from, valid_until) WITH &&)
);
CREATE INDEX unit_version_parent ON identity.unit_version (parent_id);

CREATE TABLE identity.unit_succession (
    predecessor_id uuid NOT NULL,
    successor_id uuid NOT NULL,
    on_day date NOT NULL,
    how text NOT NULL,
    share text NOT NULL,
    PRIMARY KEY (predecessor_id, successor_id, on_day),
    CONSTRAINT unit_succession_other CHECK (predecessor_id <> successor_id),
    CONSTRAINT unit_succession_how CHECK (how IN ('merge', 'split', 'dissolve')),
    CONSTRAINT unit_succession_share CHECK (share IN ('whole', 'part'))
);
CREATE INDEX unit_succession_successor ON identity.unit_succession (successor_id);

CREATE TABLE identity.unit_change (
    id uuid PRIMARY KEY,
    on_day date NOT NULL,
    request jsonb NOT NULL,
    state text NOT NULL,
    refusal jsonb,
    decided_by uuid NOT NULL,
    decided_at timestamptz NOT NULL DEFAULT now(),
    settled_at timestamptz,
    CONSTRAINT unit_change_state CHECK (state IN ('scheduled', 'applied', 'cancelled', 'refused'))
);
CREATE INDEX unit_change_due ON identity.unit_change (on_day) WHERE state = 'scheduled';

CREATE TABLE identity.open_work (
    nomination_id uuid PRIMARY KEY,
    plan_id text NOT NULL,
    unit_id uuid NOT NULL,
    code text NOT NULL,
    since date,
    closed boolean NOT NULL DEFAULT false
);
CREATE INDEX open_work_plan ON identity.open_work (plan_id, unit_id) WHERE NOT closed;
"""

# What an installation knew before: its plans' units since the plans' first days, and what its events left open.
KNOWN = """
INSERT INTO identity.unit_version (unit_id, valid_from, name, kind, code, code_list, parent_id)
SELECT DISTINCT ON (unit.id) unit.id, plan.starts_on, unit.name, unit.kind, unit.code, unit.code_list, unit.parent_id
FROM identity.unit JOIN identity.plan_activation AS plan USING (plan_id)
WHERE unit.withdrawn_at IS NULL
ORDER BY unit.id, plan.starts_on;

INSERT INTO identity.open_work (nomination_id, plan_id, unit_id, code, since)
SELECT (said.data->>'nomination_id')::uuid, said.planid, (said.data->>'unit_id')::uuid, said.data->>'code',
       (said.data->>'submitted_on')::date
FROM bus.event AS said
WHERE said.type = 'vn.guongsang.nomination.submitted.v1' AND NOT EXISTS (
    SELECT 1 FROM bus.event AS later
    WHERE later.correlationid = (said.data->>'nomination_id')::uuid AND later.type IN (
        'vn.guongsang.nomination.withdrawn.v1', 'vn.guongsang.case.recognised.v1', 'vn.guongsang.case.declined.v1',
        'vn.guongsang.case.sent_to_nurture.v1')
);
"""


def upgrade() -> None:
    op.execute(TABLES)
    op.execute(KNOWN)


def downgrade() -> None:
    op.execute("""
        DROP TABLE identity.open_work, identity.unit_change, identity.unit_succession, identity.unit_version;
        ALTER TABLE identity.plan_activation DROP COLUMN ended_on;
        DROP EXTENSION btree_gist;
    """)
