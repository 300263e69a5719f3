"""The cards of a commune's nominators: who has one, issue, take back, print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.identity.commands.cards import IssuedCard, issue_card, issue_cards, revoke_card, unsealed_card
from services.identity.queries.cards import CardLine, CardState, cards_of_plan
from services.identity.rules.accounts import text_of
from services.identity.schemas.cards import MAY_BE_REVOKED, STATE_NAMES, STATE_TONES, WITHOUT_CARD
from shared.access import rights
from shared.access.door import may
from shared.access.principal import Principal, Role
from shared.access.session import unbound_session_of
from shared.audit.looks import actor_of, listed, taken_out
from shared.audit.note import note
from shared.clock import today
from shared.documents.papers import card_sheet
from shared.documents.shapes import CardOfPerson, CardSheet
from shared.errors import Forbidden, NotFound, Refused
from shared.plan import Plan, UnknownInPlan
from shared.plan.shelf import plan_of
from shared.settings import settings
from shared.web.i18n import LazyText, _, current_language
from shared.web.pages import render
from shared.web.parts import Tone

HERE = "/the-thon"
router = APIRouter(prefix=HERE)
Opened = Annotated[
    Session,
    Depends(
        unbound_session_of("identity", why="a card opens every office of its person, in whatever commune"),
        scope="function",
    ),
]
Keeper = Annotated[Principal, may(rights.Action.KEEP_CARDS)]
LONGEST_PHONE = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the page. `start_code` is "" once the card has been started, and where the asker may not keep it."""

    person_id: UUID
    name: str
    unit: str
    state: LazyText
    tone: Tone
    start_code: str
    last_used_at: datetime | None
    has_card: bool
    may_keep: bool


@router.get("")
def cards(request: Request, who: Keeper, session: Opened, da: str = "") -> Response:
    plan, lines = plan_of(who.plan_id), cards_of_plan(session, who.plan_id)
    kept = [line for line in lines if may_keep(who, line)]
    note(session, listed(who, "cards", about=[line.person_id for line in lines]))
    done = {
        "phat": _("Đã phát thẻ. Thẻ cũ, nếu có, không dùng được nữa. Hãy in tờ thẻ rồi đọc mã bắt đầu cho người nhận."),
        "thu-hoi": _("Đã thu hồi thẻ. Máy đang mở bằng thẻ này đã bị đăng xuất."),
    }
    return render(
        request,
        "identity/cards.html",
        people=[shown(plan, line, may_keep=line in kept) for line in lines],
        to_print=sum(line.state is CardState.ISSUED for line in kept),
        without=sum(line.state in WITHOUT_CARD for line in kept),
        done=done.get(da, ""),
    )


@router.post("/phat")
def issue(who: Keeper, person: Annotated[UUID, Form()], session: Opened) -> Response:
    """A new card for one person. If there was one, it and all that it opened are worthless from now on."""
    require_keeper(session, who, person)
    issue_card(session, person_id=person, by=actor_of(who))
    return RedirectResponse(f"{HERE}?da=phat", HTTPStatus.SEE_OTHER)


@router.post("/phat-tat-ca")
def issue_to_all(who: Keeper, session: Opened) -> Response:
    """A card for everybody who has none. Whoever has one keeps it."""
    lines = cards_of_plan(session, who.plan_id)
    waiting = {line.person_id for line in lines if line.state in WITHOUT_CARD and may_keep(who, line)}
    if waiting:
        issue_cards(session, plan_id=who.plan_id, person_ids=waiting, by=actor_of(who))
    return RedirectResponse(f"{HERE}?da=phat", HTTPStatus.SEE_OTHER)


@router.post("/thu-hoi")
def revoke(who: Keeper, person: Annotated[UUID, Form()], session: Opened) -> Response:
    require_keeper(session, who, person)
    revoke_card(session, person, by=actor_of(who))
    return RedirectResponse(f"{HERE}?da=thu-hoi", HTTPStatus.SEE_OTHER)


@router.get("/to-the.pdf")
def sheet(
    who: Keeper,
    session: Opened,
    dien_thoai: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """All cards that nobody has started yet. Afterwards their addresses are known to nobody any more."""
    plan = plan_of(who.plan_id)
    lines = printable([line for line in cards_of_plan(session, who.plan_id) if may_keep(who, line)])
    if not lines:
        raise Refused("card.nothing_to_print")
    note(session, taken_out(who, "card_sheet", who.plan_id, about=[line.person_id for line, _card in lines]))
    shape = CardSheet(
        commune=plan.unit.name.vi,
        phone=text_of(dien_thoai, longest=LONGEST_PHONE),
        issued_on=today(),
        cards=tuple(card_of(plan, line, card) for line, card in lines),
        sample=settings().demo,
    )
    return Response(
        card_sheet(shape), media_type="application/pdf", headers={"content-disposition": 'inline; filename="the.pdf"'}
    )


def printable(lines: Sequence[CardLine]) -> list[tuple[CardLine, IssuedCard]]:
    """Each card that nobody has started, once: somebody may nominate for two units."""
    found: dict[UUID, tuple[CardLine, IssuedCard]] = {}
    for line in lines:
        if line.state is CardState.ISSUED and line.card_id and line.sealed and line.card_id not in found:
            found[line.card_id] = line, unsealed_card(line.card_id, line.sealed)
    return list(found.values())


def card_of(plan: Plan, line: CardLine, card: IssuedCard) -> CardOfPerson:
    url = f"{settings().public_url}/the/{card.secret}"
    return CardOfPerson(name=line.name, unit=unit_of(plan, line.unit_id, "vi"), url=url)


def require_keeper(session: Session, who: Principal, person_id: UUID) -> None:
    """Raise NotFound for anybody who does not nominate in the asker's commune, Forbidden if elsewhere as well."""
    line = next((one for one in cards_of_plan(session, who.plan_id) if one.person_id == person_id), None)
    if line is None:
        raise NotFound("person.unknown_id")
    if not may_keep(who, line):
        raise Forbidden("people.not_yours_to_manage")


def may_keep(who: Principal, line: CardLine) -> bool:
    """Whether the asker may hand the card out; one that opens another commune's office is an administrator's.

    Else a clerk could enrol that commune's village head here, and come in there by a new card.
    """
    return who.role is Role.ADMIN or not line.elsewhere


def shown(plan: Plan, line: CardLine, *, may_keep: bool) -> Shown:
    issued = may_keep and line.state is CardState.ISSUED and line.card_id and line.sealed
    return Shown(
        person_id=line.person_id,
        name=line.name,
        unit=unit_of(plan, line.unit_id, current_language()),
        state=STATE_NAMES[line.state],
        tone=STATE_TONES[line.state],
        start_code=unsealed_card(line.card_id, line.sealed).start_code if issued else "",  # type: ignore[arg-type]  # issued: both are there
        last_used_at=line.last_used_at,
        has_card=line.state in MAY_BE_REVOKED,
        may_keep=may_keep,
    )


def unit_of(plan: Plan, unit_id: UUID, language: str) -> str:
    try:
        return plan.unit_by_id(unit_id).name.to(language)
    except UnknownInPlan:
        return ""
