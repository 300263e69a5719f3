"""Counts tries to give a password, a PIN or a code."""

from sqlmodel import Session

from services.identity.models.signing_in import LoginAttempt
from services.identity.rules.accounts import TRIES_PER_ACCOUNT, TRIES_PER_NETWORK, TRIES_WINDOW
from shared.tries import Bounds, reserve_try, succeed_try

BOUNDS = Bounds(per_account=TRIES_PER_ACCOUNT, per_network=TRIES_PER_NETWORK, window=TRIES_WINDOW)


def reserve_attempt(session: Session, *, account: str, network: str) -> int:
    """The id of a try that may now be made; `account` names what is tried: an e-mail, "card:…", "totp:…".

    Raises Refused("sign_in.too_many_tries") as `shared.tries` says.
    """
    return reserve_try(
        session,
        LoginAttempt,
        account=account,
        network=network,
        bounds=BOUNDS,
        refusal="sign_in.too_many_tries",
    )


def succeed(session: Session, attempt_id: int) -> None:
    """It was right: the try no longer counts."""
    succeed_try(session, LoginAttempt, attempt_id)
