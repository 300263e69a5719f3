"""Every page of every role: good at all widths, in both languages."""

import re

import pytest
from playwright.sync_api import expect

from shared.access.principal import Role
from shared.web.i18n import gettext, use_language

from .conftest import Open

OWN_PAGES: dict[Role, tuple[str, ...]] = {
    Role.NOMINATOR: ("/de-cu", "/phong-trao", "/thong-bao"),
    Role.ORGANISATION: ("/tai-khoan",),
    Role.CLERK: ("/xet-duyet", "/hoat-dong", "/hoat-dong/moi", "/bao-cao", "/tong-hop", "/thong-bao/so-gui"),
    Role.EDITOR: ("/bien-tap",),
    Role.AGGREGATOR_OFFICER: ("/tong-hop", "/thong-bao"),
}
PUBLIC = ("/", "/chon-vai", "/dang-nhap", "/tra-cuu")
#: {page: its heading in Vietnamese}
HEADINGS = {
    "/": "Người tốt, việc tốt quanh ta",
    "/ke-hoach": "Kế hoạch sống",
    "/dang-nhap": "Đăng nhập",
    "/thu-mau": "Thư đã gửi",
}
VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)
NAMES = ("Gương Sáng", "Bình Lương", "Tiếng Việt")


@pytest.mark.parametrize("role", OWN_PAGES, ids=lambda role: role.value)
def test_the_pages_of_a_role(walk: Open, role: Role) -> None:
    with walk() as window:
        window.act_as(role)
        for path in OWN_PAGES[role]:
            window.go(path)
            window.require_good()


def test_the_pages_of_everybody(walk: Open) -> None:
    with walk() as window:
        for path in PUBLIC:
            window.go(path)
            window.require_good()


@pytest.mark.parametrize("path", HEADINGS)
def test_in_english_no_vietnamese_is_left_in_the_frame(walk: Open, path: str) -> None:
    with walk() as window:
        window.go(f"{path}?lang=en")
        expect(window.page.locator("html")).to_have_attribute("lang", "en")
        for part in ("header.top", "footer.foot", "aside.sample"):
            left = window.page.locator(part).evaluate("part => part.textContent")
            for name in NAMES:
                left = left.replace(name, "")
            assert not VIETNAMESE.search(left), f"{part}: {left!r}"
        with use_language("en"):
            heading = gettext(HEADINGS[path])
        assert heading != HEADINGS[path]
        expect(window.page.get_by_role("heading", level=1)).to_have_text(heading)
        window.require_good()


def test_a_report_is_a_paper_that_can_be_printed(walk: Open) -> None:
    with walk() as window:
        window.act_as(Role.CLERK)
        window.go("/bao-cao")
        href = window.page.get_by_role("link", name="Xem bản in (PDF)").first.get_attribute("href")
        paper = window.fetch(str(href))
        assert paper.headers["content-type"] == "application/pdf"
        assert paper.body().startswith(b"%PDF")
