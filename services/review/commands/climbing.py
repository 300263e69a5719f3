"""A recognised model climbs: put forward to the next rung, and what came of it there (plan II.2.c)."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from services.review.commands.endings import require_going_on
from services.review.models import PutForward
from services.review.queries.cases import locked_case_for, locked_case_of, put_forward_of
from services.review.rules.ladder import Answer, may_go_up, require_following, standing, tier_of
from services.review.rules.stages import Step
from shared.access.principal import Principal
from shared.bus.record import record
from shared.errors import Refused
from shared.events.event import Event
from shared.events.nomination import ConsentAwaited, ConsentDeclined, ConsentGiven, ConsentWithdrawn
from shared.events.review import RoleModelEscalated, RoleModelPutForward, RoleModelTierAnswered
from shared.plan.ladder import Tier


def put_forward(session: Session, who: Principal, case_id: UUID, *, today: date) -> None:
    """Put a recognised model forward to the next rung of the plan's ladder; asked twice on a day, once.

    Raises Refused when the case is not recognised or is held, somebody who was asked does not agree, a tier's answer
    is still awaited, there is no rung left, or the commune has ended (Circular 15/2025/TT-BNV).
    """
    case = locked_case_for(session, who, case_id)
    climbs = put_forward_of(session, case.id)
    if climbs and climbs[-1].put_forward_on == today and climbs[-1].answer is None:
        return
    require_going_on(session, case, "award.commune_ended")
    case.after(Step.PUT_FORWARD)
    if not case.may_go_up:
        raise Refused("ladder.not_agreed")
    tier = require_following(standing(case.plan, climbs, today))
    to_unit_id = tier.unit.id if tier.unit else None
    session.add(
        PutForward(
            case_id=case.id,
            rung=tier.rung.id,
            to_unit_id=to_unit_id,
            put_forward_on=today,
            put_forward_by=who.person_id,
        )
    )
    about = {"case_id": case.id, "nomination_id": case.nomination_id, "unit_id": case.unit_id}
    record(session, said_of(tier, about, today, first=not climbs), case.plan)


def keep_consent(session: Session, said: ConsentAwaited | ConsentGiven | ConsentDeclined | ConsentWithdrawn) -> None:
    """What those who were asked say to the next tier. Raises NotYet before the case is known."""
    locked_case_of(session, said.nomination_id).may_go_up = may_go_up(said.agreed, waiting=said.waiting)


def said_of(tier: Tier, about: dict[str, UUID], today: date, *, first: bool) -> Event:
    """The commune itself puts a model forward once; further up, the tiers do."""
    if first and tier.unit:
        return RoleModelPutForward(**about, to_unit_id=tier.unit.id, put_forward_on=today)
    to_unit_id = tier.unit.id if tier.unit else None
    return RoleModelEscalated(**about, level=tier.rung.id, to_unit_id=to_unit_id, escalated_on=today)


def note_answer(session: Session, who: Principal, case_id: UUID, answer: Answer, *, words: str, today: date) -> None:
    """Note what the tier said whose answer is awaited; noted again on the same day, it is the same.

    Raises Refused("ladder.nothing_awaited" | "award.commune_ended").
    """
    case = locked_case_for(session, who, case_id)
    climbs = put_forward_of(session, case.id)
    last = climbs[-1] if climbs else None
    if last and last.answer == answer and last.answered_on == today:
        return
    require_going_on(session, case, "award.commune_ended")
    if last is None or last.answer is not None:
        raise Refused("ladder.nothing_awaited")
    last.answer, last.answered_on, last.answer_words = answer.value, today, words
    tier = tier_of(case.plan, last)
    said = RoleModelTierAnswered(
        case_id=case.id,
        nomination_id=case.nomination_id,
        unit_id=case.unit_id,
        level=tier.rung.id if tier else last.rung,
        to_unit_id=last.to_unit_id,
        answer=answer.value,
        answered_on=today,
    )
    record(session, said, case.plan)
