"""Write the registry of units: what plan files say, and what changes say. History is never rewritten."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from services.identity.models.registry import UnitSuccession, UnitVersion
from services.identity.queries.registry import named
from services.identity.rules.heirs import version_of
from services.identity.rules.units import Change
from services.identity.rules.versions import Version
from shared.plan import Plan

LOCK = 4_113_071  # one writer of the registry at a time; any number does


def lock_registry(session: Session) -> None:
    """Until the transaction ends, nobody else changes units. Taken before any other lock of identity."""
    session.connection().exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (LOCK,))


def register(session: Session, plan: Plan, reworded: Iterable[UUID], today: date) -> None:
    """Tell the registry of a plan's units. One that it does not know begins with the plan.

    Of one that it knows, it takes over a name or kind that the file was given lately (`reworded`), from today on,
    as long as the file still places the unit where the registry does. The rest it knows better.
    """
    known = named(session, {unit.id for unit in plan.units})
    begins = []
    for unit in plan.units:
        said = version_of(plan, unit, plan.period.starts_on)
        if (version := known.get(unit.id)) is None:
            begins.append(said)
        elif (
            unit.id in set(reworded)
            and version.valid_until is None
            and version.parent_id == said.parent_id
            and (version.name, version.kind) != (said.name, said.kind)
        ):
            begins.append(replace(version, valid_from=max(today, version.valid_from), name=said.name, kind=said.kind))
    write(session, begins=begins, on=None)


def apply(session: Session, change: Change) -> None:
    """End versions, begin versions, and note who succeeds whom. The caller holds `lock_registry`."""
    write(session, begins=change.begins, ends=change.ends, on=change.on)
    if change.successions:
        rows = [
            {
                "predecessor_id": each.predecessor_id,
                "successor_id": each.successor_id,
                "on_day": each.on,
                "how": each.how.value,
                "share": each.share.value,
            }
            for each in change.successions
        ]
        session.execute(insert(UnitSuccession), rows)


def write(session: Session, *, begins: Sequence[Version], ends: Sequence[UUID] = (), on: date | None) -> None:
    """Two statements for any number of units. A version that began the same day is replaced by the new one."""
    closing = [(version.unit_id, version.valid_from) for version in begins]
    closing += [(unit_id, on) for unit_id in ends if on]
    if closing:
        session.execute(CLOSE, {"units": [unit for unit, _ in closing], "days": [day for _, day in closing]})
    if begins:
        statement = insert(UnitVersion)
        kept = {name: statement.excluded[name] for name in ("name", "kind", "code", "code_list", "parent_id")}
        session.execute(
            statement.on_conflict_do_update(index_elements=["unit_id", "valid_from"], set_=kept),
            [asdict(version) for version in begins],
        )


def write_all(session: Session, versions: Sequence[Version]) -> None:
    """Versions as they shall be, new ones and those that end. Ends are written first: no two overlap meanwhile."""
    ending = [version for version in versions if version.valid_until is not None]
    if ending:
        session.execute(
            SHORTEN,
            {
                "units": [version.unit_id for version in ending],
                "firsts": [version.valid_from for version in ending],
                "days": [version.valid_until for version in ending],
            },
        )
    if versions:
        statement = insert(UnitVersion).on_conflict_do_nothing(index_elements=["unit_id", "valid_from"])
        session.execute(statement, [asdict(version) for version in versions])


SHORTEN = text("""
    UPDATE identity.unit_version AS version SET valid_until = ending.day
    FROM unnest(CAST(:units AS uuid[]), CAST(:firsts AS date[]), CAST(:days AS date[]))
        AS ending (unit_id, first, day)
    WHERE version.unit_id = ending.unit_id AND version.valid_from = ending.first
""")
CLOSE = text("""
    UPDATE identity.unit_version AS version SET valid_until = closing.day
    FROM unnest(CAST(:units AS uuid[]), CAST(:days AS date[])) AS closing (unit_id, day)
    WHERE version.unit_id = closing.unit_id AND version.valid_until IS NULL AND version.valid_from < closing.day
""")
