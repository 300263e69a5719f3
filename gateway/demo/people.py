"""The sample people of a demonstration, signed in as the role chooser would do it."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.identity import main as identity
from shared.access.principal import Role
from shared.access.secret import SESSION_COOKIE
from shared.plan import Plan


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody of the sample who acts. `unit` is the unit's key in the plan."""

    name: str
    role: Role
    unit: str
    headers: dict[str, str]


def actors(plan: Plan, roles: Iterable[Role], *, origin: str) -> dict[Role, list[Actor]]:
    """{role: everybody who holds it}, oldest first. `origin` is the address from which their browser would come."""
    found: dict[Role, list[Actor]] = {role: [] for role in roles}
    for opened in identity.open_sample_sessions(plan):
        role, unit = opened.office.role, plan.unit_by_id(opened.office.unit_id)
        if role in found:
            headers = {"Cookie": f"{SESSION_COOKIE}={opened.secret}", "Origin": origin}
            found[role].append(Actor(opened.name, role, unit.key, headers))
    return found


def program_of(plan: Plan, actor: Actor) -> Actor:
    """The same office, as a program with an API token of its own."""
    people = identity.enroll_sample_people(plan)
    person = next(one for one in people if (one.role, one.unit) == (actor.role, actor.unit))
    issued = identity.issue_api_token(
        plan, email=person.email, role=actor.role, unit=actor.unit, name="demonstration", days=90
    )
    return Actor(actor.name, actor.role, actor.unit, {"Authorization": f"Bearer {issued.secret}"})
