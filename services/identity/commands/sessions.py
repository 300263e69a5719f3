"""Browsers that are signed in: opened, moved to another office, ended. Only the digest of a secret is stored."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Interval, delete, func, insert, literal, text, update
from sqlmodel import Session, col, select

from services.identity.commands.getting_in import note_own
from services.identity.models.signing_in import WebSession
from services.identity.queries.accounts import HeldOffice, is_sample, office_in_force, offices_of
from services.identity.rules.accounts import limits_of
from shared.access.principal import Role
from shared.access.secret import hashed, new_secret
from shared.audit.entry import Action
from shared.errors import NotFound, Refused, SignInNeeded


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The secret for the cookie, shown this once; the role now acted in; how long the cookie may be kept."""

    secret: str
    role: Role
    lifetime: timedelta


def open_session(session: Session, person_id: UUID, *, instead_of: str | None = None) -> SignedIn:
    """A session in the person's oldest office. `instead_of` is the secret that the browser carried until now.

    Raises Refused("sign_in.no_office") for somebody who holds none any more.
    """
    offices = offices_of(session, person_id)
    if not offices:
        raise Refused("sign_in.no_office")
    opened = begin(session, offices[0], instead_of=instead_of)
    note_own(session, Action.SIGNED_IN, offices[0])
    return opened


def sign_in_as_sample(session: Session, office_id: UUID, *, instead_of: str | None = None) -> SignedIn:
    """A session in the office of a made-up person. Raises NotFound for anybody real."""
    held = office_in_force(session, office_id)
    if held is None or not is_sample(session, held.person_id):
        raise NotFound("office.unknown")
    opened = begin(session, held, instead_of=instead_of)
    note_own(session, Action.SIGNED_IN, held, sample=True)
    return opened


def begin(session: Session, held: HeldOffice, *, instead_of: str | None) -> SignedIn:
    """A fresh secret at every sign-in: one that somebody planted in the browser before is worth nothing after."""
    if instead_of:
        sign_out(session, instead_of)
    session.execute(FORGET_OLD)
    secret, limits = new_secret(), limits_of(held.office.role)
    session.execute(
        insert(WebSession).values(
            digest=hashed(secret),
            person_id=held.person_id,
            office_id=held.id,
            idle=limits.idle,
            expires_at=func.now() + limits.lifetime,
        )
    )
    return SignedIn(secret, held.office.role, limits.lifetime)


def switch_office(session: Session, *, person_id: UUID, secret: str, office_id: UUID) -> SignedIn:
    """The same session in another office of the person, under a fresh secret and the limits of the new role.

    Raises NotFound for an office that is not theirs or not in force; SignInNeeded when the password was given too
    long ago for the new role, or the session has ended.
    """
    held = office_in_force(session, office_id)
    if held is None or held.person_id != person_id:
        raise NotFound("office.unknown")
    fresh, limits = new_secret(), limits_of(held.office.role)
    moved = session.execute(
        update(WebSession)
        .where(
            col(WebSession.digest) == hashed(secret),
            col(WebSession.person_id) == person_id,
            col(WebSession.expires_at) > func.now(),
            col(WebSession.signed_in_at) > func.now() - limits.lifetime,
        )
        .values(
            digest=hashed(fresh),
            office_id=office_id,
            idle=limits.idle,
            last_seen_at=func.now(),
            expires_at=col(WebSession.signed_in_at) + literal(limits.lifetime, Interval),
        )
        .returning(col(WebSession.person_id))
    )
    if moved.first() is None:
        raise SignInNeeded("access.sign_in_needed")
    note_own(session, Action.OFFICE_SWITCHED, held)
    return SignedIn(fresh, held.office.role, limits.lifetime)


def renew_session(session: Session, *, person_id: UUID, secret: str) -> SignedIn:
    """After a change of password: sign the person out everywhere but here, where a fresh secret takes over.

    Raises SignInNeeded when the session with `secret` has ended meanwhile.
    """
    office_id = session.execute(
        select(WebSession.office_id).where(
            col(WebSession.digest) == hashed(secret), col(WebSession.person_id) == person_id
        )
    ).scalar_one_or_none()
    held = office_in_force(session, office_id) if office_id else None
    if held is None:
        raise SignInNeeded("access.sign_in_needed")
    end_sessions(session, person_id)
    note_own(session, Action.PASSWORD_CHANGED, held)
    return begin(session, held, instead_of=None)


def sign_out(session: Session, secret: str) -> None:
    """End the session with this secret, if there is one."""
    ended = session.execute(
        delete(WebSession).where(col(WebSession.digest) == hashed(secret)).returning(col(WebSession.office_id))
    ).scalar_one_or_none()
    held = office_in_force(session, ended) if ended else None
    if held is not None:  # a session whose office ended was worth nothing any more
        note_own(session, Action.SIGNED_OUT, held)


def end_sessions(session: Session, person_id: UUID) -> None:
    """Sign the person out everywhere."""
    session.execute(delete(WebSession).where(col(WebSession.person_id) == person_id))


FORGET_OLD = text("DELETE FROM identity.session WHERE expires_at < now() - interval '7 days'")
