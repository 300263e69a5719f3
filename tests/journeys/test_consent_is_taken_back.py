"""A nominee is asked by link, agrees on a phone without scripts, and takes it back by the same link: the page goes."""

import re

from playwright.sync_api import expect

from shared.access.principal import Role

from . import dossier
from .conftest import Open
from .test_a_story_is_taken_back import decide, publish
from .window import Window


def test_a_consent_given_and_taken_back_by_link(walk: Open) -> None:
    with walk() as office, walk(java_script_enabled=False) as phone:
        told = dossier.nominate_by_program(office, name="Vi Thị Hỏi", headline="Mở lớp dạy chữ Thái cho trẻ")
        link = asked(office, f"/de-cu/{told.id}/dong-y")
        with walk() as own:
            own.go(link)
            own.require_good()
        agree(phone, link)

        decide(office, told)
        slug = publish(office, told)
        office.go(f"/guong/{slug}")

        with walk() as own:
            take_back(own, link)
        office.hear("/atom.xml", "deleted-entry")
        office.go(f"/guong/{slug}", status=410)

        settle(office, told)
        phone.go(link)
        expect(phone.page.locator("main")).to_contain_text("Đã gọi cho bà, bài đã gỡ.")


def asked(office: Window, register: str) -> str:
    """The path of a link for the nominee, made by the village head."""
    office.act_as(Role.NOMINATOR)
    office.go(register)
    office.require_good()
    office.page.get_by_role("button", name="Hỏi lại bằng liên kết").click()
    address = office.page.locator("main code").inner_text()
    office.require_good()
    found = re.search(r"/dong-y/[\w-]{43}$", address)
    assert found, address
    return found[0]


def agree(phone: Window, link: str) -> None:
    """Tick what is asked, on a page where nothing is ticked."""
    phone.go(link)
    assert phone.page.locator("input:checked").count() == 0
    for ticked in ("Nêu tên", "Đăng bài kể về việc làm", "Cổng thông tin của xã trên mạng", "Tôi là Vi Thị Hỏi"):
        phone.page.get_by_label(ticked).check()
    phone.page.get_by_role("button", name="Tôi đồng ý những việc đã đánh dấu").click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Bạn đã đồng ý")


def take_back(own: Window, link: str) -> None:
    own.go("/dong-y/" + "x" * 43, status=404)
    own.require_good()
    own.go(link)
    own.page.get_by_text("Tôi muốn rút lại").click()
    own.require_good()
    own.page.get_by_role("button", name="Rút tất cả").click()
    expect(own.page.get_by_role("heading", level=1)).to_have_text("Bạn đã rút sự đồng ý")
    own.require_good()
    own.go("/rut-dong-y")
    own.require_good()


def settle(office: Window, told: dossier.Told) -> None:
    """The clerk finds the stop done by the fact, and answers."""
    office.act_as(Role.CLERK)
    office.wait_for("/de-cu/rut-dong-y", f"text={told.code}")
    office.require_good()
    office.page.get_by_role("link", name=told.name).click()
    expect(office.page.locator("main")).to_contain_text("Xong ngày")
    office.require_good()
    office.page.get_by_label("Đã trả lời người rút thế nào?").fill("Đã gọi cho bà, bài đã gỡ.")
    office.page.get_by_role("button", name="Ghi câu trả lời").click()
    expect(office.page.get_by_label("Đã trả lời người rút thế nào?")).to_have_count(0)
    office.go(f"/de-cu/{told.id}/dong-y")
    office.require_good()
