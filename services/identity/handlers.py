"""What identity hears: the day, on which changes of units take effect and offices end; and what is open where."""

from sqlmodel import Session

from services.identity.commands.changes import take_effect
from services.identity.commands.leaving import say_endings
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


@ear.on(DayBegan)
def say_what_ended(session: Session, told: Told[DayBegan]) -> None:
    """Offices live by the database's clock, which tells better than a demonstration's day which of them have ended."""
    say_endings(session, plan_id=told.plan_id)


@ear.on(NominationSubmitted)
def note_open(session: Session, told: Told[NominationSubmitted]) -> None:
    open_work(session, told.data, plan_id=told.plan_id)


@ear.on(NominationTransferred)
def note_moved(session: Session, told: Told[NominationTransferred]) -> None:
    move_work(session, told.data)


@ear.on(NominationWithdrawn)
def note_withdrawal(session: Session, told: Told[NominationWithdrawn]) -> None:
    close_work(session, told.data, plan_id=told.plan_id)


@ear.on(CaseRecognised)
def note_recognition(session: Session, told: Told[CaseRecognised]) -> None:
    close_work(session, told.data, plan_id=told.plan_id)


@ear.on(CaseDeclined)
def note_refusal(session: Session, told: Told[CaseDeclined]) -> None:
    close_work(session, told.data, plan_id=told.plan_id)


@ear.on(CaseSentToNurture)
def note_nurture(session: Session, told: Told[CaseSentToNurture]) -> None:
    close_work(session, told.data, plan_id=told.plan_id)
