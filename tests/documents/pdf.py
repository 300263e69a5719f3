"""What a reader program finds in a PDF."""

import io
import re
from typing import Any

from pypdf import PageObject, PdfReader


def pages_of(pdf: bytes) -> list[PageObject]:
    return list(PdfReader(io.BytesIO(pdf)).pages)


def texts_of(pdf: bytes) -> list[str]:
    """Each page's text with line breaks and runs of blanks as one blank."""
    return [re.sub(r"\s+", " ", page.extract_text()) for page in pages_of(pdf)]


def text_of(pdf: bytes) -> str:
    return " ".join(texts_of(pdf))


def size_mm(page: PageObject) -> tuple[int, int]:
    return round(page.mediabox.width / 72 * 25.4), round(page.mediabox.height / 72 * 25.4)


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """{font: whether its outlines are in the file}, over all pages."""
    found = {}
    for page in pages_of(pdf):
        resources: Any = page["/Resources"]
        for reference in resources["/Font"].values():
            font = reference.get_object()
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            embedded = bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor))
            found[font["/BaseFont"].split("+")[-1]] = embedded
    return found


def margins_mm(page: PageObject) -> dict[str, float]:
    """Distances of the text from the paper's edges, by the places where the text begins."""
    places: list[tuple[float, float]] = []

    def seen(text: str, ctm: list[float], matrix: list[float], *_: object) -> None:
        if text.strip():
            places.append((matrix[4] * ctm[0] + ctm[4], matrix[5] * ctm[3] + ctm[5]))

    page.extract_text(visitor_text=seen)
    return {"left": min(x for x, _ in places) / 72 * 25.4, "bottom": min(y for _, y in places) / 72 * 25.4}


def story_reaches_mm(page: PageObject) -> float:
    """How far above the paper's lower edge the lowest line of the story stands."""
    lowest: list[float] = []

    def seen(text: str, ctm: list[float], matrix: list[float], *_: object) -> None:
        if "nhóm bếp" in text or "đoạn" in text:
            lowest.append((matrix[5] * ctm[3] + ctm[5]) / 72 * 25.4)

    page.extract_text(visitor_text=seen)
    return min(lowest)
