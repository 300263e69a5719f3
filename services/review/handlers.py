"""What review hears."""

from sqlmodel import Session

from services.review import commands
from services.review.models import EndedPlan
from shared.bus.ear import Ear
from shared.bus.told import Told
from shared.clock import day_of
from shared.events.clock import DayBegan
from shared.events.identity import UnitDissolved
from shared.events.nomination import (
    ConsentAwaited,
    ConsentDeclined,
    ConsentGiven,
    ConsentWithdrawn,
    EvidenceAttached,
    NominationResubmitted,
    NominationSubmitted,
    NominationTransferred,
    NominationWithdrawn,
)
from shared.succession import keep_ending

ear = Ear("review")


@ear.on(NominationSubmitted)
def open_case(session: Session, told: Told[NominationSubmitted]) -> None:
    commands.open_case(session, told.data, plan=told.plan, today=day_of(told.time), nominator_id=told.actor_id)


@ear.on(NominationWithdrawn)
def close_case(session: Session, told: Told[NominationWithdrawn]) -> None:
    commands.take_back(session, told.data.nomination_id, because=told.data.reason, today=day_of(told.time))


@ear.on(NominationResubmitted)
def keep_supplement(session: Session, told: Told[NominationResubmitted]) -> None:
    commands.keep_supplement(session, told.data)


@ear.on(EvidenceAttached)
def count_evidence(session: Session, told: Told[EvidenceAttached]) -> None:
    commands.count_evidence(session, told.data.nomination_id)


@ear.on(ConsentAwaited)
def wait_for_consent(session: Session, told: Told[ConsentAwaited]) -> None:
    commands.keep_consent(session, told.data)


@ear.on(ConsentGiven)
def keep_consent(session: Session, told: Told[ConsentGiven]) -> None:
    commands.keep_consent(session, told.data)


@ear.on(ConsentDeclined)
def keep_refusal(session: Session, told: Told[ConsentDeclined]) -> None:
    commands.keep_consent(session, told.data)


@ear.on(ConsentWithdrawn)
def end_consent(session: Session, told: Told[ConsentWithdrawn]) -> None:
    commands.keep_consent(session, told.data)


@ear.on(DayBegan)
def begin_day(session: Session, told: Told[DayBegan]) -> None:
    commands.begin_day(session, told.plan, told.data.day)


@ear.on(NominationTransferred)
def hand_over_case(session: Session, told: Told[NominationTransferred]) -> None:
    commands.transfer(session, told.data)


@ear.on(UnitDissolved)
def note_ending(session: Session, told: Told[UnitDissolved]) -> None:
    keep_ending(session, EndedPlan, told)
