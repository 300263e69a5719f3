"""Browsers that are signed in: opened, moved to another office, ended. Only the digest of a secret is stored."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Interval, delete, func, insert, literal, text, update
from sqlmodel import Session, col, select

from services.identity.commands.getting_in import note_own
from services.identity.models.people import Person
from services.identity.models.signing_in import WebSession
from services.identity.queries.accounts import HeldOffice, is_sample, office_in_force, offices_of
from services.identity.queries.acting import lending
from services.identity.rules.accounts import NOMINATING, ON_AN_ERRAND, limits_of
from services.identity.rules.codes import IN_NEED_OF_TOTP
from services.identity.settings import sign_in_settings
from shared.access.principal import Role
from shared.access.reach import Narrowed
from shared.access.secret import hashed, new_secret
from shared.audit.entry import Action
from shared.errors import NotFound, Refused, SignInNeeded


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The secret for the cookie, shown this once; who acts in which role; how long the cookie may be kept."""

    secret: str
    person_id: UUID
    role: Role
    lifetime: timedelta


@dataclass(frozen=True, slots=True)
class How:
    """How somebody came in: by a card, which opens nominating offices only; whether with a second factor."""

    card_id: UUID | None = None
    second_factor: bool = False


BY_PASSWORD = How()


def open_session(
    session: Session, person_id: UUID, *, how: How = BY_PASSWORD, instead_of: str | None = None
) -> SignedIn:
    """A session in the person's oldest office. `instead_of` is the secret that the browser carried until now.

    Raises Refused("sign_in.no_office") for somebody who holds none any more that this way of coming in opens.
    """
    held = first_office(session, person_id, how)
    opened = begin(session, held, how=how, instead_of=instead_of)
    note_own(session, Action.SIGNED_IN, held, person_id=person_id, **detail_of(how))
    return opened


def detail_of(how: How) -> dict[str, bool]:
    """How somebody came in, for the audit trail; nothing where a password was enough."""
    return {"card": True} if how.card_id else {"second_factor": True} if how.second_factor else {}


def first_office(session: Session, person_id: UUID, how: How) -> HeldOffice:
    """The person's oldest office that this way of coming in opens. Raises Refused("sign_in.no_office")."""
    offices = (one for one in offices_of(session, person_id) if opens(how, one.office.role))
    held = next(offices, None)
    if held is None:
        raise Refused("sign_in.no_office")
    return held


def opens(how: How, role: Role) -> bool:
    """Whether somebody who came in this way may act in the role."""
    if how.card_id is not None:
        return role in NOMINATING
    return how.second_factor or not sign_in_settings().require_totp or role not in IN_NEED_OF_TOTP


def sign_in_as_sample(session: Session, office_id: UUID, *, instead_of: str | None = None) -> SignedIn:
    """A session in the office of a made-up person. Raises NotFound for anybody real."""
    held = office_in_force(session, office_id)
    if held is None or not is_sample(session, held.person_id):
        raise NotFound("office.unknown")
    opened = begin(session, held, instead_of=instead_of)
    note_own(session, Action.SIGNED_IN, held, sample=True)
    return opened


def begin(
    session: Session,
    held: HeldOffice,
    *,
    how: How = BY_PASSWORD,
    narrowed: Narrowed | None = None,
    instead_of: str | None = None,
) -> SignedIn:
    """A fresh secret at every sign-in: one that somebody planted in the browser before is worth nothing after."""
    if instead_of:
        sign_out(session, instead_of)
    session.execute(FORGET_OLD)
    session.execute(update(Person).where(col(Person.id) == held.person_id).values(signed_in_at=func.now()))
    secret, limits = new_secret(), ON_AN_ERRAND if narrowed else limits_of(held.office.role)
    session.execute(
        insert(WebSession).values(
            digest=hashed(secret),
            person_id=held.person_id,
            office_id=held.id,
            idle=limits.idle,
            expires_at=func.now() + limits.lifetime,
            card_id=how.card_id,
            second_factor=how.second_factor,
            errand=narrowed.errand.value if narrowed else None,
            case_id=narrowed.case_id if narrowed else None,
        )
    )
    return SignedIn(secret, held.person_id, held.office.role, limits.lifetime)


