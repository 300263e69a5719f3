"""Tokens for the programs of organisations. A token acts in the office of the person who issued it, no further."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlmodel import Session, col

from services.identity.models import ApiToken, Office
from services.identity.queries import HeldOffice, living_tokens, offices_of
from services.identity.rules import LONGEST_TOKEN_NAME, MOST_TOKENS, NOMINATING, text_of, token_days
from shared.access import principal
from shared.access.secret import TOKEN_PREFIX, hashed, new_secret
from shared.errors import Forbidden, NotFound, Refused
from shared.ids import new_id


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """`secret` is what the program sends as `Authorization: Bearer …`. It is shown this once."""

    id: UUID
    secret: str
    name: str


def issue_token(session: Session, *, person_id: UUID, office: principal.Office, name: str, days: int) -> IssuedToken:
    """A token for one of the person's offices, good for `days` (one of TOKEN_DAYS).

    Only for those who nominate: a program must not decide or publish in an official's name. Raises
    Forbidden("token.not_for_role"), NotFound("office.unknown"), and Refused("token.…") for name, days or number.
    """
    if office.role not in NOMINATING:
        raise Forbidden("token.not_for_role")
    name, lifetime = text_of(name, longest=LONGEST_TOKEN_NAME), token_days(days)
    if not name:
        raise Refused("token.name_missing")
    held = held_office(session, person_id, office)
    session.execute(select(col(Office.id)).where(col(Office.id) == held.id).with_for_update())  # one issue at a time
    if len(living_tokens(session, held.id)) >= MOST_TOKENS:
        raise Refused("token.too_many", most=MOST_TOKENS)
    secret = TOKEN_PREFIX + new_secret()
    token = IssuedToken(new_id(), secret, name)
    session.execute(
        insert(ApiToken).values(
            id=token.id, digest=hashed(secret), office_id=held.id, name=name, expires_at=func.now() + lifetime
        )
    )
    return token


def revoke_token(session: Session, *, person_id: UUID, token_id: UUID) -> None:
    """Make a token of the person useless at once. Raises NotFound("token.unknown") for anybody else's."""
    own = select(col(Office.id)).where(col(Office.person_id) == person_id)
    done = session.execute(
        update(ApiToken)
        .where(col(ApiToken.id) == token_id, col(ApiToken.office_id).in_(own))
        .values(revoked_at=func.coalesce(col(ApiToken.revoked_at), func.now()))
        .returning(col(ApiToken.id))
    )
    if done.first() is None:
        raise NotFound("token.unknown")


def held_office(session: Session, person_id: UUID, office: principal.Office) -> HeldOffice:
    """The person's office in force that equals `office`."""
    for held in offices_of(session, person_id):
        if held.office == office:
            return held
    raise NotFound("office.unknown")
