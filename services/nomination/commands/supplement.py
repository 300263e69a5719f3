"""The commune asks for what is missing, the unit adds it; meanwhile the commune may let the dossier rest."""

from datetime import date
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from services.nomination.commands.evidence import say_attached
from services.nomination.commands.news import note
from services.nomination.commands.transfer import hold_plan, require_going_on
from services.nomination.models import Happening, Nomination, Supplement
from services.nomination.queries.nominations import visible
from services.nomination.queries.supplements import last_supplement
from services.nomination.rules.fault import Fault, Incomplete
from services.nomination.rules.stages import Stage, Step, after
from shared.access.principal import Principal
from shared.bus.record import record
from shared.bus.told import Told
from shared.clock import now
from shared.events.nomination import NominationResubmitted
from shared.events.review import CaseHeld, CaseReleased, CaseResumed, CaseReturned
from shared.holidays import holidays_from
from shared.plan.questions import answer_by
from shared.text.clean import Unclean, cleaned

SHORTEST_ADDITION, LONGEST_ADDITION = 10, 5000  # characters


def ask(session: Session, told: Told[CaseReturned]) -> None:
    """Put what is missing before the unit."""
    said = told.data
    note(session, told, "returned", step=Step.RETURN, detail=said.missing)
    asked = {"missing": said.missing, "asked_on": said.returned_on, "due_on": said.due_on, "addition": ""}
    session.execute(
        insert(Supplement)
        .values(nomination_id=said.nomination_id, number=said.number, **asked)
        .on_conflict_do_nothing()
    )


def resubmit(session: Session, who: Principal, nomination_id: UUID, *, addition: str, today: date) -> Nomination:
    """Add what the commune asked for; sent twice, it is given once. Late is better than never.

    The day for the answer is counted anew. Raises NotFound, Refused("nomination.nothing_asked" |
    "nomination.withdrawn" | "nomination.commune_ended"), Incomplete without words.
    """
    plan_id = visible(session, who, nomination_id).plan_id
    hold_plan(session, plan_id)  # before the row, as the end of the commune does
    nomination = visible(session, who, nomination_id, lock=True)
    request = last_supplement(session, nomination.id)
    if nomination.stage == Stage.SUBMITTED and request is not None and request.given_on is not None:
        return nomination
    stage = after(Stage(nomination.stage), Step.RESUBMIT)
    require_going_on(session, nomination.plan)
    words = checked_addition(addition)
    assert request is not None  # noqa: S101 -- the stage says that it is awaited
    request.addition, request.given_on = words, today
    nomination.answer_by = answer_by(nomination.plan, submitted_on=today, holidays=holidays_from(today.year))
    nomination.stage, nomination.changed_at = stage.value, now()
    nomination.version += 1
    said = NominationResubmitted(
        nomination_id=nomination.id,
        code=nomination.code or "",
        unit_id=nomination.unit_id,
        number=request.number,
        addition=words,
        resubmitted_on=today,
        answer_by=nomination.answer_by,
    )
    event_id = record(session, said, nomination.plan)
    say_attached(session, nomination, number=request.number)
    session.add(
        Happening(id=event_id, nomination_id=nomination.id, kind="resubmitted", happened_at=now(), detail=words)
    )
    return nomination


def go_on(session: Session, told: Told[CaseResumed]) -> None:
    """The council waits no longer for the supplement."""
    said = told.data
    nomination = note(session, told, "resumed", step=Step.RESUME)
    owe_by(nomination, said.answer_by)


def let_rest(session: Session, told: Told[CaseHeld]) -> None:
    nomination = note(session, told, "held")
    nomination.held_until = told.data.held_until if nomination.stage != Stage.WITHDRAWN else None


def let_go_on(session: Session, told: Told[CaseReleased]) -> None:
    nomination = note(session, told, "released")
    nomination.held_until = None
    owe_by(nomination, told.data.answer_by)


def owe_by(nomination: Nomination, day: date) -> None:
    """Move the day for the answer; never to an earlier one."""
    nomination.answer_by = max(nomination.answer_by or day, day)


def checked_addition(addition: str) -> str:
    """What the unit adds, as the council reads it. Raises Incomplete."""
    try:
        words = cleaned(addition, longest=LONGEST_ADDITION, lines=True)
    except Unclean as refused:
        raise Incomplete({"addition": Fault(refused.key, refused.details)}) from refused
    if len(words) < SHORTEST_ADDITION:
        raise Incomplete({"addition": Fault("addition.missing", {"shortest": SHORTEST_ADDITION})})
    return words
