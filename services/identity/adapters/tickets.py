"""Signed tickets: what a browser carries from one step of signing in to the next. Nobody can forge or prolong one."""

import hashlib
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer

from services.identity.settings import key_for


def ticket(purpose: str, content: dict[str, Any]) -> str:
    """A ticket for one purpose. It is signed, not encrypted: no secret belongs into it."""
    return str(_signer(purpose).dumps(content))


def read_ticket(purpose: str, carried: str | None, *, max_age_s: int) -> dict[str, Any] | None:
    """What the ticket says; None for one that is missing, forged, for another purpose, or older than `max_age_s`."""
    try:
        found = _signer(purpose).loads(carried or "", max_age=max_age_s)
    except BadSignature:
        return None
    return found if isinstance(found, dict) else None


def _signer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        key_for(f"ticket:{purpose}"),
        salt=purpose,
        signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
    )
