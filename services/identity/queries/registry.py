"""Questions about units through time. Every one can be asked as at any day."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Row, text
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import Session, col, or_, select

from services.identity.models.registry import UnitSuccession, UnitVersion
from services.identity.rules import rolling
from services.identity.rules.rolling import Undecided
from services.identity.rules.units import How, Share, Succession
from services.identity.rules.versions import Tree, Version, chain_above


def newest_versions(session: Session) -> dict[UUID, Version]:
    """The newest version of every unit, ended ones among them: what a change starts from."""
    rows = session.exec(
        select(UnitVersion)
        .ext(distinct_on(col(UnitVersion.unit_id)))
        .order_by(col(UnitVersion.unit_id), col(UnitVersion.valid_from).desc())
    )
    return {row.unit_id: version_from(row) for row in rows}


def tree_as_at(session: Session, day: date) -> dict[UUID, Version]:
    """{unit: what it was on that day} of every unit that was."""
    rows = session.exec(select(UnitVersion).where(*held_on(day)))
    return {row.unit_id: version_from(row) for row in rows}


def units_after(
    session: Session, day: date, *, parent: UUID | None, after: UUID | None, limit: int
) -> tuple[Version, ...]:
    """At most `limit` units that were on that day, in the order of their ids, from behind `after` on."""
    query = select(UnitVersion).where(*held_on(day)).order_by(col(UnitVersion.unit_id)).limit(limit)
    if parent is not None:
        query = query.where(UnitVersion.parent_id == parent)
    if after is not None:
        query = query.where(col(UnitVersion.unit_id) > after)
    return tuple(version_from(row) for row in session.exec(query))


def held_on(day: date) -> tuple[ColumnElement[bool], ...]:
    """That a version held on a day."""
    until = col(UnitVersion.valid_until)
    return col(UnitVersion.valid_from) <= day, or_(until.is_(None), until > day)


def unit_as_at(session: Session, unit_id: UUID, day: date) -> Version | None:
    """What the unit was on that day; None when it was not yet, or no more, or is unknown."""
    return next((version for version in history_of(session, unit_id) if version.holds_on(day)), None)


def history_of(session: Session, unit_id: UUID) -> tuple[Version, ...]:
    """Every version of the unit, oldest first; () when the registry does not know it."""
    rows = session.exec(select(UnitVersion).where(UnitVersion.unit_id == unit_id).order_by(col(UnitVersion.valid_from)))
    return tuple(version_from(row) for row in rows)


def histories(session: Session) -> dict[UUID, list[Version]]:
    """{unit: its versions, oldest first} of the whole registry."""
    found: dict[UUID, list[Version]] = defaultdict(list)
    for row in session.exec(select(UnitVersion).order_by(col(UnitVersion.unit_id), col(UnitVersion.valid_from))):
        found[row.unit_id].append(version_from(row))
    return dict(found)


def successors_of(session: Session, unit_id: UUID, day: date) -> tuple[UUID, ...]:
    """The units living on that day that go on with this one or a part of it, along chains of any length."""
    successions = successions_from(session, unit_id, day)
    return rolling.last_successors(unit_id, successions, living_of(session, unit_id, successions, day))


def rolled_up(session: Session, unit_id: UUID, day: date) -> UUID | Undecided:
    """The unit to which figures of `unit_id` belong on that day. Undecided where a split left it open."""
    successions = successions_from(session, unit_id, day)
    return rolling.rolled_up(unit_id, successions, living_of(session, unit_id, successions, day))


def living_of(session: Session, unit_id: UUID, successions: rolling.Successions, day: date) -> set[UUID]:
    """Of a unit and its successors, those that live on that day."""
    asked = {unit_id, *(each.successor_id for onward in successions.values() for each in onward)}
    rows = session.exec(select(UnitVersion.unit_id).where(col(UnitVersion.unit_id).in_(asked), *held_on(day)))
    return set(rows)


def successions_from(session: Session, unit_id: UUID, day: date) -> dict[UUID, list[Succession]]:
    """{predecessor: its successions up to that day} along every chain from a unit."""
    found: dict[UUID, list[Succession]] = defaultdict(list)
    for row in session.execute(CHAIN, {"unit": unit_id, "day": day}):
        found[row.predecessor_id].append(succession_from(row))
    return dict(found)


def successions_to(session: Session, unit_id: UUID) -> tuple[Succession, ...]:
    """Whose work the unit took over, oldest first."""
    rows = session.exec(
        select(UnitSuccession)
        .where(UnitSuccession.successor_id == unit_id)
        .order_by(col(UnitSuccession.on_day), col(UnitSuccession.predecessor_id))
    )
    return tuple(succession_from(row) for row in rows)


def children_as_at(session: Session, unit_id: UUID, day: date) -> tuple[Version, ...]:
    """The units right below a unit on that day, in no order."""
    rows = session.exec(select(UnitVersion).where(UnitVersion.parent_id == unit_id, *held_on(day)))
    return tuple(version_from(row) for row in rows)


def chain_as_at(session: Session, unit_id: UUID, day: date) -> tuple[Version, ...]:
    """A unit and those above it on that day, the highest last."""
    found = {row.unit_id: version_from(row) for row in session.execute(ABOVE, {"unit": unit_id, "day": day})}
    return tuple(chain_above(found, unit_id))


def named(session: Session, unit_ids: set[UUID]) -> Tree:
    """{unit: its newest version} of these units."""
    rows = session.exec(
        select(UnitVersion)
        .where(col(UnitVersion.unit_id).in_(unit_ids))
        .ext(distinct_on(col(UnitVersion.unit_id)))
        .order_by(col(UnitVersion.unit_id), col(UnitVersion.valid_from).desc())
    )
    return {row.unit_id: version_from(row) for row in rows}


def version_from(row: UnitVersion | Row[tuple[object, ...]]) -> Version:
    return Version(
        row.unit_id, row.valid_from, row.valid_until, row.name, row.kind, row.code, row.code_list, row.parent_id
    )


def succession_from(row: UnitSuccession | Row[tuple[object, ...]]) -> Succession:
    return Succession(row.predecessor_id, row.successor_id, row.on_day, How(row.how), Share(row.share))


CHAIN = text("""
    WITH RECURSIVE chain AS (
        SELECT * FROM identity.unit_succession WHERE predecessor_id = :unit AND on_day <= :day
        UNION
        SELECT onward.* FROM identity.unit_succession AS onward
        JOIN chain ON onward.predecessor_id = chain.successor_id WHERE onward.on_day <= :day
    )
    SELECT * FROM chain ORDER BY on_day, successor_id
""")

ABOVE = text("""
    WITH RECURSIVE above AS (
        SELECT * FROM identity.unit_version
        WHERE unit_id = :unit AND valid_from <= :day AND (valid_until IS NULL OR valid_until > :day)
        UNION
        SELECT parent.* FROM identity.unit_version AS parent JOIN above ON parent.unit_id = above.parent_id
        WHERE parent.valid_from <= :day AND (parent.valid_until IS NULL OR parent.valid_until > :day)
    )
    SELECT * FROM above
""")
