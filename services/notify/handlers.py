"""What notify hears. Who is told is not decided here: see `rules.tellings`."""

from typing import Any

from sqlmodel import Session

from services.notify.commands import dossiers, endings, enrolment, succession, telling
from services.notify.queries.people import require_enrolled
from services.notify.settings import SERVICE
from shared.bus.ear import Ear
from shared.bus.told import Told
from shared.events.identity import (
    OfficeDelegated,
    OfficeDelegationRevoked,
    OfficeEnded,
    OfficeHandedOver,
    PersonEnrolled,
    PlanActivated,
    UnitDissolved,
    UnitRenamed,
    UnitTransferred,
)
from shared.events.nomination import (
    CandidateChosen,
    CandidateIdentified,
    CandidatePromoted,
    ConsentDeclined,
    ConsentGiven,
    ConsentStopDue,
    ConsentStopOverdue,
    ConsentStopped,
    ConsentWithdrawn,
    ImportFinished,
    NominationImported,
    NominationResubmitted,
    NominationSubmitted,
    NominationTransferred,
    NominationWithdrawn,
    NurtureStepDue,
    NurtureStepOverdue,
    NurtureStopped,
    SuggestionPassed,
    SuggestionReceived,
    SupportRecorded,
)
from shared.events.publish import RoleModelIntroduced, StoryDrafted, StoryPublicationFailed, StoryWithdrawn
from shared.events.report import (
    CadenceGapDetected,
    QuotaAtRisk,
    QuotaMissed,
    ReportDue,
    ReportOverdue,
    ReportSubmitted,
)
from shared.events.review import (
    CaseDeclined,
    CaseHeld,
    CaseOpened,
    CaseRecognised,
    CaseReleased,
    CaseResumed,
    CaseReturned,
    CaseSentToNurture,
    CommendationProposed,
    HoldExpired,
    RoleModelEscalated,
    RoleModelPutForward,
    RoleModelTierAnswered,
    SupplementDue,
    SupplementOverdue,
)

ear = Ear(SERVICE)


@ear.on(PersonEnrolled)
def keep_contact(session: Session, told: Told[PersonEnrolled]) -> None:
    enrolment.keep_contact(session, told)


@ear.on(PlanActivated)
def put_in_force(session: Session, told: Told[PlanActivated]) -> None:
    enrolment.put_in_force(session, told)


@ear.on(OfficeEnded)
def note_leaving(session: Session, told: Told[OfficeEnded]) -> None:
    succession.note_leaving(session, told)


@ear.on(OfficeHandedOver)
def hand_over(session: Session, told: Told[OfficeHandedOver]) -> None:
    require_enrolled(session, told, told.data.successor_id)
    succession.hand_over(session, told)
    telling.tell(session, told)


@ear.on(OfficeDelegated, OfficeDelegationRevoked)
def tell_delegate(session: Session, told: Told[Any]) -> None:
    require_enrolled(session, told, told.data.delegate_id)
    telling.tell(session, told)


@ear.on(NominationSubmitted)
def acknowledge_dossier(session: Session, told: Told[NominationSubmitted]) -> None:
    require_enrolled(session, told, told.actor_id)
    dossiers.remember(session, told)
    telling.tell(session, told)


@ear.on(NominationImported)
def note_imported(session: Session, told: Told[NominationImported]) -> None:
    dossiers.note_imported(session, told)


@ear.on(ImportFinished)
def acknowledge_import(session: Session, told: Told[ImportFinished]) -> None:
    require_enrolled(session, told, told.data.nominator_id)
    telling.tell(session, told)


@ear.on(NominationTransferred)
def follow_dossier(session: Session, told: Told[NominationTransferred]) -> None:
    dossiers.transfer(session, told)


@ear.on(UnitDissolved)
def tell_of_ending(session: Session, told: Told[UnitDissolved]) -> None:
    endings.tell_of_ending(session, told)


@ear.on(
    UnitRenamed,
    UnitTransferred,
    NominationWithdrawn,
    NominationResubmitted,
    ConsentGiven,
    ConsentDeclined,
    ConsentWithdrawn,
    ConsentStopped,
    ConsentStopDue,
    ConsentStopOverdue,
    CandidateIdentified,
    CandidateChosen,
    CandidatePromoted,
    NurtureStepDue,
    NurtureStepOverdue,
    NurtureStopped,
    SupportRecorded,
    CaseReturned,
    CaseResumed,
    CaseHeld,
    CaseReleased,
    SupplementDue,
    SupplementOverdue,
    HoldExpired,
    CaseOpened,
    CaseRecognised,
    CaseSentToNurture,
    CaseDeclined,
    CommendationProposed,
    RoleModelPutForward,
    RoleModelEscalated,
    RoleModelTierAnswered,
    StoryDrafted,
    StoryPublicationFailed,
    StoryWithdrawn,
    RoleModelIntroduced,
    QuotaAtRisk,
    QuotaMissed,
    ReportDue,
    ReportOverdue,
    ReportSubmitted,
    CadenceGapDetected,
    SuggestionReceived,
    SuggestionPassed,
)
def tell(session: Session, told: Told[Any]) -> None:
    telling.tell(session, told)
