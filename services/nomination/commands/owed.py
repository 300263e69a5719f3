"""What the commune still owes after a consent was taken back, and how each of it is done."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session

from services.nomination.commands.news import note
from services.nomination.models import ConsentWithdrawal, Nomination
from services.nomination.queries.withdrawals import near_their_day, went_up, withdrawal_for
from services.nomination.rules.clocks import (
    LONGEST_WORDS,
    Duty,
    extension_faults,
    next_due,
    said_of,
    words_faults,
)
from services.nomination.rules.fault import Fault, Incomplete
from services.nomination.rules.stages import Step
from services.nomination.rules.uses import Use
from shared.access.principal import Principal
from shared.access.rights import Action, Thing, require
from shared.bus.ear import NotYet
from shared.bus.record import record
from shared.bus.told import Told
from shared.errors import Refused
from shared.events.nomination import (
    ConsentStopDue,
    ConsentStopExtended,
    ConsentStopOverdue,
    ConsentStopped,
    ConsentThirdPartiesTold,
    ConsentWithdrawalAnswered,
)
from shared.events.publish import WithdrawalCarriedOut
from shared.plan import Plan
from shared.text.clean import Unclean, cleaned


def answer(session: Session, who: Principal, withdrawal_id: UUID, words: str, *, today: date) -> None:
    """Keep what the commune answered; twice is once. Raises NotFound, Forbidden, Incomplete."""
    withdrawal, nomination = owed_to(session, who, withdrawal_id)
    if withdrawal.answered_on is not None:
        return
    withdrawal.answer = checked("answer", words)
    withdrawal.answered_on = today
    count_down(withdrawal)
    record(session, ConsentWithdrawalAnswered(**about(withdrawal, nomination), answered_on=today), nomination.plan)


def extend(
    session: Session, who: Principal, withdrawal_id: UUID, *, days: int | None, reason: str, today: date
) -> None:
    """Move the days of the stop and of the third parties, once. Raises NotFound, Forbidden, Incomplete, Refused."""
    withdrawal, nomination = owed_to(session, who, withdrawal_id)
    if {Duty.STOP, Duty.THIRD_PARTIES} <= withdrawal.done:
        raise Refused("clock.all_done")
    words = cleaned_words("reason", reason)
    if faults := extension_faults(days=days, reason=words, already=withdrawal.extended_days):
        raise Incomplete(faults)
    assert days is not None  # noqa: S101 -- else there were faults
    withdrawal.extended_days, withdrawal.extension_reason = days, words
    withdrawal.stop_by += timedelta(days)
    withdrawal.third_parties_by += timedelta(days)
    withdrawal.said = [said for said in withdrawal.said if said.startswith(Duty.ANSWER)]
    count_down(withdrawal)
    said = ConsentStopExtended(
        **about(withdrawal, nomination),
        days=days,
        stop_by=withdrawal.stop_by,
        third_parties_by=withdrawal.third_parties_by,
        extended_on=today,
    )
    record(session, said, nomination.plan)


def tell_third_parties(session: Session, who: Principal, withdrawal_id: UUID, words: str, *, today: date) -> None:
    """Keep whom the commune told to stop: the station, the printer, the tier above; twice is once.

    Raises NotFound, Forbidden, Incomplete.
    """
    withdrawal, nomination = owed_to(session, who, withdrawal_id)
    if withdrawal.third_parties_told_on is not None:
        return
    withdrawal.third_parties_note = checked("note", words)
    withdrawal.third_parties_told_on = today
    count_down(withdrawal)
    record(session, ConsentThirdPartiesTold(**about(withdrawal, nomination), told_on=today), nomination.plan)


def note_stop(session: Session, told: Told[WithdrawalCarriedOut]) -> None:
    """Nothing of ours shows it any more: that clock stops by the fact. Without leftovers nobody else has to be told."""
    said = told.data
    withdrawal = session.get(ConsentWithdrawal, said.withdrawal_id, with_for_update=True)
    if withdrawal is None:
        raise NotYet(f"withdrawal {said.withdrawal_id} is not here")
    if withdrawal.stopped_on is not None:
        return
    nomination = note(session, told, "consent_stopped", step=None if said.still_out else Step.UNPUBLISH)
    withdrawal.stopped_on, withdrawal.cannot_recall = said.carried_out_on, list(said.cannot_recall)
    handed_on = Use.UPWARD in withdrawal.uses and went_up(session, nomination.id)
    if not said.cannot_recall and not handed_on and withdrawal.third_parties_told_on is None:
        withdrawal.third_parties_told_on = said.carried_out_on
    count_down(withdrawal)
    stopped = ConsentStopped(
        **about(withdrawal, nomination), stopped_on=said.carried_out_on, cannot_recall=withdrawal.cannot_recall
    )
    record(session, stopped, nomination.plan)


def watch(session: Session, plan: Plan, today: date) -> None:
    """Say what is due soon and what is overdue, each once. A day told again says nothing new."""
    for withdrawal, nomination in near_their_day(session, plan.id, today):
        for duty, due_on in withdrawal.due.items():
            said = said_of(duty, due_on, today)
            if duty in withdrawal.done or not said or f"{duty}.{said}" in withdrawal.said:
                continue
            withdrawal.said = [*withdrawal.said, f"{duty}.{said}"]
            facts = about(withdrawal, nomination) | {"duty": duty.value, "due_on": due_on}
            event = (
                ConsentStopOverdue(**facts)
                if said == "overdue"
                else ConsentStopDue(**facts, days_left=(due_on - today).days)
            )
            record(session, event, nomination.plan)


def owed_to(session: Session, who: Principal, withdrawal_id: UUID) -> tuple[ConsentWithdrawal, Nomination]:
    """The request, locked. Raises NotFound, Forbidden for another's."""
    withdrawal, nomination, _party = withdrawal_for(session, who, withdrawal_id, lock=True)
    require(who, Action.ANSWER_WITHDRAWAL, Thing(nomination.plan_id, nomination.unit_id))
    return withdrawal, nomination


def count_down(withdrawal: ConsentWithdrawal) -> None:
    withdrawal.next_due = next_due(withdrawal.due, withdrawal.done)


def about(withdrawal: ConsentWithdrawal, nomination: Nomination) -> dict[str, Any]:
    """What every event about the request says."""
    return {
        "nomination_id": nomination.id,
        "code": nomination.code or "",
        "withdrawal_id": withdrawal.id,
        "unit_id": nomination.unit_id,
    }


def checked(box: str, words: str) -> str:
    """What an officer wrote. Raises Incomplete when it is too short."""
    clean = cleaned_words(box, words)
    if faults := words_faults(box, clean):
        raise Incomplete(faults)
    return clean


def cleaned_words(box: str, words: str) -> str:
    try:
        return cleaned(words, longest=LONGEST_WORDS, lines=True)
    except Unclean as refused:
        raise Incomplete({box: Fault(refused.key, refused.details)}) from refused
