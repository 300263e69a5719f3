"""The portal, a story and the editor's desk in Chromium: phone and desktop, with and without scripts, for everybody."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from services.publish.main import web as app
from shared.access.principal import Role
from shared.plan import Plan
from tests.serving import serving
from tests.signed_in import cookies_of
from tests.sound import require_sound_at
from tests.worlds import Rows

from .conftest import AGREED, EVERYWHERE, Drafts, carried, enrolled, told, withdrawal_of

NARROW, PHONE, WIDE = 320, 360, 1366


@pytest.fixture
def site(database: Engine) -> Iterator[str]:
    """The address of publish, alone."""
    with serving(app) as found:
        yield found


@contextmanager
def opened(
    chromium: Browser, url: str, *, width: int = PHONE, cookies: dict[str, str] | None = None, **context: Any
) -> Iterator[Page]:
    room = chromium.new_context(
        locale="vi-VN", service_workers="block", viewport={"width": width, "height": 740}, **context
    )
    room.set_default_timeout(20_000)
    root = "/".join(url.split("/")[:3])
    room.add_cookies([{"name": name, "value": value, "url": root} for name, value in (cookies or {}).items()])
    page = room.new_page()
    page.goto(url)
    yield page
    room.close()


@pytest.fixture
def stories(published: Drafts, drafts: Drafts, plan: Plan, rows: Rows) -> dict[str, UUID]:
    """A small world: several stories out, one withdrawn, one draft without consent to the name."""
    for field, name, headline in (
        (plan.fields[3], "Giàng A Pủa", "Trồng chè sạch, giúp mười hộ trong thôn thoát nghèo"),
        (plan.fields[6], "Nguyễn Thị Thủy", "Mở lớp học chữ buổi tối cho hai mươi ba chị em"),
        (plan.fields[3], "Vi Văn Chiến", "Hiến 300 m² đất mở rộng đường vào trường"),
    ):
        published("portal", "atom", field=field.id, name=name, headline=headline)
    taken = published("portal")
    told(plan, withdrawal_of(rows("SELECT nomination_id FROM publish.story WHERE id = :id", id=taken)[0][0], plan))
    carried(rows)
    nameless = AGREED.model_copy(update={"publish_name": False})
    draft = drafts(consent=nameless, headline="Nhặt được của rơi, trả lại người mất")
    return {"out": published(*EVERYWHERE), "gone": taken, "draft": draft}


def slug_of(rows: Rows, story_id: UUID) -> str:
    return str(rows("SELECT slug FROM publish.story WHERE id = :id", id=story_id)[0][0])


def test_public_pages_are_for_everybody(chromium: Browser, site: str, stories: dict[str, UUID], rows: Rows) -> None:
    out, gone = slug_of(rows, stories["out"]), slug_of(rows, stories["gone"])

    for path in ("/", "/?q=khong-co-gi", "/?linh-vuc=F04", f"/guong/{out}", f"/guong/{gone}", "/?lang=en"):
        with opened(chromium, f"{site}{path}") as page:
            require_sound_at(page, NARROW, WIDE)


def test_the_desk_is_for_everybody(chromium: Browser, site: str, stories: dict[str, UUID], plan: Plan) -> None:
    cookies = cookies_of(enrolled(Role.EDITOR, plan.unit.key, plan))
    story, draft = stories["out"], stories["draft"]

    for path in (
        "/bien-tap", "/bien-tap?nhom=da-dang", f"/bien-tap/{draft}", f"/bien-tap/{draft}/xuat-ban",
        f"/bien-tap/{story}", f"/bien-tap/{story}/kenh", f"/bien-tap/{draft}/xem/cong",
        f"/bien-tap/{draft}/xem/truyen-thanh", "/hoat-dong", "/hoat-dong/moi",
    ):  # fmt: skip
        with opened(chromium, f"{site}{path}", cookies=cookies) as page:
            require_sound_at(page, NARROW, WIDE)


@pytest.mark.parametrize("scripts", [False, True])
def test_a_reader_searches_reads_and_listens(
    chromium: Browser, site: str, stories: dict[str, UUID], scripts: bool
) -> None:
    with opened(chromium, site, java_script_enabled=scripts) as page:
        page.get_by_label("Tìm (gõ không dấu cũng được)").fill("noi chao am")
        page.get_by_role("button", name="Tìm").click()
        expect(page.get_by_role("heading", name="Tìm thấy 1 tấm gương")).to_be_visible()
        page.get_by_role("link", name="Lò Thị Ấm: nồi cháo").click()

        expect(page.get_by_role("heading", level=1)).to_have_text(
            "Lò Thị Ấm: nồi cháo nghĩa tình mười năm ở trạm y tế xã"
        )
        expect(page.locator("audio")).to_be_visible()
        expect(page.get_by_role("link", name="Tờ gương để in (PDF)")).to_be_visible()


@pytest.mark.parametrize(("width", "scripts"), [(PHONE, False), (WIDE, True)])
def test_an_editor_takes_a_draft_to_the_people(
    chromium: Browser, site: str, drafts: Drafts, plan: Plan, rows: Rows, width: int, scripts: bool
) -> None:
    drafts()
    cookies = cookies_of(enrolled(Role.EDITOR, plan.unit.key, plan))

    with opened(chromium, f"{site}/bien-tap", width=width, cookies=cookies, java_script_enabled=scripts) as page:
        page.get_by_role("link", name="Mở bài tiếp theo").click()
        page.get_by_label("Tựa bài").fill("Nồi cháo nghĩa tình của bà Ấm")
        page.get_by_role("button", name="Lưu và chọn kênh đăng").click()
        page.get_by_role("button", name="Tiếp tục").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Đăng bài này lên 4 kênh?")
        page.get_by_role("button", name="Duyệt và đăng").click()
        expect(page.get_by_text("Đang đưa bài lên các kênh")).to_be_visible()
        carried(rows)
        if not scripts:
            page.get_by_role("link", name="Xem lại").click()
        expect(page.get_by_text("Đã đăng", exact=True)).to_have_count(4)
        page.goto(site)
        expect(page.get_by_role("link", name="Nồi cháo nghĩa tình của bà Ấm")).to_be_visible()


def test_the_policy_stops_nothing(chromium: Browser, site: str, stories: dict[str, UUID], rows: Rows) -> None:
    complaints: list[str] = []
    with opened(chromium, "about:blank") as page:
        page.on("console", lambda line: complaints.append(line.text))
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        for path in ("/", f"/guong/{slug_of(rows, stories['out'])}"):
            page.goto(f"{site}{path}", wait_until="networkidle")

    assert complaints == []
