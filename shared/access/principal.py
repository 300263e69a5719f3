"""Who asks: a person or an organisation's token, with roles in units."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from shared.access.reach import Narrowed, Scope, errand_may, token_may


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
class Holder:
    """The person who holds the office in which somebody else acts today."""

    person_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Principal:
    """The asker, verified. One principal acts in one office at a time: their own, or that of `on_behalf_of`."""

    person_id: UUID
    name: str
    office: Office
    offices: tuple[Office, ...]  # all that the person may switch to, the present one included
    by_token: bool = False
    on_behalf_of: Holder | None = None
    scopes: frozenset[Scope] = frozenset()  # of a token; nobody else has any
    narrowed: Narrowed | None = None  # where an approval link opened the session
    #: The plans that ended and of which at least a part goes on under the present one; for who acts for one unit, also
    #: a plan that it left.
    inherits: tuple[str, ...] = ()
    former_units: tuple[UUID, ...] = ()  # of those, the units that the asker's own unit goes on for

    @property
    def holder_id(self) -> UUID:
        """Who holds the present office. What belongs to an office is kept by it; what somebody does, by `person_id`."""
        return self.on_behalf_of.person_id if self.on_behalf_of else self.person_id

    def stands_in_for(self, role: Role) -> str:
        """The asker's name where they exercise an office of this role for its holder; "" otherwise."""
        return self.name if self.on_behalf_of is not None and self.role is role else ""

    @property
    def role(self) -> Role:
        return self.office.role

    @property
    def unit_id(self) -> UUID:
        return self.office.unit_id

    @property
    def plan_id(self) -> str:
        return self.office.plan_id

    def reaches(self, *, method: str, path: str) -> bool:
        """Whether a request lies within the token's scopes or the approval link's errand; always, for others."""
        if self.by_token:
            return token_may(self.scopes, method=method, path=path)
        return self.narrowed is None or errand_may(self.narrowed, method=method, path=path)
