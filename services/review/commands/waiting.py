"""A case rests: it goes back to the unit for what is missing, or is held while something is looked into."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session

from services.review.commands.endings import require_going_on
from services.review.models import Case, Hold, Supplement
from services.review.queries.cases import hold_of, locked_case_for, locked_case_of, supplements_of
from services.review.rules.resting import Ground, check_due, check_returns_left, check_until, checked_words
from services.review.rules.stages import UNDECIDED, Stage, Step
from shared.access.principal import Principal
from shared.bus.record import record
from shared.events.nomination import NominationResubmitted
from shared.events.review import CaseHeld, CaseReleased, CaseResumed, CaseReturned
from shared.holidays import holidays_from
from shared.ids import new_id
from shared.plan.questions import answer_by


def return_case(session: Session, who: Principal, case_id: UUID, *, missing: str, due_on: date, today: date) -> Case:
    """Send the dossier back for what is missing, to be given by a day. The same request twice is one.

    Raises Invalid, and Refused when the case does not wait, went back often enough, or its commune has ended.
    """
    case = locked_case_for(session, who, case_id)
    words = checked_words(missing, name="missing")
    asked = supplements_of(session, case.id)
    if case.stage is Stage.RETURNED and (asked[-1].missing, asked[-1].due_on) == (words, due_on):
        return case
    following = case.after(Step.RETURN)
    check_returns_left(case.plan.review, returned=len(asked))
    check_due(due_on, today=today)
    require_going_on(session, case, "case.commune_ended")
    request = Supplement(
        case_id=case.id,
        number=len(asked) + 1,
        missing=words,
        asked_on=today,
        asked_by=who.person_id,
        asked_by_name=who.name,
        due_on=due_on,
    )
    session.add(request)
    move(case, following)
    said = CaseReturned(**about(case), number=request.number, missing=words, returned_on=today, due_on=due_on)
    record(session, said, case.plan)
    return case


def resume(session: Session, who: Principal, case_id: UUID, *, today: date) -> Case:
    """Go on with what there is; the answer's day is counted anew. Raises Refused unless a supplement is awaited."""
    case = locked_case_for(session, who, case_id)
    following = case.after(Step.RESUME)
    require_going_on(session, case, "case.commune_ended")
    request = supplements_of(session, case.id)[-1]
    request.resumed_on = today
    case.answer_by = max(case.answer_by, counted_anew(case, today))
    move(case, following)
    said = CaseResumed(**about(case), number=request.number, resumed_on=today, answer_by=case.answer_by)
    record(session, said, case.plan)
    return case


def keep_supplement(session: Session, said: NominationResubmitted) -> None:
    """Keep what the unit added, and go on if the council still waits for it. Raises NotYet before the case is known."""
    case = locked_case_of(session, said.nomination_id)
    request = next((one for one in supplements_of(session, case.id) if one.number == said.number), None)
    if request is None or request.given_on is not None:
        return
    request.given_on, request.addition = said.resubmitted_on, said.addition
    if request.resumed_on is None and case.stage is Stage.RETURNED and case.taken_back_on is None:
        case.answer_by = said.answer_by
        move(case, case.after(Step.SUPPLEMENT))


def hold(
    session: Session, who: Principal, case_id: UUID, *, ground: Ground, reason: str, until: date, today: date
) -> Case:
    """Let the case rest until a day; held again, the day and the reason are moved. The same twice is one.

    Raises Invalid, and Refused for a case that nothing can follow from any more or whose commune has ended.
    """
    case = locked_case_for(session, who, case_id)
    words = checked_words(reason, name="hold_reason")
    following = case.after(Step.HOLD)
    held = hold_of(session, case)
    if held and (held.ground, held.reason, held.held_until) == (ground.value, words, until):
        return case
    check_until(until, case.plan.review, today=today)
    require_going_on(session, case, "case.commune_ended")
    session.merge(
        Hold(
            id=held.id if held else new_id(),
            case_id=case.id,
            ground=ground.value,
            reason=words,
            held_on=held.held_on if held else today,
            held_until=until,
            held_by=who.person_id,
            held_by_name=who.name,
        )
    )
    case.held_until = until
    move(case, following)
    record(session, CaseHeld(**about(case), ground=ground.value, held_on=today, held_until=until), case.plan)
    return case


def release(session: Session, who: Principal, case_id: UUID, *, today: date) -> Case:
    """Let a held case go on; an answer that is still owed is counted anew. Raises Refused when it is not held."""
    case = locked_case_for(session, who, case_id)
    following = case.after(Step.RELEASE)
    held = hold_of(session, case)
    assert held is not None  # noqa: S101 -- the step is refused otherwise
    held.released_on, held.released_by_name = today, who.name
    case.held_until = None
    move(case, following)
    if case.stage in UNDECIDED:
        case.answer_by = max(case.answer_by, counted_anew(case, today))
    record(session, CaseReleased(**about(case), released_on=today, answer_by=case.answer_by), case.plan)
    return case


def counted_anew(case: Case, today: date) -> date:
    """The day for the answer, if the dossier came today."""
    return answer_by(case.plan, submitted_on=today, holidays=holidays_from(today.year))


def move(case: Case, stage: Stage) -> None:
    """The stage that follows; whoever looked at the case before is told that it has changed."""
    case.stage = stage
    case.version += 1


def about(case: Case) -> dict[str, Any]:
    """What every event about a resting case says."""
    return {
        "case_id": case.id,
        "nomination_id": case.nomination_id,
        "code": case.code,
        "unit_id": case.unit_id,
    }
