"""FastAPI dependencies that stand at every route: `may(Action.DECIDE)` or `public()`. Default deny."""

import time
from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant
from starlette.concurrency import run_in_threadpool

from shared.access.principal import Holder, Office, Principal, Role
from shared.access.reach import Errand, Narrowed, Scope
from shared.access.rights import Action, may_at_all
from shared.access.rights import reaches as plan_reached
from shared.access.secret import cookie_name, hashed
from shared.database import engine_of, transaction
from shared.errors import Forbidden, SignInNeeded
from shared.plan.shelf import shelf
from shared.settings import settings

#: A verified secret is trusted this long without asking the database: a revocation takes effect within it.
TRUSTED_S = 2.0
MOST_REMEMBERED = 10_000

_remembered: dict[bytes, tuple[float, Principal]] = {}


class Door:
    """The rule of a route: who may come in, and for what. An instance is a dependency that gives the principal."""

    def __init__(self, action: Action | None) -> None:
        self.action = action

    async def __call__(self, request: Request) -> Principal:
        principal = await principal_of(request)
        if principal is None:
            raise SignInNeeded("access.sign_in_needed")
        if self.action is not None and not may_at_all(principal.role, self.action):
            raise Forbidden("access.role_has_no_right", role=principal.role.value)
        if not reaches(principal, request):
            raise Forbidden("access.out_of_reach_of_token" if principal.by_token else "access.out_of_reach_of_link")
        return principal


class OpenDoor:
    """The rule of a public route: anybody; the principal if there is one whose secret reaches here.

    Those who may do `action` see more.
    """

    def __init__(self, action: Action | None) -> None:
        self.action = action

    async def __call__(self, request: Request) -> Principal | None:
        principal = await principal_of(request)
        return principal if principal and reaches(principal, request) else None


def reaches(principal: Principal, request: Request) -> bool:
    """Whether a token's scopes or an approval link's errand let this request through; see `shared.access.reach`."""
    return principal.reaches(method=request.method, path=request.url.path)


def may(action: Action) -> Any:
    """Only people whose role may do this to anything come in; the parameter it annotates is the principal.

    Whether they may do it to this very thing, the route's session and `rights.decide` say.
    """
    return Depends(Door(action))


def signed_in() -> Any:
    """A dependency: anybody who is signed in, in whatever role, for what is their own and nobody else's."""
    return Depends(Door(None))


def public(*, more_for: Action | None = None) -> Any:
    """A dependency that says in so many words that anybody may come in, and for which action one sees more."""
    return Depends(OpenDoor(more_for))


#: Anybody; None when nobody is signed in.
Visitor = Annotated[Principal | None, public()]


def door_of(dependant: Dependant) -> Door | OpenDoor | None:
    """The rule that stands at a route, looked for in its dependencies; None means that it has none."""
    for dependency in dependant.dependencies:
        if isinstance(dependency.call, Door | OpenDoor):
            return dependency.call
        if found := door_of(dependency):
            return found
    return None


async def principal_of(request: Request) -> Principal | None:
    """Who sends this request, by API token or session cookie; None when neither is there or valid."""
    if not hasattr(request.state, "principal"):
        request.state.principal = await verified(request.scope["app"].state.service, secret_of(request))
    principal: Principal | None = request.state.principal
    return principal


def secret_of(request: Request) -> str | None:
    """The token of the Authorization header, or else the cookie's secret."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return token.strip()
    return request.cookies.get(cookie_name(secure=settings().secure))


async def verified(service: str, secret: str | None) -> Principal | None:
    """The principal behind a secret, remembered for TRUSTED_S."""
    if not secret:
        return None
    digest = hashed(secret)
    moment = time.monotonic()
    known = _remembered.get(digest)
    if known and moment - known[0] < TRUSTED_S:
        return known[1]
    principal = await run_in_threadpool(look_up, service, digest)
    if principal is None:
        _remembered.pop(digest, None)
        return None
    if len(_remembered) >= MOST_REMEMBERED:
        _remembered.clear()
    _remembered[digest] = (moment, principal)
    return principal


def look_up(service: str, digest: bytes) -> Principal | None:
    """Ask identity's own function in the database; see the ADR on sign-in."""
    with transaction(engine_of(service)) as session:
        found = session.connection().exec_driver_sql("SELECT access.principal(%s)", (digest,)).scalar()
    principal = principal_from(found) if found else None
    if principal is None or principal.plan_id not in shelf():
        return None  # an office in a plan that this installation no longer carries out opens no door
    return principal


def principal_from(found: dict[str, Any]) -> Principal:
    """Read what `access.principal` answers.

    {person_id, name, office: [role, unit_id, plan_id], offices, by_token, scopes, narrowed: [errand, case_id] or null,
    on_behalf_of: {person_id, name} or null, inherits: [[ended plan, plan that goes on with a part of it], …],
    former_units: [unit_id, …]}.
    """
    offices = tuple(office_from(one) for one in found["offices"])
    holder = found["on_behalf_of"]
    principal = Principal(
        person_id=UUID(found["person_id"]),
        name=found["name"],
        office=office_from(found["office"]),
        offices=offices,
        by_token=found["by_token"],
        on_behalf_of=Holder(UUID(holder["person_id"]), holder["name"]) if holder else None,
        scopes=frozenset(Scope(one) for one in found["scopes"]),
        narrowed=Narrowed(Errand(found["narrowed"][0]), UUID(found["narrowed"][1])) if found["narrowed"] else None,
        former_units=tuple(UUID(unit_id) for unit_id in found["former_units"]),
    )
    return replace(principal, inherits=inherited_by(principal, found["inherits"]))


def inherited_by(who: Principal, endings: list[list[str]]) -> tuple[str, ...]:
    """The ended plans of which a part goes on under a plan that the office reaches, as far as they are known here."""
    plans = shelf()
    return tuple(
        sorted(
            {ended for ended, heir in endings if ended in plans and heir in plans and plan_reached(who, plans[heir])}
        )
    )


def office_from(found: list[str]) -> Office:
    role, unit_id, plan_id = found
    return Office(Role(role), UUID(unit_id), plan_id)
