"""The steps of a case: load, ask the rules, change, say so. Nothing here commits."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

from sqlmodel import Session, delete

from services.review.models import Case, Commendation, PutForward, Score, Sheet
from services.review.queries.cases import (
    commendation_of,
    ending_of_commune,
    locked_case_for,
    locked_case_of,
    put_forward_of,
    sheet_count,
    sheets_of,
)
from services.review.rules.awards import GIAY_KHEN, Track, power_to_award
from services.review.rules.decisions import check_not_own, check_sheets_in, checked_note, checked_reason
from services.review.rules.scores import checked_sheet, measures_of
from services.review.rules.stages import DECIDED, STEP_OF, Outcome, Stage, Step, after
from shared.access.principal import Principal
from shared.bus.record import record
from shared.clock import now
from shared.errors import Conflict, Refused
from shared.events.nomination import NominationSubmitted, NominationTransferred
from shared.events.review import (
    CaseDeclined,
    CaseOpened,
    CaseRecognised,
    CaseScored,
    CaseSentToNurture,
    CommendationProposed,
    RoleModelPutForward,
)
from shared.ids import new_id
from shared.plan import Plan
from shared.text.fold import folded

Decision: TypeAlias = CaseRecognised | CaseSentToNurture | CaseDeclined
SAID: dict[Outcome, type[CaseRecognised] | type[CaseSentToNurture] | type[CaseDeclined]] = {
    Outcome.RECOGNISED: CaseRecognised,
    Outcome.NURTURE: CaseSentToNurture,
    Outcome.DECLINED: CaseDeclined,
}


def open_case(
    session: Session, nomination: NominationSubmitted, *, plan: Plan, today: date, nominator_id: UUID | None
) -> Case:
    """Put a nomination on the council's table, with a copy of all that the council needs."""
    known = nomination.model_dump(exclude={"personal", "unit_key"})
    person = nomination.personal
    searched = (person.name, nomination.code, nomination.headline, person.address)
    case = Case(
        **known,
        id=new_id(),
        plan_id=plan.id,
        nominator_id=nominator_id,
        nominee_name=person.name,
        nominee_birth_year=person.birth_year,
        nominee_address=person.address,
        folded_name=folded(person.name),
        folded=folded(" ".join(searched)),
        stage=Stage.OPEN,
        opened_on=today,
    )
    session.add(case)
    opened = CaseOpened(
        case_id=case.id,
        nomination_id=case.nomination_id,
        code=case.code,
        unit_id=case.unit_id,
        field=case.field,
        subject_kind=case.subject_kind,
        model_kind=case.model_kind,
        answer_by=case.answer_by,
    )
    record(session, opened, plan)
    return case


def take_back(session: Session, nomination_id: UUID, *, because: str, today: date) -> None:
    """Close the case of a dossier that was taken back. A decision made before stays, but nothing follows from it."""
    case = locked_case_of(session, nomination_id)
    if case.taken_back_on is not None:
        return
    case.stage = after(case.stage, Step.WITHDRAW)
    case.taken_back_on = today
    case.taken_back_because = because
    case.version += 1


def transfer(session: Session, said: NominationTransferred) -> None:
    """Let an open case go on with the successor's council, by the same day; what was decided stays where it was.

    Sheets of the former council stay with the case and count no more. Raises NotYet before the case is opened.
    """
    case = locked_case_of(session, said.nomination_id)
    if case.stage is not Stage.OPEN or case.plan_id == said.to_plan:
        return
    case.origin = case.origin or case.plan_id
    case.plan_id, case.unit_id = said.to_plan, said.to_unit_id
    case.transferred_on = said.transferred_on
    case.version += 1


def score(session: Session, who: Principal, case_id: UUID, *, points: Mapping[str, int], note: str) -> Case:
    """Hand in the asker's sheet, or replace it. The same sheet twice is one.

    Raises BadSheet, Invalid (the note), Refused on a closed case, on one that the asker handed in, and on one that is
    about to go on with the successor of a commune that ended.
    """
    case = locked_case_for(session, who, case_id)
    check_not_own(case.nominator_id, who.person_id)
    plan = case.plan
    case.stage = after(case.stage, Step.SCORE, taken_back=case.taken_back_on is not None)
    sheet = checked_sheet(points, measures_of(plan, case.field), plan.review)
    remark = checked_note(note)
    before = next((one for one in sheets_of(session, case) if one.member_id == who.person_id), None)
    if before and before.points == sheet and before.note == remark:
        return case
    require_going_on(session, case, "case.commune_ended")
    keep_sheet(session, who, case, sheet, remark)
    said = CaseScored(case_id=case.id, nomination_id=case.nomination_id, member_id=who.person_id, scores=sheet)
    record(session, said, plan)
    return case


