"""What goes wrong at a village head's hand: a message by the box, nothing typed lost, never a fault of ours."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from shared.access.principal import Role

from . import dossier
from .conftest import Open
from .window import Window

STORY = "Kể ngắn gọn việc đã làm"


@pytest.fixture(scope="module")
def form(walk: Open) -> Iterator[tuple[Window, str]]:
    """A draft whose first sheet is filled in, and its address."""
    with walk() as window:
        window.act_as(Role.NOMINATOR, turn=2)
        draft = dossier.begin_draft(window)
        yield window, draft


def refused(window: Window, **faults: str) -> None:
    """The page came back with a message at the top, which leads to each box, and one at the box."""
    expect(window.page).to_have_title(re.compile("^Lỗi:"))
    expect(window.page.get_by_role("alert")).to_be_focused()
    for box, says in faults.items():
        window.page.get_by_role("alert").get_by_role("link", name=says).click()
        expect(window.page.locator(f"#{box}")).to_be_focused()
        expect(window.page.locator(f"#{box}-error")).to_contain_text(says)
    assert window.complaints == []


def test_an_empty_sheet(form: tuple[Window, str]) -> None:
    window, draft = form
    window.go(f"{draft}/ai")
    window.page.get_by_label("Họ và tên, hoặc tên gọi").fill("")
    dossier.forward(window)

    refused(window, name="Hãy ghi họ và tên")
    window.require_good()


def test_a_story_that_is_too_long_stays_in_its_box(form: tuple[Window, str]) -> None:
    window, draft = form
    window.go(f"{draft}/viec")
    long = "Bà nấu cháo cho người nghèo. " * 200
    window.page.get_by_label(STORY).fill(long)
    dossier.forward(window)

    refused(window, story="tối đa là 5000")
    expect(window.page.get_by_label(STORY)).to_have_value(long)


def test_a_story_typed_with_an_old_font_stays_in_its_box(form: tuple[Window, str]) -> None:
    window, draft = form
    window.go(f"{draft}/viec")
    old = "Bµ nÊu ch¸o cho ng­êi nghÌo ë tr¹m y tÕ x· mçi tuÇn hai buæi."
    window.page.get_by_label(STORY).fill(old)
    dossier.forward(window)

    refused(window, story="gõ bằng phông cũ")
    expect(window.page.get_by_label(STORY)).to_have_value(old)


def test_a_day_that_does_not_exist(form: tuple[Window, str]) -> None:
    window, draft = form
    window.go(f"{draft}/viec")
    dossier.fill_deed(window, "Sửa cầu treo")
    if not window.page.get_by_label("Ngày làm việc đó").is_visible():
        window.page.get_by_text("Ngày làm, phong trào, loại gương").click()
    window.page.get_by_label("Ngày làm việc đó").fill("31/2/2025")
    dossier.forward(window)

    refused(window, happened_on="Không có ngày “31/2/2025”")
    expect(window.page.get_by_label(STORY)).to_have_value(f"Sửa cầu treo. {dossier.TEXT}")


def test_a_photo_that_is_no_photo(form: tuple[Window, str]) -> None:
    window, draft = form
    window.go(f"{draft}/anh")
    box = window.page.get_by_label("Chọn ảnh")
    box.set_input_files([{"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": b"%PDF-1.7 no photo at all"}])
    window.page.get_by_label("Nêu tên").check()
    dossier.forward(window)

    expect(window.page.get_by_role("alert")).to_be_focused()
    expect(window.page.locator("#photo-error")).to_be_visible()
    expect(window.page.get_by_label("Nêu tên")).to_be_checked()
    window.require_good()


def test_sending_what_is_not_complete_leads_to_what_is_missing(form: tuple[Window, str]) -> None:
    window, draft = form
    window.go(f"{draft}/kiem-tra")
    window.page.get_by_role("button", name="Gửi đề cử cho xã").click()

    alert = window.page.get_by_role("alert")
    expect(alert).to_be_focused()
    alert.get_by_role("link", name="Hãy cho biết ai đã đồng ý").click()
    window.page.wait_for_url("**/anh?then=check#given_by")
    window.require_good()


@pytest.mark.parametrize("path", ["/khong-co", "/guong/khong-co", "/de-cu/khong-phai-ma", "/tra-cuu/DC-2025-9999"])
def test_an_address_that_leads_nowhere(form: tuple[Window, str], path: str) -> None:
    window, _draft = form
    window.go(path, status=404)
    expect(window.page.get_by_role("heading", level=1)).to_be_visible()
    window.require_good()


def test_a_page_of_somebody_else(form: tuple[Window, str]) -> None:
    window, _draft = form
    window.go("/xet-duyet", status=403)
    window.require_good()
