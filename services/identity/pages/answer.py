"""A citizen asks who looked at their data: find the dossiers, note the request, print the letter."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.identity.commands.answers import note_request
from services.identity.pages.trail import TRAIL_PAGE, Short, Words, clean
from services.identity.queries.sought import Dossier, dossiers_of
from services.identity.queries.trail import OpenRequest, looks_at, open_requests
from services.identity.rules.answers import rule_on
from services.identity.schemas.answer import letter_of, lines_of
from services.identity.schemas.trail_words import unit_words
from shared.access import rights
from shared.access.door import may
from shared.access.principal import Principal, Role
from shared.access.session import session_of
from shared.audit.looks import commune_of, listed, opened, taken_out
from shared.audit.note import note
from shared.clock import today
from shared.documents.papers import official_letter
from shared.errors import NotFound, Refused
from shared.plan.shelf import plan_of
from shared.text.dates import parsed_day, shown_day
from shared.web.i18n import _
from shared.web.pages import render
from shared.web.parts import Choice, Task
from shared.web.problems import sentence

ANSWER_PAGE = f"{TRAIL_PAGE}/ai-da-xem"
MOST_DOSSIERS = 20
router = APIRouter(prefix=ANSWER_PAGE)
Opened = Annotated[Session, Depends(session_of("identity"), scope="function")]
Answering = Annotated[Principal, may(rights.Action.ANSWER_CITIZEN)]
Chosen = Annotated[list[UUID], Query(alias="ho-so", max_length=MOST_DOSSIERS)]
Request_ = Annotated[UUID | None, Query(alias="yeu-cau")]


@router.get("")
def find(
    request: Request, who: Answering, session: Opened, ma: Short = "", ten: Words = "", nam: Short = ""
) -> Response:
    """The form, what it found, and the requests that wait for their answer."""
    asked = bool(clean(ma) or clean(ten))
    year = int(nam) if nam.isascii() and nam.isdigit() and len(nam) == 4 else None  # noqa: PLR2004 -- a year
    found: list[Dossier] = []
    if asked:
        plan_ids = (who.plan_id,)
        found = dossiers_of(session, plan_ids=plan_ids, code=clean(ma), name=clean(ten), birth_year=year)
        note(session, listed(who, "dossiers", about=[each.id for each in found], searched=True))
    rule = rule_on(today())
    return render(
        request,
        "identity/answer_find.html",
        ma=clean(ma),
        ten=clean(ten),
        nam=clean(nam),
        asked=asked,
        found=[choice_of(each) for each in found[:MOST_DOSSIERS]],
        waiting=[task_of(each) for each in open_requests(session, commune_of(who.plan_id))],
        rule=rule,
    )


@router.get("/ket-qua")
def answer(
    request: Request,
    who: Answering,
    session: Opened,
    chosen: Chosen = [],  # noqa: B006 -- FastAPI copies it
    asked: Request_ = None,
) -> Response:
    """Who looked at these dossiers, by office, purpose and day."""
    dossiers = chosen_dossiers(session, who, chosen)
    return answer_page(request, session, who, dossiers, asked=asked)


@router.post("/ket-qua")
def note_it(
    request: Request,
    who: Answering,
    session: Opened,
    chosen: Annotated[list[UUID], Form(alias="ho-so", max_length=MOST_DOSSIERS)] = [],  # noqa: B006 -- likewise
    received: Annotated[str, Form(alias="ngay", max_length=40)] = "",
) -> Response:
    """Note the citizen's request; from its day the law's time runs."""
    dossiers = chosen_dossiers(session, who, chosen)
    try:
        request_id = note_request(session, who, dossiers, received_on=parsed_day(received), today=today())
    except Refused as refusal:
        errors = {"ngay": sentence(request, refusal.key, **refusal.details)}
        return answer_page(request, session, who, dossiers, typed=received, errors=errors)
    return RedirectResponse(address("/ket-qua", dossiers, request_id), HTTPStatus.SEE_OTHER)


@router.get("/thu.pdf")
def letter(
    who: Answering,
    session: Opened,
    chosen: Chosen = [],  # noqa: B006 -- FastAPI copies it
    asked: Request_ = None,
) -> Response:
    """The letter, for the signature. With `yeu-cau`, that request is answered."""
    dossiers = chosen_dossiers(session, who, chosen)
    ids = [each.id for each in dossiers]
    looks = looks_at(session, ids, unit_id=commune_of(who.plan_id))
    request = open_request(session, who, asked)
    note(session, taken_out(who, "answer", asked or dossiers[0].id, code=dossiers[0].code, about=ids))
    received_on = request.received_on if request else None
    deputy = who.stands_in_for(Role.CHAIR)
    paper = letter_of(plan_of(who.plan_id), dossiers, looks, today=today(), received_on=received_on, deputy=deputy)
    headers = {"content-disposition": f'inline; filename="ai-da-xem-{dossiers[0].code}.pdf"'}
    return Response(official_letter(paper), media_type="application/pdf", headers=headers)


def answer_page(
    request: Request,
    session: Session,
    who: Principal,
    dossiers: Sequence[Dossier],
    *,
    asked: UUID | None = None,
    typed: str = "",
    errors: dict[str, str] | None = None,
) -> Response:
    ids = [each.id for each in dossiers]
    looks = looks_at(session, ids, unit_id=commune_of(who.plan_id))
    note(session, opened(who, "answer", dossiers[0].id, code=dossiers[0].code, about=ids))
    return render(
        request,
        "identity/answer.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        dossiers=dossiers,
        codes=", ".join(each.code for each in dossiers),
        lines=lines_of(looks),
        request_noted=open_request(session, who, asked),
        letter_href=address("/thu.pdf", dossiers, asked),
        here=f"{ANSWER_PAGE}/ket-qua",
        received=typed or shown_day(today()),
        errors=errors or {},
        rule=rule_on(today()),
    )


def chosen_dossiers(session: Session, who: Principal, ids: Sequence[UUID]) -> list[Dossier]:
    """The dossiers of the asker's commune among these. Raises NotFound when there is none."""
    found = dossiers_of(session, plan_ids=(who.plan_id,), ids=ids)
    if not found:
        raise NotFound("answer.no_dossier")
    return found


