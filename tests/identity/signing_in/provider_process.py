"""A real provider of OpenID Connect, as a process of its own: Authlib's server parts behind Starlette.

`python provider_process.py PORT` answers on loopback. What it should do wrong is said by POST /behave (JSON): who signs
in (`sub`, `email`, `email_verified`) and one `fault`. Nothing is asked of a person: whoever comes is signed in.
"""

import json
import secrets
import sys
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from authlib.oauth2.rfc6749 import AuthorizationServer, ClientMixin, JsonRequest, OAuth2Request, grants
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7636 import CodeChallenge
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

CLIENT_ID, CLIENT_SECRET = "guongsang", "a secret of the tests"
KEY, OTHER_KEY = RSAKey.generate_key(2048, {"kid": "one"}), RSAKey.generate_key(2048, {"kid": "one"})


@dataclass
class Behaviour:
    sub: str = "subject-1"
    email: str = ""
    email_verified: bool = True
    fault: str = ""


@dataclass
class Code:
    """An authorization code that has been given out."""

    code: str
    client_id: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    auth_time: int = field(default_factory=lambda: int(time.time()))

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope


class Client(ClientMixin):
    client_id = CLIENT_ID

    def get_client_id(self):
        return CLIENT_ID

    def get_default_redirect_uri(self):
        return None

    def get_allowed_scope(self, scope):
        return scope

    def check_redirect_uri(self, redirect_uri):
        return redirect_uri.endswith("/dang-nhap/oidc/ve")

    def check_client_secret(self, client_secret):
        return client_secret == CLIENT_SECRET

    def check_endpoint_auth_method(self, method, endpoint):
        return method == "client_secret_basic"

    def check_response_type(self, response_type):
        return response_type == "code"

    def check_grant_type(self, grant_type):
        return grant_type == "authorization_code"


STATE = Behaviour()
CODES: dict[str, Code] = {}
TOKENS: dict[str, str] = {}


class Server(AuthorizationServer):
    def query_client(self, client_id):
        return Client() if client_id == CLIENT_ID else None

    def save_token(self, token, request):
        TOKENS[token["access_token"]] = STATE.sub

    def send_signal(self, name, *args, **kwargs):
        return None

    def create_oauth2_request(self, request):
        return request

    def create_json_request(self, request):
        return JsonRequest(request.method, request.uri, None, request.headers)

    def handle_response(self, status, body, headers):
        content = json.dumps(body) if isinstance(body, dict) else body
        return Response(content, status, dict(headers))


class CodeGrant(grants.AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

    def save_authorization_code(self, code, request):
        said = request.payload.data
        CODES[code] = Code(
            code,
            CLIENT_ID,
            said.get("redirect_uri", ""),
            said.get("scope", ""),
            said.get("nonce", ""),
            said.get("code_challenge", ""),
            said.get("code_challenge_method", ""),
        )

    def query_authorization_code(self, code, client):
        return CODES.get(code)

    def delete_authorization_code(self, authorization_code):
        CODES.pop(authorization_code.code, None)

    def authenticate_user(self, authorization_code):
        return STATE

    def create_token_response(self):
        nonce = self.request.authorization_code.nonce
        status, token, headers = super().create_token_response()
        if STATE.fault == "no id token":
            return status, token, headers
        return status, token | {"id_token": id_token(nonce)}, headers


def id_token(nonce: str) -> str:
    """Signed and true, but for the one fault that was asked for."""
    now, fault = int(time.time()), STATE.fault
    claims: dict[str, Any] = {
        "iss": "https://other.example" if fault == "other issuer in token" else ISSUER,
        "sub": STATE.sub,
        "aud": {"wrong audience": "another-client", "two audiences": [CLIENT_ID, "other"]}.get(fault, CLIENT_ID),
        "iat": now,
        "exp": now - 3600 if fault == "expired" else now + 300,
        "nonce": "another nonce" if fault == "wrong nonce" else nonce,
        "email": STATE.email,
        "email_verified": STATE.email_verified,
    }
    if fault == "no nonce":
        del claims["nonce"]
    if fault == "alg none":
        return unsigned(claims)
    if fault == "shared key":
        return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(CLIENT_SECRET))
    key = OTHER_KEY if fault == "another key" else KEY
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)


def unsigned(claims: dict[str, Any]) -> str:
    parts = [urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in ({"alg": "none"}, claims)]
    return ".".join([*parts, ""])


async def as_oauth(request: Request) -> OAuth2Request:
    form = dict(await request.form()) if request.method == "POST" else dict(request.query_params)
    return ReadRequest(request.method, str(request.url), form, request.headers)


class ReadRequest(OAuth2Request):
    """Authlib's request over what Starlette has read."""

    def __init__(self, method, uri, said, headers):
        super().__init__(method, uri, headers=headers)
        self.payload = BasicOAuth2Payload(said)
        self._said = said

    @property
    def args(self):
        return self._said

    @property
    def form(self):
        return self._said


SERVER = Server()
SERVER.register_grant(CodeGrant, [CodeChallenge(required=True)])
SERVER.register_token_generator("default", BearerTokenGenerator(lambda *args, **kwargs: secrets.token_urlsafe(32)))


async def authorize(request: Request) -> Response:
    asked = await as_oauth(request)
    if STATE.fault == "says no":
        return Response(
            status_code=302,
            headers={"location": f"{asked.payload.redirect_uri}?error=access_denied&state={asked.payload.state}"},
        )
    grant = SERVER.get_consent_grant(asked, end_user=STATE)
    answer = SERVER.create_authorization_response(asked, grant_user=STATE, grant=grant)
    if STATE.fault == "other issuer in answer":
        answer.headers["location"] += "&iss=https%3A%2F%2Fother.example"
    return answer


async def token(request: Request) -> Response:
    return SERVER.create_token_response(await as_oauth(request))


async def userinfo(request: Request) -> Response:
    sub = TOKENS.get(request.headers.get("authorization", "").removeprefix("Bearer "))
    return JSONResponse({"sub": sub}) if sub else Response(status_code=401)


async def discovery(request: Request) -> Response:
    return JSONResponse(
        {
            "issuer": "https://other.example" if STATE.fault == "other issuer" else ISSUER,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "userinfo_endpoint": f"{ISSUER}/userinfo",
            "jwks_uri": f"{ISSUER}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
        }
    )


async def jwks(request: Request) -> Response:
    return JSONResponse({"keys": [KEY.as_dict(private=False) | {"use": "sig", "alg": "RS256"}]})


async def behave(request: Request) -> Response:
    global STATE  # noqa: PLW0603
    STATE = Behaviour(**await request.json())
    return Response(status_code=204)


ROUTES = [
    Route("/.well-known/openid-configuration", discovery),
    Route("/authorize", authorize),
    Route("/token", token, methods=["POST"]),
    Route("/userinfo", userinfo),
    Route("/jwks", jwks),
    Route("/behave", behave, methods=["POST"]),
]

if __name__ == "__main__":
    ISSUER = f"http://127.0.0.1:{sys.argv[1]}"
    uvicorn.run(Starlette(routes=ROUTES), host="127.0.0.1", port=int(sys.argv[1]), log_level="error")
