"""A consent is taken back: by the person's own link, with code and telephone, or told to an officer."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from sqlmodel import Session

from services.nomination.commands.asking import asked_about
from services.nomination.commands.keeping import Known, entry_of
from services.nomination.commands.standing import about, settle
from services.nomination.models import Attempt, ConsentParty, ConsentWithdrawal, Happening, Nomination
from services.nomination.queries.consents import by_telephone, next_number, party_in
from services.nomination.rules.clocks import clocks
from services.nomination.rules.consent import Proof
from services.nomination.rules.fault import Fault, Faults, Incomplete
from services.nomination.rules.parties import State
from services.nomination.rules.uses import PURPOSES, in_order
from shared.access.principal import Principal
from shared.bus.record import record
from shared.clock import now
from shared.errors import NotFound, Refused
from shared.events.nomination import ConsentWithdrawn
from shared.holidays import holidays_from
from shared.ids import new_id
from shared.network import network_of
from shared.text.clean import Unclean, cleaned
from shared.tries import Bounds, reserve_try, succeed_try

LONGEST_REASON = 500  # characters; nobody has to give one
#: A telephone has ten digits: so few tries find none.
BOUNDS = Bounds(per_account=5, per_network=50, window=timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What somebody wants no longer. None of `uses` with `everything`: all that they had agreed to."""

    uses: tuple[str, ...] = ()
    everything: bool = False
    reason: str = ""


def take_back(
    session: Session, nomination: Nomination, party: ConsentParty, wanted: TakenBack, known: Known, *, today: date
) -> ConsentWithdrawal:
    """Let what was agreed to end now, and start the clocks. Both rows are locked.

    Raises Incomplete when nothing is named that was agreed to, Refused("party.not_agreed").
    """
    if party.state != State.AGREED:
        raise Refused("party.not_agreed")
    uses, wanted = ending(party.agreed, wanted), replace(wanted, reason=checked_reason(wanted.reason))
    if not uses:
        raise Incomplete({"uses": Fault("party.nothing_taken_back")})
    number = next_number(session, party.id)
    entry = entry_of(session, party, "withdrawn", uses, known, today=today, number=number, reason=wanted.reason)
    party.agreed = [use for use in party.agreed if use not in uses]
    party.state = (State.AGREED if party.agreed else State.WITHDRAWN).value
    withdrawal = opened(nomination, party, uses, today=today)
    session.add_all((entry, withdrawal))
    session.flush()
    waiting = settle(session, nomination)
    said = ConsentWithdrawn(
        **about(nomination, party),
        withdrawal_id=withdrawal.id,
        uses=uses,
        proof=known.proof.value,
        way=known.way,
        asked_on=today,
        answer_by=withdrawal.answer_by,
        stop_by=withdrawal.stop_by,
        third_parties_by=withdrawal.third_parties_by,
        agreed=nomination.agreed,
        waiting=waiting,
    )
    event_id = record(session, said, nomination.plan)
    session.add(Happening(id=event_id, nomination_id=nomination.id, kind="consent_withdrawn", happened_at=now()))
    session.flush()
    return withdrawal


def take_back_oneself(
    session: Session, nomination: Nomination, party: ConsentParty, wanted: TakenBack, *, way: str, today: date
) -> None:
    """As `take_back`, by the person's own hand. Pressed once more, nothing is left to end. Raises Incomplete."""
    if party.state == State.AGREED:
        take_back(session, nomination, party, wanted, Known(way, Proof.DIGITAL), today=today)


def ending(agreed: Collection[str], wanted: TakenBack) -> list[str]:
    """What ends of what was agreed to; without a purpose left, everything does."""
    ends = set(agreed) if wanted.everything else set(agreed) & set(wanted.uses)
    return in_order(ends if (set(agreed) - ends) & set(PURPOSES) else agreed) if ends else []


def opened(nomination: Nomination, party: ConsentParty, uses: list[str], *, today: date) -> ConsentWithdrawal:
    """The request, with its last days."""
    last = clocks(today, holidays=holidays_from(today.year))
    return ConsentWithdrawal(
        id=new_id(),
        nomination_id=nomination.id,
        party_id=party.id,
        uses=uses,
        asked_on=today,
        answer_by=last.answer_by,
        stop_by=last.stop_by,
        third_parties_by=last.third_parties_by,
        next_due=min(last.answer_by, last.stop_by),
    )


def checked_reason(reason: str) -> str:
    """The reason, which may be empty. Raises Incomplete."""
    try:
        return cleaned(reason, longest=LONGEST_REASON, lines=True)
    except Unclean as refused:
        raise Incomplete({"reason": Fault(refused.key, refused.details)}) from refused


def record_taking_back(
    session: Session,
    who: Principal,
    nomination_id: UUID,
    party_id: UUID,
    wanted: TakenBack,
    known: Known,
    *,
    today: date,
) -> ConsentWithdrawal:
    """Keep what somebody told an officer. Signed paper comes with its scan.

    Raises NotFound, Incomplete, Refused("nomination.withdrawn" | "party.not_agreed").
    """
    nomination = asked_about(session, who, nomination_id)
    faults: Faults = {}
    if known.proof is Proof.SIGNED_PAPER and known.scan is None:
        faults["file"] = Fault("evidence.missing")
    if not wanted.everything and not wanted.uses:
        faults["uses"] = Fault("party.nothing_taken_back")
    if faults:
        raise Incomplete(faults)
    return take_back(session, nomination, party_in(session, nomination.id, party_id), wanted, known, today=today)


def found_by_telephone(
    session: Session, *, code: str, phone: str, address: str | None
) -> tuple[Nomination, ConsentParty]:
    """The dossier with this code and telephone, and whoever agreed in its form; both locked.

    Raises NotFound("look_up.no_match"), alike for an unknown code and a wrong number, and
    Refused("look_up.too_many_tries") with the `minutes` to wait after five wrong ones at one code, or fifty from one
    network, within an hour. A wrong one counts from the commit on: commit although it is refused.
    """
    try_id = reserve_try(
        session,
        Attempt,
        account=f"take back:{code.upper()}",
        network=network_of(address),
        bounds=BOUNDS,
        refusal="look_up.too_many_tries",
    )
    nomination = by_telephone(session, code)
    if nomination is None or not nomination.phone or nomination.phone != phone:
        raise NotFound("look_up.no_match")
    succeed_try(session, Attempt, try_id)
    return nomination, party_in(session, nomination.id, nomination.id)
