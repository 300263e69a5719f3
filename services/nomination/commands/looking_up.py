"""Somebody looks a dossier up by the code on its receipt; wrong tries are counted."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from services.nomination.models import Attempt, Nomination, Suggestion
from services.nomination.queries.nominations import by_code
from services.nomination.queries.suggestions import suggestion_by_code
from services.nomination.rules.phone import ends_with
from shared.errors import NotFound
from shared.network import network_of
from shared.tries import Bounds, reserve_try, succeed_try

BOUNDS = Bounds(per_account=10, per_network=100, window=timedelta(minutes=15))


@dataclass(frozen=True, slots=True)
class LookedUp:
    """`opened`: the digits were right, or the dossier asks for none."""

    nomination: Nomination
    opened: bool


def look_up_by(session: Session, *, code: str, digits: str, address: str | None) -> LookedUp:
    """The nomination with this code.

    Raises NotFound for a code that nobody has, Refused("look_up.too_many_tries") with the `minutes` to wait after ten
    wrong ones at one code, or a hundred from one network, within a quarter of an hour.
    """
    try:
        nomination = by_code(session, code)
    except NotFound:
        counted(session, code, address)
        raise
    if not nomination.phone:
        return LookedUp(nomination, opened=True)
    if not digits:
        return LookedUp(nomination, opened=False)
    try_id = counted(session, code, address)
    right = ends_with(nomination.phone, digits)
    if right:
        succeed_try(session, Attempt, try_id)
    return LookedUp(nomination, opened=right)


def suggestion_looked_up(session: Session, *, code: str, address: str | None) -> Suggestion:
    """The suggestion with this code. Raises as `look_up_by`."""
    try:
        return suggestion_by_code(session, code)
    except NotFound:
        counted(session, code, address)
        raise


def counted(session: Session, code: str, address: str | None) -> int:
    """A try, counted until it turns out right."""
    return reserve_try(
        session,
        Attempt,
        account=f"code:{code.strip().upper()[:40]}",
        network=network_of(address),
        bounds=BOUNDS,
        refusal="look_up.too_many_tries",
    )
