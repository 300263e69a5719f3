"""Somebody is asked whether something about a nominee may be published: who, and by which link."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col

from services.nomination.commands.standing import about, settle
from services.nomination.models import ConsentLink, ConsentParty, Happening, Nomination
from services.nomination.queries.consents import parties_of, party_in
from services.nomination.queries.nominations import visible
from services.nomination.rules.fault import Fault, Faults, Incomplete
from services.nomination.rules.parties import LONGEST_RELATION, NAME_LENGTH, State, party_faults, require_room
from services.nomination.rules.stages import Stage
from shared.access.principal import Principal
from shared.access.secret import hashed, new_secret
from shared.bus.record import record
from shared.clock import now
from shared.errors import NotFound, Refused
from shared.events.nomination import ConsentAsked, ConsentAwaited
from shared.ids import new_id
from shared.text.clean import Unclean, cleaned

LINK_DAYS = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """One more person to ask, as typed."""

    name: str
    capacity: str
    relation: str = ""


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A fresh link. The secret is known here and now only."""

    party: ConsentParty
    secret: str
    expires_on: date


def asked_about(session: Session, who: Principal, nomination_id: UUID) -> Nomination:
    """A dossier about whose consent somebody may be asked, locked.

    Raises NotFound, also for a draft, Refused("nomination.withdrawn").
    """
    nomination = visible(session, who, nomination_id, lock=True)
    if nomination.stage == Stage.DRAFT:
        raise NotFound("thing.unknown")
    if nomination.stage == Stage.WITHDRAWN:
        raise Refused("nomination.withdrawn")
    return nomination


def add_party(session: Session, who: Principal, nomination_id: UUID, asked: Asked) -> ConsentParty:
    """Name one more person who has to agree. Until they do, nothing more goes out; what is out stays.

    Raises NotFound, Incomplete, Refused("nomination.withdrawn" | "party.published" | "party.too_many").
    """
    nomination = asked_about(session, who, nomination_id)
    if nomination.stage == Stage.PUBLISHED:
        raise Refused("party.published")
    require_room(len(parties_of(session, nomination.id)))
    asked = checked(asked)
    party = ConsentParty(
        id=new_id(),
        nomination_id=nomination.id,
        capacity=asked.capacity,
        name=asked.name,
        relation=asked.relation,
        state=State.WAITING.value,
        added_at=now(),
        added_by=who.person_id,
    )
    session.add(party)
    session.flush()
    waiting = settle(session, nomination)
    said = ConsentAwaited(**about(nomination, party), agreed=nomination.agreed, waiting=waiting)
    record(session, said, nomination.plan)
    return party


def checked(asked: Asked) -> Asked:
    """The person as kept. Raises Incomplete."""
    faults: Faults = {}
    texts = {}
    for box, longest in (("name", NAME_LENGTH.stop - 1), ("relation", LONGEST_RELATION)):
        try:
            texts[box] = cleaned(getattr(asked, box), longest=longest)
        except Unclean as refused:
            faults[box] = Fault(refused.key, refused.details)
            texts[box] = "?" * NAME_LENGTH.start
    found = Asked(texts["name"], asked.capacity, texts["relation"])
    faults = party_faults(name=found.name, capacity=found.capacity, relation=found.relation) | faults
    if faults:
        raise Incomplete(faults)
    return found


def make_link(session: Session, who: Principal, nomination_id: UUID, party_id: UUID, *, today: date) -> MadeLink:
    """A fresh link for one person; those made before open nothing any more.

    Raises NotFound, Refused("nomination.withdrawn").
    """
    nomination = asked_about(session, who, nomination_id)
    party = party_in(session, nomination.id, party_id)
    moment, secret = now(), new_secret()
    former = update(ConsentLink).where(col(ConsentLink.party_id) == party.id, col(ConsentLink.replaced_at).is_(None))
    session.execute(former.values(replaced_at=moment))
    expires_on = today + timedelta(days=LINK_DAYS)
    session.add(
        ConsentLink(
            digest=hashed(secret),
            party_id=party.id,
            nomination_id=nomination.id,
            made_by=who.person_id,
            made_at=moment,
            expires_on=expires_on,
        )
    )
    event_id = record(session, ConsentAsked(**about(nomination, party), expires_on=expires_on), nomination.plan)
    session.add(Happening(id=event_id, nomination_id=nomination.id, kind="consent_asked", happened_at=moment))
    return MadeLink(party, secret, expires_on)
