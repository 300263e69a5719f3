"""The shared look in Chromium: for everybody, on every width, under the strict policy, with and without scripts."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.sound import faults_of, require_sound_at

WIDTHS = (320, 360, 768, 1366)
PAGES = ("gallery", "plain", "error", "gallery?lang=en")


@contextmanager
def opened(chromium: Browser, url: str, **context: Any) -> Iterator[Page]:
    room = chromium.new_context(locale="vi-VN", service_workers="block", **context)
    room.set_default_timeout(10_000)
    page = room.new_page()
    page.goto(url)
    yield page
    room.close()


def viewport(width: int) -> dict[str, int]:
    return {"width": width, "height": 740}


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(chromium: Browser, site: Any, path: str) -> None:
    with opened(chromium, f"{site.url}/{path}") as page:
        require_sound_at(page, *WIDTHS)


def test_axe_does_see_a_fault(chromium: Browser, site: Any) -> None:
    with opened(chromium, f"{site.url}/gallery", viewport=viewport(360)) as page:
        page.evaluate("document.querySelector('label[for=person]').remove()")
        found = faults_of(page)

    assert [rule for rule, *_ in found] == ["label"]


@pytest.mark.parametrize("path", PAGES)
def test_the_policy_stops_nothing_and_nothing_is_missing(chromium: Browser, site: Any, path: str) -> None:
    complaints: list[str] = []
    with opened(chromium, "about:blank", viewport=viewport(360)) as page:
        page.on("console", lambda line: complaints.append(line.text))
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        page.on("response", lambda answer: complaints.append(answer.url) if answer.status >= 400 else None)
        page.goto(f"{site.url}/{path}", wait_until="networkidle")

    expected = {f"{site.url}/error"} if path == "error" else set()
    assert {line for line in complaints if "404 (Not Found)" not in line} == expected


@pytest.mark.parametrize("path", ["gallery", "plain"])
def test_what_can_be_pressed_is_large_enough_for_a_thumb(chromium: Browser, site: Any, path: str) -> None:
    with opened(chromium, f"{site.url}/{path}", viewport=viewport(360)) as page:
        low = page.evaluate(
            """() => [...document.querySelectorAll('.btn, .top a, .top summary, .opt, .pages a, .filters a, select,'
                + 'input:not([type=radio]):not([type=checkbox])')]
               .filter(part => part.checkVisibility() && part.getBoundingClientRect().height < 44)
               .map(part => part.outerHTML.slice(0, 80))"""
        )

    assert low == []


def test_the_focus_goes_to_the_error_summary_whose_links_lead_to_the_boxes(chromium: Browser, site: Any) -> None:
    with opened(chromium, f"{site.url}/gallery", viewport=viewport(360)) as page:
        expect(page.locator(".errors")).to_be_focused()

        page.get_by_role("link", name="Hãy kể việc đã làm").click()

        expect(page.get_by_label("Kể ngắn gọn việc đã làm")).to_be_focused()
        assert page.get_by_label("Kể ngắn gọn việc đã làm").get_attribute("aria-invalid") == "true"


def test_the_form_is_sent_without_scripts(chromium: Browser, site: Any) -> None:
    with opened(chromium, f"{site.url}/plain", viewport=viewport(360), java_script_enabled=False) as page:
        page.get_by_label("Giúp đỡ người khác").check()
        page.get_by_label("Kể ngắn gọn việc đã làm").fill("Bà nấu cháo.")
        page.get_by_role("button", name="Tiếp tục").click()

        expect(page.get_by_text("DC-2026-0147")).to_be_visible()
    assert {"area": "help", "story": "Bà nấu cháo."}.items() <= site.seen.posts[-1].items()


def test_without_scripts_the_menu_opens_and_nothing_useless_is_shown(chromium: Browser, site: Any) -> None:
    with opened(chromium, f"{site.url}/gallery", viewport=viewport(360), java_script_enabled=False) as page:
        page.locator(".menu summary").click()

        expect(page.get_by_role("link", name="English")).to_be_visible()
        expect(page.get_by_role("button", name="Chép liên kết")).to_be_hidden()


def test_a_draft_survives_a_reload_and_goes_when_it_was_sent(chromium: Browser, site: Any) -> None:
    with opened(chromium, f"{site.url}/plain", viewport=viewport(360)) as page:
        story = page.get_by_label("Kể ngắn gọn việc đã làm")
        page.get_by_label("Làm kinh tế giỏi").check()
        expect(page.locator("[data-draft-status]")).to_contain_text("Đã lưu nháp trên máy này lúc")

        story.fill("Anh hiến đất.")  # the last letters before the page is left are kept too
        page.reload()
        expect(story).to_have_value("Anh hiến đất.")
        expect(page.get_by_label("Làm kinh tế giỏi")).to_be_checked()

        page.get_by_role("button", name="Tiếp tục").click()
        expect(page.get_by_text("DC-2026-0147")).to_be_visible()
        assert page.evaluate("Object.keys(localStorage)") == []


def test_a_draft_can_be_thrown_away(chromium: Browser, site: Any) -> None:
    with opened(chromium, f"{site.url}/plain", viewport=viewport(360)) as page:
        page.get_by_label("Kể ngắn gọn việc đã làm").fill("Nhầm")
        page.get_by_role("button", name="Xóa bản nháp").click()

        expect(page.get_by_label("Kể ngắn gọn việc đã làm")).to_have_value("")
        assert page.evaluate("Object.keys(localStorage)") == []


def test_letters_are_counted_as_a_reader_counts_them(chromium: Browser, site: Any) -> None:
    with opened(chromium, f"{site.url}/plain", viewport=viewport(360)) as page:
        page.get_by_label("Kể ngắn gọn việc đã làm").fill("A\u0302\u0301m")  # decomposed: four code points, two letters

        expect(page.locator("#story-count")).to_have_text("Còn viết được 38 ký tự")

        page.get_by_label("Kể ngắn gọn việc đã làm").fill("a" * 43)
        expect(page.locator("#story-count")).to_have_text("Thừa 3 ký tự")


def test_a_photo_is_made_smaller_before_it_is_sent(chromium: Browser, site: Any, tmp_path: Path) -> None:
    large = io.BytesIO()
    Image.effect_noise((4000, 3000), 60).convert("RGB").save(large, "JPEG", quality=95)
    photo = tmp_path / "anh.jpeg"
    photo.write_bytes(large.getvalue())

    with opened(chromium, f"{site.url}/plain", viewport=viewport(360)) as page:
        page.get_by_label("Chọn ảnh").set_input_files(photo)
        expect(page.locator(".picked")).to_contain_text("Đã chọn 1 ảnh")
        side = page.evaluate(
            """async () => { const box = document.querySelector('[type=file][multiple]');
               const bitmap = await createImageBitmap(box.files[0]);
               return [bitmap.width, bitmap.height] }"""
        )
        size = page.evaluate("document.querySelector('[type=file][multiple]').files[0].size")

    assert side == [1600, 1200]
    assert size < len(large.getvalue()) / 4


def test_an_act_that_matters_is_asked_about_first(chromium: Browser, site: Any) -> None:
    with opened(chromium, f"{site.url}/gallery", viewport=viewport(1366)) as page:
        before = len(site.seen.posts)
        page.get_by_role("button", name="Rút hồ sơ").click()
        page.get_by_role("dialog", name="Rút hồ sơ của bà Lò Thị Ấm?").get_by_role("button", name="Quay lại").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert len(site.seen.posts) == before

        page.get_by_role("button", name="Rút hồ sơ").click()
        with page.expect_navigation():
            page.get_by_role("button", name="Đồng ý").click()

    assert site.seen.posts[-1]["withdraw"] == "1"


def test_the_nomination_page_weighs_little(chromium: Browser, site: Any) -> None:
    fetched: list[str] = []
    with opened(chromium, "about:blank", viewport=viewport(360)) as page:
        page.on("request", lambda request: fetched.append(request.url.removeprefix(site.url).partition("?")[0]))
        page.goto(f"{site.url}/plain", wait_until="networkidle")

    assert sorted(set(fetched) - {"/static/favicon.svg", "/static/manifest.webmanifest"}) == [
        "/plain",
        "/static/app.css",
        "/static/app.js",
        "/static/icons.svg",
        "/static/photos.js",
    ]


def test_the_own_font_is_used_for_stacked_marks(chromium: Browser, site: Any) -> None:
    with opened(chromium, f"{site.url}/gallery", viewport=viewport(1366)) as page:
        loaded = page.evaluate(
            """async () => { await document.fonts.ready;
               return [...document.fonts].filter(font => font.status === 'loaded').map(font => font.weight) }"""
        )
        fetched = page.evaluate("performance.getEntriesByType('resource').filter(e => e.name.includes('woff2')).length")

    assert sorted(loaded) == ["400", "700"]
    assert fetched == 2
