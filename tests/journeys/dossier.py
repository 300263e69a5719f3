"""What the people of the journeys tell of. Everybody here is made up."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gateway.demo.picture import sample_photo
from shared.access.principal import Role
from shared.plan import Plan

from .window import Window

PHOTO = {"name": "noi-chao.jpg", "mimeType": "image/jpeg", "buffer": sample_photo()}
TEXT = (
    "Từ năm 2015, mỗi tuần hai buổi, bà dậy từ 3h30 để nấu 60 suất cháo cho bệnh nhân nghèo ở trạm y tế xã. "
    "Gạo và củi đều do bà tự lo, về sau có thêm 12 hộ trong thôn cùng góp."
)
WHY = "Việc làm thiết thực, bền bỉ, được nhiều người noi theo."


@dataclass(frozen=True)
class Told:
    """A nomination that went its way: what a journey needs to find it again."""

    id: UUID
    code: str
    name: str
    headline: str
    slug: str = ""
    title: str = ""


def begin_form(window: Window) -> None:
    """From the nominator's first page to the first screen: with scripts the whole form, without them a sheet."""
    window.page.get_by_role("button", name="Đề cử người mới").click()
    window.page.get_by_role("heading", name="Bạn đề cử ai?").wait_for()


def begin_draft(window: Window) -> str:
    """The address of a fresh draft with its sheets, as those without scripts have it."""
    first = window.page.request.post(f"{window.address}/de-cu/moi", headers={"Origin": window.address}).url
    return first.removesuffix("/ai").removeprefix(window.address)


def sent(window: Window) -> str:
    """Press the last button; the address of the receipt."""
    window.page.get_by_role("button", name="Gửi đề cử cho xã").click()
    window.page.locator(".code").wait_for()
    return window.page.url.removeprefix(window.address)


def forward(window: Window, label: str = "Tiếp tục") -> None:
    window.page.get_by_role("button", name=label, exact=True).click()


def fill_who(window: Window, name: str) -> None:
    window.page.get_by_label("Họ và tên, hoặc tên gọi").fill(name)


def fill_deed(window: Window, headline: str) -> None:
    window.page.get_by_label("Kể ngắn gọn việc đã làm").fill(f"{headline}. {TEXT}")
    window.page.get_by_label(plain_field(window.plan), exact=True).check()


def fill_consent(window: Window) -> None:
    window.page.get_by_label("Chọn ảnh").set_input_files([PHOTO])  # type: ignore[list-item]
    for agreed in ("Chính người được đề cử", "Nêu tên", "Đăng bài kể về việc làm", "Đăng ảnh"):
        window.page.get_by_label(agreed).check()


def plain_field(plan: Plan) -> str:
    """A field that asks for no check of secrecy before publication."""
    return next(one.title.vi for one in plan.fields if not one.checks)


def nominate_by_program(window: Window, *, name: str, headline: str) -> Told:
    """The same dossier through the API, for journeys that begin later on the road."""
    plan = window.plan
    window.act_as(Role.NOMINATOR)
    body: dict[str, Any] = {
        "nominee": {"name": name, "birth_year": 1968, "address": ""},
        "consent": {
            "given_by": "self",
            "proof": "signed_paper",
            "publish_name": True,
            "publish_story": True,
            "publish_photo": True,
        },
        "subject_kind": plan.subject_kinds[0].id,
        "model_kind": plan.model_kinds[0].id,
        "field": next(one.id for one in plan.fields if not one.checks),
        "movement": plan.movements[0].id,
        "areas": [],
        "headline": headline,
        "story": f"{headline}. {TEXT}",
        "initiative": False,
        "direct_worker": True,
        "photo": None,
    }
    key = {"Idempotency-Key": f"journey-{name}-{headline}".encode().hex()[:60]}
    receipt = window.call("POST", "/api/v1/nominations", 201, data=body, headers=key)
    return Told(UUID(receipt["id"]), receipt["code"], name, headline)
