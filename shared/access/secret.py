"""Secrets that people and programs carry: session cookies and API tokens. Only their hashes are stored."""

import hashlib
import secrets

SESSION_COOKIE = "guongsang"
SECURE_SESSION_COOKIE = "__Host-guongsang"
#: Addresses of cards, approval links, links for a password, questions about consent.
SECRET_BELOW = ("/the/", "/duyet/", "/dat-mat-khau/", "/dong-y/")
TOKEN_PREFIX = "gs_"  # noqa: S105 -- the recognisable beginning, so that leaked tokens can be searched for


def new_secret() -> str:
    """256 random bits as text for a cookie or, with TOKEN_PREFIX before it, for an API token."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> bytes:
    """SHA-256: enough for secrets that are random; passwords take Argon2 instead."""
    return hashlib.sha256(secret.encode()).digest()


def shown_path(path: str) -> str:
    """A request's path as a log may show it: what follows one of SECRET_BELOW is the key to something."""
    below = next((prefix for prefix in SECRET_BELOW if path.startswith(prefix)), None)
    return f"{below}…" if below else path


def cookie_name(*, secure: bool) -> str:
    """The session cookie's name; with HTTPS the __Host- prefix ties it to this very host."""
    return SECURE_SESSION_COOKIE if secure else SESSION_COOKIE
