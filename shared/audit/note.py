"""Write entries in the caller's transaction: what is not recorded is not given."""

import json
from typing import Any

from sqlmodel import Session

from shared.audit import present
from shared.audit.entry import LONGEST_CODE, LONGEST_ID, MOST_SUBJECTS, REPEATABLE, REPEATED_MINUTES, Entry
from shared.clock import now
from shared.ids import new_id


def note(session: Session, *entries: Entry) -> None:
    """Write the entries, in one statement. They stand when the transaction commits, which is before the answer.

    A look that the same person took at the same thing a few minutes ago is not written again (REPEATABLE); two looks
    at the very same moment may both be. Raises what the database raises: then the caller has nothing to show.
    """
    rows = json.dumps([row_of(entry) for entry in entries], ensure_ascii=False)
    session.connection().exec_driver_sql(WRITE, (rows, sorted(REPEATABLE), REPEATED_MINUTES))


def row_of(entry: Entry) -> dict[str, Any]:
    """The columns of audit.entry. Whatever is said at length is cut: the trail is no place for texts."""
    actor, thing = entry.actor, entry.thing
    subjects = dict.fromkeys(str(subject) for subject in entry.subjects)
    return {
        "id": str(new_id()),
        "at": now().isoformat(),
        "action": entry.action.value,
        "actor_id": said(actor.person_id),
        "actor_name": actor.name,
        "role": actor.role,
        "office_unit_id": said(actor.unit_id),
        "plan_id": actor.plan_id,
        "by_token": actor.by_token,
        "on_behalf_of": said(actor.on_behalf_of),
        "object_kind": thing.kind,
        "object_id": thing.id[:LONGEST_ID],
        "object_code": thing.code[:LONGEST_CODE],
        "subjects": sorted(subjects)[:MOST_SUBJECTS],
        "unit_id": str(entry.unit_id),
        "route": present.route(),
        "trace": present.trace(),
        "detail": dict(entry.detail),
    }


def said(value: object) -> str | None:
    return None if value is None else str(value)


WRITE = """
    WITH looks AS MATERIALIZED (
        SELECT * FROM jsonb_populate_recordset(NULL::audit.entry, %s::jsonb) AS entry
        WHERE NOT (entry.action = ANY(%s::text[]) AND audit.looked_lately(entry, make_interval(mins => %s)))
    ), written AS (
        INSERT INTO audit.entry SELECT * FROM looks
    )
    INSERT INTO audit.unsealed (entry_id) SELECT id FROM looks
"""
