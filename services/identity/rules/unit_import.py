"""A list of units compared with the registry: what is new, and what contradicts it. Nothing known is rewritten."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from services.identity.rules.unit_rows import Row, RowFault
from services.identity.rules.versions import BODY, Version, may_be_parent, tier_of
from shared.text.dates import shown_day
from shared.text.fold import folded

Histories = Mapping[UUID, Sequence[Version]]


class Difference(StrEnum):
    """What a row adds to the registry."""

    NEW = "new"
    EARLIER = "earlier"  # known already, and now from an earlier day on
    RENAMED = "renamed"
    MOVED = "moved"
    ENDED = "ended"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What becomes of a row."""

    number: int
    difference: Difference
    name: str
    detail: str  # a name or day that it had until now


@dataclass(frozen=True, slots=True)
class Examination:
    """A list of units, compared with the registry. It can be imported when there are no faults."""

    outcomes: tuple[RowOutcome, ...]
    faults: tuple[RowFault, ...]
    written: tuple[Version, ...]  # every version to insert, or to end on its `valid_until`
    before: Mapping[UUID, Version] = field(default_factory=dict)  # the newest versions of units that change

    @property
    def counts(self) -> dict[Difference, int]:
        """How many rows make each difference, all named."""
        counted = Counter(outcome.difference for outcome in self.outcomes)
        return {difference: counted[difference] for difference in Difference}


@dataclass(slots=True)
class Ledger:
    """The registry as it would be after the rows read so far."""

    histories: dict[UUID, list[Version]]
    planned: Collection[UUID]  # units of plans in force: they end and move by a merger, not by a list
    outcomes: list[RowOutcome] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    written: dict[tuple[UUID, date], Version] = field(default_factory=dict)
    number_of: dict[UUID, int] = field(default_factory=dict)

    def note(self, row: Row, difference: Difference, detail: str = "") -> None:
        self.outcomes.append(RowOutcome(row.number, difference, row.name, detail))

    def refuse(self, row: Row, key: str, **details: object) -> None:
        self.fault(row.number, key, name=row.name, **details)

    def fault(self, number: int, key: str, **details: object) -> None:
        self.faults.append(RowFault(number, key, details))

    def write(self, row: Row, version: Version) -> None:
        """Insert a version, or put another one in the place of that which began the same day."""
        history = self.histories.setdefault(version.unit_id, [])
        history[:] = sorted(
            [*(one for one in history if one.valid_from != version.valid_from), version],
            key=lambda one: one.valid_from,
        )
        self.written[version.unit_id, version.valid_from] = version
        self.number_of.setdefault(version.unit_id, row.number)


def examine(
    rows: Sequence[Row], faults: Sequence[RowFault], histories: Histories, planned: Collection[UUID]
) -> Examination:
    """Every row with its difference or its fault."""
    ledger = Ledger({unit: list(known) for unit, known in histories.items()}, planned, faults=list(faults))
    names = names_below(histories)
    seen: dict[tuple[UUID, date], int] = {}
    for row in sorted((settled(row, histories, names) for row in rows), key=lambda row: (row.valid_from, row.number)):
        if (other := seen.setdefault((row.unit_id, row.valid_from), row.number)) != row.number:
            ledger.refuse(row, "row.twice", other=other)
        else:
            compare(ledger, row)
    check_parents(ledger)
    return Examination(
        tuple(sorted(ledger.outcomes, key=lambda outcome: outcome.number)),
        tuple(sorted(ledger.faults, key=lambda fault: fault.number)),
        tuple(ledger.written.values()),
        {unit: histories[unit][-1] for unit, _ in ledger.written if unit in histories},
    )


def names_below(histories: Histories) -> dict[tuple[UUID, str, str], UUID]:
    """{(parent, kind, folded name): unit} of living units without a code: a village that moved kept its old id."""
    return {
        (last.parent_id, last.kind, folded(last.name)): unit
        for unit, (*_, last) in histories.items()
        if last.parent_id is not None and last.code is None and last.valid_until is None
    }


def settled(row: Row, histories: Histories, names: Mapping[tuple[UUID, str, str], UUID]) -> Row:
    """The row with the id under which the registry knows its unit, if it does."""
    if row.is_coded or row.unit_id in histories or row.parent_id is None:
        return row
    return replace(row, unit_id=names.get((row.parent_id, row.kind, folded(row.name)), row.unit_id))


