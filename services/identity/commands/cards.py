"""Cards of village heads: issued, started with a PIN, used, revoked.

A PIN is checked between two transactions, and a try is counted before it is made: as with passwords (`sign_in`).
"""

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Engine, func, update
from sqlmodel import Session, col, select

from services.identity.adapters import passwords
from services.identity.adapters.sealing import drawn_digits, keyed, sealed, unsealed
from services.identity.commands.attempts import reserve_attempt, succeed
from services.identity.commands.getting_in import note_account, note_failure_with
from services.identity.commands.sessions import How, SignedIn, end_sessions_of_card, open_session
from services.identity.models.cards import Card
from services.identity.models.people import Person
from services.identity.queries.accounts import offices_of
from services.identity.queries.cards import is_locked, living_card
from services.identity.rules.accounts import NOMINATING
from services.identity.rules.codes import digits_of
from services.identity.rules.pins import PIN_DIGITS, check_new_pin
from shared.access.secret import hashed, new_secret
from shared.audit.entry import COMMAND_LINE, Action, Actor, Entry, Thing
from shared.audit.looks import commune_of
from shared.audit.note import note
from shared.database import transaction
from shared.errors import NotFound, Refused
from shared.ids import new_id
from shared.network import network_of

CARD = "card"


@dataclass(frozen=True, slots=True)
class IssuedCard:
    """`secret` stands in the card's address, `start_code` goes another way: who has both chooses the PIN."""

    id: UUID
    secret: str
    start_code: str


def issue_card(session: Session, *, person_id: UUID, by: Actor = COMMAND_LINE) -> IssuedCard:
    """A new card for somebody who nominates. An older one and all that it opened are worthless at once.

    Raises NotFound("person.unknown_id") and Refused("card.not_for_role").
    """
    issued = drawn_card(session, person_id, issued_by=by.person_id)
    note_account(session, Action.CARD_ISSUED, person_id, by=by)
    return issued


def issue_cards(session: Session, *, plan_id: str, person_ids: Collection[UUID], by: Actor) -> None:
    """As `issue_card`, for several people of a commune: one act."""
    for person_id in sorted(person_ids):
        drawn_card(session, person_id, issued_by=by.person_id)
    entry = Entry(
        action=Action.CARD_ISSUED,
        actor=by,
        thing=Thing("cards", plan_id),
        unit_id=commune_of(plan_id),
        subjects=tuple(person_ids),
        detail={"count": len(person_ids)},
    )
    note(session, entry)


def drawn_card(session: Session, person_id: UUID, *, issued_by: UUID | None) -> IssuedCard:
    """As `issue_card`, which notes it."""
    if session.exec(select(Person.id).where(Person.id == person_id).with_for_update()).first() is None:
        raise NotFound("person.unknown_id")
    if not any(held.office.role in NOMINATING for held in offices_of(session, person_id)):
        raise Refused("card.not_for_role")
    end_card(session, person_id)
    issued = IssuedCard(new_id(), new_secret(), drawn_digits(PIN_DIGITS))
    content = sealed(f"{issued.start_code}:{issued.secret}", purpose=CARD, owner=str(issued.id))
    session.add(
        Card(id=issued.id, person_id=person_id, digest=hashed(issued.secret), sealed=content, issued_by=issued_by)
    )
    session.flush()
    return issued


def unsealed_card(card_id: UUID, content: bytes) -> IssuedCard:
    """What was issued, as long as the card is not started: to print it, and to tell its start code."""
    start_code, _, secret = unsealed(content, purpose=CARD, owner=str(card_id)).partition(":")
    return IssuedCard(card_id, secret, start_code)


def revoke_card(session: Session, person_id: UUID, *, by: Actor = COMMAND_LINE) -> bool:
    """Make the person's card worthless, and end what it opened; whether there was one."""
    if not end_card(session, person_id):
        return False
    note_account(session, Action.CARD_REVOKED, person_id, by=by)
    return True


def end_card(session: Session, person_id: UUID) -> bool:
    """As `revoke_card`, which notes it."""
    revoked = session.execute(
        update(Card)
        .where(col(Card.person_id) == person_id, col(Card.revoked_at).is_(None))
        .values(revoked_at=func.now(), sealed=None)
        .returning(col(Card.id))
    ).scalar_one_or_none()
    if revoked is None:
        return False
    end_sessions_of_card(session, revoked)
    return True


