"""The council scores a case, the chair decides it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

from sqlmodel import Session, delete

from services.review.commands.endings import require_going_on
from services.review.models import Case, Score, Sheet
from services.review.queries.cases import locked_case_for, sheet_count, sheets_of
from services.review.rules.decisions import check_not_own, check_sheets_in, checked_note, checked_reason
from services.review.rules.scores import checked_sheet, measures_of
from services.review.rules.stages import DECIDED, STEP_OF, Outcome, Step
from shared.access.principal import Principal
from shared.bus.record import record
from shared.clock import now
from shared.errors import Conflict
from shared.events.review import CaseDeclined, CaseRecognised, CaseScored, CaseSentToNurture

Decision: TypeAlias = CaseRecognised | CaseSentToNurture | CaseDeclined
SAID: dict[Outcome, type[CaseRecognised] | type[CaseSentToNurture] | type[CaseDeclined]] = {
    Outcome.RECOGNISED: CaseRecognised,
    Outcome.NURTURE: CaseSentToNurture,
    Outcome.DECLINED: CaseDeclined,
}


def score(session: Session, who: Principal, case_id: UUID, *, points: Mapping[str, int], note: str) -> Case:
    """Hand in the asker's sheet, or replace it. The same sheet twice is one.

    Raises BadSheet, Invalid (the note), Refused on a closed or resting case, on one that the asker handed in, and on
    one that is about to go on with the successor of a commune that ended.
    """
    case = locked_case_for(session, who, case_id)
    check_not_own(case.nominator_id, who.person_id)
    plan = case.plan
    case.stage = case.after(Step.SCORE)
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
    without a reason; Refused while sheets are missing or the case rests, when the dossier was taken back or was handed
    in by the asker, and when the commune has ended.
    """
    case = locked_case_for(session, who, case_id)
    check_not_own(case.nominator_id, who.person_id)
    plan = case.plan
    why = checked_reason(reason, outcome)
    if case.stage in DECIDED:
        if (case.decided_by, case.stage, case.reason) == (who.person_id, outcome.stage, why):
            return case
        raise decided_already(case)
    following = case.after(STEP_OF[outcome])
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
