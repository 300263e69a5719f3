"""How far a token or an approval link reaches, on top of what its office may do: one table each, default deny."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

READING = frozenset({"GET", "HEAD"})


class Scope(StrEnum):
    """What a token may be used for. Its rights are its office's rights, as far as its scopes go."""

    READ = "read"
    NOMINATE = "nominate"
    REVIEW = "review"
    PUBLISH = "publish"


class Errand(StrEnum):
    """The one thing that an approval link lets its person do with its case."""

    SCORE = "score"
    DECIDE = "decide"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A session that an approval link opened: one case, one errand."""

    errand: Errand
    case_id: UUID


#: {scope: what it may change}. Reading any page or list is READ's alone, and so is marking one's messages as read.
MAY_CHANGE: dict[Scope, re.Pattern[str]] = {
    Scope.READ: re.compile(r"/api/v1/messages/[^/]+/read"),
    Scope.NOMINATE: re.compile(r"/api/v1/(photos|(nominations|imports)(/.*)?)"),
    Scope.REVIEW: re.compile(r"/api/v1/cases/.*"),
    Scope.PUBLISH: re.compile(r"/api/v1/stories/.*"),
}
#: {errand: the last parts of the addresses of the case's page to which its form is sent}
STEPS: dict[Errand, frozenset[str]] = {
    Errand.SCORE: frozenset({"phieu-cham"}),
    Errand.DECIDE: frozenset({"xem-truoc", "quyet-dinh"}),
}


def token_may(scopes: AbstractSet[Scope], *, method: str, path: str) -> bool:
    """Whether a token with these scopes may send this request; its office's door decides after that."""
    if method in READING:
        return Scope.READ in scopes
    return any(MAY_CHANGE[scope].fullmatch(path) for scope in scopes)


def errand_may(narrowed: Narrowed, *, method: str, path: str) -> bool:
    """Whether a session opened by an approval link may send this request."""
    page = f"/xet-duyet/{narrowed.case_id}"
    if method in READING:
        return path == page or path.startswith("/anh/")
    return any(path == f"{page}/{step}" for step in STEPS[narrowed.errand])
