"""A table of nominations: brought, examined row by row, added when somebody agrees.

The work goes batch by batch, each an effect within our own database (`shared.effects`): what a batch changes, its
settlement and the next batch are one transaction. A worker that dies in one leaves it undone, and the relay sends it
again.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from services.nomination.adapters.table_file import Numbered
from services.nomination.commands.import_batches import add_batch, examine_batch
from services.nomination.commands.transfer import require_going_on
from services.nomination.models import ImportRow, ImportRun
from services.nomination.queries.importing import counts_of, last_day_of, rows_in, run_for
from services.nomination.rules.dossier import require_open
from services.nomination.rules.import_rows import layout_of
from services.nomination.rules.importing import (
    MOVING,
    ImportStage,
    RowState,
    check_may_be_added,
    kept_since,
)
from shared.access.principal import Principal
from shared.bus.record import act_as, record
from shared.clock import VIETNAM, now, today
from shared.effects.ledger import plan_effect
from shared.effects.outcome import Effect, Failed, Outcome, Sent, Unknown
from shared.effects.performer import Performer
from shared.events.nomination import ImportFinished
from shared.holidays import holidays_from
from shared.ids import new_id
from shared.plan import Plan
from shared.plan.questions import answer_by
from shared.plan.shelf import plan_of

CHANNEL = "import"
#: {stage under way: the rows that it is about}
AT_WORK_ON = {ImportStage.EXAMINING: RowState.WAITING, ImportStage.ADDING: RowState.GOOD}


def bring_table(session: Session, who: Principal, plan: Plan, rows: Sequence[Numbered], *, file_name: str) -> UUID:
    """Keep a table to be examined; nothing of it is nominated yet. `rows` begin with the heads.

    Raises Refused("nomination.closed" | "nomination.commune_ended") and those of `layout_of`.
    """
    require_going_on(session, plan)
    require_open(plan, today())
    layout = layout_of(rows[0][1], who.role)
    moment = now()
    run = ImportRun(
        id=new_id(),
        plan_id=plan.id,
        unit_id=who.unit_id,
        role=who.role.value,
        person_id=who.person_id,
        person_name=who.name,
        holder_id=who.holder_id,
        file_name=file_name,
        goal=len(rows) - 1,
        brought_at=moment,
        changed_at=moment,
    )
    session.add(run)
    session.flush()
    kept = [
        {"run_id": run.id, "number": number, "cells": layout.cells(cells), "state": RowState.WAITING, "faults": {}}
        for number, cells in rows[1:]
    ]
    session.execute(insert(ImportRow), kept)
    go_on(session, run)
    return run.id


def add_rows(session: Session, who: Principal, run_id: UUID) -> ImportRun:
    """Begin to nominate what is without fault. Agreed to twice, it begins once.

    Raises NotFound, Refused("import.not_examined" | "import.nothing_good" | "import.stopped").
    """
    run = run_for(session, who, run_id, lock=True)
    good = counts_of(session, [run.id])[run.id][RowState.GOOD]
    if check_may_be_added(ImportStage(run.stage), good=good):
        run.goal = good
        move(run, ImportStage.ADDING)
        go_on(session, run)
    return run


def go_on(session: Session, run: ImportRun) -> None:
    """Plan the next batch of the present stage; without one, the stage is over."""
    stage = ImportStage(run.stage)
    following = rows_in(session, run.id, AT_WORK_ON[stage], limit=1)
    if following:
        target = f"{stage}-{following[0].number}"
        plan_effect(
            session, service="nomination", channel=CHANNEL, target=target, ref=run.id, plan=plan_of(run.plan_id)
        )
    elif stage is ImportStage.EXAMINING:
        move(run, ImportStage.EXAMINED)
    else:
        move(run, ImportStage.DONE)
        say_finished(session, run, last_day=today())


def say_finished(session: Session, run: ImportRun, *, last_day: date | None) -> None:
    """One word for all that a table brought in, so that people get one letter instead of thousands.

    `last_day` is the day of the last of them; nothing is said where there is none.
    """
    counts = counts_of(session, [run.id])[run.id]
    if last_day is None or not counts[RowState.ADDED]:
        return
    plan = plan_of(run.plan_id)
    finished = ImportFinished(
        import_id=run.id,
        unit_id=run.unit_id,
        nominator_id=run.person_id,
        added=counts[RowState.ADDED],
        faulty=counts[RowState.FAULTY],
        submitted_on=last_day,
        answer_by=answer_by(plan, submitted_on=last_day, holidays=holidays_from(last_day.year)),
    )
    act_as(session, run.person_id)
    record(session, finished, plan)


def move(run: ImportRun, stage: ImportStage) -> None:
    run.stage = stage.value
    run.changed_at = now()


def prepare(session: Session, effect: Effect) -> None:
    """Whether a batch may be done today. Raises Refused("nomination.closed" | "nomination.commune_ended")."""
    require_going_on(session, effect.plan)
    require_open(effect.plan, today())


def send(_effect: Effect, _nothing: None) -> Outcome:
    """There is nothing outside: the work is done where it is settled."""
    return Sent(external_id="")


def settled(session: Session, effect: Effect, outcome: Sent | Unknown | Failed) -> None:
    """Do one batch and plan the next; stop where the plan takes no more, or the run was forgotten meanwhile."""
    run = session.exec(select(ImportRun).where(ImportRun.id == effect.ref).with_for_update()).one_or_none()
    if run is None or run.stage not in MOVING:
        return
    if not isinstance(outcome, Sent):
        move(run, ImportStage.STOPPED)
        say_finished(session, run, last_day=last_day_of(session, run.id))
        return
    plan = effect.plan
    if run.stage == ImportStage.EXAMINING:
        examine_batch(session, run, plan, today())
    else:
        add_batch(session, run, plan, today())
    session.flush()
    go_on(session, run)


def forget_imports(session: Session, day: date) -> None:
    """Forget the tables that are older than KEPT; what they brought in stays, and is still known."""
    oldest = datetime.combine(kept_since(day), time.min, VIETNAM)
    session.execute(delete(ImportRun).where(col(ImportRun.brought_at) < oldest))


PERFORMERS = {CHANNEL: Performer(prepare, send, send, settled, within=True)}
