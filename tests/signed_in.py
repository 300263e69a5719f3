"""How a test gets somebody who is signed in; the walk through the door itself is identity's to test."""

from uuid import UUID

from shared.access.secret import SESSION_COOKIE
from shared.database import engine_of, transaction


def cookies_of(person_id: UUID) -> dict[str, str]:
    """The cookies of a person who has just signed in."""
    return {SESSION_COOKIE: secret_of(person_id)}


def secret_of(person_id: UUID) -> str:
    """The secret of a session that has just begun."""
    from services.identity.commands.sessions import open_session  # noqa: PLC0415 -- settings are set when tests run

    with transaction(engine_of("identity")) as session:
        return open_session(session, person_id).secret
