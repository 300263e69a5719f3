"""One's own account: the password, and tokens for the organisation's programs."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.identity.commands.sign_in import change_password
from services.identity.commands.tokens import IssuedToken, held_office, issue_own_token, revoke_token
from services.identity.pages.cookie import carried_secret, go_in
from services.identity.queries.accounts import account_of_person, living_tokens
from services.identity.rules.accounts import LONGEST_TOKEN_NAME, SHORTEST_PASSWORD, TOKEN_DAYS
from services.identity.schemas.titles import role_title
from shared.access.door import signed_in
from shared.access.principal import Principal
from shared.access.rights import Action, may_at_all
from shared.access.session import session_of
from shared.access.sight import Sight
from shared.database import engine_of, transaction
from shared.errors import Forbidden, Refused, SignInNeeded
from shared.plan.shelf import plan_of
from shared.web.i18n import _
from shared.web.pages import render
from shared.web.parts import Choice
from shared.web.problems import sentence

router = APIRouter(prefix="/tai-khoan")
Opened = Annotated[Session, Depends(session_of("identity"), scope="function")]
SignedInPerson = Annotated[Principal, signed_in()]


@router.get("")
def account(request: Request, session: Opened, who: SignedInPerson, da: str = "") -> Response:
    done = {"doi-mat-khau": _("Đã đổi mật khẩu. Các máy khác đã được đăng xuất."), "thu-hoi": _("Đã thu hồi mã.")}
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
    address = request.client.host if request.client else None
    try:
        require_repeated(new, again)
        opened = change_password(
            engine_of("identity"),
            person_id=who.person_id,
            current=current,
            new=new,
            address=address,
            secret=str(secret),
        )
    except Refused as refusal:
        with transaction(engine_of("identity"), Sight(person_id=who.person_id)) as session:
            return show(request, session, who, errors={box_of(refusal.key): words_of(request, refusal)})
    return go_in(opened, "/tai-khoan?da=doi-mat-khau")


@router.post("/ma-api")
def issue(
    request: Request,
    session: Opened,
    who: SignedInPerson,
    name: Annotated[str, Form()] = "",
    days: Annotated[str, Form()] = "",
) -> Response:
    in_browser(who)
    try:
        chosen = int(days) if days.isascii() and days.isdigit() and len(days) < 5 else 0  # noqa: PLR2004 -- no longer number can be meant
        token = issue_own_token(session, person_id=who.person_id, office=who.office, name=name, days=chosen)
    except Refused as refusal:
        box = "days" if refusal.key == "token.days" else "name"
        return show(request, session, who, errors={box: words_of(request, refusal)}, token_name=name)
    return show(request, session, who, issued=token)


@router.post("/ma-api/{token_id}/thu-hoi")
def revoke(session: Opened, who: SignedInPerson, token_id: UUID) -> Response:
    revoke_token(session, person_id=in_browser(who).person_id, token_id=token_id)
    return RedirectResponse("/tai-khoan?da=thu-hoi", HTTPStatus.SEE_OTHER)


def in_browser(who: Principal) -> Principal:
    """A leaked token must not be able to make more tokens, or to see which there are."""
    if who.by_token:
        raise Forbidden("account.not_by_token")
    return who


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
    done: str = "",
) -> Response:
    may_issue = may_at_all(who.role, Action.ISSUE_TOKEN)
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
        token_choices=[Choice(str(days), _("%(count)s ngày", count=days)) for days in TOKEN_DAYS],
        shortest_password=SHORTEST_PASSWORD,
        token_name=token_name.replace("\0", "")[:LONGEST_TOKEN_NAME],
        errors=errors or {},
        issued=issued,
        done=done,
    )
