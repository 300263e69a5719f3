"""How much of something goes on at once: whoever waits for a turn waits on the event loop and takes no thread."""

from anyio import CapacityLimiter
from anyio.lowlevel import RunVar

_limiters: RunVar[dict[str, CapacityLimiter]] = RunVar("limiters")  # each event loop has its own


def limiter_of(what: str, at_once: int) -> CapacityLimiter:
    """The limiter of that name in the running event loop; made when it is first asked for."""
    try:
        limiters = _limiters.get()
    except LookupError:
        limiters = {}
        _limiters.set(limiters)
    return limiters.setdefault(what, CapacityLimiter(at_once))
