"""The papers Gương Sáng prints, each from its typed shape to the bytes of a PDF."""

from dataclasses import asdict
from datetime import date

from shared.documents.qr import qr_svg
from shared.documents.render import render
from shared.documents.shapes import (
    CardSheet,
    ConsentForm,
    Leaflet,
    Letterhead,
    NominationForm,
    NurtureTrail,
    OfficialLetter,
    ProgressReport,
    Proposal,
    Receipt,
)
from shared.text.dates import shown_day

_OPEN = "\u00a0" * 6  # the clerk writes here


def leaflet(shape: Leaflet) -> bytes:
    """A4 portrait; a missing photo is no gap. Raises NotRendered if the photo is no picture."""
    data = asdict(shape) | {"issued_on": shown_day(shape.issued_on)}
    photo = data.pop("photo")
    images = {"qr": qr_svg(shape.url)} | ({"photo": photo} if photo else {})
    return render("leaflet", data, dated=shape.issued_on, images=images)


def receipt(shape: Receipt) -> bytes:
    """A5 portrait, one page for up to six steps."""
    data = asdict(shape) | {"received_on": shown_day(shape.received_on), "answer_by": shown_day(shape.answer_by)}
    return render("receipt", data, dated=shape.received_on, images={"qr": qr_svg(shape.url)})


def nomination_form(shape: NominationForm) -> bytes:
    """A4 portrait, two pages to print on one sheet, with boxes wide enough for a pen."""
    data = asdict(shape) | {"printed_on": shown_day(shape.printed_on)}
    return render("nomination_form", data, dated=shape.printed_on, images={"qr": qr_svg(shape.url)})


def nurture_trail(shape: NurtureTrail) -> bytes:
    """A4 portrait, as many pages as it takes."""
    data = asdict(shape) | {"began_on": shown_day(shape.began_on), "made_on": shown_day(shape.made_on)}
    return render("nurture_trail", data, dated=shape.made_on)


def consent_form(shape: ConsentForm) -> bytes:
    """A4 portrait, one page."""
    data = asdict(shape) | {"printed_on": shown_day(shape.printed_on)}
    return render("consent_form", data, dated=shape.printed_on, images={"qr": qr_svg(shape.url)})


def card_sheet(shape: CardSheet) -> bytes:
    """A4 portrait, two columns of four cards, with lines to cut along."""
    data = asdict(shape) | {"issued_on": shown_day(shape.issued_on)}
    images = {f"qr{place}": qr_svg(card.url) for place, card in enumerate(shape.cards)}
    return render("card_sheet", data, dated=shape.issued_on, images=images)


def proposal(shape: Proposal) -> bytes:
    """Tờ trình, laid out by Decree 30/2020/NĐ-CP, appendix I."""
    return render("proposal", asdict(shape) | {"head": _head(shape.head)}, dated=shape.head.dated)


def progress_report(shape: ProgressReport) -> bytes:
    """Báo cáo, laid out by Decree 30/2020/NĐ-CP, appendix I."""
    return render("progress_report", asdict(shape) | {"head": _head(shape.head)}, dated=shape.head.dated)


def official_letter(shape: OfficialLetter) -> bytes:
    """Công văn, laid out by Decree 30/2020/NĐ-CP, appendix I."""
    return render("official_letter", asdict(shape) | {"head": _head(shape.head)}, dated=shape.head.dated)


def _head(head: Letterhead) -> dict[str, object]:
    number = _OPEN if head.number is None else f"{head.number:02d}"  # numbers below 10 take a 0
    return {
        "parent": head.parent,
        "body": head.body,
        "number": f"Số: {number}/{head.symbol}",
        "place_and_day": f"{head.place}, {_official_day(head)}",
    }


def _official_day(head: Letterhead) -> str:
    """Days below 10 and the months 1 and 2 take a 0 (appendix I, part I, II.4)."""
    shown: date = head.signed_on or head.dated
    day = _OPEN if head.signed_on is None else f"{shown.day:02d}"
    month = f"{shown.month:02d}" if shown.month <= 2 else str(shown.month)  # noqa: PLR2004
    return f"ngày {day} tháng {month} năm {shown.year}"
