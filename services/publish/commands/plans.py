"""Announces a plan on the portal: the commune's web page is among its recipients."""

from sqlmodel import Session

from services.publish.models import PlanNotice
from shared.clock import now
from shared.events.identity import PlanActivated
from shared.plan import Plan


def announce_plan(session: Session, plan: Plan, said: PlanActivated) -> None:
    """Let the portal name the plan as in force; a second telling brings its dates up to date."""
    row = session.get(PlanNotice, plan.id) or PlanNotice(
        plan_id=plan.id,
        commune_id=plan.unit.id,
        title=said.title,
        starts_on=said.starts_on,
        ends_on=said.ends_on,
        announced_at=now(),
    )
    row.title, row.starts_on, row.ends_on = said.title, said.starts_on, said.ends_on
    session.add(row)
