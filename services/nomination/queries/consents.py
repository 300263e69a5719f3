"""Whose consent a dossier needs, what they said, and what a link opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, func, select

from services.nomination.models import ConsentEntry, ConsentLink, ConsentParty, Nomination
from services.nomination.rules.dossier import CODE
from services.nomination.rules.stages import Stage
from shared.access.secret import hashed
from shared.errors import NotFound


@dataclass(frozen=True, slots=True)
class OpenLink:
    """What the holder of a link may see and answer. Locked, as it is there to be answered."""

    link: ConsentLink
    party: ConsentParty
    nomination: Nomination


def parties_of(session: Session, nomination_id: UUID) -> Sequence[ConsentParty]:
    """Everybody who has to agree, the first one asked first; bounded by what a dossier may have."""
    wanted = select(ConsentParty).where(ConsentParty.nomination_id == nomination_id)
    return session.exec(wanted.order_by(col(ConsentParty.added_at), col(ConsentParty.id))).all()


def party_in(session: Session, nomination_id: UUID, party_id: UUID) -> ConsentParty:
    """One of them, locked. Raises NotFound."""
    found = session.get(ConsentParty, party_id, with_for_update=True)
    if found is None or found.nomination_id != nomination_id:
        raise NotFound("thing.unknown")
    return found


def words_of(session: Session, nomination_id: UUID) -> Sequence[ConsentEntry]:
    """Every word about a dossier, the oldest first."""
    wanted = select(ConsentEntry).where(ConsentEntry.nomination_id == nomination_id)
    ordered = wanted.order_by(col(ConsentEntry.recorded_at), col(ConsentEntry.party_id), col(ConsentEntry.number))
    return session.exec(ordered).all()


def scanned_word(session: Session, nomination_id: UUID, party_id: UUID, number: int) -> ConsentEntry:
    """One word with its scan. Raises NotFound, also where there is no scan."""
    found = session.get(ConsentEntry, (party_id, number))
    if found is None or found.nomination_id != nomination_id or not found.scan:
        raise NotFound("thing.unknown")
    return found


def next_number(session: Session, party_id: UUID) -> int:
    """The number of a person's next word; the person's row is locked."""
    last = session.exec(select(func.max(ConsentEntry.number)).where(ConsentEntry.party_id == party_id)).one()
    return (last or 0) + 1


def opened_by(session: Session, secret: str, *, today: date) -> OpenLink:
    """What a link opens. An unanswered one opens nothing after its last day, an answered one stays open.

    Raises NotFound("consent.link_over"), alike for one that never was.
    """
    link = session.get(ConsentLink, hashed(secret))
    if link is None or link.replaced_at is not None or (link.answered_at is None and link.expires_on < today):
        raise NotFound("consent.link_over")
    nomination = session.get_one(Nomination, link.nomination_id, with_for_update=True)
    if nomination.stage == Stage.WITHDRAWN:
        raise NotFound("consent.link_over")
    session.refresh(link)
    return OpenLink(link, session.get_one(ConsentParty, link.party_id, with_for_update=True), nomination)


def by_telephone(session: Session, code: str) -> Nomination | None:
    """A dossier that was sent, locked, by the code of its receipt; None when there is none that is under way."""
    wanted = code.strip().upper()
    if not CODE.fullmatch(wanted):
        return None
    found = select(Nomination).where(Nomination.code == wanted, Nomination.stage != Stage.WITHDRAWN.value)
    return session.exec(found.with_for_update()).one_or_none()
