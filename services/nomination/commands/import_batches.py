"""One batch of an import: rows examined, or rows handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session

from services.nomination.commands.filing import filing
from services.nomination.commands.intake import Intake, Sent, hand_in
from services.nomination.models import ImportRow, ImportRun
from services.nomination.queries.importing import codes_of_known, first_rows_of, rows_in
from services.nomination.queries.movements import offering
from services.nomination.rules.fault import Fault, Faults
from services.nomination.rules.import_rows import Examined, dossier_of, examine
from services.nomination.rules.importing import RowState
from services.nomination.rules.sources import named_unit
from services.nomination.rules.typed import one
from shared.access.principal import Office, Principal, Role
from shared.ids import new_id
from shared.plan import Plan

EXAMINED_AT_ONCE = 500
ADDED_AT_ONCE = 250
ROW = "row"  # a fault of the row as a whole


def examine_batch(session: Session, run: ImportRun, plan: Plan, today: date) -> None:
    """Say of the next rows what is wrong with each, or that it was nominated before."""
    who = bringer_of(run)
    rows = rows_in(session, run.id, RowState.WAITING, limit=EXAMINED_AT_ONCE, lock=True)
    found = held_to_rules(session, plan, who, rows, today)
    fingerprints = [one.fingerprint for one in found.values() if one.fingerprint]
    codes = codes_of_known(session, plan.id, fingerprints)
    firsts = first_rows_of(session, run.id, fingerprints)
    changes = []
    for number, examined in found.items():
        state, faults = judged(examined, codes, firsts)
        if state is RowState.GOOD and examined.fingerprint:
            firsts[examined.fingerprint] = number
        changes.append(change(run, number, state, faults, fingerprint=examined.fingerprint))
    session.execute(update(ImportRow), changes)


def held_to_rules(
    session: Session, plan: Plan, who: Principal, rows: Sequence[ImportRow], today: date
) -> dict[int, Examined]:
    """{number: the row held to the rules of today, with the movements that are open today}."""
    open_today = offering(session, plan, who.unit_id, today)
    return {row.number: examine(open_today, who, row.cells, today) for row in rows}


def judged(examined: Examined, codes: Mapping[UUID, str], firsts: Mapping[UUID, int]) -> tuple[RowState, Faults]:
    """What becomes of a row: `codes` are those of what lies here already, `firsts` the rows above with the same."""
    if examined.faults or examined.fingerprint is None:
        return RowState.FAULTY, examined.faults
    if (code := codes.get(examined.fingerprint)) is not None:
        return RowState.KNOWN, {ROW: Fault("row.known", {"code": code})}
    if (first := firsts.get(examined.fingerprint)) is not None:
        return RowState.KNOWN, {ROW: Fault("row.twin", {"first": first})}
    return RowState.GOOD, {}


def add_batch(session: Session, run: ImportRun, plan: Plan, today: date) -> None:
    """Hand the next rows in. Each is looked at once more: a day may have passed, and it may have come in."""
    who = bringer_of(run)
    rows = rows_in(session, run.id, RowState.GOOD, limit=ADDED_AT_ONCE, lock=True)
    found = held_to_rules(session, plan, who, rows, today)
    codes = codes_of_known(session, plan.id, [one.fingerprint for one in found.values() if one.fingerprint])
    fresh = [one.fingerprint for one in found.values() if one.fingerprint and one.fingerprint not in codes]
    ids = claim(session, plan, fresh)
    known = dict.fromkeys(fresh, "") | codes  # what lost its claim came in at this very moment: it has no code yet
    changes = []
    for number, examined in found.items():
        nomination_id = ids.get(examined.fingerprint) if examined.fingerprint else None
        state, faults = judged(examined, known, {})
        if nomination_id is not None:
            hand_in(session, intake_of(run, plan, examined, nomination_id, today))
            state, faults = RowState.ADDED, {}
        changes.append(
            change(run, number, state, faults, fingerprint=examined.fingerprint, nomination_id=nomination_id)
        )
    session.execute(update(ImportRow), changes)


def intake_of(run: ImportRun, plan: Plan, examined: Examined, nomination_id: UUID, today: date) -> Intake:
    """The row as a nomination on the hot path."""
    who = bringer_of(run)
    filed = filing(
        nomination_id=nomination_id,
        plan=plan,
        unit=named_unit(plan, who, one(examined.typed, "unit")),
        dossier=dossier_of(plan, examined.typed),
        today=today,
    )
    sent = Sent(who.person_id, f"import-{examined.fingerprint}", str(examined.fingerprint).encode())
    return Intake(filing=replace(filed, import_id=run.id), who=who, sent=sent, traceparent=None)


def claim(session: Session, plan: Plan, fingerprints: Sequence[UUID]) -> dict[UUID, UUID]:
    """{fingerprint: id of its nomination} of those that nobody has imported before; of two at once, one gets it."""
    ids = [new_id() for _ in fingerprints]
    rows = session.connection().exec_driver_sql(CLAIM, (plan.id, list(fingerprints), ids))
    return {row.fingerprint: row.nomination_id for row in rows}


def change(
    run: ImportRun,
    number: int,
    state: RowState,
    faults: Faults,
    *,
    fingerprint: UUID | None,
    nomination_id: UUID | None = None,
) -> dict[str, Any]:
    """What is written about a row."""
    said = {box: {"key": fault.key, "details": dict(fault.details)} for box, fault in faults.items()}
    return {
        "run_id": run.id,
        "number": number,
        "state": state.value,
        "faults": said,
        "fingerprint": fingerprint,
        "nomination_id": nomination_id,
    }


def bringer_of(run: ImportRun) -> Principal:
    """Whoever brought the table, in the office of then."""
    office = Office(Role(run.role), run.unit_id, run.plan_id)
    return Principal(run.person_id, run.person_name, office, (office,))


# In the order of the fingerprints, so that imports that meet wait for each other in one order.
CLAIM = """
    INSERT INTO nomination.imported (plan_id, fingerprint, nomination_id)
    SELECT %s, fingerprint, id FROM unnest(%s::uuid[], %s::uuid[]) AS brought (fingerprint, id) ORDER BY fingerprint
    ON CONFLICT DO NOTHING
    RETURNING fingerprint, nomination_id
"""
