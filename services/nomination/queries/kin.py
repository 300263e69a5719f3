"""Nominations that may be about the same nominee, wherever in the commune and its predecessors they were sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from services.nomination.models import EndedPlan, Nomination
from services.nomination.rules.names import keys_of, parsed_name
from services.nomination.rules.same_deed import Deed, same_deed
from services.nomination.rules.same_person import ORDER, Described, Likeness, likeness
from services.nomination.rules.sources import Source
from services.nomination.rules.stages import Stage
from shared.succession import Place, endings_around, inherited

MOST_LOOKED_AT = 200  # namesakes; a commune has fewer
MOST_FOUND = 5


@dataclass(frozen=True, slots=True)
class Found:
    """A nomination that is like the one asked about. `same_deed`: it may tell of the same achievement."""

    nomination: Nomination
    likeness: Likeness
    same_deed: bool


def found_alike(session: Session, nomination: Nomination, *, known: ColumnElement[bool] | None = None) -> list[Found]:
    """What was sent and may be about the same nominee, the likeliest first, at most MOST_FOUND.

    It looks in the plan of the nomination and in those that its commune goes on with, as far as `known`, a condition,
    allows.
    """
    heirs = inherited(endings_around(session, EndedPlan, nomination.plan_id), nomination.plan_id)
    plans = {nomination.plan_id, *(place.plan_id for place in heirs)}
    conditions = [
        same_keys(nomination),
        col(Nomination.plan_id).in_(sorted(plans)),
        col(Nomination.id) != nomination.id,
        col(Nomination.stage).not_in([Stage.DRAFT.value, Stage.WITHDRAWN.value]),
    ]
    if known is not None:
        conditions.append(known)
    others = session.exec(select(Nomination).where(*conditions).limit(MOST_LOOKED_AT)).all()
    return likest(nomination, others, heirs)


def same_keys(nomination: Nomination) -> ColumnElement[bool]:
    """A key of the name in common, or the telephone."""
    name = parsed_name(nomination.name, subject_kind=nomination.subject_kind)
    keys = keys_of(name, subject_kind=nomination.subject_kind, birth_year=nomination.birth_year)
    by_name = col(Nomination.name_keys).overlap(list(keys))  # type: ignore[attr-defined]  # ARRAY's own
    if not nomination.phone:
        return by_name  # type: ignore[no-any-return]  # as above
    by_phone = and_(col(Nomination.phone) == nomination.phone, col(Nomination.phone) != "")
    return or_(by_name, by_phone)


def likest(nomination: Nomination, others: Sequence[Nomination], heirs: Mapping[Place, UUID]) -> list[Found]:
    own, deed = described(nomination, heirs), deed_of(nomination)
    found = [
        Found(other, alike, same_deed(deed, deed_of(other)))
        for other in others
        if (alike := likeness(own, described(other, heirs))) is not None
    ]
    found.sort(key=lambda one: (not one.same_deed, ORDER.index(one.likeness.level), -one.nomination.id.int))
    return found[:MOST_FOUND]


def described(nomination: Nomination, heirs: Mapping[Place, UUID]) -> Described:
    """Who a nomination is about, its unit as it is today."""
    place = Place(nomination.plan_id, nomination.unit_id)
    return Described(
        name=parsed_name(nomination.name, subject_kind=nomination.subject_kind),
        subject_kind=nomination.subject_kind,
        birth_year=nomination.birth_year,
        phone=nomination.phone,
        address=nomination.address,
        unit_id=heirs.get(place, nomination.unit_id),
        village=nomination.source == Source.VILLAGE,
    )


def deed_of(nomination: Nomination) -> Deed:
    return Deed(
        field=nomination.field,
        headline=nomination.headline,
        story=nomination.story,
        happened_on=nomination.happened_on,
    )
