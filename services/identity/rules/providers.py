"""What goes to a provider of OpenID Connect, and what comes back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Begun:
    """What the browser is sent to (`url`), and what must come back with it. `verifier` is PKCE's."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom the provider vouches for. `email` is "" unless the provider says that it has verified it."""

    issuer: str
    subject: str
    email: str
