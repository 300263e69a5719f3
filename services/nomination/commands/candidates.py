"""What a nomination's fate means for a candidate: the council identifies one, or one comes back to be nurtured on."""

from datetime import date
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from services.nomination.commands.nurture import add_trail, next_due
from services.nomination.models import Candidate, Nomination
from services.nomination.rules.candidacy import CandidateStage, Deed, after_deed, allowed
from services.nomination.rules.nurture import NOTHING_DUE
from services.nomination.rules.stages import Stage
from shared.bus.record import record
from shared.events.nomination import CandidateGraduated, CandidateIdentified, NurtureResumed
from shared.ids import new_id
from shared.text.fold import folded


def identify_candidate(session: Session, nomination: Nomination, *, weaknesses: str, on: date) -> None:
    """Name the nominee as one to nurture, once (plan II.2.c), under the plan where the dossier goes on.

    Whom the unit had nurtured before comes back, with what the council found.
    """
    if nomination.candidate_id:
        take_back(session, nomination, why=weaknesses, on=on)
        return
    row = row_of(nomination, weaknesses=weaknesses, on=on)
    candidate_id: UUID | None = session.execute(
        insert(Candidate).values(**row).on_conflict_do_nothing().returning(Candidate.__table__.c.id)  # type: ignore[attr-defined]  # SQLModel hides the table from mypy
    ).scalar()
    if candidate_id is None:
        return
    add_trail(session, candidate_id, "identified", on=on, detail=weaknesses, by="")
    if nomination.stage == Stage.WITHDRAWN:
        return
    event = CandidateIdentified(
        candidate_id=candidate_id,
        nomination_id=nomination.id,
        unit_id=nomination.unit_id,
        field=nomination.field,
        subject_kind=nomination.subject_kind,
        weaknesses=weaknesses,
    )
    record(session, event, nomination.plan)


def row_of(nomination: Nomination, *, weaknesses: str, on: date) -> dict[str, object]:
    """The nominee as a candidate."""
    return {
        "id": new_id(),
        "nomination_id": nomination.id,
        "plan_id": nomination.plan_id,
        "unit_id": nomination.unit_id,
        "weaknesses": weaknesses,
        "identified_on": on,
        "source": "council",
        "stage": CandidateStage.NURTURED.value,
        "name": nomination.name,
        "subject_kind": nomination.subject_kind,
        "field": nomination.field,
        "why": nomination.headline,
        "mentor": "",
        "next_due": NOTHING_DUE,
        "origin": nomination.origin,
        "version": 1,
        "name_folded": nomination.name_folded,
        "search": folded(nomination.name),
    }


def graduate(session: Session, nomination: Nomination, *, by: str, on: date) -> None:
    """The nomination that was made of a candidate is handed in; nothing for one whom the unit let go meanwhile."""
    candidate = moved_by(session, nomination, Deed.NOMINATE, why=nomination.code or "", by=by, on=on)
    if candidate is not None:
        said = CandidateGraduated(
            candidate_id=candidate.id, nomination_id=nomination.id, unit_id=candidate.unit_id, graduated_on=on
        )
        record(session, said, candidate.plan)


def take_back(session: Session, nomination: Nomination, *, why: str, on: date) -> None:
    """The nomination led to no role model: whoever was nurtured before is nurtured on. Told again, they are already."""
    candidate = moved_by(session, nomination, Deed.RETURN, why=why, by="", on=on)
    if candidate is not None:
        candidate.weaknesses = why
        said = NurtureResumed(candidate_id=candidate.id, unit_id=candidate.unit_id, resumed_on=on)
        record(session, said, candidate.plan)


def moved_by(session: Session, nomination: Nomination, deed: Deed, *, why: str, by: str, on: date) -> Candidate | None:
    """The candidate of whom the nomination was made, after a deed that follows from it; None where it does not."""
    if nomination.candidate_id is None:
        return None
    candidate = session.get(Candidate, nomination.candidate_id, with_for_update=True)
    if candidate is None or not allowed(CandidateStage(candidate.stage), deed):
        return None
    candidate.stage = after_deed(CandidateStage(candidate.stage), deed).value
    candidate.version += 1
    candidate.next_due = next_due(session, candidate)
    add_trail(session, candidate.id, deed.value, on=on, detail=why, by=by)
    return candidate
