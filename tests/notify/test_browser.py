"""The inbox and the ledger in Chromium, on a phone and at a desk, without JavaScript and with it."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from shared.access.principal import Role
from shared.clock import now, set_to
from shared.events.review import CaseDeclined, CaseRecognised
from shared.plan import Plan
from tests.notify.conftest import Say, about_case, mail_all, sign_in, submitted
from tests.notify.postbox import DROP, REFUSE, Postbox
from tests.serving import serving
from tests.sound import require_sound
from tests.worlds import Rows

PHONE, DESK = 360, 1366
HEAD, CLERK = "nominator-village-1@xa.example", "clerk-commune@xa.example"

Opens = Callable[..., Page]


@pytest.fixture(scope="module")
def address(installation: None) -> Iterator[str]:
    """Notify's application on a port of its own."""
    from services.notify.main import web  # noqa: PLC0415 -- settings must point to the test database first

    with serving(web) as found:
        yield found


@pytest.fixture
def lived_in(plan: Plan, post: Postbox, office: dict[Role, UUID], say: Say, rows: Rows) -> dict[Role, UUID]:
    """Some days of work: letters read and unread, one mail refused, one unknown."""
    head, chair = office[Role.NOMINATOR], office[Role.CHAIR]
    with set_to(now() - timedelta(days=2)):
        first, second = submitted(plan), submitted(plan, code="DC-2025-0148")
        say(first, second, by=head)
        post.will.extend([REFUSE, DROP])
        mail_all(rounds=5)
    rows("UPDATE notify.message SET read_at = now() WHERE letter = 'receipt'")
    with set_to(now() - timedelta(days=1)):
        say(about_case(CaseRecognised, first), by=chair)
    say(about_case(CaseDeclined, second, reason="Việc làm mới bắt đầu, cần thêm thời gian."), by=chair)
    mail_all()
    return office


@pytest.fixture
def opens(chromium: Browser, address: str, lived_in: dict[Role, UUID]) -> Iterator[Opens]:
    """Opens a page as somebody who is really signed in."""
    contexts = []

    def opened(email: str, path: str, *, width: int = DESK, scripts: bool = True) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 740}, java_script_enabled=scripts)
        cookies = sign_in(email)
        context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(address + path)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_page_is_sound_on_every_width(width: int, opens: Opens, lived_in: dict[Role, UUID], rows: Rows) -> None:
    page = opens(HEAD, "/thong-bao", width=width)
    require_sound(page, "inbox")

    page.get_by_role("link", name="được công nhận").first.click()
    require_sound(page, "message")

    page = opens(CLERK, "/thong-bao/so-gui", width=width)
    require_sound(page, "ledger")

    for state in ("failed", "unknown"):
        ((message_id,),) = rows("SELECT id FROM notify.message WHERE mail_state = :state", state=state)
        page.goto(page.url.partition("/thong-bao")[0] + f"/thong-bao/so-gui/{message_id}")
        require_sound(page, f"ledger-{state}")


@pytest.mark.parametrize("scripts", [False, True])
def test_a_village_head_reads_a_message_on_a_phone(scripts: bool, opens: Opens, rows: Rows) -> None:
    page = opens(HEAD, "/thong-bao", width=PHONE, scripts=scripts)
    before = page.get_by_text("thông báo chưa đọc").inner_text()

    page.get_by_role("link", name="chưa được công nhận").click()
    expect(page.get_by_text("Việc làm mới bắt đầu")).to_be_visible()
    page.get_by_role("button", name="Đã đọc").click()

    expect(page).to_have_url(re.compile(r"/thong-bao$"))
    assert page.get_by_text("thông báo chưa đọc").inner_text() != before
    assert rows("SELECT count(*) FROM bus.event WHERE type LIKE '%receipt.acknowledged%'") == [(1,)]


def test_the_clerk_repeats_a_mail_only_after_saying_that_it_did_not_arrive(
    opens: Opens, post: Postbox, rows: Rows
) -> None:
    ((message_id,),) = rows("SELECT id FROM notify.message WHERE mail_state = 'unknown'")
    page = opens(CLERK, f"/thong-bao/so-gui/{message_id}", width=PHONE, scripts=False)
    before = len(post.taken)

    page.get_by_label("Tôi đã hỏi người nhận").check()
    page.get_by_role("button", name="Gửi lại thư").click()
    expect(page.get_by_text("Đang gửi")).to_be_visible()
    mail_all()
    page.reload()

    expect(page.get_by_text("Đã gửi", exact=True)).to_be_visible()
    assert len(post.taken) == before + 1
