import io
from datetime import date

import pytest
from PIL import Image

from shared.documents.qr import qr_svg
from shared.documents.render import NotRendered, pictured, render

DAY = date(2026, 11, 22)
DATA = {
    "issuer": "UBND xã", "code": "DC-2026-0001", "url": "https://guongsang.example/x", "nominee": "Bà Ấm",
    "unit": "Thôn 1",
    "nominated_by": "Ông Sơn", "received_on": "22/11/2026", "answer_by": "28/11/2026", "steps": [], "contact": "",
    "sample": False,
}  # fmt: skip


def test_a_preview_is_one_png_a_page() -> None:
    [page] = pictured("receipt", DATA, dated=DAY, images={"qr": qr_svg("https://guongsang.example/x")}, dpi=72)

    with Image.open(io.BytesIO(page)) as image:
        assert (image.format, image.size) == ("PNG", (420, 595))
        assert len(image.convert("RGB").getcolors(100_000) or []) > 10


def test_the_day_of_the_paper_is_the_only_day_in_it() -> None:
    images = {"qr": qr_svg("https://guongsang.example/x")}

    one, other = (render("receipt", DATA, dated=day, images=images) for day in (DAY, date(2026, 11, 23)))

    assert one != other
    assert b"20261122" in one.replace(b"-", b"")


def test_missing_data_is_refused_with_the_templates_name() -> None:
    with pytest.raises(NotRendered, match="receipt"):
        render("receipt", {"code": "DC"}, dated=DAY)


@pytest.mark.parametrize("name", ["../qr", "a/b", "", "a b", "/etc/passwd"])
def test_an_image_name_cannot_leave_its_folder(name: str) -> None:
    with pytest.raises(ValueError, match="give a plain word"):
        render("receipt", DATA, dated=DAY, images={name: b""})


def test_a_qr_code_is_svg_that_grows_with_its_address() -> None:
    short, long = qr_svg("https://a.example"), qr_svg("https://a.example/" + "x" * 200)

    assert short.startswith(b"<?xml")
    assert b"<svg" in short
    assert len(long) > len(short)
