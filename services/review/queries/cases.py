"""One case with its scores, and what else is known of its nominee."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import tuple_
from sqlmodel import Session, col, func, select

from services.review.models import Case, Commendation, PutForward, Score, Sheet
from shared.access.principal import Principal
from shared.access.rights import Action, Thing, decide
from shared.bus.ear import NotYet
from shared.errors import NotFound

MOST_EARLIER = 20


@dataclass(frozen=True, slots=True)
class MemberSheet:
    member_id: UUID
    member_name: str
    note: str
    scored_at: datetime
    points: Mapping[str, int]


def case_for(session: Session, who: Principal, case_id: UUID) -> Case:
    """The case. Raises NotFound, for another commune's as for one that is not."""
    return shown_to(who, session.get(Case, case_id))


def locked_case_for(session: Session, who: Principal, case_id: UUID) -> Case:
    """The case as it is now, ours alone until the transaction ends. Raises as `case_for`."""
    return shown_to(who, session.get(Case, case_id, with_for_update={"key_share": True}))


def shown_to(who: Principal, case: Case | None) -> Case:
    if case is None or not decide(who, Action.READ_CASE, Thing(case.plan_id, case.unit_id)).allowed:
        raise NotFound("case.unknown")
    return case


def locked_case_of(session: Session, nomination_id: UUID) -> Case:
    """The case of a nomination, ours alone until the transaction ends. Raises NotYet before it is opened."""
    wanted = select(Case).where(Case.nomination_id == nomination_id).with_for_update(key_share=True)
    if (case := session.exec(wanted).one_or_none()) is None:
        raise NotYet(f"no case of nomination {nomination_id}")
    return case


def sheets_of(session: Session, case_id: UUID) -> list[MemberSheet]:
    """Every member's sheet, in the order in which they were handed in."""
    scores: dict[UUID, dict[str, int]] = {}
    for score in session.exec(select(Score).where(Score.case_id == case_id)):
        scores.setdefault(score.member_id, {})[score.criterion] = score.points
    handed_in = select(Sheet).where(Sheet.case_id == case_id).order_by(col(Sheet.scored_at), col(Sheet.member_id))
    return [
        MemberSheet(sheet.member_id, sheet.member_name, sheet.note, sheet.scored_at, scores.get(sheet.member_id, {}))
        for sheet in session.exec(handed_in)
    ]


def sheet_count(session: Session, case_id: UUID) -> int:
    return session.exec(select(func.count()).select_from(Sheet).where(Sheet.case_id == case_id)).one()


def earlier_cases(session: Session, case: Case) -> list[Case]:
    """Cases in the plan sent before this one for somebody of the same name, accents aside; latest first, bounded."""
    place = tuple_(col(Case.submitted_on), col(Case.id))
    same = select(Case).where(
        Case.plan_id == case.plan_id,
        Case.folded_name == case.folded_name,
        place < tuple_(case.submitted_on, case.id),
    )
    return list(session.exec(same.order_by(place.desc()).limit(MOST_EARLIER)))


def commendation_of(session: Session, case_id: UUID) -> Commendation | None:
    return session.get(Commendation, case_id)


def put_forward_of(session: Session, case_id: UUID) -> list[PutForward]:
    """Where the model was put forward to, first one first."""
    wanted = select(PutForward).where(PutForward.case_id == case_id).order_by(col(PutForward.put_forward_on))
    return list(session.exec(wanted))
