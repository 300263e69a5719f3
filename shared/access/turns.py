"""Whose turn it is to hold a connection: the others wait on the event loop, where waiting takes no thread.

FastAPI opens a session in one thread, calls the route in another and commits in a third, whichever is free. If threads
waited for connections, those who hold the connections would soon wait for threads, and nothing would move until the
pool's patience ends.
"""

from collections.abc import AsyncIterator, Callable
from functools import cache

from anyio import fail_after
from sqlalchemy.exc import TimeoutError as PoolTimeout

from shared.database import CONNECTIONS, PATIENCE_S
from shared.limiters import limiter_of


@cache
def turn_of(service: str) -> Callable[..., AsyncIterator[None]]:
    """A FastAPI dependency: as many requests at a time as the service's pool keeps connections for.

    The same for the same service, so that a request takes one turn however many sessions it opens. Raises PoolTimeout
    after PATIENCE_S.
    """

    async def turn() -> AsyncIterator[None]:
        limiter = limiter_of(f"connections of {service}", CONNECTIONS)
        try:
            with fail_after(PATIENCE_S):
                await limiter.acquire()
        except TimeoutError as late:
            raise PoolTimeout("too many requests at once") from late
        try:
            yield
        finally:
            limiter.release()

    return turn
