"""Who asks: a person or an organisation's token, with roles in units."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a person may be for a unit. Titles come from the plan; these are the product's rights."""

    NOMINATOR = "nominator"  # village head, head of a school or station
    ORGANISATION = "organisation"  # mass organisation, nominating by form or API
    CLERK = "clerk"  # focal officer of the commune
    COUNCIL_MEMBER = "council_member"
    CHAIR = "chair"
    EDITOR = "editor"
    AGGREGATOR_OFFICER = "aggregator_officer"  # district, since July 2025 province
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Office:
    """A role held for a unit of a plan."""

    role: Role
    unit_id: UUID
    plan_id: str


@dataclass(frozen=True, slots=True)
class Principal:
    """The asker, verified. One principal acts in one office at a time."""

    person_id: UUID
    name: str
    office: Office
    offices: tuple[Office, ...]  # all that the person may switch to, the present one included
    by_token: bool = False

    @property
    def role(self) -> Role:
        return self.office.role

    @property
    def unit_id(self) -> UUID:
        return self.office.unit_id

    @property
    def plan_id(self) -> str:
        return self.office.plan_id
