"""Sign in through a provider of OpenID Connect; link and unlink one's account there."""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.identity.adapters.sealing import sealed, unsealed
from services.identity.adapters.tickets import read_ticket, ticket
from services.identity.commands.providers import (
    link_provider,
    note_provider_failure,
    sign_in_by_provider,
    unlink_provider,
)
from services.identity.commands.sessions import SignedIn
from services.identity.pages.cookie import carried_secret, carried_ticket, drop_ticket, go_in, hand_ticket
from services.identity.pages.own import in_browser
from services.identity.rules.accounts import own_path
from services.identity.rules.providers import Begun, Vouched
from services.identity.settings import sign_in_settings
from shared.access.door import Visitor, signed_in
from shared.access.principal import Principal
from shared.access.session import session_of
from shared.database import engine_of, transaction
from shared.errors import NotFound, Refused
from shared.settings import settings
from shared.web.pages import render
from shared.web.problems import refusal_response

router = APIRouter()
Opened = Annotated[Session, Depends(session_of("identity"), scope="function")]
SignedInPerson = Annotated[Principal, signed_in()]
Said = Annotated[str, Query(max_length=2000)]

BACK = "/dang-nhap/oidc/ve"
FLOW = "oidc"
FLOW_S = 10 * 60


@dataclass(frozen=True, slots=True)
class Flow:
    """What the browser carries to the provider and back. `links` is the person who wants to link, or ""."""

    state: str
    nonce: str
    verifier: str
    next_path: str
    links: str


@router.get("/dang-nhap/oidc")
def go(who: Visitor, next: str = "") -> Response:  # noqa: ARG001, A002 -- open to anybody; the address says next
    begun = begun_at_provider()
    response = RedirectResponse(begun.url, HTTPStatus.SEE_OTHER)
    carry(response, Flow(begun.state, begun.nonce, begun.verifier, own_path(next), links=""))
    return response


@router.post("/tai-khoan/lien-ket")
def begin_link(request: Request, who: SignedInPerson) -> Response:
    """The way to the provider as a link: a form may lead to our own pages only (Content-Security-Policy)."""
    begun = begun_at_provider()
    response = render(request, "identity/provider_link.html", url=begun.url, provider=sign_in_settings().oidc_label)
    carry(response, Flow(begun.state, begun.nonce, begun.verifier, "", links=str(in_browser(who).person_id)))
    return response


@router.post("/tai-khoan/lien-ket/bo")
def unlink(who: SignedInPerson, session: Opened) -> Response:
    unlink_provider(session, in_browser(who).person_id)
    return RedirectResponse("/tai-khoan?da=bo-lien-ket", HTTPStatus.SEE_OTHER)


@router.get(BACK)
def come_back(
    request: Request, who: Visitor, state: Said = "", code: Said = "", error: Said = "", iss: Said = ""
) -> Response:
    """Whoever comes back from the provider. Whatever is wrong, the flow is over and has to be begun anew."""
    require_provider()
    try:
        flow = carried_flow(request, state)
        require_answer(code, error=error, iss=iss)
        response = believed(request, who, flow, code)
    except Refused as refusal:
        response = refusal_response(request, refusal)
    drop_ticket(response, FLOW)
    return response


def require_answer(code: str, *, error: str, iss: str) -> None:
    """Raise Refused for an answer that says no, or that comes from another issuer (RFC 9207)."""
    if error or not code:
        raise Refused("provider.declined")
    if iss and iss != sign_in_settings().oidc_issuer:
        raise Refused("provider.not_believed")


def believed(request: Request, who: Principal | None, flow: Flow, code: str) -> Response:
    from services.identity.adapters import provider  # noqa: PLC0415 -- as in begun_at_provider

    vouched = provider.finish(code=code, nonce=flow.nonce, verifier=flow.verifier, redirect_uri=back())
    carried = carried_secret(request)
    if not flow.links:
        return go_in(let_in(vouched, carried), flow.next_path)
    with transaction(engine_of("identity")) as session:
        if who is None or carried is None or who.person_id != UUID(flow.links):
            raise Refused("provider.signed_out")
        link_provider(session, vouched, person_id=who.person_id, secret=carried)
    return RedirectResponse("/tai-khoan?da=lien-ket", HTTPStatus.SEE_OTHER)


def let_in(vouched: Vouched, carried: str | None) -> SignedIn:
    """A session for whoever the provider vouches for; a refusal is noted."""
    engine = engine_of("identity")
    try:
        with transaction(engine) as session:
            return sign_in_by_provider(session, vouched, instead_of=carried)
    except Refused as refusal:
        note_provider_failure(engine, vouched, why=refusal.key)
        raise


def carry(response: Response, flow: Flow) -> None:
    """Sealed, since PKCE's verifier is nobody else's business."""
    content = urlsafe_b64encode(sealed(json.dumps(asdict(flow)), purpose=FLOW, owner=FLOW)).decode()
    hand_ticket(response, FLOW, ticket(FLOW, {"flow": content}), max_age_s=FLOW_S)


def carried_flow(request: Request, state: str) -> Flow:
    """The flow that this browser began. Raises Refused("provider.not_begun_here") for somebody else's answer."""
    said = read_ticket(FLOW, carried_ticket(request, FLOW), max_age_s=FLOW_S)
    if said is None:
        raise Refused("provider.not_begun_here")
    flow = Flow(**json.loads(unsealed(urlsafe_b64decode(said["flow"]), purpose=FLOW, owner=FLOW)))
    if not hmac.compare_digest(flow.state.encode(), state.encode("utf-8", "surrogatepass")):
        raise Refused("provider.not_begun_here")
    return flow


def begun_at_provider() -> Begun:
    from services.identity.adapters import provider  # noqa: PLC0415 -- Authlib is loaded only where there is a provider

    require_provider()
    return provider.begin(back())


def require_provider() -> None:
    if not sign_in_settings().has_provider:
        raise NotFound("http.404")


def back() -> str:
    """The address that is registered with the provider."""
    return f"{settings().public_url}{BACK}"
