"""Who holds which office under a plan, and who is in a circle that the plan speaks of."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from shared.access.principal import Role
from shared.plan import Plan, Unit

#: Who keeps what is meant for a line in which nobody is enrolled: the commune's office and its file copy.
KEEPER = Role.CLERK
#: Whose work a quota hangs on.
NOMINATING = (Role.NOMINATOR, Role.ORGANISATION)


@dataclass(frozen=True, slots=True)
class Holder:
    """One person in one office."""

    person_id: UUID
    role: str
    unit_id: UUID
    has_email: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a letter goes: a person's inbox, or the mailbox of a unit without people (`id` is the unit's)."""

    id: UUID
    has_email: bool
    is_mailbox: bool = False


@dataclass(frozen=True, slots=True)
class People:
    """Everybody enrolled under one plan."""

    holders: tuple[Holder, ...]

    def with_role(self, role: str) -> list[Place]:
        return places(holder for holder in self.holders if holder.role == role)

    def knows(self, person_id: UUID) -> bool:
        """Whether somebody holds an office under the plan."""
        return any(holder.person_id == person_id for holder in self.holders)

    def person(self, person_id: UUID) -> Place:
        """Somebody by their id; one who is not enrolled has an inbox and no address."""
        known = places(holder for holder in self.holders if holder.person_id == person_id)
        return known[0] if known else Place(person_id, has_email=False)

    def circle(self, units: Collection[Unit], roles: Collection[str]) -> list[Place]:
        """Who holds one of the roles or an office in one of the units, and the mailboxes of units without anybody."""
        ids = {unit.id for unit in units}
        found = places(holder for holder in self.holders if holder.role in roles or holder.unit_id in ids)
        peopled = {holder.unit_id for holder in self.holders}
        return found + [
            Place(unit.id, has_email=True, is_mailbox=True) for unit in units if unit.email and unit.id not in peopled
        ]

    def keeper(self) -> Place | None:
        """Who takes in what is meant for nobody that is enrolled; None when there is no such officer either."""
        return next(iter(self.with_role(KEEPER)), None)

    def who_owe(self, plan: Plan, unit_id: UUID) -> list[tuple[str, Place]]:
        """Those who can nominate for a unit that owes a quota, by role; for the commune's own quota, all of them."""
        return [
            (holder.role, place_of(holder))
            for holder in self.holders
            if holder.role in NOMINATING and unit_id in {holder.unit_id, plan.unit.id}
        ]

    def units_of(self, person_ids: Collection[UUID]) -> list[UUID]:
        """The units for which these people nominate, each once."""
        found = (one.unit_id for one in self.holders if one.person_id in person_ids and one.role in NOMINATING)
        return list(dict.fromkeys(found))


def places(holders: Iterator[Holder]) -> list[Place]:
    """Each person once."""
    return list({holder.person_id: place_of(holder) for holder in holders}.values())


def place_of(holder: Holder) -> Place:
    return Place(holder.person_id, holder.has_email)