def start_card(
    engine: Engine, *, card_id: UUID, start_code: str, pin: str, address: str | None, instead_of: str | None = None
) -> SignedIn:
    """Choose the card's PIN, once, with the start code that the clerk told; and sign in.

    Raises Refused: "pin.…" for an unusable PIN, "card.wrong_start_code", and as `sign_in_by_card`.
    """
    check_new_pin(pin)
    try:
        return started(engine, card_id=card_id, start_code=start_code, pin=pin, address=address, instead_of=instead_of)
    except Refused as refusal:
        note_card_failure(engine, card_id, why=refusal.key, address=address)
        raise


def started(
    engine: Engine, *, card_id: UUID, start_code: str, pin: str, address: str | None, instead_of: str | None
) -> SignedIn:
    """As `start_card`, which notes what is refused here."""
    card, attempt_id = reserve(engine, card_id, address)
    if card.sealed is None:
        raise Refused("card.started_already")
    told = unsealed_card(card_id, card.sealed).start_code
    if not hmac.compare_digest(told.encode(), digits_of(start_code).encode("utf-8", "surrogatepass")):
        raise Refused("card.wrong_start_code")
    pin_hash = passwords.hash_of(peppered(card_id, pin))
    with transaction(engine) as session:
        chosen = session.execute(
            update(Card)
            .where(
                col(Card.id) == card_id,
                col(Card.revoked_at).is_(None),
                col(Card.started_at).is_(None),
            )
            .values(pin_hash=pin_hash, started_at=func.now(), sealed=None, failures=0)
            .returning(col(Card.id))
        )
        if chosen.first() is None:
            raise Refused("card.unusable")
        succeed(session, attempt_id)
        return open_session(session, card.person_id, how=How(card_id), instead_of=instead_of)


def sign_in_by_card(
    engine: Engine, *, card_id: UUID, pin: str, address: str | None, instead_of: str | None = None
) -> SignedIn:
    """A new session for the card's person, in their oldest nominating office.

    Raises Refused: "pin.wrong", "card.unusable" for one that is revoked, "card.locked" after too many wrong PINs in a
    row, "card.not_started", "sign_in.too_many_tries" with `minutes`, "sign_in.no_office".
    """
    try:
        return opened_by_card(engine, card_id=card_id, pin=pin, address=address, instead_of=instead_of)
    except Refused as refusal:
        note_card_failure(engine, card_id, why=refusal.key, address=address)
        raise


def opened_by_card(engine: Engine, *, card_id: UUID, pin: str, address: str | None, instead_of: str | None) -> SignedIn:
    """As `sign_in_by_card`, which notes what is refused here."""
    card, attempt_id = reserve(engine, card_id, address)
    if card.pin_hash is None:
        raise Refused("card.not_started")
    if len(pin) > PIN_DIGITS or not passwords.is_right(card.pin_hash, peppered(card_id, pin)):
        raise Refused("pin.wrong")
    with transaction(engine) as session:
        present = living_card(session, card_id, lock=True)
        if present is None or present.pin_hash != card.pin_hash:
            raise Refused("card.unusable")
        present.failures = 0
        succeed(session, attempt_id)
        return open_session(session, card.person_id, how=How(card_id), instead_of=instead_of)


def note_card_failure(engine: Engine, card_id: UUID, *, why: str, address: str | None) -> None:
    with transaction(engine) as session:
        card = session.get(Card, card_id)
        person_id = card.person_id if card else None
    thing = Thing("card", str(card_id))
    note_failure_with(engine, thing, person_id=person_id, why=why, network=network_of(address))


def reserve(engine: Engine, card_id: UUID, address: str | None) -> tuple[Card, int]:
    """(the card as it was before this try, the try's id). From now on the try counts as failed."""
    with transaction(engine) as session:
        card = living_card(session, card_id)
        if card is None:
            raise Refused("card.unusable")
        if is_locked(card):
            raise Refused("card.locked")
        attempt_id = reserve_attempt(session, account=f"card:{card_id}", network=network_of(address))
        session.execute(update(Card).where(col(Card.id) == card_id).values(failures=col(Card.failures) + 1))
        session.expunge(card)
        return card, attempt_id


def peppered(card_id: UUID, pin: str) -> str:
    """The PIN under the installation's key: a million PINs are soon tried by whoever has only the table."""
    return keyed(pin, purpose="pin", owner=str(card_id)).hex()
