"""Report for programs: the plan's state, a nomination's road, the table of communes."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlmodel import Session

from services.report import queries
from services.report.views.living_plan import living_plan
from services.report.views.sight import followed, plans_seen, tier_of
from services.report.views.table import By, CommuneLine, table
from shared.access.door import may
from shared.access.principal import Principal
from shared.access.rights import Action
from shared.access.session import session_of
from shared.audit.looks import opened
from shared.audit.note import note
from shared.clock import today
from shared.plan.shelf import plan_of

router = APIRouter(prefix="/api/v1")
Read = Annotated[Session, Depends(session_of("report"), scope="function")]
PlanReader = Annotated[Principal, may(Action.READ_PLAN_STATE)]
RoadReader = Annotated[Principal, may(Action.READ_ROAD)]
ProgressReader = Annotated[Principal, may(Action.READ_PROGRESS)]


@router.get("/plan")
def plan_state(who: PlanReader, session: Read) -> dict[str, Any]:
    """Every clause of the asker's plan with its state, the days left and the number of proofs."""
    view = living_plan(session, plan_of(who.plan_id), today())
    return {
        "plan": who.plan_id,
        "today": view.today.isoformat(),
        "clauses": [
            {
                "id": line.clause.id,
                "section": line.clause.section,
                "state": line.standing.state,
                "days": line.standing.days,
                "proofs": line.proofs,
            }
            for section in view.sections
            for line in section.lines
        ],
    }


@router.get("/road/{nomination_id}")
def road(who: RoadReader, nomination_id: UUID, session: Read) -> dict[str, Any]:
    """The steps of a nomination, oldest first: {event, type, clause sections, service, time, cause}."""
    fact = followed(who, queries.nomination(session, nomination_id))
    note(session, opened(who, "road", nomination_id, code=fact.code, about=[nomination_id], plan_id=fact.plan_id))
    return {
        "nomination_id": str(nomination_id),
        "code": fact.code,
        "steps": [
            {
                "event": str(step.event_id),
                "type": step.name,
                "service": step.source.strip("/"),
                "section": step.section,
                "clauses": [clause.id for clause in plan_of(step.plan_id).clauses_proved_by(step.name, step.data)],
                "time": step.said_at.isoformat(),
                "cause": str(step.causation_id) if step.causation_id else None,
                "data": {key: step.data[key] for key in ("channel", "recipient", "about") if key in step.data},
            }
            for step in queries.road(session, nomination_id)
        ],
    }


@router.get("/summary")
def summary(who: ProgressReader, session: Read, theo: By = By.THEN) -> dict[str, Any]:
    """The figures of every commune that the asker oversees.

    `theo` is "luc-do" (each figure under the commune where it happened) or "hien-nay" (under the one that goes on
    today); a commune that was divided is "undecided" then.
    """
    view = table(session, plans_seen(who), today(), tier=tier_of(who), by=theo)
    return {"by": view.by, "communes": [commune_out(line) for line in view.lines]}


def commune_out(line: CommuneLine) -> dict[str, Any]:
    figures = line.figures
    return {
        "plan": line.plan.id,
        "commune": line.plan.unit.name.vi,
        "ended_on": line.ended.on.isoformat() if line.ended else None,
        "undecided": line.undecided,
        "nominated": figures.nominated,
        "introduced": figures.introduced,
        "open": figures.open,
        "overdue": figures.overdue,
        "introduced_by_quarter": figures.introduced_by_quarter,
    }
