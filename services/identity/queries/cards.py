"""Questions about the cards of a commune's nominators. Reads only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from services.identity.models.cards import Card
from services.identity.queries.accounts import account_of_email
from services.identity.rules.accounts import NOMINATING, TRIES_PER_ACCOUNT, TRIES_WINDOW
from services.identity.rules.pins import MOST_FAILURES, MOST_START_FAILURES
from shared.access.secret import hashed
from shared.errors import NotFound, Refused


class CardState(StrEnum):
    """How it stands with somebody's card."""

    NONE = "none"
    ISSUED = "issued"  # no PIN has been chosen yet
    IN_USE = "in_use"
    PAUSED = "paused"  # too many wrong PINs a moment ago
    LOCKED = "locked"  # too many wrong PINs in a row, for good
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class CardLine:
    """A nominator of a commune with the newest of their cards, if they ever had one.

    `elsewhere`: they nominate in another commune as well, and the card opens that office, too.
    """

    person_id: UUID
    name: str
    unit_id: UUID
    state: CardState
    elsewhere: bool
    card_id: UUID | None = None
    sealed: bytes | None = None
    issued_at: datetime | None = None
    last_used_at: datetime | None = None


def card_of_secret(session: Session, secret: str) -> Card | None:
    """The card whose address carries this secret, whatever has become of it."""
    return session.exec(select(Card).where(Card.digest == hashed(secret))).first()


def living_card(session: Session, card_id: UUID, *, lock: bool = False) -> Card | None:
    """The card unless it is revoked or unknown; with `lock`, held until the transaction ends, as it is now."""
    statement = select(Card).where(Card.id == card_id, col(Card.revoked_at).is_(None))
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return session.exec(statement).first()


def is_locked(card: Card) -> bool:
    """Whether too many wrong PINs or start codes in a row have made the card useless."""
    return card.failures >= (MOST_FAILURES if card.started_at else MOST_START_FAILURES)


def cards_of_plan(session: Session, plan_id: str) -> tuple[CardLine, ...]:
    """Every nominator of the plan, each once for each unit they nominate for, by the order of their enrolment."""
    rows = session.execute(
        LINES,
        {
            "plan": plan_id,
            "roles": sorted(role.value for role in NOMINATING),
            "window": TRIES_WINDOW,
            "tries": TRIES_PER_ACCOUNT,
            "most": MOST_FAILURES,
            "most_at_start": MOST_START_FAILURES,
        },
    )
    return tuple(
        CardLine(
            row.person_id,
            row.name,
            row.unit_id,
            CardState(row.state),
            row.elsewhere,
            row.card_id,
            row.sealed,
            row.issued_at,
            row.last_used_at,
        )
        for row in rows
    )


def nominator_called(session: Session, plan_id: str, who: str) -> UUID:
    """The nominator of the plan with this e-mail or exactly this name.

    Raises NotFound("person.unknown"), and Refused("person.several") where several have the name.
    """
    people = {line.person_id: line.name for line in cards_of_plan(session, plan_id)}
    account = account_of_email(session, who.strip().lower())
    if account is not None and account.person_id in people:
        return account.person_id
    called = [person_id for person_id, name in people.items() if name == who.strip()]
    if not called:
        raise NotFound("person.unknown", value=who)
    if len(called) > 1:
        raise Refused("person.several", value=who)
    return called[0]


LINES = text("""
    SELECT o.person_id, p.name, o.unit_id, c.id AS card_id, c.sealed, c.issued_at,
           EXISTS (SELECT FROM identity.office_in_force other WHERE other.person_id = o.person_id
                   AND other.role = ANY(:roles) AND other.plan_id <> o.plan_id) AS elsewhere,
           (SELECT max(s.last_seen_at) FROM identity.session s WHERE s.card_id = c.id) AS last_used_at,
           CASE WHEN c.id IS NULL THEN 'none'
                WHEN c.revoked_at IS NOT NULL THEN 'revoked'
                WHEN c.failures >= CASE WHEN c.started_at IS NULL THEN :most_at_start ELSE :most END THEN 'locked'
                WHEN (SELECT count(*) FROM identity.login_attempt a
                      WHERE a.account = sha256(convert_to('card:' || c.id, 'UTF8')) AND NOT a.succeeded
                        AND a.at > now() - :window) >= :tries THEN 'paused'
                WHEN c.started_at IS NULL THEN 'issued'
                ELSE 'in_use' END AS state
    FROM identity.office_in_force o
    JOIN identity.person p ON p.id = o.person_id
    LEFT JOIN LATERAL (
        SELECT * FROM identity.card WHERE person_id = o.person_id ORDER BY issued_at DESC, id DESC LIMIT 1
    ) c ON true
    WHERE o.plan_id = :plan AND o.role = ANY(:roles)
    ORDER BY o.valid_from, o.id
""")
