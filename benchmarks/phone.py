"""How long a village head waits and types, in Chromium on a phone profile: slow 3G, a processor six times slower.

Slow 3G is 400 ms there and back and 50 KB/s either way. Each first paint is that of a fresh profile: nothing is kept
from before. The whole nomination is from the list to the receipt, typed letter by letter at 200 ms, with a photo as a
phone's camera makes it. It is the page that is measured, not the person: thinking takes no time here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.figure import SMALL, Figure, Size
from gateway.demo.people import actors
from gateway.demo.picture import sample_photo
from shared.access.principal import Role
from shared.access.secret import SESSION_COOKIE
from shared.plan.shelf import shelf
from tests.chaos.run import House
from tests.conftest import CHROMIUM, CHROMIUM_FLAGS

LATENCY_MS, BYTES_A_SECOND, SLOWER = 400, 50 * 1024, 6
GOAL_PAINT_MS, GOAL_WHOLE_S = 2000, 180
LETTER_MS = 200
CAMERA = sample_photo(20) + b"\0" * 3_000_000  # as heavy as a phone's own
STORY = "Bà Ấm hiến 300 m2 đất làm đường thôn. Bà còn vận động năm hộ cùng làm. Nay xe vào được tận ngõ."
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def measure(size: Size, opened: House) -> list[Figure]:
    """The first paint of the list and of the form, and one nomination from beginning to end."""
    plan = next(iter(shelf().values()))
    address = f"http://127.0.0.1:{opened.port}"
    secret = actors(plan, [Role.NOMINATOR], origin=address)[Role.NOMINATOR][0].headers["Cookie"].partition("=")[2]
    slowed = size is not SMALL
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        paints = {
            path: [first_paint(chromium, address, secret, path, slowed=slowed) for _ in range(size.repetitions)]
            for path in ("/de-cu", "/de-cu/tren-may")
        }
        whole = nominated(chromium, address, secret, letter_ms=LETTER_MS if slowed else 1, slowed=slowed)
        chromium.close()
    found = [
        Figure(f"first paint of {path}, slow 3G", "ms", times, goal=GOAL_PAINT_MS, less_is_better=True)
        for path, times in paints.items()
    ]
    return [*found, Figure("a nomination typed on slow 3G", "s", [whole], goal=GOAL_WHOLE_S, less_is_better=True)]


@contextmanager
def phone(chromium: Browser, address: str, secret: str, *, slowed: bool) -> Iterator[Page]:
    """A page of somebody who is signed in, in a fresh profile; `slowed` to a phone's line and processor."""
    context = chromium.new_context(
        base_url=address, viewport={"width": 360, "height": 740}, device_scale_factor=2, is_mobile=True, has_touch=True
    )
    context.add_cookies([{"name": SESSION_COOKIE, "value": secret, "url": address}])
    page = context.new_page()
    if slowed:
        slow_down(page)
    yield page
    context.close()


def slow_down(page: Page) -> None:
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    speed = {"downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND}
    line.send("Network.emulateNetworkConditions", {"offline": False, "latency": LATENCY_MS, **speed})
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def first_paint(chromium: Browser, address: str, secret: str, path: str, *, slowed: bool) -> float:
    with phone(chromium, address, secret, slowed=slowed) as page:
        page.goto(path)
        page.wait_for_function(f"{PAINTED} > 0")
        return float(page.evaluate(PAINTED))


def nominated(chromium: Browser, address: str, secret: str, *, letter_ms: int, slowed: bool) -> float:
    """From the list to the receipt."""
    with phone(chromium, address, secret, slowed=slowed) as page:
        page.set_default_timeout(120_000)
        began = perf_counter()
        page.goto("/de-cu")
        page.get_by_role("button", name="Đề cử người mới").click()
        page.locator("fieldset.whole:enabled").wait_for()
        page.get_by_label("Họ và tên").press_sequentially("Lò Thị Ấm", delay=letter_ms)
        page.get_by_label("Năm sinh").press_sequentially("1975", delay=letter_ms)
        page.get_by_label("Số điện thoại").press_sequentially("0912345678", delay=letter_ms)
        go_on(page)
        page.get_by_label("Kể ngắn gọn việc đã làm").press_sequentially(STORY, delay=letter_ms)
        page.get_by_role("radio").first.check()
        go_on(page)
        photo = {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": CAMERA}
        page.get_by_label("Chọn ảnh").set_input_files([photo])  # type: ignore[list-item]  # playwright's own shape
        page.locator(".thumbs img").wait_for()
        page.get_by_label("Chính người được đề cử").check()
        for purpose in ("Nêu tên", "Đăng bài kể về việc làm", "Đăng ảnh"):
            page.get_by_label(purpose).check()
        go_on(page)
        page.get_by_role("button", name="Gửi đề cử cho xã").click()
        page.locator(".code").wait_for()
        return perf_counter() - began


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Tiếp tục").click()
