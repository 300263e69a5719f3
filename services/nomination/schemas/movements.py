"""Movements as their pages show them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.nomination.models import Movement, Nomination
from services.nomination.queries.movements import PER_PAGE, Running, Tally
from services.nomination.rules.stages import Stage
from services.nomination.schemas.views import STAGES, Line, line_of, unit_name
from shared.plan.shelf import plan_of
from shared.web.i18n import LazyText, _, current_language, lazy
from shared.web.parts import Tone

HERE = "/phong-trao"
RUNNING: Mapping[Running, LazyText] = {
    Running.NOW: lazy("Đang và sắp diễn ra"),
    Running.ENDED: lazy("Đã kết thúc"),
}
#: The columns of the table by units: what became of the nominations.
RECOGNISED = frozenset({Stage.RECOGNISED, Stage.PUBLISHED})


@dataclass(frozen=True, slots=True)
class MovementLine:
    """One movement in the list. `found`: how many were nominated in it."""

    href: str
    title: str
    unit: str
    starts_on: date
    ends_on: date
    tone: Tone
    label: str
    found: int


@dataclass(frozen=True, slots=True)
class MovementsView:
    filters: list[tuple[str, str, bool, None]]
    lines: list[MovementLine]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """What one unit found in a movement."""

    unit: str
    nominated: int
    recognised: int
    nurtured: int


@dataclass(frozen=True, slots=True)
class MovementView:
    """`lines` are those nominations that the reader may see, `hidden` says that there are others."""

    line: MovementLine
    carries_out: str
    stages: list[tuple[Tone, str, int]]
    units: list[UnitLine]
    lines: list[Line]
    hidden: bool
    next_href: str


def movements_view(
    movements: Sequence[Movement], counted: Mapping[UUID, int], *, running: Running, today: date
) -> MovementsView:
    return MovementsView(
        filters=[
            (str(words), f"{HERE}?nhom={one.value}" if one is not Running.NOW else HERE, one is running, None)
            for one, words in RUNNING.items()
        ],
        lines=[movement_line(each, counted.get(each.id, 0), today) for each in movements],
    )


def movement_line(movement: Movement, count: int, today: date) -> MovementLine:
    tone, label = standing(movement, today)
    return MovementLine(
        href=f"{HERE}/{movement.id}",
        title=movement.title,
        unit=unit_name(plan_of(movement.plan_id), movement.unit_id),
        starts_on=movement.starts_on,
        ends_on=movement.ends_on,
        tone=tone,
        label=label,
        found=count,
    )


def standing(movement: Movement, today: date) -> tuple[Tone, str]:
    if movement.ends_on < today:
        return "mute", _("Đã kết thúc")
    if movement.starts_on > today:
        return "info", _("Sắp bắt đầu")
    return "ok", _("Đang diễn ra")


def movement_view(
    movement: Movement, tallied: Sequence[Tally], nominations: Sequence[Nomination], *, today: date
) -> MovementView:
    """`nominations` has one more than a page where there is a next one."""
    plan = plan_of(movement.plan_id)
    by_stage: Counter[Stage] = Counter()
    for tally in tallied:
        by_stage[tally.stage] += tally.count
    shown = nominations[:PER_PAGE]
    last = shown[-1] if len(nominations) > PER_PAGE else None
    return MovementView(
        line=movement_line(movement, by_stage.total(), today),
        carries_out=next(
            (each.title.to(current_language()) for each in plan.movements if each.id == movement.carries_out), ""
        ),
        stages=[(tone, str(words), by_stage[stage]) for stage, (tone, words) in STAGES.items() if by_stage[stage]],
        units=unit_lines(tallied),
        lines=[line_of(each) for each in shown],
        hidden=by_stage.total() > 0 and not shown,
        next_href=f"{HERE}/{movement.id}?sau={last.submitted_on}_{last.id}" if last else "",
    )


def unit_lines(tallied: Sequence[Tally]) -> list[UnitLine]:
    """Each unit that nominated, the busiest first."""
    units: dict[str, Counter[Stage]] = {}
    for tally in tallied:
        unit = unit_name(plan_of(tally.plan_id), tally.unit_id)
        units.setdefault(unit, Counter())[tally.stage] += tally.count
    lines = [
        UnitLine(
            unit=unit,
            nominated=stages.total(),
            recognised=sum(stages[stage] for stage in RECOGNISED),
            nurtured=stages[Stage.NURTURED],
        )
        for unit, stages in units.items()
    ]
    return sorted(lines, key=lambda line: (-line.nominated, line.unit))
