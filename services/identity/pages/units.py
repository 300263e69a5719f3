"""The tree of units as at any day, and one unit through time. Open to everybody: old addresses go on working."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from services.identity.pages.unit_words import Line, day_typed, history, line_of, named_units, ordered, path_of
from services.identity.queries.registry import (
    children_as_at,
    history_of,
    named,
    rolled_up,
    successions_from,
    successions_to,
    successors_of,
    tree_as_at,
)
from services.identity.rules.rolling import Undecided
from services.identity.rules.versions import Tree, Version, tier_of
from services.identity.schemas.units import KIND_NAMES
from shared.access.door import Visitor
from shared.access.rights import Action, may_at_all
from shared.access.session import session_of
from shared.clock import today
from shared.errors import NotFound
from shared.text.dates import shown_day
from shared.text.fold import folded
from shared.web.pages import render
from shared.web.parts import Crumb

router = APIRouter(prefix="/don-vi")
Opened = Annotated[Session, Depends(session_of("identity"), scope="function")]

LONGEST_SEARCH = 100
MOST_FOUND = 100
COMMUNES = 2  # the tier down to which the tree is shown; what is below stands on the commune's own page


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit in the tree with those below it that are shown, and how many more there are."""

    line: Line
    branches: tuple["Branch", ...]
    below: int


@router.get("")
def tree(request: Request, who: Visitor, session: Opened, ngay: str = "", q: str = "") -> Response:
    """The tree down to the communes, or what a search finds at every depth."""
    day, wrong = day_typed(ngay, today())
    asked = folded(q[:LONGEST_SEARCH].replace("\0", ""))
    units = tree_as_at(session, day)
    found = search(units, asked) if asked else []
    return render(
        request,
        "identity/units.html",
        status_code=422 if wrong else 200,
        day=day,
        typed=ngay[:LONGEST_SEARCH].replace("\0", "") if wrong else shown_day(day),
        errors={"ngay": wrong} if wrong else {},
        asked=q[:LONGEST_SEARCH].replace("\0", ""),
        found=[line_of(version, units, day) for version in found[:MOST_FOUND]],
        more=max(0, len(found) - MOST_FOUND),
        branches=[] if asked else branches_of(units, day),
        count=len(units),
        may_change=who is not None and may_at_all(who.role, Action.CHANGE_UNITS),
    )


@router.get("/{unit_id}")
def unit(request: Request, who: Visitor, unit_id: UUID, session: Opened, ngay: str = "") -> Response:
    """A unit as at a day, how it came to be, where it went. 404 only for one that never was."""
    present = today()
    day, wrong = day_typed(ngay, present)
    versions = history_of(session, unit_id)
    if not versions:
        raise NotFound("unit.unknown", value=unit_id)
    shown = next((version for version in versions if version.holds_on(day)), None)
    into = successions_from(session, unit_id, day).get(unit_id, [])
    from_ = successions_to(session, unit_id)
    children = children_as_at(session, unit_id, day)
    successors = successors_of(session, unit_id, day)
    names = named(
        session,
        {each.successor_id for each in into}
        | {each.predecessor_id for each in from_}
        | {version.parent_id for version in versions if version.parent_id}
        | set(successors),
    )
    return render(
        request,
        "identity/unit.html",
        day=day,
        typed=ngay[:LONGEST_SEARCH].replace("\0", "") if wrong else shown_day(day),
        errors={"ngay": wrong} if wrong else {},
        unit=shown or nearest(versions, day),
        kind=KIND_NAMES[(shown or nearest(versions, day)).kind],
        shown=shown,
        crumbs=[*path_of(session, shown, day), Crumb((shown or versions[-1]).name)],
        children=[line_of(child, {}, day) for child in ordered(children)],
        happenings=history(versions, into, from_, names),
        successors=named_units(successors, names, day),
        undecided=isinstance(rolled_up(session, unit_id, day), Undecided) and bool(into),
        may_change=who is not None and may_at_all(who.role, Action.CHANGE_UNITS) and versions[-1].valid_until is None,
    )


def nearest(versions: Sequence[Version], day: date) -> Version:
    """What a unit was last before a day on which it is not, or what it began as after it."""
    past = [version for version in versions if version.valid_from <= day]
    return past[-1] if past else versions[0]


def search(units: Tree, asked: str) -> list[Version]:
    """Units whose name holds the words or whose code they are, territories first."""
    found = [unit for unit in units.values() if asked in folded(unit.name) or asked == (unit.code or "").lower()]
    return ordered(found)


def branches_of(units: Tree, day: date) -> list[Branch]:
    """Every unit without a parent, with its branches."""
    children: dict[UUID | None, list[Version]] = {}
    for unit in units.values():
        children.setdefault(unit.parent_id if unit.parent_id in units else None, []).append(unit)
    return [branch_of(unit, children, day) for unit in ordered(children.get(None, []))]


def branch_of(unit: Version, children: Mapping[UUID | None, list[Version]], day: date) -> Branch:
    below = ordered(children.get(unit.unit_id, []))
    shown = [child for child in below if tier_of(child.kind) <= COMMUNES]
    return Branch(
        line_of(unit, {}, day), tuple(branch_of(child, children, day) for child in shown), len(below) - len(shown)
    )
