"""One case with its scores, and what else is known of its nominee."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import tuple_
from sqlmodel import Session, col, func, select

from services.review.models import Case, Commendation, EndedPlan, Hold, PutForward, Score, Sheet, Supplement
from shared.access.principal import Principal
from shared.access.rights import Action, Thing, decide
from shared.bus.ear import NotYet
from shared.errors import Forbidden, NotFound
from shared.succession import Ending, ending_of, endings_around, predecessors

MOST_EARLIER = 20


@dataclass(frozen=True, slots=True)
class MemberSheet:
    member_id: UUID
    member_name: str
    note: str
    scored_at: datetime
    points: Mapping[str, int]
    council: str  # the plan for which it was written


def case_for(session: Session, who: Principal, case_id: UUID) -> Case:
    """The case. Raises NotFound, for another commune's as for one that is not."""
    return shown_to(who, session.get(Case, case_id))


def locked_case_for(session: Session, who: Principal, case_id: UUID) -> Case:
    """The case as it is now, ours alone until the transaction ends. Raises NotFound, Forbidden for a predecessor's."""
    case = shown_to(who, session.get(Case, case_id, with_for_update={"key_share": True}))
    if case.plan_id != who.plan_id:
        raise Forbidden("access.other_commune")
    return case


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


def sheets_of(session: Session, case: Case) -> list[MemberSheet]:
    """Every sheet of the council whose case it is, in the order in which they were handed in."""
    return [sheet for sheet in all_sheets(session, case) if sheet.council == case.plan_id]


def former_sheets_of(session: Session, case: Case) -> list[MemberSheet]:
    """The sheets of councils that had the case before: history, not counted."""
    if case.origin is None:
        return []
    return [sheet for sheet in all_sheets(session, case) if sheet.council != case.plan_id]


def all_sheets(session: Session, case: Case) -> list[MemberSheet]:
    scores: dict[tuple[str, UUID], dict[str, int]] = {}
    for score in session.exec(select(Score).where(Score.case_id == case.id)):
        scores.setdefault((score.council, score.member_id), {})[score.criterion] = score.points
    handed_in = select(Sheet).where(Sheet.case_id == case.id).order_by(col(Sheet.scored_at), col(Sheet.member_id))
    return [
        MemberSheet(
            member_id=sheet.member_id,
            member_name=sheet.member_name,
            note=sheet.note,
            scored_at=sheet.scored_at,
            points=scores.get((sheet.council, sheet.member_id), {}),
            council=sheet.council,
        )
        for sheet in session.exec(handed_in)
    ]


def sheet_count(session: Session, case: Case) -> int:
    """How many sheets count."""
    counted = select(func.count()).select_from(Sheet).where(Sheet.case_id == case.id, Sheet.council == case.plan_id)
    return session.exec(counted).one()


def earlier_cases(session: Session, case: Case) -> list[Case]:
    """Earlier cases of the commune and its predecessors for the same name, accents aside; latest first, bounded."""
    place = tuple_(col(Case.submitted_on), col(Case.id))
    same = select(Case).where(
        col(Case.plan_id).in_((case.plan_id, *former_plans(session, case.plan_id))),
        Case.folded_name == case.folded_name,
        place < tuple_(case.submitted_on, case.id),
    )
    return list(session.exec(same.order_by(place.desc()).limit(MOST_EARLIER)))


def former_plans(session: Session, plan_id: str) -> tuple[str, ...]:
    """The plans that ended and of which at least a part goes on under this one."""
    return predecessors(endings_around(session, EndedPlan, plan_id), plan_id)


def ending_of_commune(session: Session, plan_id: str) -> Ending | None:
    """How the plan's commune ended, None while it goes on."""
    return ending_of(session, EndedPlan, plan_id)


def commendation_of(session: Session, case_id: UUID) -> Commendation | None:
    return session.get(Commendation, case_id)


def put_forward_of(session: Session, case_id: UUID) -> list[PutForward]:
    """Where the model was put forward to, first one first."""
    wanted = (
        select(PutForward)
        .where(PutForward.case_id == case_id)
        .order_by(col(PutForward.put_forward_on), col(PutForward.answered_on).asc().nulls_last())
    )
    return list(session.exec(wanted))


def supplements_of(session: Session, case_id: UUID) -> list[Supplement]:
    """Every request for a supplement, the first one first."""
    wanted = select(Supplement).where(Supplement.case_id == case_id).order_by(col(Supplement.number))
    return list(session.exec(wanted))


class Rests(NamedTuple):
    """Every request for a supplement of a case, and the hold that stands."""

    asked: list[Supplement]
    held: Hold | None


def rests_of(session: Session, case: Case) -> Rests:
    return Rests(supplements_of(session, case.id), hold_of(session, case))


def hold_of(session: Session, case: Case) -> Hold | None:
    """Why the case is held; None when it is not."""
    if case.held_until is None:
        return None
    return session.exec(select(Hold).where(Hold.case_id == case.id, col(Hold.released_on).is_(None))).one()
