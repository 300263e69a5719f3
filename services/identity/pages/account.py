"""One's own account: the password, and the way to all that belongs to it."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from sqlmodel import Session
from starlette.responses import Response

from services.identity.commands.second_factor import has_authenticator
from services.identity.commands.sign_in import change_password
from services.identity.commands.tokens import OWN_SCOPES, IssuedToken, held_office
from services.identity.pages.cookie import address_of, carried_secret, go_in
from services.identity.pages.own import in_browser
from services.identity.queries.accounts import account_of_person, living_tokens
from services.identity.queries.providers import provider_link_of
from services.identity.rules.accounts import LONGEST_TOKEN_NAME, SHORTEST_PASSWORD, TOKEN_DAYS
from services.identity.schemas.titles import SCOPE_HINTS, SCOPE_NAMES, role_title
from services.identity.settings import sign_in_settings
from shared.access.door import signed_in
from shared.access.principal import Principal
from shared.access.rights import Action, may_at_all
from shared.access.session import session_of
from shared.access.sight import Sight
from shared.database import engine_of, transaction
from shared.errors import Refused, SignInNeeded
from shared.plan.shelf import plan_of
from shared.web.i18n import _
from shared.web.pages import render
from shared.web.parts import Choice
from shared.web.problems import sentence

router = APIRouter(prefix="/tai-khoan")
Opened = Annotated[Session, Depends(session_of("identity"), scope="function")]
SignedInPerson = Annotated[Principal, signed_in()]


@router.get("")
def account(request: Request, who: SignedInPerson, session: Opened, da: str = "") -> Response:
    done = {
        "doi-mat-khau": _("Đã đổi mật khẩu. Các máy khác đã được đăng xuất."),
        "thu-hoi": _("Đã thu hồi mã."),
        "lien-ket": _("Đã liên kết."),
        "bo-lien-ket": _("Đã bỏ liên kết."),
    }
    return show(request, session, in_browser(who), done=done.get(da, ""))


@router.post("/mat-khau")
def change(
    request: Request,
    who: SignedInPerson,
    current: Annotated[str, Form()] = "",
    new: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    secret = carried_secret(request)
    if in_browser(who) and secret is None:
        raise SignInNeeded("access.sign_in_needed")
    try:
        require_repeated(new, again)
        opened = change_password(
            engine_of("identity"),
            person_id=who.person_id,
            current=current,
            new=new,
            address=address_of(request),
            secret=str(secret),
        )
    except Refused as refusal:
        with transaction(engine_of("identity"), Sight(person_id=who.person_id)) as session:
            return show(request, session, who, errors={box_of(refusal.key): words_of(request, refusal)})
    return go_in(opened, "/tai-khoan?da=doi-mat-khau")


def require_repeated(new: str, again: str) -> None:
    """A slip of the finger would lock its owner out."""
    if new != again:
        raise Refused("password.not_repeated")


def box_of(key: str) -> str:
    """The box of the password form that a refusal belongs to."""
    if key == "password.not_repeated":
        return "again"
    return "current" if key in {"password.wrong_current", "sign_in.too_many_tries", "sign_in.wrong"} else "new"


def words_of(request: Request, refusal: Refused) -> str:
    return sentence(request, refusal.key, **refusal.details)


def show(
    request: Request,
    session: Session,
    who: Principal,
    *,
    errors: dict[str, str] | None = None,
    issued: IssuedToken | None = None,
    token_name: str = "",
    scopes: Sequence[str] = OWN_SCOPES,
    done: str = "",
) -> Response:
    may_issue = may_at_all(who.role, Action.ISSUE_TOKEN) and who.on_behalf_of is None
    own = account_of_person(session, who.person_id)
    return render(
        request,
        "identity/account.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        email=own.email if own else "",
        has_password=own is not None and own.hash is not None,
        title=role_title(plan_of(who.plan_id), who.role),
        many_offices=len(who.offices) > 1,
        may_issue=may_issue,
        tokens=living_tokens(session, held_office(session, who.person_id, who.office).id) if may_issue else (),
        scope_choices=[Choice(one.value, str(SCOPE_NAMES[one]), str(SCOPE_HINTS[one])) for one in OWN_SCOPES],
        scope_names=SCOPE_NAMES,
        scopes=[scope for scope in scopes if scope in OWN_SCOPES],
        has_authenticator=has_authenticator(session, who.person_id),
        provider=sign_in_settings().oidc_label if sign_in_settings().has_provider else "",
        provider_linked=provider_link_of(session, who.person_id) is not None,
        token_choices=[Choice(str(days), _("%(count)s ngày", count=days)) for days in TOKEN_DAYS],
        shortest_password=SHORTEST_PASSWORD,
        token_name=token_name.replace("\0", "")[:LONGEST_TOKEN_NAME],
        errors=errors or {},
        issued=issued,
        done=done,
    )