def open_request(session: Session, who: Principal, request_id: UUID | None) -> OpenRequest | None:
    """The commune's noted request with this id, as long as nobody has answered it."""
    waiting = open_requests(session, commune_of(who.plan_id)) if request_id else []
    return next((each for each in waiting if each.id == str(request_id)), None)


def choice_of(dossier: Dossier) -> Choice:
    unit = unit_words(plan_of(dossier.plan_id), dossier.unit_id)
    day = shown_day(dossier.submitted_on)
    born = _("sinh năm %(year)s", year=dossier.birth_year) if dossier.birth_year else _("không rõ năm sinh")
    hint = _("%(name)s, %(born)s. %(unit)s gửi ngày %(day)s.", name=dossier.name, born=born, unit=unit, day=day)
    return Choice(str(dossier.id), dossier.code, hint)


def task_of(waiting: OpenRequest) -> Task:
    left = (waiting.answer_by - today()).days
    return Task(
        title=_("Hồ sơ %(code)s", code=waiting.code),
        href=address("/ket-qua", waiting.subjects, UUID(waiting.id)),
        status=_("Quá hạn") if left < 0 else _("Trả lời đến hết %(day)s", day=shown_day(waiting.answer_by)),
        tone="bad" if left < 0 else "warn" if left == 0 else "info",
        detail=_("Nhận ngày %(day)s", day=shown_day(waiting.received_on)),
    )


def address(path: str, dossiers: Sequence[Dossier | UUID], request_id: UUID | None) -> str:
    """A page about these dossiers, for this request."""
    ids = [each if isinstance(each, UUID) else each.id for each in dossiers]
    asked = [("ho-so", str(each)) for each in ids] + ([("yeu-cau", str(request_id))] if request_id else [])
    return f"{ANSWER_PAGE}{path}?{urlencode(asked)}"
