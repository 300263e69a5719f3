import re
from pathlib import Path

import brotli
import pytest

from shared.web import charts

WEB = Path(charts.__file__).parent
STATIC = WEB / "static"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("app.css", 5632),
        ("figures.css", 1536),
        ("app.js", 3072),
        ("photos.js", 1536),
        ("outbox.js", 2560),
        ("phone-form.js", 4096),
        ("icons.svg", 2048),
    ],
)
def test_files_stay_light_on_the_wire(name: str, most: int) -> None:
    assert len(brotli.compress((STATIC / name).read_bytes())) <= most


def test_fonts_stay_light_and_hold_every_vietnamese_letter_weight() -> None:
    fonts = {path.name: path.stat().st_size for path in (STATIC / "vendor").glob("*.woff2")}

    assert len(fonts) == 2
    assert sum(fonts.values()) <= 30_000


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_obey_the_strict_policy(template: Path) -> None:
    text = template.read_text()

    assert re.findall(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:|https?://", text) == []


def test_stylesheets_take_nothing_from_elsewhere() -> None:
    text = (STATIC / "app.css").read_text() + (STATIC / "figures.css").read_text()

    assert set(re.findall(r'url\("?([^")]+)', text)) == {
        f"vendor/be-vietnam-pro-5.3.0-{weight}.woff2?v=5.3.0" for weight in (400, 700)
    }


def test_every_icon_that_is_used_is_in_the_sprite() -> None:
    held = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))
    text = "".join(template.read_text() for template in TEMPLATES)
    used = set(re.findall(r'icon(?:=|\()"([\w-]+)"', text))

    assert len(used) > 10
    assert used - held == set()


def test_every_vendored_file_is_listed_with_its_licence() -> None:
    listing = (STATIC / "vendor" / "README.md").read_text()
    files = {path.name for path in (STATIC / "vendor").iterdir()} - {"README.md"}

    missing = {
        name for name in files if name not in listing and name.replace("be-vietnam-pro-5.3.0", "…") not in listing
    }
    assert missing == set()
