"""Candidates are named by their unit, and what is planned and done for them is kept (plan II.2.c)."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from services.nomination.commands.transfer import hold_plan, require_going_on
from services.nomination.models import Candidate, MeasureRow, TrailRow
from services.nomination.queries.nurture import MOST_MEASURES, measure_in, visible_candidate
from services.nomination.rules.candidacy import CandidateStage, Deed, after_deed
from services.nomination.rules.nurture import NOTHING_DUE, Measure, Naming, Noted
from shared.access.principal import Principal
from shared.bus.record import record
from shared.clock import now
from shared.errors import Refused
from shared.events.event import Event
from shared.events.nomination import (
    CandidateChosen,
    CandidateMilestoneReached,
    CandidatePromoted,
    CandidateVisited,
    MentorNamed,
    NurtureResumed,
    NurtureStepDone,
    NurtureStepMoved,
    NurtureStepPlanned,
    NurtureStopped,
    SupportRecorded,
)
from shared.ids import new_id
from shared.plan import Plan, Unit
from shared.text.fold import folded


def choose(session: Session, who: Principal, plan: Plan, unit: Unit, naming: Naming, *, today: date) -> UUID:
    """Name somebody of a unit as a candidate, with the first step; named twice on a day, it is one.

    Raises Refused("nomination.commune_ended").
    """
    require_going_on(session, plan)
    row = row_of(plan, unit, naming, today)
    candidate_id: UUID | None = session.execute(
        insert(Candidate).values(**row).on_conflict_do_nothing().returning(Candidate.__table__.c.id)  # type: ignore[attr-defined]  # SQLModel hides the table from mypy
    ).scalar()
    if candidate_id is None:
        return named_today(session, plan, unit, naming, today)
    add_trail(session, candidate_id, "chosen", on=today, detail=naming.why, by=who.name)
    said = CandidateChosen(
        candidate_id=candidate_id,
        unit_id=unit.id,
        field=naming.field,
        subject_kind=naming.subject_kind,
        chosen_on=today,
    )
    record(session, said, plan)
    measure = naming.measure
    noted = Noted(detail=measure.action, weakness=measure.weakness, due_on=measure.due_on, on=today)
    carry_out(session, who, candidate_id, Deed.PLAN_STEP, noted)
    return candidate_id


def row_of(plan: Plan, unit: Unit, naming: Naming, today: date) -> dict[str, object]:
    return {
        "id": new_id(),
        "plan_id": plan.id,
        "unit_id": unit.id,
        "weaknesses": "",
        "identified_on": today,
        "source": "unit",
        "stage": CandidateStage.NURTURED.value,
        "name": naming.name,
        "subject_kind": naming.subject_kind,
        "field": naming.field,
        "why": naming.why,
        "mentor": naming.mentor,
        "next_due": NOTHING_DUE,
        "version": 1,
        "name_folded": folded(naming.name),
        "search": folded(f"{naming.name} {naming.mentor}"),
    }


def named_today(session: Session, plan: Plan, unit: Unit, naming: Naming, today: date) -> UUID:
    wanted = select(Candidate.id).where(
        Candidate.plan_id == plan.id,
        Candidate.unit_id == unit.id,
        Candidate.name_folded == folded(naming.name),
        Candidate.identified_on == today,
        Candidate.source == "unit",
    )
    return session.exec(wanted.limit(1)).one()


def carry_out(
    session: Session, who: Principal, candidate_id: UUID, deed: Deed, noted: Noted, *, measure_id: UUID | None = None
) -> Candidate:
    """Note what was done for a candidate and say it; noted twice on a day, it was done once.

    `measure_id` names the step that was taken or is moved. Raises NotFound, Refused("nurture.graduated" |
    "nurture.stopped" | "nurture.goes_on" | "nurture.too_many_steps" | "nurture.step_done" |
    "nomination.commune_ended").
    """
    hold_plan(
        session, visible_candidate(session, who, candidate_id).plan_id
    )  # before the row, as the commune's end does
    candidate = visible_candidate(session, who, candidate_id, lock=True)
    require_going_on(session, candidate.plan)
    stage = after_deed(CandidateStage(candidate.stage), deed)
    measure = measure_in(session, candidate.id, measure_id) if measure_id else None
    said = DOING[deed](session, candidate, noted, measure)
    if said is None:
        return candidate
    step_id = getattr(said, "step_id", None)
    kept = add_trail(session, candidate.id, deed.value, on=noted.on, detail=noted.detail, by=who.name, noted=noted,
                     measure_id=step_id)  # fmt: skip
    if not kept:
        return candidate
    candidate.stage = stage.value
    candidate.version += 1
    candidate.next_due = next_due(session, candidate)
    record(session, said, candidate.plan)
    return candidate


def add_trail(
    session: Session,
    candidate_id: UUID,
    kind: str,
    *,
    on: date,
    detail: str,
    by: str,
    noted: Noted | None = None,
    measure_id: UUID | None = None,
) -> bool:
    """Whether this was not noted before."""
    session.flush()
    row = {
        "id": new_id(),
        "candidate_id": candidate_id,
        "kind": kind,
        "happened_on": on,
        "detail": detail,
        "support": noted.support.value if noted and noted.support else None,
        "amount_vnd": noted.amount_vnd if noted else None,
        "measure_id": measure_id,
        "by_name": by,
        "noted_at": now(),
    }
    kept = insert(TrailRow).values(**row).on_conflict_do_nothing()
    return bool(session.execute(kept.returning(TrailRow.__table__.c.id)).scalar())  # type: ignore[attr-defined]  # SQLModel hides the table from mypy


def next_due(session: Session, candidate: Candidate) -> date:
    """The first last day of what is still to be done; NOTHING_DUE for whom nothing is planned any more."""
    if candidate.stage != CandidateStage.NURTURED:
        return NOTHING_DUE
    session.flush()
    wanted = select(func.min(MeasureRow.due_on)).where(
        MeasureRow.candidate_id == candidate.id, col(MeasureRow.done_on).is_(None)
    )
    return session.exec(wanted).one() or NOTHING_DUE


def plan_step(session: Session, candidate: Candidate, noted: Noted, _: MeasureRow | None) -> Event | None:
    assert noted.due_on is not None  # noqa: S101 -- the form's reader sees to it
    measure = Measure(noted.weakness, noted.detail, noted.due_on)
    known = session.exec(select(MeasureRow).where(MeasureRow.candidate_id == candidate.id)).all()
    if any(
        (row.weakness, row.action, row.due_on) == (measure.weakness, measure.action, measure.due_on) for row in known
    ):
        return None
    if len(known) >= MOST_MEASURES:
        raise Refused("nurture.too_many_steps", most=MOST_MEASURES)
    row = MeasureRow(
        id=new_id(), candidate_id=candidate.id, weakness=measure.weakness, action=measure.action, due_on=measure.due_on
    )
    session.add(row)
    return NurtureStepPlanned(candidate_id=candidate.id, unit_id=candidate.unit_id, step_id=row.id, due_on=row.due_on)


def finish_step(_: Session, candidate: Candidate, noted: Noted, measure: MeasureRow | None) -> Event | None:
    assert measure is not None  # noqa: S101 -- the address names it
    if measure.done_on:
        return None
    measure.done_on = noted.on
    return NurtureStepDone(
        candidate_id=candidate.id,
        unit_id=candidate.unit_id,
        step_id=measure.id,
        due_on=measure.due_on,
        done_on=noted.on,
    )


def move_step(_: Session, candidate: Candidate, noted: Noted, measure: MeasureRow | None) -> Event | None:
    assert measure is not None and noted.due_on is not None  # noqa: S101, PT018 -- as above
    if measure.done_on:
        raise Refused("nurture.step_done")
    before, measure.due_on = measure.due_on, noted.due_on
    if before == measure.due_on:
        return None
    measure.reminded_on = measure.overdue_on = None
    return NurtureStepMoved(
        candidate_id=candidate.id,
        unit_id=candidate.unit_id,
        step_id=measure.id,
        from_day=before,
        to_day=measure.due_on,
    )


def support(_: Session, candidate: Candidate, noted: Noted, __: MeasureRow | None) -> Event:
    assert noted.support is not None  # noqa: S101 -- the form's reader sees to it
    return SupportRecorded(
        candidate_id=candidate.id,
        unit_id=candidate.unit_id,
        kind=noted.support.value,
        amount_vnd=noted.amount_vnd,
        given_on=noted.on,
    )


def visit(_: Session, candidate: Candidate, noted: Noted, __: MeasureRow | None) -> Event:
    return CandidateVisited(candidate_id=candidate.id, unit_id=candidate.unit_id, visited_on=noted.on)


def milestone(_: Session, candidate: Candidate, noted: Noted, __: MeasureRow | None) -> Event:
    return CandidateMilestoneReached(candidate_id=candidate.id, unit_id=candidate.unit_id, reached_on=noted.on)


def mentor(_: Session, candidate: Candidate, noted: Noted, __: MeasureRow | None) -> Event | None:
    if candidate.mentor == noted.detail:
        return None
    candidate.mentor = noted.detail
    candidate.search = folded(f"{candidate.name} {noted.detail}")
    return MentorNamed(candidate_id=candidate.id, unit_id=candidate.unit_id, named_on=noted.on)


def promote(_: Session, candidate: Candidate, noted: Noted, __: MeasureRow | None) -> Event | None:
    if candidate.promoted_on:
        return None
    candidate.promoted_on = noted.on
    return CandidatePromoted(candidate_id=candidate.id, unit_id=candidate.unit_id, level="unit", promoted_on=noted.on)


def stop(_: Session, candidate: Candidate, noted: Noted, __: MeasureRow | None) -> Event:
    return NurtureStopped(candidate_id=candidate.id, unit_id=candidate.unit_id, stopped_on=noted.on)


def resume(_: Session, candidate: Candidate, noted: Noted, __: MeasureRow | None) -> Event:
    return NurtureResumed(candidate_id=candidate.id, unit_id=candidate.unit_id, resumed_on=noted.on)


#: {deed: what it changes, and the fact that it is; None when nothing changes}
DOING: dict[Deed, Callable[[Session, Candidate, Noted, MeasureRow | None], Event | None]] = {
    Deed.PLAN_STEP: plan_step,
    Deed.FINISH_STEP: finish_step,
    Deed.MOVE_STEP: move_step,
    Deed.SUPPORT: support,
    Deed.VISIT: visit,
    Deed.MILESTONE: milestone,
    Deed.MENTOR: mentor,
    Deed.PROMOTE: promote,
    Deed.STOP: stop,
    Deed.RESUME: resume,
}
