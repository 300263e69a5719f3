"""A browser window in which somebody walks through the product, and what must hold on every page."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import APIResponse, Browser, BrowserContext, ConsoleMessage, Locator, Page, Response

from shared.access.principal import Role
from shared.plan import Plan
from tests.sound import faults_of, keep_picture, sticking_out

PHONE = {"width": 360, "height": 740}
NARROWEST = {"width": 320, "height": 740}
DESK = {"width": 1366, "height": 850}
PATIENCE_MS = 20_000
PROVOKED = ("Failed to load resource", "Service Worker registration blocked")
HEARD_WITHIN_S = 60.0  # until the bus has carried something through all services, on a busy machine


@dataclass
class Window:
    """One person's window. `complaints` are what the browser itself found wrong."""

    page: Page
    address: str
    plan: Plan
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str, *, status: int = 200) -> Page:
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status == status, f"{path} answered {answer.status}, not {status}"
        return self.page

    def act_as(self, role: Role, *, turn: int = 0) -> None:
        """Enter by the role chooser. `turn` counts the people who hold the role."""
        title = next(one.title.vi for one in self.plan.roles if one.id == role.value)
        self.go("/chon-vai")
        card = self.page.get_by_role("region", name=title, exact=True)
        if card.get_by_role("combobox").count():
            card.get_by_role("combobox").select_option(index=turn)
        card.get_by_role("button", name="Vào vai này").click()
        self.page.wait_for_url(lambda address: not address.endswith("/chon-vai"))

    def wait_for(self, path: str, wanted: str) -> Locator:
        """The first element that `wanted` selects, on a page that is asked for again until it is there."""
        until = time.monotonic() + HEARD_WITHIN_S
        while True:
            answer = self.page.goto(self.address + path)
            found = self.page.locator(wanted).first
            if answer is not None and answer.ok and found.count():
                return found
            assert time.monotonic() < until, f"{path} has no {wanted}: {self.page.inner_text('main')[:600]}"
            self.page.wait_for_timeout(100)

    def call(self, method: str, path: str, status: int = 200, **how: Any) -> Any:
        """The JSON of an answer to the same person's program."""
        headers = {"Origin": self.address} | how.pop("headers", {})
        answer = self.page.request.fetch(self.address + path, method=method, headers=headers, **how)
        assert answer.status == status, f"{method} {path} answered {answer.status}: {answer.text()[:500]}"
        return answer.json()

    def fetch(self, path: str) -> APIResponse:
        return self.page.request.get(self.address + path)

    def hear(self, path: str, holds: str) -> str:
        """A text that holds what it must, asked for again until it does."""
        until = time.monotonic() + HEARD_WITHIN_S
        while True:
            text = self.fetch(path).text()
            if holds in text:
                return text
            assert time.monotonic() < until, f"{path} does not hold {holds!r}: {text[:600]}"
            self.page.wait_for_timeout(100)

    def require_good(self) -> None:
        """Nothing sticks out sideways, axe finds nothing on phone and desk, the browser had nothing to complain of."""
        faults = {}
        name = re.sub(r"[^\w=]+", "-", self.page.url.removeprefix(self.address)).strip("-")[:60] or "portal"
        for size in (NARROWEST, PHONE, DESK):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            if found := sticking_out(self.page) if size is NARROWEST else faults_of(self.page):
                faults[size["width"]] = found
            keep_picture(self.page, name)
        assert faults == {}, f"{self.page.url}: {faults}"
        assert self.complaints == [], f"{self.page.url}: {self.complaints}"


@contextmanager
def window(chromium: Browser, address: str, plan: Plan, **how: Any) -> Iterator[Window]:
    """A fresh profile; by default on a phone, with scripts."""
    context: BrowserContext = chromium.new_context(
        **{"viewport": PHONE, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "service_workers": "block"} | how
    )
    context.set_default_timeout(PATIENCE_MS)
    opened = Window(context.new_page(), address, plan)
    opened.page.on("console", lambda said: note_console(opened, said))
    opened.page.on("pageerror", lambda fault: opened.complaints.append(str(fault)))
    opened.page.on("response", lambda answer: note_answer(opened, answer))
    try:
        yield opened
    finally:
        context.close()


def note_console(opened: Window, said: ConsoleMessage) -> None:
    """Not what the journeys provoke: refusals, which are judged by their status, and workers, which are blocked."""
    if said.type in {"error", "warning"} and not said.text.startswith(PROVOKED):
        opened.complaints.append(said.text)


def note_answer(opened: Window, answer: Response) -> None:
    """A part of a page that is missing, and any failure of ours."""
    missing = answer.status >= 400 and answer.request.resource_type != "document"
    if answer.status >= 500 or missing:
        opened.complaints.append(f"{answer.status} {answer.url}")
