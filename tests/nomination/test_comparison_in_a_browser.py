"""The clerk compares two dossiers at a desk and on a phone: nothing sticks out, axe finds nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from shared.access.principal import Role
from shared.plan import Plan
from tests.nomination.conftest import Somebody
from tests.nomination.test_browser import DESKTOP, PHONE, opened
from tests.nomination.test_pairings import FENCE, put
from tests.sound import require_sound


@pytest.mark.parametrize("profile", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_clerk_joins_two_and_takes_it_back(
    chromium: Browser,
    address: str,
    somebody: Callable[..., Somebody],
    head: Somebody,
    plan: Plan,
    profile: dict[str, object],
) -> None:
    put(head, plan)
    put(head, plan, "bà Lò Ấm", key="k2", **FENCE)
    with opened(chromium, address, somebody("commune", Role.CLERK), profile, scripts=True) as context:
        page, shown = context.new_page(), "phone" if profile is PHONE else "desktop"
        page.goto("/de-cu/trung")
        require_sound(page, f"pairs-{shown}")
        page.get_by_role("link", name="bà Lò Ấm").click()
        require_sound(page, f"comparison-{shown}")

        page.get_by_role("button", name="Cùng một người").click()
        expect(page.get_by_text("quyết định lúc")).to_be_visible()
        page.get_by_role("link", name="Các lần người này được đề cử").click()
        expect(page.get_by_text("2 lần được đề cử")).to_be_visible()
        require_sound(page, f"one-nominee-{shown}")

        page.go_back()
        page.get_by_role("button", name="Hoàn tác").click()
        expect(page.get_by_text("đã hoàn tác quyết định trước")).to_be_visible()
