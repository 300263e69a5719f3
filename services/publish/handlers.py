"""What publish hears."""

from sqlmodel import Session

from services.publish.commands.closing import carry_on, close_channels
from services.publish.commands.consents import keep_consent
from services.publish.commands.dossiers import keep_dossier, let_rest, note_recognition
from services.publish.commands.drafting import draft_story
from services.publish.commands.plans import announce_plan
from services.publish.commands.stopping import hold_to_consent, stop
from services.publish.commands.withdrawing import withdraw_story
from services.publish.models import Dossier
from shared.bus.ear import Ear, NotYet
from shared.bus.told import Told
from shared.events.identity import PlanActivated, UnitDissolved
from shared.events.nomination import (
    ConsentAwaited,
    ConsentDeclined,
    ConsentGiven,
    ConsentWithdrawn,
    NominationSubmitted,
    NominationTransferred,
    NominationWithdrawn,
)
from shared.events.review import CaseHeld, CaseRecognised, CaseReleased

ear = Ear("publish")


@ear.on(NominationSubmitted)
def on_nomination_submitted(session: Session, told: Told[NominationSubmitted]) -> None:
    keep_dossier(session, plan_id=told.plan_id, said=told.data)


@ear.on(CaseRecognised)
def on_case_recognised(session: Session, told: Told[CaseRecognised]) -> None:
    dossier = session.get(Dossier, told.data.nomination_id, with_for_update=True)
    if dossier is None:
        raise NotYet("the nomination that was recognised")
    note_recognition(dossier, told.data)
    draft_story(session, dossier, dossier.plan)


@ear.on(CaseHeld)
def on_case_held(session: Session, told: Told[CaseHeld]) -> None:
    let_rest(session, told.data.nomination_id, until=told.data.held_until)


@ear.on(CaseReleased)
def on_case_released(session: Session, told: Told[CaseReleased]) -> None:
    let_rest(session, told.data.nomination_id, until=None)


@ear.on(ConsentAwaited)
def on_consent_awaited(session: Session, told: Told[ConsentAwaited]) -> None:
    keep_consent(session, told.data)


@ear.on(ConsentGiven)
def on_consent_given(session: Session, told: Told[ConsentGiven]) -> None:
    hold_to_consent(session, keep_consent(session, told.data))


@ear.on(ConsentDeclined)
def on_consent_declined(session: Session, told: Told[ConsentDeclined]) -> None:
    hold_to_consent(session, keep_consent(session, told.data))


@ear.on(ConsentWithdrawn)
def on_consent_withdrawn(session: Session, told: Told[ConsentWithdrawn]) -> None:
    stop(session, told.data)


@ear.on(NominationWithdrawn)
def on_nomination_withdrawn(session: Session, told: Told[NominationWithdrawn]) -> None:
    dossier = session.get(Dossier, told.data.nomination_id, with_for_update=True)
    if dossier is None:
        raise NotYet("the nomination that was withdrawn")
    withdraw_story(session, dossier, dossier.plan, reason=told.data.reason)


@ear.on(NominationTransferred)
def on_nomination_transferred(session: Session, told: Told[NominationTransferred]) -> None:
    dossier = session.get(Dossier, told.data.nomination_id, with_for_update=True)
    if dossier is None:
        raise NotYet("the nomination that was transferred")
    carry_on(session, dossier, told.data)


@ear.on(UnitDissolved)
def on_unit_dissolved(session: Session, told: Told[UnitDissolved]) -> None:
    close_channels(session, told)


@ear.on(PlanActivated)
def on_plan_activated(session: Session, told: Told[PlanActivated]) -> None:
    announce_plan(session, told.plan, told.data)
