"""`python -m tests.journeys.pictures ADDRESS`: the README's pictures, taken from a running `guongsang demo`."""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.conftest import CHROMIUM, CHROMIUM_FLAGS

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
PAGES = {"portal": "/", "living-plan": "/ke-hoach"}
LARGEST = 300_000  # bytes: the README has to open on a slow line
SIZE = {"width": 1280, "height": 1160}


def take(page: Page, address: str) -> None:
    """Both pictures, drawn with few colours and with words as sharp as they were."""
    for name, path in PAGES.items():
        page.goto(address + path, wait_until="networkidle")
        page.evaluate("document.fonts.ready")
        keep(page.screenshot(), PICTURES / f"{name}.png")


def keep(shot: bytes, path: Path) -> None:
    """As a PNG of 128 colours; fails when that is still too large."""
    image = Image.open(io.BytesIO(shot)).convert("RGB").quantize(128, dither=Image.Dither.NONE)
    image.save(path, optimize=True)
    if path.stat().st_size > LARGEST:
        sys.exit(f"{path} has {path.stat().st_size} bytes, at most {LARGEST} are wanted")
    sys.stdout.write(f"{path}: {path.stat().st_size} bytes\n")


def main(address: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport=SIZE, locale="vi-VN")  # type: ignore[arg-type]
        take(page, address.rstrip("/"))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
