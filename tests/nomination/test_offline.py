"""The phone without a network, in Chromium: drafts, the queue, and one nomination in the end whatever happens."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import Engine

from shared.access.secret import SESSION_COOKIE
from tests.nomination.conftest import STORY, Somebody, complete, events
from tests.nomination.test_browser import PHONE, opened, photo
from tests.sound import require_sound

FORM, QUEUE = "/de-cu/tren-may", "/de-cu/hang-doi"
SENT_WITHIN_MS = 30_000  # on a busy machine
LEFT = """async () => {
    const { entries, createStore } = await import('/static/vendor/idb-keyval-6.3.0.js?v=6.3.0')
    return (await entries(createStore('guong-sang', 'de-cu'))).map(([key]) => key) }"""


def phone(chromium: Browser, address: str, who: Somebody) -> BrowserContext:
    return opened(chromium, address, who, PHONE, scripts=True, service_workers="allow")


def ready(context: BrowserContext) -> Page:
    """A page whose worker has kept the form."""
    page = context.new_page()
    page.goto(FORM)
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.wait_for_function("caches.keys().then(names => names.length && caches.match('/de-cu/hang-doi')).then(Boolean)")
    return page


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Tiếp tục").locator("visible=true").click()


def fill(page: Page, *, name: str = "Lò Thị Ấm", photos: int = 1) -> None:
    """The four screens, up to the last button."""
    page.get_by_label("Họ và tên").fill(name)
    go_on(page)
    page.get_by_label("Kể ngắn gọn việc đã làm").fill(STORY)
    page.get_by_label("Nông nghiệp").check()
    go_on(page)
    page.get_by_label("Chọn ảnh").set_input_files(
        [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": photo(1600 + n)} for n in range(photos)]
    )
    expect(page.locator(".thumbs img")).to_have_count(photos)
    page.get_by_label("Chính người được đề cử").check()
    for purpose in ("Nêu tên", "Đăng bài kể về việc làm", "Đăng ảnh"):
        page.get_by_label(purpose).check()
    go_on(page)


def send(page: Page) -> None:
    page.get_by_role("button", name="Gửi đề cử cho xã").click()


def queued(page: Page) -> Page:
    """Filled in and sent without a network: it stands in the queue."""
    page.context.set_offline(True)
    fill(page)
    send(page)
    page.wait_for_url(f"**{QUEUE}")
    expect(page.get_by_text("Chờ mạng")).to_be_visible()
    return page


def test_with_a_network_the_four_screens_end_at_the_receipt(
    chromium: Browser, address: str, head: Somebody, database: Engine
) -> None:
    with phone(chromium, address, head) as context:
        page = context.new_page()
        page.goto("/de-cu")
        page.get_by_role("button", name="Đề cử người mới").click()
        page.wait_for_url(f"**{FORM}")
        go_on(page)
        expect(page.get_by_role("alert")).to_be_focused()
        require_sound(page, "phone-1-wrong")
        expect(page.get_by_label("Ở thôn, bản nào")).to_have_value("Thôn 1")
        fill(page, photos=2)
        expect(page.get_by_text("Đã chọn 2 ảnh")).to_have_count(2)
        require_sound(page, "phone-4-check")
        send(page)
        page.locator(".code").wait_for()

        said = events(database, "nomination.submitted")
        assert [(one["personal"]["name"], bool(one["photo"])) for one in said] == [("Lò Thị Ấm", True)]
        assert page.evaluate(LEFT) == []


def test_while_the_name_is_typed_an_earlier_nomination_is_pointed_out(
    chromium: Browser, address: str, head: Somebody, database: Engine
) -> None:
    head.browser().post("/api/v1/nominations", json=complete(), headers={"idempotency-key": "k"})
    with phone(chromium, address, head) as context:
        page = context.new_page()
        page.goto(FORM)
        page.get_by_label("Họ và tên").press_sequentially("lo thi am")

        expect(page.get_by_role("link", name="Lò Thị Ấm, Thôn 1")).to_be_visible(timeout=SENT_WITHIN_MS)
        require_sound(page, "phone-1-seen-before")


def test_a_draft_with_its_photo_is_there_again_after_a_reload_without_a_network(
    chromium: Browser, address: str, head: Somebody
) -> None:
    with phone(chromium, address, head) as context:
        page = ready(context)
        context.set_offline(True)
        fill(page)
        expect(page.locator("form[data-kept]")).to_be_visible()
        expect(page.get_by_text("Đã lưu nháp").locator("visible=true")).to_be_visible()
        page.reload()
        page.goto(FORM)

        expect(page.get_by_label("Họ và tên")).to_have_value("Lò Thị Ấm")
        page.goto(f"{FORM}#anh")
        expect(page.locator(".thumbs img")).to_have_count(1)
        expect(page.get_by_label("Chính người được đề cử")).to_be_checked()

        page.get_by_role("button", name="Xóa bản nháp").locator("visible=true").click()
        expect(page.get_by_label("Họ và tên")).to_have_value("")
        assert page.evaluate(LEFT) == []


def test_what_waits_is_sent_once_by_three_pages_that_hear_of_the_network_at_once(
    chromium: Browser, address: str, head: Somebody, database: Engine
) -> None:
    with phone(chromium, address, head) as context:
        pages = [queued(ready(context)), context.new_page(), context.new_page()]
        for page in pages[1:]:
            page.goto(QUEUE)
            expect(page.get_by_text("Chờ mạng")).to_be_visible()
        require_sound(pages[1], "phone-5-queue")
        posts: list[str] = []
        context.on("request", lambda asked: posts.append(asked.url) if asked.url.endswith("/gui") else None)
        context.set_offline(False)
        for page in pages:
            page.evaluate("dispatchEvent(new Event('online'))")
            expect(page.get_by_text("Không có đề cử nào của bạn chờ")).to_be_visible(timeout=SENT_WITHIN_MS)

        assert len(events(database, "nomination.submitted")) == 1
        assert len(posts) == 1
        assert pages[0].evaluate(LEFT) == []


def test_a_day_later_it_waits_for_its_writer_on_a_shared_phone(
    chromium: Browser, address: str, head: Somebody, somebody: Callable[..., Somebody], database: Engine
) -> None:
    other = somebody("village-2")
    with phone(chromium, address, head) as context:
        context.clock.install()
        page = queued(ready(context))
        context.clear_cookies()  # the session has ended
        context.clock.fast_forward("24:00:00")
        context.set_offline(False)
        page.reload()
        expect(page.get_by_text("Hãy đăng nhập lại để gửi.")).to_be_visible()
        require_sound(page, "phone-5-sign-in")

        context.add_cookies([{"name": SESSION_COOKIE, "value": other.secret, "url": address}])
        page.reload()
        expect(page.get_by_text("Trên máy này còn 1 đề cử chờ gửi.")).to_be_visible()
        expect(page.get_by_text("Lò Thị Ấm")).to_have_count(0)
        assert events(database, "nomination.submitted") == []

        context.add_cookies([{"name": SESSION_COOKIE, "value": head.secret, "url": address}])
        page.reload()
        expect(page.get_by_text("Không có đề cử nào của bạn chờ")).to_be_visible(timeout=SENT_WITHIN_MS)
        assert len(events(database, "nomination.submitted")) == 1


def test_what_waits_is_saved_to_a_file_thrown_away_and_loaded_again(
    chromium: Browser, address: str, head: Somebody, database: Engine, tmp_path: Path
) -> None:
    with phone(chromium, address, head) as context:
        page = queued(ready(context))
        with page.expect_download() as saving:
            page.get_by_role("button", name="Lưu ra tệp").click()
        saved = tmp_path / "de-cu.json"
        saving.value.save_as(saved)
        page.get_by_role("button", name="Xóa").click()
        page.get_by_role("dialog").get_by_role("button", name="Đồng ý").click()
        expect(page.get_by_text("Không có đề cử nào của bạn chờ")).to_be_visible()
        page.get_by_text("Mở đề cử đã lưu ra tệp").click()
        wrong = {"name": "x.json", "mimeType": "application/json", "buffer": b'{"kind": "khac"}'}
        page.get_by_label("Tệp đã lưu").set_input_files([wrong])  # type: ignore[list-item]
        expect(page.get_by_text("Tệp này không phải đề cử đã lưu.")).to_be_visible()

        context.set_offline(False)
        page.get_by_label("Tệp đã lưu").set_input_files(saved)
        expect(page.get_by_text("Đã gửi: DC-")).to_be_visible(timeout=SENT_WITHIN_MS)

        assert [bool(one["photo"]) for one in events(database, "nomination.submitted")] == [True]


def test_what_the_server_refuses_comes_back_to_be_put_right(
    chromium: Browser, address: str, head: Somebody, database: Engine
) -> None:
    with phone(chromium, address, head) as context:
        page = ready(context)
        page.get_by_text("Đề cử tập thể hoặc hộ gia đình").wait_for()
        page.get_by_label("Số điện thoại của người đó").fill("0912")
        fill(page)
        send(page)
        expect(page.get_by_role("alert")).to_contain_text("“0912” không phải số", timeout=SENT_WITHIN_MS)
        page.get_by_label("Số điện thoại của người đó").fill("")
        page.goto(f"{FORM}#kiem-tra")
        send(page)
        page.locator(".code").wait_for()

        assert len(events(database, "nomination.submitted")) == 1
