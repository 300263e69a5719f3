"""Imports as their people see them: a unit its own, an officer those of the office."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from services.nomination.models import Imported, ImportRow, ImportRun, Nomination
from services.nomination.rules.importing import RowState
from services.nomination.rules.stages import STILL_COUNTS
from shared.access.principal import Principal
from shared.access.rights import FOR_ONE_UNIT
from shared.access.sight import Sight
from shared.database import transaction
from shared.errors import NotFound

PER_PAGE = 50
MOST_RUNS = 10
AT_ONCE = 500  # rows that an export holds
#: {state of a row: how many rows}
Counts = dict[RowState, int]


def run_for(session: Session, who: Principal, run_id: UUID, *, lock: bool = False) -> ImportRun:
    """The import, locked if it is to change. Raises NotFound when there is none for the asker."""
    wanted = select(ImportRun).where(ImportRun.id == run_id, *theirs(who))
    found = session.exec(wanted.with_for_update() if lock else wanted).one_or_none()
    if found is None:
        raise NotFound("thing.unknown")
    return found


def theirs(who: Principal) -> tuple[bool, ...]:
    """Of a unit, whoever acts for it sees all; of an office, whoever holds it."""
    held = ImportRun.unit_id == who.unit_id if who.role in FOR_ONE_UNIT else ImportRun.holder_id == who.holder_id
    return (ImportRun.plan_id == who.plan_id, held)


def last_runs(session: Session, who: Principal) -> Sequence[ImportRun]:
    """The newest first."""
    wanted = select(ImportRun).where(*theirs(who)).order_by(col(ImportRun.id).desc()).limit(MOST_RUNS)
    return session.exec(wanted).all()


def counts_of(session: Session, run_ids: Sequence[UUID]) -> dict[UUID, Counts]:
    """{run: counts}, every state present."""
    rows = session.execute(
        select(ImportRow.run_id, ImportRow.state, func.count())
        .where(col(ImportRow.run_id).in_(run_ids))
        .group_by(col(ImportRow.run_id), col(ImportRow.state))
    )
    found: dict[UUID, Counts] = defaultdict(lambda: dict.fromkeys(RowState, 0))
    for run_id, state, count in rows:
        found[run_id][RowState(state)] = count
    return found


def last_day_of(session: Session, run_id: UUID) -> date | None:
    """The day on which the last of its rows was handed in, as far as that is written; None when none was."""
    added = select(func.max(Nomination.submitted_on)).join(ImportRow, col(ImportRow.nomination_id) == Nomination.id)
    return session.exec(added.where(ImportRow.run_id == run_id)).one()


def rows_in(
    session: Session, run_id: UUID, state: RowState, *, after: int = 0, limit: int, lock: bool = False
) -> Sequence[ImportRow]:
    """The rows of a state behind row `after`, by number."""
    wanted = (
        select(ImportRow)
        .where(ImportRow.run_id == run_id, ImportRow.state == state.value, ImportRow.number > after)
        .order_by(col(ImportRow.number))
        .limit(limit)
    )
    return session.exec(wanted.with_for_update() if lock else wanted).all()


def every_faulty(engine: Engine, sight: Sight, run_id: UUID) -> Iterator[ImportRow]:
    """All faulty rows, a batch at a time, each in a transaction of its own."""
    after = 0
    while True:
        with transaction(engine, sight) as session:
            rows = rows_in(session, run_id, RowState.FAULTY, after=after, limit=AT_ONCE)
        yield from rows
        if len(rows) < AT_ONCE:
            return
        after = rows[-1].number


def codes_of_known(session: Session, plan_id: str, fingerprints: Sequence[UUID]) -> dict[UUID, str]:
    """{fingerprint: code of the nomination} of what was imported before, or came another way and still counts."""
    counts = col(Nomination.stage).in_([stage.value for stage in STILL_COUNTS])
    lying = select(Nomination.fingerprint, Nomination.code).where(col(Nomination.fingerprint).in_(fingerprints), counts)
    imported = (
        select(Imported.fingerprint, Nomination.code)
        .join(Nomination, col(Nomination.id) == col(Imported.nomination_id))
        .where(Imported.plan_id == plan_id, col(Imported.fingerprint).in_(fingerprints))
    )
    rows = [*session.exec(lying), *session.exec(imported)]
    return {same: code or "" for same, code in rows if same}


def first_rows_of(session: Session, run_id: UUID, fingerprints: Sequence[UUID]) -> dict[UUID, int]:
    """{fingerprint: number of the first row with it} among the rows of the run that were examined."""
    wanted = (
        select(ImportRow.fingerprint, func.min(col(ImportRow.number)))
        .where(ImportRow.run_id == run_id, col(ImportRow.fingerprint).in_(fingerprints))
        .group_by(col(ImportRow.fingerprint))
    )
    return {same: number for same, number in session.execute(wanted) if same}