def switch_office(session: Session, *, person_id: UUID, secret: str, office_id: UUID) -> SignedIn:
    """The same session in another own office of the person, under a fresh secret and the limits of the new role.

    Raises NotFound for an office that is not theirs or not in force; SignInNeeded when the password was given too
    long ago for the new role, or not at all (a card), or without the second factor that the role needs, or when the
    session has ended.
    """
    held = office_in_force(session, office_id)
    if held is None or held.person_id != person_id:
        raise NotFound("office.unknown")
    return go_on_in(session, held, person_id=person_id, secret=secret)


def act_for(session: Session, *, person_id: UUID, secret: str, delegation_id: UUID) -> SignedIn:
    """The same session in an office of somebody else that was lent to the person; otherwise as `switch_office`.

    Raises NotFound for what was lent to others, on other days, or was taken back.
    """
    lent = lending(session, delegation_id)
    if lent is None or lent.delegate_id != person_id or not lent.in_force:
        raise NotFound("delegation.unknown")
    return go_on_in(session, lent.held, person_id=person_id, secret=secret, delegation_id=lent.id)


def go_on_in(
    session: Session, held: HeldOffice, *, person_id: UUID, secret: str, delegation_id: UUID | None = None
) -> SignedIn:
    """Move the person's session to the office, by a delegation where it is another's."""
    if not opens(how_of(session, secret), held.office.role):
        raise SignInNeeded("access.sign_in_needed")
    fresh, limits = new_secret(), limits_of(held.office.role)
    moved = session.execute(
        update(WebSession)
        .where(
            col(WebSession.digest) == hashed(secret),
            col(WebSession.person_id) == person_id,
            col(WebSession.errand).is_(None),
            col(WebSession.expires_at) > func.now(),
            col(WebSession.signed_in_at) > func.now() - limits.lifetime,
        )
        .values(
            digest=hashed(fresh),
            office_id=held.id,
            delegation_id=delegation_id,
            idle=limits.idle,
            last_seen_at=func.now(),
            expires_at=col(WebSession.signed_in_at) + literal(limits.lifetime, Interval),
        )
        .returning(col(WebSession.person_id))
    )
    if moved.first() is None:
        raise SignInNeeded("access.sign_in_needed")
    note_own(session, Action.OFFICE_SWITCHED, held, person_id=person_id)
    return SignedIn(fresh, held.person_id, held.office.role, limits.lifetime)


def how_of(session: Session, secret: str) -> How:
    """How the session with this secret was opened; as if by password where it has ended."""
    row = session.get(WebSession, hashed(secret))
    return How(row.card_id, row.second_factor) if row else BY_PASSWORD


def renew_session(session: Session, *, person_id: UUID, secret: str, second_factor: bool = False) -> SignedIn:
    """Sign the person out everywhere but here; here the present office goes on under a fresh secret.

    Whoever acts for another goes on in an office of their own: the fresh session is nobody else's. `second_factor`: one
    has just been given. Raises SignInNeeded when the session with `secret` has ended meanwhile.
    """
    present = session.execute(
        select(WebSession.office_id).where(
            col(WebSession.digest) == hashed(secret), col(WebSession.person_id) == person_id
        )
    ).scalar_one_or_none()
    if present is None:
        raise SignInNeeded("access.sign_in_needed")
    how = how_of(session, secret)
    end_sessions(session, person_id)
    fresh = How(how.card_id, second_factor or how.second_factor)
    held = office_in_force(session, present)
    if held is None or held.person_id != person_id:
        held = first_office(session, person_id, fresh)
    return begin(session, held, how=fresh)


def sign_out(session: Session, secret: str) -> None:
    """End the session with this secret, if there is one."""
    ended = session.execute(
        delete(WebSession)
        .where(col(WebSession.digest) == hashed(secret))
        .returning(col(WebSession.person_id), col(WebSession.office_id))
    ).one_or_none()
    held = office_in_force(session, ended.office_id) if ended else None
    if ended is not None and held is not None:  # a session whose office ended was worth nothing any more
        note_own(session, Action.SIGNED_OUT, held, person_id=ended.person_id)


def end_sessions(session: Session, person_id: UUID) -> None:
    """Sign the person out everywhere."""
    session.execute(delete(WebSession).where(col(WebSession.person_id) == person_id))


def end_sessions_of_card(session: Session, card_id: UUID) -> None:
    """End what the card opened, on every phone."""
    session.execute(delete(WebSession).where(col(WebSession.card_id) == card_id))


FORGET_OLD = text("DELETE FROM identity.session WHERE expires_at < now() - interval '7 days'")
