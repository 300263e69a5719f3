"""Clauses: what the plan obliges somebody to do, and what shows that it is done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from shared.plan.text import Text

RealisationKind: TypeAlias = Literal["event", "page", "document", "rule", "indicator"]


@dataclass(frozen=True, slots=True)
class Realisation:
    """A thing of the product that carries a clause out.

    `name` is an event without prefix and version ("nomination.submitted"), a page's address, or the name of a
    document, rule or indicator. `where` narrows an event down by its data ({"field": "F04"}); "*" asks only that
    something is given. An event with `proves=False` belongs to the clause without fulfilling it: a reminder that a
    report is due, a quota that was missed.
    """

    kind: RealisationKind
    name: str
    where: Mapping[str, str] = field(default_factory=dict, hash=False)
    proves: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the official text, under which clauses stand."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True)
class Clause:
    """One obligation in the plan's own words. `acts` and `tells` name recipients, roles or groups of the plan."""

    id: str
    section: str
    text: Text
    acts: tuple[str, ...]
    tells: tuple[str, ...]
    realised_by: tuple[Realisation, ...]

    def realised_as(self, kind: RealisationKind) -> tuple[str, ...]:
        """The names of one kind that carry this clause, in the order of the plan, each once."""
        return tuple(dict.fromkeys(found.name for found in self.realised_by if found.kind == kind))
