"""A plan: the official paper as frozen data, with answers to what the services ask of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Protocol, TypeVar
from uuid import UUID

from shared.plan.catalogue import (
    AchievementArea,
    ActivityKind,
    Channel,
    Criterion,
    Field,
    Group,
    ModelKind,
    Movement,
    Recipient,
    ReviewRule,
    Role,
    Signer,
    SubjectKind,
)
from shared.plan.clause import Clause, Section
from shared.plan.matching import EventIndex, event_index, touched
from shared.plan.period import Period
from shared.plan.rung import Rung
from shared.plan.schedule import Deadline, Occasion, Quota, Yearbook
from shared.plan.text import Text
from shared.plan.unit import Unit


class UnknownInPlan(LookupError):
    """The plan has no such thing. `choices` are the names it does have."""

    def __init__(self, kind: str, value: object, choices: Iterable[object] = ()) -> None:
        self.kind, self.value = kind, value
        self.choices = tuple(str(choice) for choice in choices)
        near = get_close_matches(str(value), self.choices, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        super().__init__(f"the plan has no {kind} {str(value)!r}{hint}")


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


@dataclass(frozen=True, slots=True)
class Plan:
    """An official plan. `unit` is the commune that issued it, `aggregator` the tier that its reports go to."""

    id: str
    title: Text
    number: str | None
    issued_on: date | None
    parent: str | None
    signed_by: Signer | None
    sample: bool
    period: Period
    unit: Unit
    aggregator: Unit
    units: tuple[Unit, ...]
    roles: tuple[Role, ...]
    groups: tuple[Group, ...]
    recipients: tuple[Recipient, ...]
    subject_kinds: tuple[SubjectKind, ...]
    model_kinds: tuple[ModelKind, ...]
    achievement_areas: tuple[AchievementArea, ...]
    fields: tuple[Field, ...]
    criteria: tuple[Criterion, ...]
    movements: tuple[Movement, ...]
    channels: tuple[Channel, ...]
    activity_kinds: tuple[ActivityKind, ...]
    quotas: tuple[Quota, ...]
    deadlines: tuple[Deadline, ...]
    occasions: tuple[Occasion, ...]
    yearbook: Yearbook | None
    ladder: tuple[Rung, ...]
    review: ReviewRule
    sections: tuple[Section, ...]
    clauses: tuple[Clause, ...]
    _events: EventIndex = field(init=False, repr=False, compare=False)
    _units_by_key: Mapping[str, Unit] = field(init=False, repr=False, compare=False)
    _clauses_by_id: Mapping[str, Clause] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_events", event_index(self.clauses))
        object.__setattr__(self, "_units_by_key", {unit.key: unit for unit in self.units})
        object.__setattr__(self, "_clauses_by_id", {clause.id: clause for clause in self.clauses})

    def __hash__(self) -> int:
        return hash(self.id)

    def unit_by_key(self, key: str) -> Unit:
        """Raises UnknownInPlan, as do all look-ups below."""
        if (found := self._units_by_key.get(key)) is None:
            raise UnknownInPlan("unit", key, self._units_by_key)
        return found

    def unit_by_id(self, unit_id: UUID) -> Unit:
        for unit in self.units:
            if unit.id == unit_id:
                return unit
        raise UnknownInPlan("unit", unit_id, (unit.key for unit in self.units))

    def clause(self, clause_id: str) -> Clause:
        if (found := self._clauses_by_id.get(clause_id)) is None:
            raise UnknownInPlan("clause", clause_id, self._clauses_by_id)
        return found

    def section(self, section_id: str) -> Section:
        return _find("section", self.sections, section_id)

    def role(self, role_id: str) -> Role:
        return _find("role", self.roles, role_id)

    def group(self, group_id: str) -> Group:
        return _find("group", self.groups, group_id)

    def recipient(self, recipient_id: str) -> Recipient:
        return _find("recipient", self.recipients, recipient_id)

    def subject_kind(self, kind_id: str) -> SubjectKind:
        return _find("subject kind", self.subject_kinds, kind_id)

    def model_kind(self, kind_id: str) -> ModelKind:
        return _find("model kind", self.model_kinds, kind_id)

    def achievement_area(self, area_id: str) -> AchievementArea:
        return _find("achievement area", self.achievement_areas, area_id)

    def field(self, field_id: str) -> Field:
        return _find("field", self.fields, field_id)

    def criterion(self, criterion_id: str) -> Criterion:
        return _find("criterion", self.criteria, criterion_id)

    def movement(self, movement_id: str) -> Movement:
        return _find("movement", self.movements, movement_id)

    def channel(self, channel_id: str) -> Channel:
        return _find("channel", self.channels, channel_id)

    def activity_kind(self, kind_id: str) -> ActivityKind:
        return _find("activity kind", self.activity_kinds, kind_id)

    def quota(self, quota_id: str) -> Quota:
        return _find("quota", self.quotas, quota_id)

    def deadline(self, deadline_id: str) -> Deadline:
        return _find("deadline", self.deadlines, deadline_id)

    def occasion(self, occasion_id: str) -> Occasion:
        return _find("occasion", self.occasions, occasion_id)

    def clauses_proved_by(self, event_type: str, data: Mapping[str, object]) -> tuple[Clause, ...]:
        """The clauses that an event helps to fulfil, most specific first, each once.

        `event_type` has no prefix and version ("nomination.submitted"). A clause that the data name in `clause_id`
        comes first: whoever recorded the event said so.
        """
        found = [match.clause for match in touched(self._events, event_type, data) if match.realisation.proves]
        return self._with_named(found, data)

    def clauses_touched_by(self, event_type: str, data: Mapping[str, object]) -> tuple[Clause, ...]:
        """Those of `clauses_proved_by`, and those that the event concerns without fulfilling them."""
        return self._with_named([match.clause for match in touched(self._events, event_type, data)], data)

    def step_of(self, event_type: str, data: Mapping[str, object]) -> str:
        """The section of the plan that an event carries out ("II.2.c"): the most specific one; "" if none."""
        if named := self._named_in(data):
            return named.section
        return next((match.clause.section for match in touched(self._events, event_type, data)), "")

    def _named_in(self, data: Mapping[str, object]) -> Clause | None:
        return self._clauses_by_id.get(str(data.get("clause_id") or ""))

    def _with_named(self, clauses: list[Clause], data: Mapping[str, object]) -> tuple[Clause, ...]:
        named = self._named_in(data)
        everything = [named, *clauses] if named else clauses
        return tuple({clause.id: clause for clause in everything}.values())


def _find(kind: str, things: tuple[N, ...], wanted: str) -> N:
    for thing in things:
        if thing.id == wanted:
            return thing
    raise UnknownInPlan(kind, wanted, (thing.id for thing in things))
