"""What nomination hears: the fate of what it handed on, and who goes on with somebody's work."""

from sqlmodel import Session

from services.nomination.commands import watching
from services.nomination.commands.candidates import identify_candidate, take_back
from services.nomination.commands.importing import forget_imports
from services.nomination.commands.news import note, note_put_forward
from services.nomination.commands.owed import note_stop, watch
from services.nomination.commands.pairing import suggest
from services.nomination.commands.succession import hand_over_drafts
from services.nomination.commands.suggestions import forget_suggestions
from services.nomination.commands.supplement import ask, go_on, let_go_on, let_rest
from services.nomination.commands.transfer import hand_over
from services.nomination.commands.unused_files import forget_unused_files
from services.nomination.models import Idempotency
from services.nomination.rules.stages import Step
from shared.bus.ear import Ear
from shared.bus.told import Told
from shared.events.clock import DayBegan
from shared.events.identity import OfficeHandedOver, UnitDissolved
from shared.events.publish import RoleModelIntroduced, StoryPublished, StoryWithdrawn, WithdrawalCarriedOut
from shared.events.review import (
    CaseDeclined,
    CaseHeld,
    CaseOpened,
    CaseRecognised,
    CaseReleased,
    CaseResumed,
    CaseReturned,
    CaseSentToNurture,
    RoleModelEscalated,
    RoleModelPutForward,
    RoleModelTierAnswered,
)
from shared.idempotency import forget_answers

ear = Ear("nomination")


@ear.on(DayBegan)
def begin_day(session: Session, told: Told[DayBegan]) -> None:
    forget_answers(session, Idempotency, told.data.day)
    watching.begin_day(session, told.plan, told.data.day)


@ear.on(DayBegan)
def forget_old_imports(session: Session, told: Told[DayBegan]) -> None:
    forget_imports(session, told.data.day)


@ear.on(DayBegan)
def forget_files(session: Session, told: Told[DayBegan]) -> None:
    forget_unused_files(session, told.plan_id, told.data.day)


@ear.on(DayBegan)
def forget_old_suggestions(session: Session, told: Told[DayBegan]) -> None:
    forget_suggestions(session, told.data.day)


@ear.on(DayBegan)
def watch_withdrawals(session: Session, told: Told[DayBegan]) -> None:
    watch(session, told.plan, told.data.day)


@ear.on(WithdrawalCarriedOut)
def note_what_stopped(session: Session, told: Told[WithdrawalCarriedOut]) -> None:
    note_stop(session, told)


@ear.on(UnitDissolved)
def hand_over_to_heirs(session: Session, told: Told[UnitDissolved]) -> None:
    hand_over(session, told)


@ear.on(CaseOpened)
def note_case(session: Session, told: Told[CaseOpened]) -> None:
    """The dossier lies before the council: time to see whether its nominee was put forward before."""
    suggest(session, note(session, told, "opened"))


@ear.on(CaseReturned)
def ask_for_supplement(session: Session, told: Told[CaseReturned]) -> None:
    ask(session, told)


@ear.on(CaseResumed)
def note_going_on(session: Session, told: Told[CaseResumed]) -> None:
    go_on(session, told)


@ear.on(CaseHeld)
def note_hold(session: Session, told: Told[CaseHeld]) -> None:
    let_rest(session, told)


@ear.on(CaseReleased)
def note_release(session: Session, told: Told[CaseReleased]) -> None:
    let_go_on(session, told)


@ear.on(CaseRecognised)
def note_recognition(session: Session, told: Told[CaseRecognised]) -> None:
    note(session, told, "recognised", step=Step.RECOGNISE, detail=told.data.reason)


@ear.on(CaseSentToNurture)
def note_nurture(session: Session, told: Told[CaseSentToNurture]) -> None:
    nomination = note(session, told, "nurtured", step=Step.NURTURE, detail=told.data.reason)
    identify_candidate(session, nomination, weaknesses=told.data.reason, on=told.data.decided_on)


@ear.on(CaseDeclined)
def note_refusal(session: Session, told: Told[CaseDeclined]) -> None:
    nomination = note(session, told, "declined", step=Step.DECLINE, detail=told.data.reason)
    take_back(session, nomination, why=told.data.reason, on=told.data.decided_on)


@ear.on(StoryPublished)
def note_publication(session: Session, told: Told[StoryPublished]) -> None:
    note(session, told, "published", step=Step.PUBLISH, detail=told.data.channel, address=told.data.address)


@ear.on(RoleModelIntroduced)
def note_introduction(session: Session, told: Told[RoleModelIntroduced]) -> None:
    note(session, told, "introduced", step=Step.PUBLISH)


@ear.on(StoryWithdrawn)
def note_story_withdrawn(session: Session, told: Told[StoryWithdrawn]) -> None:
    note(session, told, "unpublished", step=Step.UNPUBLISH, detail=told.data.reason)


@ear.on(RoleModelPutForward)
def on_put_forward(session: Session, told: Told[RoleModelPutForward]) -> None:
    note_put_forward(session, told)


@ear.on(RoleModelEscalated)
def note_escalation(session: Session, told: Told[RoleModelEscalated]) -> None:
    note(session, told, "put_forward", detail=told.data.level)


@ear.on(RoleModelTierAnswered)
def note_tiers_answer(session: Session, told: Told[RoleModelTierAnswered]) -> None:
    note(session, told, f"tier_{told.data.answer}", detail=told.data.level)


@ear.on(OfficeHandedOver)
def hand_over_office(session: Session, told: Told[OfficeHandedOver]) -> None:
    said = told.data
    hand_over_drafts(
        session,
        plan_id=told.plan_id,
        unit_id=said.unit_id,
        leaver_id=said.person_id,
        successor_id=said.successor_id,
    )
