"""Whether a page is sound, for every test in a browser: axe finds nothing and nothing sticks out sideways."""

import os
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

PICTURES = os.environ.get("GUONGSANG_TEST_PICTURES", "")  # a folder: keep a screenshot of every page there
#: Only what is wrong is worked out in full: three times as fast as a whole report, with the same verdict.
LOOK = """async () => {
    const found = await axe.run(document, {resultTypes: ['violations']})
    return found.violations.map(fault => [fault.id, ...fault.nodes.map(node => node.target.join(' '))])
}"""
WIDER = "document.documentElement.scrollWidth - innerWidth"


def faults_of(page: Page) -> list[list[str]]:
    """What is wrong with the page as it is shown: [rule of axe, *where], and ["wider", by how many pixels]."""
    page.wait_for_load_state("domcontentloaded")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    faults: list[list[str]] = page.evaluate(LOOK)
    return faults + sticking_out(page)


def sticking_out(page: Page) -> list[list[str]]:
    """[["wider", by how many pixels]] where the page scrolls sideways."""
    page.wait_for_load_state("domcontentloaded")  # a page that has just been gone to has no root yet
    wider = page.evaluate(WIDER)
    return [["wider", str(wider)]] if wider > 0 else []


def require_sound(page: Page, picture: str = "") -> None:
    """Fail with all that is wrong; keep a picture under that name first, if pictures are wanted."""
    if picture:
        keep_picture(page, picture)
    assert (page.url, faults_of(page)) == (page.url, [])


def require_sound_at(page: Page, *widths: int, picture: str = "") -> None:
    """The same page on screens of these widths, in pixels: opened once, looked at on each."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 740})
        require_sound(page, picture)


def keep_picture(page: Page, name: str) -> None:
    """A screenshot of the whole page, named for what it shows and its width, where somebody asked for pictures."""
    if PICTURES:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
