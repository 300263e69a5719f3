"""The sample people of a demonstration, with the API tokens under which they act."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.identity import main as identity
from shared.access.principal import Role
from shared.plan import Plan


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody of the sample who acts through the API."""

    name: str
    role: Role
    unit: str  # key in the plan
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def actors(plan: Plan, roles: Iterable[Role]) -> dict[Role, list[Actor]]:
    """{role: everybody who holds it}, in the order of the plan, each with a fresh token of one day."""
    wanted = set(roles)
    found: dict[Role, list[Actor]] = {role: [] for role in wanted}
    for person in identity.enroll_sample_people(plan):
        if person.role in wanted:
            issued = identity.issue_api_token(
                plan, email=person.email, role=person.role, unit=person.unit, name="demonstration", days=90
            )
            found[person.role].append(Actor(person.name, person.role, person.unit, issued.secret))
    return found
