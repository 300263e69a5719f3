"""Which clauses an event fulfils, and which step of the plan it is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from shared.plan.clause import Clause, Realisation

ANY = "*"


@dataclass(frozen=True, slots=True)
class Match:
    """A clause that an event of one type may touch. `rank` puts the most specific condition first."""

    clause: Clause
    realisation: Realisation
    rank: tuple[int, int]


#: {event type: what it may touch, most specific first, then in the plan's order}
EventIndex: TypeAlias = Mapping[str, tuple[Match, ...]]


def event_index(clauses: Iterable[Clause]) -> EventIndex:
    """What each event type may touch, ready for `touched`."""
    found: dict[str, list[Match]] = {}
    for clause in clauses:
        for realisation in clause.realised_by:
            if realisation.kind == "event":
                match = Match(clause, realisation, rank_of(realisation.where))
                found.setdefault(realisation.name, []).append(match)
    return {name: tuple(sorted(matches, key=lambda match: match.rank)) for name, matches in found.items()}


def touched(index: EventIndex, event_type: str, data: Mapping[str, object]) -> Iterator[Match]:
    """What an event touches, most specific first; a clause may come more than once."""
    return (match for match in index.get(event_type, ()) if holds(match.realisation.where, data))


def rank_of(where: Mapping[str, str]) -> tuple[int, int]:
    """Sorts conditions: more exact values first, then more "*"."""
    exact = sum(wanted != ANY for wanted in where.values())
    return -exact, exact - len(where)


def holds(where: Mapping[str, str], data: Mapping[str, object]) -> bool:
    """Whether an event's data meet every condition."""
    return all(says(data.get(key), wanted) for key, wanted in where.items())


def says(value: object, wanted: str) -> bool:
    """Whether a value is the wanted one or, being a list, a set or a mapping, has it among its values or keys."""
    if isinstance(value, (list, tuple, set, frozenset, Mapping)):
        return bool(value) if wanted == ANY else any(as_word(each) == wanted for each in value)
    return value not in {None, ""} if wanted == ANY else as_word(value) == wanted


def as_word(value: object) -> str:
    """A value as plan files write it: true, false, an enum's value, or the plain text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value.value) if isinstance(value, Enum) else str(value)
