"""Drafts: begun, filled sheet by sheet, sent, thrown away."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from services.nomination.commands.candidates import graduate
from services.nomination.commands.evidence import say_attached
from services.nomination.commands.filing import columns_of, event_of, filing, fingerprint_of
from services.nomination.commands.first_words import first_words, write_first_words
from services.nomination.commands.movements import open_movement, say_found
from services.nomination.commands.photos import attach_photos
from services.nomination.commands.sent_before import require_first, write_once
from services.nomination.commands.transfer import hold_plan, require_going_on
from services.nomination.commands.unused_files import give_up
from services.nomination.models import CODE_NUMBER, DraftSheet, Nomination
from services.nomination.queries.nominations import everything_typed, own_draft, visible
from services.nomination.rules.assumed import with_assumed
from services.nomination.rules.complete import draft_faults
from services.nomination.rules.dossier import code_of, require_open
from services.nomination.rules.fault import Incomplete
from services.nomination.rules.sources import named_unit, source_of
from services.nomination.rules.stages import Stage, Step, after
from services.nomination.rules.typed import Sheet, Typed, kept, one, read
from shared.access.principal import Principal
from shared.bus.record import record
from shared.clock import now
from shared.ids import new_id
from shared.plan import Plan
from shared.text.fold import folded


def start_draft(session: Session, who: Principal, plan: Plan, today: date, *, draft_id: UUID | None = None) -> UUID:
    """An empty draft of the asker's unit, with an id of its own unless one is given.

    Raises Refused("nomination.closed") outside the plan's period, ("nomination.commune_ended") after its commune's end.
    """
    require_going_on(session, plan)
    require_open(plan, today)
    moment = now()
    draft = Nomination(
        id=draft_id or new_id(),
        plan_id=plan.id,
        unit_id=who.unit_id,
        person_id=who.holder_id,  # a draft belongs to the office: whoever returns from leave finds it
        source=source_of(plan.unit_by_id(who.unit_id).kind).value,
        created_at=moment,
        changed_at=moment,
    )
    session.add(draft)
    return draft.id


def save_sheet(
    session: Session, who: Principal, nomination_id: UUID, sheet: Sheet, posted: Typed
) -> dict[str, list[str]]:
    """Keep what was typed on a sheet, right or wrong; the caller gets all that is typed so far.

    Raises NotFound for another unit's draft, Refused for one that was sent already.
    """
    draft = own_draft(session, who, nomination_id, lock=True)
    typed = kept(sheet, posted)
    moment = now()
    session.execute(
        insert(DraftSheet)
        .values(nomination_id=draft.id, sheet=sheet.value, typed=typed, saved_at=moment)
        .on_conflict_do_update(index_elements=["nomination_id", "sheet"], set_={"typed": typed, "saved_at": moment})
    )
    everything = everything_typed(session, draft.id)
    draft.name = read(everything).dossier.name
    draft.name_folded = folded(draft.name)
    draft.changed_at = moment
    draft.version += 1
    return everything


def submit(session: Session, who: Principal, nomination_id: UUID, plan: Plan, today: date) -> Nomination:
    """Hand the draft to the commune; sent twice, it is one nomination and one event.

    Raises Refused("nomination.closed" | "nomination.commune_ended" | "nomination.withdrawn" |
    "nomination.sent_before"), Incomplete with all that is still missing.
    """
    hold_plan(session, plan.id)  # before the row, as the end of the commune does
    nomination = visible(session, who, nomination_id, lock=True)
    if nomination.stage not in {Stage.DRAFT, Stage.WITHDRAWN}:
        return nomination
    after(Stage(nomination.stage), Step.SUBMIT)
    require_going_on(session, plan)
    require_open(plan, today)
    typed = everything_typed(session, nomination.id)
    if missing := draft_faults(plan, who, typed, today):
        raise Incomplete(missing)
    dossier, unit = read(with_assumed(typed, plan)).dossier, named_unit(plan, who, one(typed, "unit"))
    attach_photos(session, who, dossier.photos, unit_id=unit.id)
    launched = open_movement(session, plan, dossier.movement, today)
    filed = filing(nomination_id=nomination.id, plan=plan, unit=unit, dossier=dossier, today=today)
    filed = replace(filed, launched=launched)
    require_first(session, fingerprint_of(filed))
    code = code_of(next_number(session), year=today.year)
    for column, value in columns_of(filed, code).items():
        setattr(nomination, column, value)
    nomination.changed_at = now()
    nomination.version += 1
    write_once(session, fingerprint_of(filed))
    record(session, event_of(filed, code), plan)
    if launched:
        say_found(session, plan, launched, nomination_id=nomination.id, unit_id=unit.id)
    session.flush()
    write_first_words(session.connection(), [first_words(filed, who, now())])
    say_attached(session, nomination, number=0)
    graduate(session, nomination, by=who.name, on=today)
    return nomination


def discard(session: Session, who: Principal, nomination_id: UUID) -> None:
    """Throw a draft away with all that was typed. Raises NotFound, or Refused for one that was sent."""
    draft = own_draft(session, who, nomination_id, lock=True)
    give_up(session, draft.id)
    session.delete(draft)


def next_number(session: Session) -> int:
    """The next number for a code."""
    number: int = session.execute(select(CODE_NUMBER.next_value())).scalar_one()
    return number
