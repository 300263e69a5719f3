"""An office that ended, for whoever held it."""

from dataclasses import dataclass

from sqlmodel import Session

from services.identity.pages.unit_words import Line, named_units
from services.identity.queries.registry import named, successors_of
from services.identity.schemas.titles import role_title
from shared.access.principal import Office
from shared.clock import today
from shared.plan.shelf import shelf


@dataclass(frozen=True, slots=True)
class EndedOffice:
    """What somebody was, for which unit, and the units that go on with its work."""

    title: str
    unit: str
    successors: list[Line]


def ended_office(session: Session, office: Office) -> EndedOffice:
    plan, day = shelf().get(office.plan_id), today()
    successors = successors_of(session, office.unit_id, day)
    names = named(session, {office.unit_id, *successors})
    unit = names.get(office.unit_id)
    return EndedOffice(
        role_title(plan, office.role) if plan else office.role.value,
        unit.name if unit else "",
        named_units(successors, names, day),
    )
