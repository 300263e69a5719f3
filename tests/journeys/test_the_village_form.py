"""A village head puts somebody forward on a cheap phone, without scripts and with them."""

import re

from playwright.sync_api import expect

from shared.access.principal import Role

from . import dossier
from .conftest import Open


def test_without_scripts_a_dossier_goes_from_the_role_chooser_to_the_receipt(walk: Open) -> None:
    with walk(java_script_enabled=False) as window:
        window.act_as(Role.NOMINATOR)
        dossier.begin_form(window)
        dossier.fill_who(window, "Lò Thị Không Mạng")
        dossier.forward(window)
        dossier.fill_deed(window, "Giữ sạch con suối đầu thôn")
        dossier.forward(window)
        dossier.fill_consent(window)
        dossier.forward(window)
        expect(window.page.get_by_role("heading", level=1)).to_have_text("Kiểm tra trước khi gửi")
        for said in ("Lò Thị Không Mạng", "Giữ sạch con suối đầu thôn", "Nêu tên, Đăng bài kể về việc làm, Đăng ảnh"):
            expect(window.page.get_by_role("definition").filter(has_text=said).first).to_be_visible()
        receipt = dossier.sent(window)

        expect(window.page.get_by_role("heading", level=1)).to_have_text("Xã đã nhận đề cử")
        expect(window.page.locator(".code")).to_have_text(re.compile(r"DC-\d{4}-\d{4,}"))
        expect(window.page.get_by_role("img", name="Mã QR để tra cứu hồ sơ")).to_be_visible()
        assert window.fetch(f"{receipt}/phieu.pdf").body().startswith(b"%PDF")
        assert window.complaints == []


def test_with_scripts_what_was_typed_survives_a_reload_and_the_photo_is_made_small(walk: Open) -> None:
    with walk() as window:
        window.act_as(Role.NOMINATOR, turn=1)
        dossier.begin_form(window)
        dossier.fill_who(window, "Hà Văn Nháp")
        expect(window.page.locator("form[data-kept]")).to_be_visible()
        window.page.reload()
        expect(window.page.get_by_label("Họ và tên, hoặc tên gọi")).to_have_value("Hà Văn Nháp")
        window.require_good()
        dossier.forward(window)

        dossier.fill_deed(window, "Dạy bơi cho trẻ em trong thôn")
        window.require_good()
        dossier.forward(window)

        large = dossier.sample_photo(20) + b"\0" * 3_000_000  # as heavy as a phone's own
        box = window.page.get_by_label("Chọn ảnh")
        box.set_input_files([{"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": large}])
        expect(window.page.locator(".picked")).to_contain_text("KB")
        assert box.evaluate("box => box.files[0].size") < len(large) / 5
        for agreed in ("Chính người được đề cử", "Nêu tên", "Đăng bài kể về việc làm"):
            window.page.get_by_label(agreed).check()
        window.require_good()
        dossier.forward(window)
        window.require_good()
        receipt = dossier.sent(window)

        window.require_good()
        window.go("/de-cu")
        expect(window.page.get_by_role("link", name="Hà Văn Nháp")).to_be_visible()
        assert window.fetch(f"{receipt}/ai").url.endswith(receipt), "a sent dossier is not edited again"
