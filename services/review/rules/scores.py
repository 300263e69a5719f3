"""How the council scores: which criteria, within which bounds, and what the sheets add up to. Exact, no floats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from shared.errors import Invalid
from shared.plan import Plan, ReviewRule, Text


@dataclass(frozen=True, slots=True)
class Measure:
    """One criterion of the score sheet, in the plan's own words. The field's own one carries the field's id."""

    id: str
    title: Text
    text: Text
    clause: str


def measures_of(plan: Plan, field_id: str) -> tuple[Measure, ...]:
    """The general criteria in the plan's order, then the field's own if the plan has it scored."""
    general = [Measure(each.id, each.title, each.text, each.clause) for each in plan.criteria]
    field = plan.field(field_id)
    own = [Measure(field.id, field.title, field.text, field.clause)] if plan.review.field_is_scored else []
    return (*general, *own)


@dataclass(frozen=True, slots=True)
class SheetFault:
    """`key` is score.missing, score.out_of_bounds or score.unknown_criterion; `value` is what was given."""

    criterion: str
    title: Text
    key: str
    value: int | None
    rule: ReviewRule


class BadSheet(Invalid):
    """A sheet that cannot be kept; `found` has every fault."""

    def __init__(self, found: Sequence[SheetFault]) -> None:
        super().__init__({fault.criterion: fault.key for fault in found})
        self.found = tuple(found)


def checked_sheet(points: Mapping[str, int], measures: Sequence[Measure], rule: ReviewRule) -> dict[str, int]:
    """The points in the order of the measures: one for each, all within the plan's bounds. Raises BadSheet."""
    faults = [fault for measure in measures if (fault := fault_of(measure, points.get(measure.id), rule))]
    faults += [
        SheetFault(name, Text(name, name), "score.unknown_criterion", points[name], rule)
        for name in sorted(points.keys() - {measure.id for measure in measures})
    ]
    if faults:
        raise BadSheet(faults)
    return {measure.id: points[measure.id] for measure in measures}


def fault_of(measure: Measure, value: int | None, rule: ReviewRule) -> SheetFault | None:
    if value is None:
        return SheetFault(measure.id, measure.title, "score.missing", None, rule)
    if not rule.minimum <= value <= rule.maximum:
        return SheetFault(measure.id, measure.title, "score.out_of_bounds", value, rule)
    return None


@dataclass(frozen=True, slots=True)
class Tally:
    """What the sheets add up to. Averages are exact; None while there is no sheet."""

    sheets: int
    by_criterion: Mapping[str, Fraction]
    average: Fraction | None
    advised: bool  # the average reaches the plan's threshold: advice to the chair, nothing more


def tally_of(sheets: Sequence[Mapping[str, int]], measures: Sequence[Measure], rule: ReviewRule) -> Tally:
    """Every member counts the same and every criterion counts the same."""
    if not sheets:
        return Tally(0, {}, None, advised=False)
    by_criterion = {
        measure.id: Fraction(sum(sheet[measure.id] for sheet in sheets), len(sheets)) for measure in measures
    }
    average = sum(by_criterion.values(), Fraction()) / len(by_criterion)
    return Tally(len(sheets), by_criterion, average, advised=average >= Fraction(rule.recognise_from))
