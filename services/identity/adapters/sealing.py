"""Secrets that must be read again are encrypted; those that need only be recognised are hashed with a key."""

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.identity.settings import key_for

NONCE = 12  # bytes, as AES-GCM wants it


def sealed(secret: str, *, purpose: str, owner: str) -> bytes:
    """The secret, encrypted (AES-256-GCM) for one purpose and bound to its owner: in another's row it opens nothing."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key_for(purpose)).encrypt(nonce, secret.encode(), owner.encode())


def unsealed(stored: bytes, *, purpose: str, owner: str) -> str:
    """The secret as it was. Raises ValueError when the key, the purpose or the owner is another."""
    try:
        return AESGCM(key_for(purpose)).decrypt(stored[:NONCE], stored[NONCE:], owner.encode()).decode()
    except InvalidTag as fault:
        raise ValueError(f"not sealed for this {purpose}, or with another key") from fault


def keyed(secret: str, *, purpose: str, owner: str) -> bytes:
    """HMAC-SHA256 of a short secret: whoever has only the table cannot try out all of them."""
    return hmac.new(key_for(purpose), f"{owner}:{secret}".encode("utf-8", "surrogatepass"), hashlib.sha256).digest()


def drawn_digits(count: int) -> str:
    """So many random digits."""
    return f"{secrets.randbelow(10**count):0{count}d}"
