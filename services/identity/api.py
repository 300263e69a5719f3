"""JSON routes."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlmodel import Session

from services.identity.queries.registry import (
    history_of,
    rolled_up,
    successions_from,
    successions_to,
    successors_of,
    units_after,
)
from services.identity.schemas.me import Me, me
from services.identity.schemas.units import SuccessionOut, UnitHistory, UnitOut, UnitPage, rolled
from shared.access.door import Visitor, signed_in
from shared.access.principal import Principal
from shared.access.session import session_of
from shared.clock import today
from shared.errors import NotFound

router = APIRouter(prefix="/api/v1")
Opened = Annotated[Session, Depends(session_of("identity"), scope="function")]


@router.get("/me")
def who_am_i(who: Annotated[Principal, signed_in()]) -> Me:
    """Who the sender is and in which office; lets a program try its token."""
    return me(who)


@router.get("/units")
def units(
    who: Visitor,  # noqa: ARG001 -- public: which units there are is no secret
    session: Opened,
    as_at: date | None = None,
    parent: UUID | None = None,
    after: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 500,
) -> UnitPage:
    """The units that were on a day, today unless said; `parent` narrows them to those right below a unit."""
    day = as_at or today()
    found = units_after(session, day, parent=parent, after=after, limit=limit + 1)
    following = found[limit - 1].unit_id if len(found) > limit else None
    return UnitPage(as_at=day, items=[UnitOut.of(version) for version in found[:limit]], next=following)


@router.get("/units/{unit_id}")
def unit(who: Visitor, unit_id: UUID, session: Opened, as_at: date | None = None) -> UnitHistory:  # noqa: ARG001 -- public
    """A unit through time, and where its figures belong on a day, today unless said. 404 for an unknown one."""
    day = as_at or today()
    versions = history_of(session, unit_id)
    if not versions:
        raise NotFound("unit.unknown", value=unit_id)
    home, undecided = rolled(rolled_up(session, unit_id, day))
    return UnitHistory(
        id=unit_id,
        as_at=day,
        versions=[UnitOut.of(version) for version in versions],
        took_over=[SuccessionOut.of(found) for found in successions_to(session, unit_id)],
        gone_into=[SuccessionOut.of(found) for found in successions_from(session, unit_id, day).get(unit_id, [])],
        successors=list(successors_of(session, unit_id, day)),
        rolled_up_to=home,
        undecided_among=undecided,
    )
