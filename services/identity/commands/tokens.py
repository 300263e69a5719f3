"""Tokens for the programs of organisations. A token acts in one office of one person, no further."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlmodel import Session, col

from services.identity.commands.getting_in import by_holder, note_rights
from services.identity.models.people import Office
from services.identity.models.signing_in import ApiToken
from services.identity.queries.accounts import HeldOffice, living_tokens, office_in_force, offices_of
from services.identity.rules.accounts import (
    LONGEST_TOKEN_DAYS,
    LONGEST_TOKEN_NAME,
    MOST_TOKENS,
    TOKEN_DAYS,
    text_of,
)
from shared.access import principal, rights
from shared.access.reach import Scope
from shared.access.secret import TOKEN_PREFIX, hashed, new_secret
from shared.audit.entry import COMMAND_LINE, Action, Actor, Thing
from shared.errors import Forbidden, NotFound, Refused
from shared.ids import new_id


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """`secret` is what the program sends as `Authorization: Bearer …`. It is shown this once."""

    id: UUID
    secret: str
    name: str


#: What those who nominate may let a program do.
OWN_SCOPES = (Scope.NOMINATE, Scope.READ)


def issue_own_token(
    session: Session, *, person_id: UUID, office: principal.Office, name: str, days: int, scopes: Sequence[str]
) -> IssuedToken:
    """A token that a person makes for their own programs, good for `days` (one of TOKEN_DAYS) and for OWN_SCOPES.

    Only for those who nominate: nobody may hand their power to decide or publish to a program by themselves. Raises
    Forbidden("token.not_for_role"), NotFound("office.unknown"), and Refused("token.…") for name, days, number, scopes.
    """
    if not rights.may_at_all(office.role, rights.Action.ISSUE_TOKEN):
        raise Forbidden("token.not_for_role")
    if days not in TOKEN_DAYS:
        raise Refused("token.days", value=days, choices=", ".join(map(str, TOKEN_DAYS)))
    if not set(scopes) <= set(OWN_SCOPES):
        raise Refused("token.no_scope")
    held = held_office(session, person_id, office)
    session.execute(select(col(Office.id)).where(col(Office.id) == held.id).with_for_update())  # one issue at a time
    if len(living_tokens(session, held.id)) >= MOST_TOKENS:
        raise Refused("token.too_many", most=MOST_TOKENS)
    chosen = frozenset(Scope(one) for one in scopes)
    return issue_token(
        session, person_id=person_id, office=office, name=name, days=days, scopes=chosen, by=by_holder(held)
    )


def issue_token(
    session: Session,
    *,
    person_id: UUID,
    office: principal.Office,
    name: str,
    days: int,
    scopes: AbstractSet[Scope],
    by: Actor = COMMAND_LINE,
) -> IssuedToken:
    """A token for any office of a person, good for 1 to LONGEST_TOKEN_DAYS days. For administrators.

    Its rights are those of the office, as far as the scopes go (`shared.access.reach`).
    Raises NotFound("office.unknown") and Refused("token.…") for name, days or no scope at all.
    """
    name = text_of(name, longest=LONGEST_TOKEN_NAME)
    if not name:
        raise Refused("token.name_missing")
    if not 1 <= days <= LONGEST_TOKEN_DAYS:
        raise Refused("token.days", value=days, choices=f"1-{LONGEST_TOKEN_DAYS}")
    if not scopes:
        raise Refused("token.no_scope")
    held = held_office(session, person_id, office)
    secret = TOKEN_PREFIX + new_secret()
    token = IssuedToken(new_id(), secret, name)
    session.execute(
        insert(ApiToken).values(
            id=token.id,
            digest=hashed(secret),
            office_id=held.id,
            name=name,
            scopes=sorted(scope.value for scope in scopes),
            expires_at=func.now() + timedelta(days=days),
        )
    )
    note_rights(session, Action.TOKEN_ISSUED, Thing("token", str(token.id)), held, by=by, days=days)
    return token


def revoke_token(session: Session, *, person_id: UUID, token_id: UUID) -> None:
    """Make a token of the person useless at once. Raises NotFound("token.unknown") for anybody else's."""
    own = select(col(Office.id)).where(col(Office.person_id) == person_id)
    done = session.execute(
        update(ApiToken)
        .where(col(ApiToken.id) == token_id, col(ApiToken.office_id).in_(own))
        .values(revoked_at=func.coalesce(col(ApiToken.revoked_at), func.now()))
        .returning(col(ApiToken.office_id), col(ApiToken.revoked_at) == func.now())
    ).one_or_none()
    if done is None:
        raise NotFound("token.unknown")
    office_id, just_now = done
    held = office_in_force(session, office_id)
    if held is not None and just_now:
        note_rights(session, Action.TOKEN_REVOKED, Thing("token", str(token_id)), held, by=by_holder(held))


def held_office(session: Session, person_id: UUID, office: principal.Office) -> HeldOffice:
    """The person's office in force that equals `office`."""
    for held in offices_of(session, person_id):
        if held.office == office:
            return held
    raise NotFound("office.unknown")
