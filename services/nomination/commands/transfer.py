"""A commune ended: its open nominations go on under the plan of whoever took over, with all that hangs on them."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from services.nomination.models import EndedPlan, Happening, TrailRow
from services.nomination.rules.stages import OPEN, Stage
from shared.bus.record import record
from shared.bus.told import Told
from shared.errors import Refused
from shared.events.identity import UnitDissolved
from shared.events.nomination import CandidateTransferred, NominationTransferred
from shared.ids import new_id
from shared.plan import Plan
from shared.plan.shelf import plan_of
from shared.settings import settings
from shared.succession import Ending, ending_of, keep_ending

MOST_AT_ONCE = 1000  # rows a statement


def hand_over(session: Session, told: Told[UnitDissolved]) -> int:
    """Move every open nomination of the ended plan to its heir; how many moved. Told again, there is none left.

    Photos are brought along first, since a nomination names its own unit's.
    """
    hold_plan(session, told.data.plan, alone=True)
    ending = keep_ending(session, EndedPlan, told)
    session.connection().exec_driver_sql(BRING_PHOTOS, (ending.plan_id,))
    moved = 0
    for rows in batches(session, ending):
        say_transferred(session, ending, rows)
        moved += len(rows)
    move_candidates(session, ending)
    session.connection().exec_driver_sql(MOVE_SUGGESTIONS, (ending.plan_id,))
    return moved


def batches(session: Session, ending: Ending) -> Iterator[Sequence[Any]]:
    """Moves the nominations and gives what was moved, MOST_AT_ONCE at a time."""
    stages = sorted(stage.value for stage in OPEN)
    while rows := session.connection().exec_driver_sql(MOVE, (ending.plan_id, stages, MOST_AT_ONCE)).all():
        yield rows


def say_transferred(session: Session, ending: Ending, rows: Sequence[Any]) -> None:
    """Say it of all that were sent, and put it on their timelines."""
    happenings = [
        {
            "id": record(session, transferred(ending, row), plan_of(row.plan_id)),
            "nomination_id": row.id,
            "kind": "transferred",
            "happened_at": ending.moment,
            "detail": row.plan_id,
            "address": "",
        }
        for row in rows
        if row.stage != Stage.DRAFT
    ]
    if happenings:
        session.execute(insert(Happening), happenings)


def move_candidates(session: Session, ending: Ending) -> None:
    """Whoever is nurtured goes on with the heir of their unit. Say it of each, and put it on their trail."""
    rows = session.connection().exec_driver_sql(MOVE_CANDIDATES, (ending.plan_id,)).all()
    for row in rows:
        said = CandidateTransferred(
            candidate_id=row.id,
            from_plan=ending.plan_id,
            to_plan=row.plan_id,
            from_unit_id=row.from_unit_id,
            to_unit_id=row.unit_id,
            transferred_on=ending.on,
        )
        record(session, said, plan_of(row.plan_id))
    entries = [
        {
            "id": new_id(),
            "candidate_id": row.id,
            "kind": "transferred",
            "happened_on": ending.on,
            "detail": "",
            "support": None,
            "amount_vnd": None,
            "measure_id": None,
            "by_name": "",
            "noted_at": ending.moment,
        }
        for row in rows
    ]
    if entries:
        session.execute(insert(TrailRow), entries)


def transferred(ending: Ending, row: Any) -> NominationTransferred:
    return NominationTransferred(
        nomination_id=row.id,
        code=row.code,
        from_plan=ending.plan_id,
        to_plan=row.plan_id,
        from_unit_id=row.from_unit_id,
        to_unit_id=row.unit_id,
        transferred_on=ending.on,
    )


def require_going_on(session: Session, plan: Plan) -> None:
    """Raise Refused("nomination.commune_ended") when the plan's commune has ended; it does not end until the commit."""
    hold_plan(session, plan.id)
    ending = ending_of(session, EndedPlan, plan.id)
    if ending:
        raise commune_ended(ending)


def commune_ended(ending: Ending) -> Refused:
    """Who goes on, and where."""
    successor = ending.successor
    return Refused(
        "nomination.commune_ended",
        day=f"{ending.on:%d/%m/%Y}",
        former=ending.former_name,
        successor=ending.successor_name,
        link=f"{settings().public_url}/ke-hoach?xa={successor.id}",
    )


def hold_plan(session: Session, plan_id: str, *, alone: bool = False) -> None:
    """Let what is handed in and the end of the commune wait for each other, so that neither overlooks the other."""
    session.connection().exec_driver_sql(HOLD_ALONE if alone else HOLD, (plan_id,))


HOLD = "SELECT pg_advisory_xact_lock_shared(hashtext('nomination.plan'), hashtext(%s))"
HOLD_ALONE = "SELECT pg_advisory_xact_lock(hashtext('nomination.plan'), hashtext(%s))"
BRING_PHOTOS = """
    INSERT INTO nomination.photo (sha256, plan_id, unit_id, width, height, widths, brought_at)
    SELECT sha256, heir ->> 0, (heir ->> 1)::uuid, width, height, widths, brought_at
    FROM nomination.photo JOIN nomination.ended_plan AS ended USING (plan_id),
        coalesce(ended.heirs -> photo.unit_id::text, ended.heirs -> ended.unit_id::text) AS heir
    WHERE plan_id = %s
    ON CONFLICT DO NOTHING
"""
MOVE = """
    WITH moving AS (
        SELECT nomination.id, nomination.unit_id AS from_unit_id,
            coalesce(ended.heirs -> nomination.unit_id::text, ended.heirs -> ended.unit_id::text) AS heir
        FROM nomination.nomination JOIN nomination.ended_plan AS ended USING (plan_id)
        WHERE plan_id = %s AND stage = ANY(%s::text[])
        ORDER BY nomination.id LIMIT %s FOR UPDATE OF nomination
    )
    UPDATE nomination.nomination AS moved
    SET plan_id = heir ->> 0, unit_id = (heir ->> 1)::uuid, version = version + 1,
        origin = CASE WHEN stage <> 'draft' THEN coalesce(origin, plan_id) END
    FROM moving WHERE moved.id = moving.id
    RETURNING moved.id, moved.code, moved.stage, moving.from_unit_id, moved.plan_id, moved.unit_id
"""
MOVE_CANDIDATES = """
    WITH moving AS (
        SELECT candidate.id, candidate.unit_id AS from_unit_id,
            coalesce(ended.heirs -> candidate.unit_id::text, ended.heirs -> ended.unit_id::text) AS heir
        FROM nomination.candidate JOIN nomination.ended_plan AS ended USING (plan_id)
        WHERE plan_id = %s AND stage = 'nurtured'
        ORDER BY candidate.id FOR UPDATE OF candidate
    )
    UPDATE nomination.candidate AS moved
    SET plan_id = heir ->> 0, unit_id = (heir ->> 1)::uuid, version = version + 1, origin = coalesce(origin, plan_id)
    FROM moving WHERE moved.id = moving.id
    RETURNING moved.id, moving.from_unit_id, moved.plan_id, moved.unit_id
"""
MOVE_SUGGESTIONS = """
    UPDATE nomination.suggestion SET plan_id = heir ->> 0, unit_id = (heir ->> 1)::uuid
    FROM nomination.suggestion AS moving JOIN nomination.ended_plan AS ended USING (plan_id),
        coalesce(ended.heirs -> moving.unit_id::text, ended.heirs -> ended.unit_id::text) AS heir
    WHERE suggestion.id = moving.id AND moving.plan_id = %s AND moving.stage = 'received'
"""
