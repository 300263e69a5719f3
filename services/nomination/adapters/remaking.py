"""Uploads made anew, two at a time: whoever waits meanwhile takes neither a thread nor a connection."""

from anyio import to_thread

from shared.evidence import evidence
from shared.evidence.evidence import Evidence, NotTaken
from shared.limiters import limiter_of
from shared.photos.photo import Photo, reencoded

AT_ONCE = 2  # each takes a processor for up to a second: more would only starve the pages


async def remade_photo(upload: bytes) -> Photo:
    """The upload as pictures of our own making. Raises NotAPhoto."""
    return await to_thread.run_sync(reencoded, upload, limiter=limiter_of("uploads made anew", AT_ONCE))


async def remade_evidence(upload: bytes, name: str) -> Evidence:
    """The upload as a file of our own making. Raises NotTaken, also when none was chosen, which has no name."""
    if not name:
        raise NotTaken("evidence.missing")
    return await to_thread.run_sync(evidence.remade, upload, name, limiter=limiter_of("uploads made anew", AT_ONCE))
