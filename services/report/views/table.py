"""The table of communes: as each was at the time, or under those that go on today."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import reduce
from operator import add

from sqlmodel import Session

from services.report import queries
from services.report.models import EndedPlan
from services.report.queries import CommuneFigures
from shared.plan import Plan, Unit, Window
from shared.plan.shelf import plan_of
from shared.succession import Ending, Endings, endings, successors_today
from shared.web.charts import HeatRow
from shared.web.ended import name_of, within
from shared.web.filters import day
from shared.web.i18n import current_language, gettext


class By(StrEnum):
    """Under which commune a figure stands. The values are those of the page's address."""

    THEN = "luc-do"  # where it happened
    TODAY = "hien-nay"  # under the commune that goes on today


@dataclass(frozen=True, slots=True)
class CommuneLine:
    """One commune. `formers` are those whose figures it has in it; `undecided`: it was divided, and no heir has all."""

    plan: Plan
    name: str
    figures: CommuneFigures
    met: int  # quarters in which enough was introduced
    begun: int  # quarters that have begun
    ended: Ending | None = None
    formers: tuple[str, ...] = ()
    undecided: bool = False

    @property
    def share(self) -> float:
        """Met quarters of those begun, 0 to 100."""
        return 100 * self.met / self.begun if self.begun else 0.0


@dataclass(frozen=True, slots=True)
class Table:
    tier: str  # the aggregating tier, or the one commune that the reader sees
    by: By
    lines: tuple[CommuneLine, ...]
    quarters: tuple[str, ...]
    heat: tuple[HeatRow, ...]
    silent: tuple[CommuneLine, ...]  # communes of today without an introduction in the present quarter
    today: date
    changed: bool  # whether a commune has ended, so that it matters how the figures are put together

    @property
    def nominated(self) -> int:
        return sum(line.figures.nominated for line in self.lines)

    @property
    def introduced(self) -> int:
        return sum(line.figures.introduced for line in self.lines)

    @property
    def overdue(self) -> int:
        return sum(line.figures.overdue for line in self.lines)


def table(session: Session, plans: Sequence[Plan], today: date, *, tier: Unit, by: By = By.THEN) -> Table:
    """All plans side by side over the quarters that have begun. The sums are the same in both ways."""
    known = endings(session, EndedPlan)
    then = commune_lines(session, plans, today, known)
    lines = then if by is By.THEN else rolled_up(then, known)
    quarters = sorted({window for plan in plans for window in begun_quarters(plan, today, known.get(plan.id))})
    present = quarters[-1].key if quarters else ""
    return Table(
        tier=tier.name.to(current_language()),
        by=by,
        lines=lines,
        quarters=tuple(label_of(window) for window in quarters),
        heat=tuple(heat_row(line, quarters) for line in lines),
        silent=tuple(
            line for line in lines if not line.ended and not line.figures.introduced_by_quarter.get(present, 0)
        ),
        today=today,
        changed=any(plan.id in known for plan in plans),
    )


def commune_lines(session: Session, plans: Sequence[Plan], today: date, known: Endings) -> tuple[CommuneLine, ...]:
    """Each commune with what happened under it."""
    figures = queries.communes(session, [plan.id for plan in plans], today=today)
    return tuple(commune_line(plan, figures[plan.id], today, known.get(plan.id)) for plan in plans)


def commune_line(plan: Plan, figures: CommuneFigures, today: date, ended: Ending | None) -> CommuneLine:
    begun = begun_quarters(plan, today, ended)
    met = sum(1 for window in begun if figures.introduced_by_quarter.get(window.key, 0) >= quarter_minimum(plan))
    return CommuneLine(plan, commune_name(plan, ended), figures, met, len(begun), ended)


def commune_name(plan: Plan, ended: Ending | None) -> str:
    """The commune's name; of an ended one with its day, for its successor may be called the same."""
    name = plan.unit.name.to(current_language())
    return gettext("%(commune)s (trước %(day)s)", commune=name, day=day(ended.on)) if ended else name


def begun_quarters(plan: Plan, today: date, ended: Ending | None) -> list[Window]:
    """The quarters of the plan that have begun; those that outlive its commune count under the successor's plan."""
    begun = [window for window in plan.period.quarters() if window.starts_on <= today]
    return [window for window in begun if ended is None or window.ends_on < ended.on]


def rolled_up(lines: Sequence[CommuneLine], known: Endings) -> tuple[CommuneLine, ...]:
    """The lines of today's communes with those of their predecessors in them; a divided one stands alone, undecided."""
    heirs = successors_today(known, [line.plan.id for line in lines])
    parts: dict[str, list[CommuneLine]] = {}
    for line in lines:
        parts.setdefault(heirs[line.plan.id] or line.plan.id, []).append(line)
    return tuple(together(plan_id, found, heirs) for plan_id, found in parts.items())


def together(plan_id: str, lines: Sequence[CommuneLine], heirs: Mapping[str, str | None]) -> CommuneLine:
    plan = plan_of(plan_id)
    if heirs.get(plan_id, plan_id) is None:
        return replace(lines[0], undecided=True)
    return CommuneLine(
        plan=plan,
        name=plan.unit.name.to(current_language()),
        figures=reduce(add, (line.figures for line in lines)),
        met=sum(line.met for line in lines),
        begun=sum(line.begun for line in lines),
        formers=tuple(gettext("%(commune)s cũ", commune=within(name_of(line.plan))) for line in lines if line.ended),
    )


def heat_row(line: CommuneLine, quarters: Iterable[Window]) -> HeatRow:
    values = [line.figures.introduced_by_quarter.get(window.key, 0) for window in quarters]
    return HeatRow(line.name, values, f"/tong-hop/{line.plan.id}")


def label_of(window: Window) -> str:
    """A window's name as a heading: "Quý II/2023"."""
    label = window.label.to(current_language())
    return label[:1].upper() + label[1:]


def quarter_minimum(plan: Plan) -> int:
    """What the plan asks of the whole commune in a quarter; 1 where it asks by another measure."""
    return next((quota.minimum for quota in plan.quotas if quota.unit == "commune" and quota.per == "quarter"), 1)
