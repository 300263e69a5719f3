"""The pages of units in Chromium, on a phone and on a desk: the tree, the merger, and where everything went."""

from typing import Any

from playwright.sync_api import Browser

from tests.identity.conftest import PASSWORD
from tests.identity.test_browser import Screen, address, window
from tests.worlds import Rows

from .conftest import ADMIN, Communes

__all__ = ["address"]


def sign_in_as_admin(screen: Screen) -> None:
    screen.open("/dang-nhap?next=/don-vi/thay-doi")
    screen.page.get_by_label("Thư điện tử").fill(ADMIN)
    screen.page.get_by_label("Mật khẩu").fill(PASSWORD)
    screen.page.get_by_role("button", name="Đăng nhập").click()
    screen.page.wait_for_url("**/don-vi/thay-doi")


def fill(screen: Screen, change: str, *choices: tuple[str, str]) -> None:
    """Open the form of a change and choose, in each named group, what has these words."""
    screen.page.get_by_role("link", name=change).click()
    for group, words in choices:
        screen.page.get_by_role("group", name=group).get_by_text(words).click()


def preview(screen: Screen) -> None:
    """Have everything shown that would move on the day of the merger."""
    screen.page.get_by_label("Ngày có hiệu lực").fill("1/7/2025")
    screen.page.get_by_role("button", name="Xem trước mọi thứ sẽ chuyển").click()


def test_a_merger_from_the_form_to_the_pages_of_those_that_are_gone(
    chromium: Browser, address: str, communes: Communes, nominate: Any, hear: Any
) -> None:
    for key in ("village-1", "village-1", "women"):
        nominate(communes.binh_luong, communes.binh_luong.unit_by_key(key))
    hear()
    with window(chromium, address) as screen:
        page = screen.page
        sign_in_as_admin(screen)
        screen.require_good("unit-changes")
        former, heir = "Các xã sáp nhập", "Kế hoạch của xã"
        fill(screen, "Sáp nhập xã", (former, "Xã Bình Lương"), (former, "Xã Hóa Quỳ"), (heir, "gso/2025/16186"))
        screen.require_good("unit-form")
        preview(screen)
        page.get_by_role("heading", name="Hồ sơ đang chờ (3)").wait_for()
        screen.require_good("unit-preview")
        page.get_by_role("button", name="Đồng ý thay đổi").click()
        page.get_by_text("Thay đổi đã có hiệu lực.").wait_for()
        screen.require_good("unit-changes-after")

        screen.open("/don-vi?ngay=30/6/2025")
        screen.require_good("unit-tree-before")
        screen.open("/don-vi")
        screen.require_good("unit-tree-after")
        screen.open("/don-vi?q=binh+luong")
        screen.require_good("unit-search")
        screen.open(f"/don-vi/{communes.binh_luong.unit.id}")
        screen.require_good("unit-gone")
        screen.open(f"/don-vi/{communes.merged.unit.id}")
        screen.require_good("unit-merged")


def test_the_forms_of_every_change_of_one_unit_are_in_order(
    chromium: Browser, address: str, communes: Communes
) -> None:
    village = communes.binh_luong.unit_by_key("village-2")
    with window(chromium, address) as screen:
        sign_in_as_admin(screen)
        for change in ("doi-ten", "chuyen", "giai-the"):
            screen.open(f"/don-vi/thay-doi/{change}?don-vi={village.id}")
            screen.require_good(f"unit-form-{change}")
            preview(screen)
            screen.page.wait_for_load_state()
            screen.require_good(f"unit-previewed-{change}")


def test_a_split_asks_where_a_unit_goes_that_nobody_named(
    chromium: Browser, address: str, communes: Communes, rows: Rows
) -> None:
    with window(chromium, address) as screen:
        sign_in_as_admin(screen)
        former, heirs = "Xã được chia", "Các xã tiếp tục"
        fill(screen, "Chia xã", (former, "Xã Bình Lương"), (heirs, "gso/2025/16186"), (heirs, "Xã Bình Lương"))
        screen.require_good("unit-split")
        preview(screen)
        screen.page.get_by_text("chỗ phần mềm không tự biết").wait_for()
        screen.require_good("unit-split-asks")

    assert rows("SELECT count(*) FROM identity.unit_change") == [(0,)]


def test_without_scripts_a_bad_list_is_explained_and_a_good_one_taken_over(
    chromium: Browser, address: str, communes: Communes
) -> None:
    heads = "code_list,code,name,kind,parent,valid_from,valid_until\n"
    good = heads + "gso/2023,16195,Xã Cát Vân,xã,402,2024-01-01,\n,village-1,Thôn 1,thôn,gso/2023/16195,2024-01-01,\n"
    bad = heads + "gso/2023,16195,Xã Cát Vân,làng,402,2024-01-01,\n"
    with window(chromium, address, scripts=False) as screen:
        page = screen.page
        sign_in_as_admin(screen)
        screen.open("/don-vi/nhap")
        for table in (bad, good):
            page.get_by_label("Tệp CSV").set_input_files(
                {"name": "don-vi.csv", "mimeType": "text/csv", "buffer": table.encode()}
            )
            page.get_by_role("button", name="Xem khác biệt").click()
            page.get_by_role("heading", name="Khác biệt").wait_for()
        page.get_by_role("button", name="Nhập danh sách này").click()
        page.get_by_text("Đã nhập danh sách.").wait_for()
        screen.open("/don-vi?q=cat van")
        assert page.get_by_role("link", name="Xã Cát Vân").is_visible()


def test_the_list_of_differences_is_readable_on_a_phone(chromium: Browser, address: str, communes: Communes) -> None:
    heads = "code_list,code,name,kind,parent,valid_from,valid_until\n"
    rows = "gso/2023,16195,Xã Cát Vân,làng,402,2024-01-01,\ngso/2023,16198,Xã Cát Tân,xã,402,2024-01-01,\n"
    with window(chromium, address) as screen:
        sign_in_as_admin(screen)
        screen.open("/don-vi/nhap")
        screen.page.get_by_label("Tệp CSV").set_input_files(
            {"name": "don-vi.csv", "mimeType": "text/csv", "buffer": (heads + rows).encode()}
        )
        screen.page.get_by_role("button", name="Xem khác biệt").click()
        screen.page.get_by_role("heading", name="Khác biệt").wait_for()
        screen.require_good("unit-import")
