"""Units rolled up to another day: where the figures of a unit that is no more belong."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from services.identity.rules.units import Share, Succession

#: {predecessor: its successions}, up to the day that is asked about.
Successions: TypeAlias = Mapping[UUID, Sequence[Succession]]


@dataclass(frozen=True, slots=True)
class Undecided:
    """Nothing tells where the figures of `unit_id` belong: it was split among `choices`, or nobody took it over."""

    unit_id: UUID
    choices: tuple[UUID, ...]


def rolled_up(unit_id: UUID, successions: Successions, living: Collection[UUID]) -> UUID | Undecided:
    """The living unit that goes on with the whole of a unit; itself while it lives and has given nothing away."""
    seen: set[UUID] = set()
    while unit_id not in seen:
        seen.add(unit_id)
        onward = successions.get(unit_id, ())
        choices = tuple(each.successor_id for each in onward)
        if any(each.share is Share.PART for each in onward):
            return Undecided(unit_id, (unit_id, *choices) if unit_id in living else choices)
        if unit_id in living:
            return unit_id
        if len(choices) != 1:
            return Undecided(unit_id, choices)
        unit_id = choices[0]
    return Undecided(unit_id, ())


def last_successors(unit_id: UUID, successions: Successions, living: Collection[UUID]) -> tuple[UUID, ...]:
    """The living units at the ends of all chains from a unit, in the order of succession; without the unit itself."""
    found: dict[UUID, None] = {}
    seen = {unit_id}
    waiting = [unit_id]
    while waiting:
        for each in successions.get(waiting.pop(0), ()):
            if each.successor_id in seen:
                continue
            seen.add(each.successor_id)
            waiting.append(each.successor_id)
            if each.successor_id in living:
                found[each.successor_id] = None
    return tuple(found)
