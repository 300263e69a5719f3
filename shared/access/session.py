"""The session of a request: one transaction, in which PostgreSQL shows what the asker may see and nothing else."""

from collections.abc import Callable, Iterator
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session

from shared.access.door import door_of, principal_of, reaches
from shared.access.principal import Principal
from shared.access.rights import Action
from shared.access.sight import Sight, sight_of
from shared.access.turns import turn_of
from shared.database import engine_of, look, transaction
from shared.plan.shelf import shelf


async def sight_at_the_door(request: Request) -> Sight:
    """What the route's door lets the asker see; nothing before it has let anybody in.

    Whom a token or an approval link does not bring here sees a public page as anybody does.
    """
    door = door_of(request.scope["route"].dependant)
    who = await principal_of(request)
    seen_by = who if who and reaches(who, request) else None
    return sight_of(seen_by, door.action if door else None, shelf().values())


def session_of(service: str) -> Callable[..., Iterator[Session]]:
    """A FastAPI dependency: one request is one transaction, within the asker's sight.

    Declare it with `scope="function"`: then the commit comes before the answer, and a failed commit is an error
    the caller sees. With the default scope FastAPI answers first.
    """

    def session(
        sight: Annotated[Sight, Depends(sight_at_the_door)],
        _turn: Annotated[None, Depends(turn_of(service), scope="function")],
    ) -> Iterator[Session]:
        with transaction(engine_of(service), sight) as opened:
            yield opened

    return session


def unbound_session_of(service: str, *, why: str) -> Callable[..., Iterator[Session]]:
    """As `session_of`, for routes whose own check has to look further than the asker may: `why` says so.

    What they show is narrowed down by that check, and by what they ask the database for.
    """
    if not why:
        raise ValueError("a wider sight needs a reason")

    def session(_turn: Annotated[None, Depends(turn_of(service), scope="function")]) -> Iterator[Session]:
        with transaction(engine_of(service)) as opened:
            yield opened

    return session


def see(session: Session, who: Principal, action: Action) -> None:
    """Let the rest of the request see what the asker may while doing something else than the route is for."""
    look(session, sight_of(who, action, shelf().values()))
