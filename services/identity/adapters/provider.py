"""A provider of OpenID Connect: authorization code with PKCE, state and nonce (OpenID Connect Core 1.0, RFC 9700)."""

import time
from typing import Any
from urllib.parse import urlsplit

import httpx
import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from services.identity.rules.providers import Begun, Vouched
from services.identity.settings import sign_in_settings
from shared.errors import Refused

log = structlog.get_logger()
#: Signatures that only the provider can make: neither "none" nor one by a key that is shared.
ALGORITHMS = ("RS256", "PS256", "ES256")
LEEWAY_S = 60
ANSWERS_WITHIN_S = 10.0
KEPT_S = 600.0
SCOPE = "openid email"

#: {issuer: (when it was read, monotonic seconds; its discovery document)}
_known: dict[str, tuple[float, dict[str, Any]]] = {}


def begin(redirect_uri: str) -> Begun:
    """The way to the provider. Raises Refused("provider.away")."""
    state, nonce, verifier = generate_token(43), generate_token(43), generate_token(64)
    with client(redirect_uri) as oauth:
        url, _ = oauth.create_authorization_url(
            discovered()["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
        )
    return Begun(str(url), state, nonce, verifier)


def finish(*, code: str, nonce: str, verifier: str, redirect_uri: str) -> Vouched:
    """Change the code for an ID token, and believe it only if all of it is right.

    Raises Refused("provider.away") when the provider cannot be reached, "provider.not_believed" for everything else.
    """
    try:
        with client(redirect_uri) as oauth:
            token = oauth.fetch_token(
                discovered()["token_endpoint"], code=code, code_verifier=verifier, grant_type="authorization_code"
            )
        claims = believed(token, nonce)
    except (httpx.HTTPError, OSError) as fault:
        raise away(fault) from fault
    except (AuthlibBaseError, JoseError, ValueError, TypeError, KeyError) as fault:
        log.warning("provider.not_believed", error=type(fault).__name__)  # never the token, never its words
        raise Refused("provider.not_believed") from fault
    email = claims.get("email") if claims.get("email_verified") is True else ""
    return Vouched(sign_in_settings().oidc_issuer, str(claims["sub"]), str(email or ""))


def believed(token: dict[str, Any], nonce: str) -> CodeIDToken:
    """The claims of a token answer's ID token. Raises JoseError, KeyError or ValueError for one that is not right."""
    id_token, issuer = str(token["id_token"]), sign_in_settings().oidc_issuer
    try:
        read = jwt.decode(id_token, KeySet.import_key_set(keys()), algorithms=list(ALGORITHMS))
    except (InvalidKeyIdError, ValueError):  # the provider has changed its keys since they were read
        read = jwt.decode(id_token, KeySet.import_key_set(keys(afresh=True)), algorithms=list(ALGORITHMS))
    client_id = sign_in_settings().oidc_client_id
    claims = CodeIDToken(
        read.claims,
        read.header,
        options={
            "iss": {"essential": True, "value": issuer},
            "aud": {"essential": True, "value": client_id},
            "sub": {"essential": True},
            "nonce": {"essential": True, "value": nonce},
        },
        params={"nonce": nonce, "client_id": client_id, "access_token": token.get("access_token")},
    )
    claims.validate(leeway=LEEWAY_S)
    if not claims["sub"]:
        raise ValueError("nobody")
    return claims


def discovered() -> dict[str, Any]:
    """The provider's discovery document, read at most every ten minutes. Raises Refused("provider.away")."""
    issuer = sign_in_settings().oidc_issuer
    kept = _known.get(issuer)
    if kept and time.monotonic() - kept[0] < KEPT_S:
        return kept[1]
    found = fetched(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != issuer:
        log.warning("provider.other_issuer")
        raise Refused("provider.not_believed")
    _known[issuer] = (time.monotonic(), found)
    return found


def keys(*, afresh: bool = False) -> Any:
    """The provider's public keys (JWKS), kept with its discovery document."""
    found = discovered()
    if afresh or "jwks" not in found:
        found["jwks"] = fetched(found["jwks_uri"])
    return found["jwks"]


def fetched(url: str) -> dict[str, Any]:
    """A JSON object from the provider, over HTTPS unless it is this very machine. Raises Refused("provider.away")."""
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "::1", "localhost"}:
        log.warning("provider.without_https")
        raise Refused("provider.not_believed")
    try:
        answer = httpx.get(url, timeout=ANSWERS_WITHIN_S)
        answer.raise_for_status()
        found = answer.json()
    except (httpx.HTTPError, OSError, ValueError) as fault:
        raise away(fault) from fault
    if not isinstance(found, dict):
        raise Refused("provider.not_believed")
    return found


def away(fault: Exception) -> Refused:
    log.warning("provider.away", error=type(fault).__name__)
    return Refused("provider.away")


def client(redirect_uri: str) -> OAuth2Client:
    """Authlib's client, as this installation is known to the provider."""
    asked = sign_in_settings()
    methods = discovered().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    method = "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
    secret = asked.oidc_client_secret.get_secret_value()
    return OAuth2Client(
        client_id=asked.oidc_client_id,
        client_secret=secret or None,
        token_endpoint_auth_method=method if secret else "none",
        scope=SCOPE,
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
        timeout=ANSWERS_WITHIN_S,
    )
