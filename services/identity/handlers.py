"""What identity hears from others: the day, on which planned changes of units take effect; and what is open where."""

from sqlmodel import Session

from services.identity.commands.changes import take_effect
from services.identity.commands.open_work import close_work, move_work, open_work
from shared.bus.ear import Ear
from shared.bus.told import Told
from shared.events.clock import DayBegan
from shared.events.nomination import NominationSubmitted, NominationTransferred, NominationWithdrawn
from shared.events.review import CaseDeclined, CaseRecognised, CaseSentToNurture

ear = Ear("identity")


@ear.on(DayBegan)
def change_units(session: Session, told: Told[DayBegan]) -> None:
    take_effect(session, told.data.day)


@ear.on(NominationSubmitted)
def note_open(session: Session, told: Told[NominationSubmitted]) -> None:
    said = told.data
    open_work(
        session,
        nomination_id=said.nomination_id,
        plan_id=told.plan_id,
        unit_id=said.unit_id,
        code=said.code,
        since=said.submitted_on,
    )


@ear.on(NominationTransferred)
def note_moved(session: Session, told: Told[NominationTransferred]) -> None:
    said = told.data
    move_work(
        session, nomination_id=said.nomination_id, plan_id=said.to_plan, unit_id=said.to_unit_id, code=said.code
    )


@ear.on(NominationWithdrawn, CaseRecognised, CaseDeclined, CaseSentToNurture)
def note_closed(
    session: Session, told: Told[NominationWithdrawn | CaseRecognised | CaseDeclined | CaseSentToNurture]
) -> None:
    said = told.data
    close_work(session, nomination_id=said.nomination_id, plan_id=told.plan_id, unit_id=said.unit_id, code=said.code)