def keep_sheet(session: Session, who: Principal, case: Case, sheet: Mapping[str, int], note: str) -> None:
    place: dict[str, Any] = {"case_id": case.id, "council": case.plan_id, "member_id": who.person_id}
    session.execute(delete(Score).filter_by(**place))
    session.merge(Sheet(**place, member_name=who.name, note=note, scored_at=now()))
    session.flush()
    session.add_all(Score(**place, criterion=criterion, points=points) for criterion, points in sheet.items())


def decide(
    session: Session,
    who: Principal,
    case_id: UUID,
    *,
    outcome: Outcome,
    reason: str,
    today: date,
    version: int | None = None,
) -> Case:
    """Decide the case. The same decision by the same person twice is one.

    Raises Conflict with who decided when somebody was first, or when the case is no longer at `version`; Invalid
    without a reason; Refused while sheets are missing, when the dossier was taken back or was handed in by the asker,
    and when the commune has ended.
    """
    case = locked_case_for(session, who, case_id)
    check_not_own(case.nominator_id, who.person_id)
    plan = case.plan
    why = checked_reason(reason, outcome)
    if case.stage in DECIDED:
        if (case.decided_by, case.stage, case.reason) == (who.person_id, outcome.stage, why):
            return case
        raise decided_already(case)
    following = after(case.stage, STEP_OF[outcome], taken_back=case.taken_back_on is not None)
    if version not in {None, case.version}:
        raise Conflict("case.changed")
    require_going_on(session, case, "case.commune_ended")
    check_sheets_in(plan.review, sheets=sheet_count(session, case))
    case.decided_on, case.decided_by, case.decided_by_name, case.reason = today, who.person_id, who.name, why
    case.decided_on_behalf_of = who.on_behalf_of.name if who.on_behalf_of else None
    case.stage = following
    case.version += 1
    record(session, decision_event(case, outcome), plan)
    return case


def decided_already(case: Case) -> Conflict:
    day = f"{case.decided_on:%d/%m/%Y}"
    return Conflict(f"case.decided_already.{case.stage.value}", who=case.decided_by_name, day=day)


def decision_event(case: Case, outcome: Outcome) -> Decision:
    data = case.model_dump(
        include={"nomination_id", "code", "unit_id", "field", "subject_kind", "model_kind", "decided_on", "reason"}
    )
    return SAID[outcome](case_id=case.id, **data)


def propose_commendation(session: Session, who: Principal, case_id: UUID, *, track: Track, today: date) -> Commendation:
    """Submit a recognised model to the chair for a Certificate of Merit; once, however often it is asked.

    Raises Refused when the case is not recognised, the chair had no power for this form on the day, or the commune has
    ended (Circular 15/2025/TT-BNV).
    """
    case = locked_case_for(session, who, case_id)
    if (known := commendation_of(session, case.id)) is not None:
        return known
    plan = case.plan
    require_going_on(session, case, "award.commune_ended")
    after(case.stage, Step.PROPOSE_COMMENDATION, taken_back=case.taken_back_on is not None)
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


def put_forward(session: Session, who: Principal, case_id: UUID, *, today: date) -> None:
    """Put a recognised model forward to the plan's aggregating tier; once, however often it is asked.

    Raises Refused when the case is not recognised, or the commune has ended (Circular 15/2025/TT-BNV).
    """
    case = locked_case_for(session, who, case_id)
    plan = case.plan
    if any(known.to_unit_id == plan.aggregator.id for known in put_forward_of(session, case.id)):
        return
    require_going_on(session, case, "award.commune_ended")
    after(case.stage, Step.PUT_FORWARD, taken_back=case.taken_back_on is not None)
    session.add(
        PutForward(case_id=case.id, to_unit_id=plan.aggregator.id, put_forward_on=today, put_forward_by=who.person_id)
    )
    said = RoleModelPutForward(
        case_id=case.id,
        nomination_id=case.nomination_id,
        unit_id=case.unit_id,
        to_unit_id=plan.aggregator.id,
        put_forward_on=today,
    )
    record(session, said, plan)


def require_going_on(session: Session, case: Case, refusal: str) -> None:
    """Raise Refused(refusal), with the day and who goes on, when the commune that has the case has ended."""
    ending = ending_of_commune(session, case.plan_id)
    if ending:
        raise Refused(
            refusal,
            day=f"{ending.on:%d/%m/%Y}",
            former=ending.former_name,
            successor=ending.successor_name,
        )
