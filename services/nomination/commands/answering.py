"""Somebody says yes to some uses, or no: by their own link, or to an officer who records it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from services.nomination.commands.asking import asked_about
from services.nomination.commands.keeping import Known, entry_of
from services.nomination.commands.standing import about, settle
from services.nomination.commands.taking_back import TakenBack, take_back
from services.nomination.models import ConsentParty, Happening, Nomination
from services.nomination.queries.consents import OpenLink, next_number, party_in
from services.nomination.rules.consent import ASKED_TEXT, Proof
from services.nomination.rules.fault import Fault, Incomplete
from services.nomination.rules.parties import State
from services.nomination.rules.stages import Stage
from services.nomination.rules.uses import answer_faults, in_order
from shared.access.principal import Principal
from shared.bus.record import record
from shared.clock import now
from shared.errors import Refused
from shared.events.nomination import ConsentDeclined, ConsentGiven


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody said. `uses` are those agreed to; none is a no."""

    agrees: bool
    uses: tuple[str, ...] = ()


def answer_by_link(session: Session, found: OpenLink, word: Word, *, is_me: bool, today: date) -> None:
    """Keep the answer that somebody gave by their link; given twice, the first holds.

    Raises Incomplete when nobody said who they are, or a yes says to nothing.
    """
    if found.link.answered_at is not None:
        return
    faults = {} if is_me else {"is_me": Fault("party.not_confirmed")}
    if word.agrees:
        faults |= answer_faults(word.uses)
    if faults:
        raise Incomplete(faults)
    found.link.answered_at = now()
    known = Known("link", Proof.DIGITAL)
    if found.party.state == State.AGREED and found.nomination.stage == Stage.PUBLISHED:
        take_back_the_rest(session, found, word, known, today=today)
        if not word.agrees:
            return
    keep(session, found.nomination, found.party, word, known, today=today)


def take_back_the_rest(session: Session, found: OpenLink, word: Word, known: Known, *, today: date) -> None:
    """What is out and no longer agreed to is not only answered anew but taken back, with all that is owed then."""
    uses = set(word.uses) if word.agrees else set()
    gone = tuple(use for use in found.party.agreed if use not in uses)
    if gone:
        wanted = TakenBack(gone, everything=not word.agrees)
        take_back(session, found.nomination, found.party, wanted, known, today=today)


def record_answer(
    session: Session, who: Principal, nomination_id: UUID, party_id: UUID, word: Word, known: Known, *, today: date
) -> None:
    """Keep what somebody said to an officer. Signed paper comes with its scan.

    Raises NotFound, Incomplete, Refused("nomination.withdrawn" | "party.agreed").
    """
    nomination = asked_about(session, who, nomination_id)
    party = party_in(session, nomination.id, party_id)
    if party.state == State.AGREED:
        raise Refused("party.agreed")
    faults = answer_faults(word.uses) if word.agrees else {}
    if known.proof is Proof.SIGNED_PAPER and known.scan is None:
        faults |= {"file": Fault("evidence.missing")}
    if faults:
        raise Incomplete(faults)
    keep(session, nomination, party, word, known, today=today)


def keep(
    session: Session, nomination: Nomination, party: ConsentParty, word: Word, known: Known, *, today: date
) -> None:
    """Write the word down, let it count, and say it."""
    uses = in_order(word.uses) if word.agrees else []
    session.add(
        entry_of(
            session,
            party,
            "given" if uses else "declined",
            uses,
            known,
            today=today,
            number=next_number(session, party.id),
        )
    )
    party.state, party.agreed = (State.AGREED if uses else State.DECLINED).value, uses
    session.flush()
    waiting = settle(session, nomination)
    facts = about(nomination, party) | {"proof": known.proof.value, "way": known.way, "text_version": ASKED_TEXT}
    facts |= {"agreed": nomination.agreed, "waiting": waiting}
    said = ConsentGiven(**facts, uses=uses) if uses else ConsentDeclined(**facts)
    event_id = record(session, said, nomination.plan)
    kind = "consent_given" if uses else "consent_declined"
    session.add(Happening(id=event_id, nomination_id=nomination.id, kind=kind, happened_at=now()))
