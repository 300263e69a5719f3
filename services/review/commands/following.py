"""What the clerk makes of a recognised model."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from services.review.commands.endings import require_going_on
from services.review.models import Commendation
from services.review.queries.cases import commendation_of, locked_case_for
from services.review.rules.awards import GIAY_KHEN, Track, power_to_award
from services.review.rules.stages import Step
from shared.access.principal import Principal
from shared.bus.record import record
from shared.events.review import CommendationProposed


def propose_commendation(session: Session, who: Principal, case_id: UUID, *, track: Track, today: date) -> Commendation:
    """Submit a recognised model to the chair for a Certificate of Merit; once, however often it is asked.

    Raises Refused when the case is not recognised or is held, the chair had no power for this form on the day, or the
    commune has ended (Circular 15/2025/TT-BNV).
    """
    case = locked_case_for(session, who, case_id)
    if (known := commendation_of(session, case.id)) is not None:
        return known
    plan = case.plan
    require_going_on(session, case, "award.commune_ended")
    case.after(Step.PROPOSE_COMMENDATION)
    power_to_award(GIAY_KHEN, unit_kind=plan.unit.kind, on=today)
    commendation = Commendation(
        case_id=case.id,
        track=track.value,
        form=GIAY_KHEN,
        proposed_on=today,
        proposed_by=who.person_id,
        proposed_by_name=who.name,
    )
    session.add(commendation)
    said = CommendationProposed(
        case_id=case.id,
        nomination_id=case.nomination_id,
        unit_id=case.unit_id,
        track=track.value,
        form=GIAY_KHEN,
        proposed_on=today,
    )
    record(session, said, plan)
    return commendation
