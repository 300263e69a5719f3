"""What each page of the village form weighs on the wire when a phone opens it for the first time."""

import pytest
from playwright.sync_api import Browser, CDPSession

from tests.nomination.conftest import Somebody, filled
from tests.nomination.test_browser import PHONE, opened

MOST = 40 * 1024  # bytes of the first load: page, styles, scripts, icons
MOST_SCRIPTS = 20 * 1024
MOST_REQUESTS = 10


def weights(session: CDPSession) -> dict[str, tuple[str, int]]:
    """{request: (kind, bytes that came over the wire)}, filled while pages load."""
    found: dict[str, tuple[str, int]] = {}
    kinds: dict[str, str] = {}
    session.on("Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["type"]}))
    session.on(
        "Network.loadingFinished",
        lambda told: found.update(
            {told["requestId"]: (kinds.get(told["requestId"], ""), int(told["encodedDataLength"]))}
        ),
    )
    session.send("Network.enable")
    return found


def test_page_weight(chromium: Browser, address: str, head: Somebody, capsys: pytest.CaptureFixture[str]) -> None:
    draft = filled(head.browser())
    for path in (
        "/de-cu",
        "/de-cu/tren-may",
        "/de-cu/hang-doi",
        f"{draft}/ai",
        f"{draft}/viec",
        f"{draft}/anh",
        f"{draft}/kiem-tra",
    ):
        with opened(chromium, address, head, PHONE, scripts=True) as context:  # each for the first time
            page = context.new_page()
            loaded = weights(context.new_cdp_session(page))
            page.goto(path, wait_until="networkidle")

        whole = sum(size for _, size in loaded.values())
        scripts = sum(size for kind, size in loaded.values() if kind == "Script")
        with capsys.disabled():
            name = path.removeprefix(draft)
            print(
                f"\n{name:16} {whole / 1024:5.1f} KB, scripts {scripts / 1024:4.1f} KB, {len(loaded)} requests", end=""
            )
        assert 4096 < whole <= MOST
        assert scripts <= MOST_SCRIPTS
        assert len(loaded) <= MOST_REQUESTS
