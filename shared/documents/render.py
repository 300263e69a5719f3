"""Typst, fed with data and never with text pasted into its code."""

import json
import shutil
import tempfile
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Final, Literal

import typst

_HERE: Final = Path(__file__).parent
_TEMPLATES: Final = _HERE / "templates"


class NotRendered(RuntimeError):
    """The template refused its data or an image; the message is Typst's."""


def render(
    template: str, data: Mapping[str, object], *, dated: date, images: Mapping[str, bytes] | None = None
) -> bytes:
    """The PDF of `templates/<template>.typ`, with our fonts embedded; the same input gives the same bytes.

    The template reads `data` as JSON: every text in it is shown as it stands, whatever signs it holds. It finds the
    images (JPEG, PNG, WebP, SVG) under their names, and sees no other file. `dated` is the paper's own date and becomes
    the PDF's. Raises NotRendered.
    """
    return _compiled(template, data, dated=dated, images=images or {}, form="pdf")[0]


def pictured(
    template: str, data: Mapping[str, object], *, dated: date, images: Mapping[str, bytes] | None = None, dpi: int = 96
) -> list[bytes]:
    """The same paper as PNG pictures, one a page, for previews."""
    return _compiled(template, data, dated=dated, images=images or {}, form="png", dpi=dpi)


def _compiled(
    template: str,
    data: Mapping[str, object],
    *,
    dated: date,
    images: Mapping[str, bytes],
    form: Literal["pdf", "png"],
    dpi: int = 96,
) -> list[bytes]:
    with tempfile.TemporaryDirectory(prefix="typst-") as folder:
        root = Path(folder)
        _lay_out(root, data, images)
        try:
            made = typst.compile(
                root / f"{template}.typ",
                root=root,
                font_paths=_fonts(),
                ignore_system_fonts=True,
                format=form,
                ppi=dpi,
                timestamp=datetime(dated.year, dated.month, dated.day, tzinfo=UTC),
            )
        except typst.TypstError as fault:
            raise NotRendered(f"{template}: {fault}") from fault
    return [made] if isinstance(made, bytes) else made


def _lay_out(root: Path, data: Mapping[str, object], images: Mapping[str, bytes]) -> None:
    """All a template may read: the templates, data.json and images/<name>."""
    shutil.copytree(_TEMPLATES, root, dirs_exist_ok=True)
    text = json.dumps({**data, "images": sorted(images)}, ensure_ascii=False)
    (root / "data.json").write_text(unicodedata.normalize("NFC", text), encoding="utf-8")
    (root / "images").mkdir()
    for name, picture in images.items():
        if not name.isidentifier():
            raise ValueError(f"image name {name!r}: give a plain word")
        (root / "images" / name).write_bytes(picture)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_HERE / "fonts")])
