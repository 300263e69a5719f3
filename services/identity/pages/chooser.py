"""The role chooser: in a demonstration, anybody may act as one of the made-up people. Elsewhere it does not exist."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlmodel import Session
from starlette.responses import Response

from services.identity.commands.sessions import sign_in_as_sample, sign_out
from services.identity.pages.cookie import carried_secret, go_in, go_out
from services.identity.queries.accounts import HeldOffice, activated_plan_ids, sample_offices
from services.identity.schemas.titles import role_title
from shared.access.door import Visitor
from shared.access.principal import Role
from shared.access.session import session_of
from shared.access.sight import EVERYTHING
from shared.database import widened
from shared.errors import NotFound
from shared.plan import Plan
from shared.plan.shelf import shelf
from shared.settings import settings
from shared.web.i18n import LazyText, current_language, lazy
from shared.web.pages import render
from shared.web.parts import Choice

router = APIRouter(prefix="/chon-vai")
Opened = Annotated[Session, Depends(session_of("identity"), scope="function")]

DEMONSTRATION = "in a demonstration, anybody may act as one of the made-up people"

#: {role: (its step on the road, what one can try)}, in the order in which a nomination meets them.
INVITATIONS: dict[Role, tuple[LazyText, LazyText]] = {
    Role.NOMINATOR: (
        lazy("Đề cử"),
        lazy("Giới thiệu một tấm gương trong thôn, chụp ảnh, gửi đi và xem hồ sơ đi tới đâu."),
    ),
    Role.ORGANISATION: (
        lazy("Đề cử"),
        lazy("Đề cử hội viên tiêu biểu, hoặc lập mã API để phần mềm của hội tự gửi đề cử."),
    ),
    Role.CLERK: (lazy("Tiếp nhận"), lazy("Xem hồ sơ vừa gửi, nhắc việc sắp đến hạn và lập báo cáo.")),
    Role.COUNCIL_MEMBER: (
        lazy("Chấm điểm"),
        lazy("Đọc hồ sơ, chấm điểm theo từng tiêu chuẩn và viết nhận xét."),
    ),
    Role.CHAIR: (
        lazy("Quyết định"),
        lazy("Xem điểm của Hội đồng rồi quyết định: công nhận, bồi dưỡng thêm hay chưa công nhận."),
    ),
    Role.EDITOR: (lazy("Biên tập"), lazy("Sửa bài viết về tấm gương rồi đăng lên cổng, bản tin loa và tờ rơi.")),
    Role.AGGREGATOR_OFFICER: (
        lazy("Tổng hợp"),
        lazy("Xem bảng tổng hợp của mọi xã: xã nào đạt chỉ tiêu, xã nào chậm."),
    ),
}


@dataclass(frozen=True, slots=True)
class RoleCard:
    """One role on offer. `people` are the sample offices to choose from, at least one; values are office ids."""

    title: str
    step: LazyText
    invitation: LazyText
    people: tuple[Choice, ...]
    number: int


@router.get("")
def choose(request: Request, who: Visitor, session: Opened, xa: str = "") -> Response:  # noqa: ARG001 -- the frame shows who
    require_demonstration()
    active = activated_plan_ids(session)
    plans = [plan for plan in shelf().values() if plan.id in active]
    if not plans:
        raise NotFound("thing.unknown")
    plan = next((plan for plan in plans if plan.id == xa), plans[0])
    with widened(session, EVERYTHING, why=DEMONSTRATION):
        offices = sample_offices(session, plan.id)
    return render(
        request,
        "identity/chooser.html",
        communes=[(one.unit.name.to(current_language()), f"/chon-vai?xa={one.id}", one is plan, None) for one in plans],
        chosen=plan,
        commune=plan.unit.name.to(current_language()),
        cards=cards_of(plan, offices),
    )


@router.post("")
def take(request: Request, who: Visitor, session: Opened, office: Annotated[UUID | None, Form()] = None) -> Response:  # noqa: ARG001 -- open to anybody, in a demonstration
    """Act as the sample person who holds `office`; without one, as a citizen who is not signed in."""
    require_demonstration()
    secret = carried_secret(request)
    with widened(session, EVERYTHING, why=DEMONSTRATION):
        if office is not None:
            return go_in(sign_in_as_sample(session, office, instead_of=secret))
        if secret:
            sign_out(session, secret)
    return go_out("/")


def require_demonstration() -> None:
    if not settings().demo:
        raise NotFound("http.404")


def cards_of(plan: Plan, offices: Iterable[HeldOffice]) -> list[RoleCard]:
    """A card for each role that has sample people, its people in the plan's order of units."""
    places = {unit.id: at for at, unit in enumerate(plan.units)}
    held = sorted((one for one in offices if one.office.unit_id in places), key=lambda one: places[one.office.unit_id])
    cards: list[RoleCard] = []
    for role, (step, invitation) in INVITATIONS.items():
        people = tuple(Choice(str(one.id), one.name) for one in held if one.office.role is role)
        if people:
            cards.append(RoleCard(role_title(plan, role), step, invitation, people, len(cards) + 1))
    return cards