def compare(ledger: Ledger, row: Row) -> None:
    """Note what the row adds, or what it contradicts."""
    history = ledger.histories.get(row.unit_id, [])
    holding = next((version for version in history if version.holds_on(row.valid_from)), None)
    if holding is not None:
        follow(ledger, row, holding)
    elif not history or row.valid_from >= history[-1].valid_from:
        ledger.write(row, version_of(row))
        ledger.note(row, Difference.NEW)
    elif row.valid_from < history[0].valid_from:
        until = min(row.valid_until or history[0].valid_from, history[0].valid_from)
        ledger.write(row, replace(version_of(row), valid_until=until))
        ledger.note(row, Difference.EARLIER, shown_day(history[0].valid_from))
    else:
        ledger.refuse(row, "row.rewrites", known=history[-1].name, day=shown_day(history[-1].valid_from))


def follow(ledger: Ledger, row: Row, holding: Version) -> None:
    """The registry knows the unit on the row's first day: the row says the same, or what came next."""
    wanted = version_of(row)
    if content(wanted) == content(holding):
        end_or_same(ledger, row, holding)
        return
    if holding.valid_until is not None or holding.valid_from == row.valid_from:
        ledger.refuse(row, "row.rewrites", known=holding.name, day=shown_day(holding.valid_from))
        return
    moved = wanted.parent_id != holding.parent_id
    if moved and row.unit_id in ledger.planned:
        ledger.refuse(row, "row.planned")
        return
    ledger.write(row, replace(holding, valid_until=row.valid_from))
    ledger.write(row, replace(wanted, valid_until=None))
    ledger.note(row, Difference.MOVED if moved else Difference.RENAMED, holding.name)
    if row.valid_until is not None:
        end_or_same(ledger, row, replace(wanted, valid_until=None), counted=True)


def end_or_same(ledger: Ledger, row: Row, holding: Version, *, counted: bool = False) -> None:
    """The row's last day: known, new, or a contradiction. Of a row that is `counted` already only the end is noted."""
    if row.valid_until is None:
        ledger.note(row, Difference.SAME)
        return
    history = ledger.histories[row.unit_id]
    last = next((one for one in history if one.holds_on(row.valid_until - timedelta(days=1))), holding)
    if last.valid_until == row.valid_until:
        ledger.note(row, Difference.SAME)
    elif last.valid_until is not None:
        ledger.refuse(row, "row.rewrites", known=last.name, day=shown_day(last.valid_from))
    elif row.unit_id in ledger.planned:
        ledger.refuse(row, "row.planned")
    else:
        ledger.write(row, replace(last, valid_until=row.valid_until))
        if not counted:
            ledger.note(row, Difference.ENDED, shown_day(row.valid_until))


def check_parents(ledger: Ledger) -> None:
    """Every written version has a parent of a higher tier that is there as long as it is; nobody is left behind."""
    for (unit, _), version in ledger.written.items():
        if version.parent_id is None:
            continue
        number, parents = ledger.number_of[unit], ledger.histories.get(version.parent_id, [])
        if not any(parent.holds_on(version.valid_from) for parent in parents):
            ledger.fault(number, "row.no_parent", name=version.name, day=shown_day(version.valid_from))
        elif tier_of(parents[-1].kind) == BODY or not may_be_parent(parents[-1].kind, version.kind):
            ledger.fault(number, "row.parent_tier", name=version.name, parent=parents[-1].name)
    children: dict[UUID, list[Version]] = defaultdict(list)
    for history in ledger.histories.values():
        if history and history[-1].parent_id is not None:
            children[history[-1].parent_id].append(history[-1])
    for unit in {unit for unit, _ in ledger.written}:
        last = ledger.histories[unit][-1]
        left = [child for child in children[unit] if outlives(child, last)]
        if left:
            ledger.fault(ledger.number_of[unit], "row.children", name=last.name, count=len(left), child=left[0].name)


def outlives(child: Version, parent: Version) -> bool:
    if parent.valid_until is None:
        return False
    return child.valid_until is None or child.valid_until > parent.valid_until


def content(version: Version) -> tuple[object, ...]:
    """What a version says besides its days."""
    return version.name, version.kind, version.code, version.code_list, version.parent_id


def version_of(row: Row) -> Version:
    return Version(
        row.unit_id, row.valid_from, row.valid_until, row.name, row.kind, row.code, row.code_list, row.parent_id
    )
