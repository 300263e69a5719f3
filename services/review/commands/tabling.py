"""A nomination comes to the council's table, and leaves it again."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from services.review.models import Case
from services.review.queries.cases import hold_of, locked_case_of
from services.review.rules.stages import UNDECIDED, Stage, Step, after
from shared.bus.record import record
from shared.events.nomination import NominationSubmitted, NominationTransferred
from shared.events.review import CaseOpened
from shared.ids import new_id
from shared.plan import Plan
from shared.text.fold import folded


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


def count_evidence(session: Session, nomination_id: UUID) -> None:
    """One file more bears the dossier out. Raises NotYet before the case is opened."""
    locked_case_of(session, nomination_id).evidence += 1


def take_back(session: Session, nomination_id: UUID, *, because: str, today: date) -> None:
    """Close the case of a dossier that was taken back. A decision made before stays, but nothing follows from it."""
    case = locked_case_of(session, nomination_id)
    if case.taken_back_on is not None:
        return
    if (hold := hold_of(session, case)) is not None:
        case.held_until, hold.released_on = None, today
    case.stage = after(case.stage, Step.WITHDRAW)
    case.taken_back_on = today
    case.taken_back_because = because
    case.version += 1


def transfer(session: Session, said: NominationTransferred) -> None:
    """Let an undecided case go on with the successor's council, by the same day; what was decided stays where it was.

    Sheets of the former council stay with the case and count no more. Raises NotYet before the case is opened.
    """
    case = locked_case_of(session, said.nomination_id)
    if case.stage not in UNDECIDED or case.plan_id == said.to_plan:
        return
    case.origin = case.origin or case.plan_id
    case.plan_id, case.unit_id = said.to_plan, said.to_unit_id
    case.transferred_on = said.transferred_on
    case.version += 1
