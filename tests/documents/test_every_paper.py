import io
import re
import unicodedata
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from shared.documents.papers import (
    consent_form,
    leaflet,
    nomination_form,
    nurture_trail,
    official_letter,
    progress_report,
    proposal,
    receipt,
)
from shared.documents.shapes import Section, Step, TrailEntry
from tests.documents.pdf import fonts_of, pages_of, size_mm, text_of
from tests.documents.samples import CONSENT, FORM, LEAFLET, LETTER, PROPOSAL, RECEIPT, REPORT, TRAIL

A4 = (210, 297)
A5 = (148, 210)
EVERY_LETTER = (
    "a à ả ã á ạ ă ằ ẳ ẵ ắ ặ â ầ ẩ ẫ ấ ậ b c d đ e è ẻ ẽ é ẹ ê ề ể ễ ế ệ g h i ì ỉ ĩ í ị k l m n "
    "o ò ỏ õ ó ọ ô ồ ổ ỗ ố ộ ơ ờ ở ỡ ớ ợ p q r s t u ù ủ ũ ú ụ ư ừ ử ữ ứ ự v x y ỳ ỷ ỹ ý ỵ"
)
HOSTILE = (
    '#panic("x") \\ ] [ *b* _i_ $x$ <a> @b `c` // d /* e */ "f" \'g\' #data {h} = i ~ j --- k https://l '
    '#image("/etc/passwd")'
)
EVERY_PAPER = {
    "leaflet": lambda: leaflet(LEAFLET),
    "receipt": lambda: receipt(RECEIPT),
    "trail": lambda: nurture_trail(TRAIL),
    "consent form": lambda: consent_form(CONSENT),
    "proposal": lambda: proposal(PROPOSAL),
    "report": lambda: progress_report(REPORT),
    "letter": lambda: official_letter(LETTER),
    "form": lambda: nomination_form(FORM),
}


@pytest.mark.parametrize("paper", EVERY_PAPER)
def test_the_same_input_gives_the_same_bytes(paper: str) -> None:
    assert EVERY_PAPER[paper]() == EVERY_PAPER[paper]()


@pytest.mark.parametrize(
    ("paper", "size", "fonts"),
    [
        ("leaflet", A4, "BeVietnamPro"),
        ("receipt", A5, "BeVietnamPro"),
        ("trail", A4, "BeVietnamPro"),
        ("consent form", A4, "Tinos"),
        ("proposal", A4, "Tinos"),
        ("report", A4, "Tinos"),
        ("letter", A4, "Tinos"),
        ("form", A4, "BeVietnamPro"),
    ],
)
def test_size_and_embedded_fonts(paper: str, size: tuple[int, int], fonts: str) -> None:
    pdf = EVERY_PAPER[paper]()

    assert {size_mm(page) for page in pages_of(pdf)} == {size}
    assert all(fonts_of(pdf).values())
    assert all(name.startswith(fonts) for name in fonts_of(pdf))


@pytest.mark.parametrize("paper", EVERY_PAPER)
def test_a_reader_program_finds_language_title_and_the_papers_own_day(paper: str) -> None:
    reader = PdfReader(io.BytesIO(EVERY_PAPER[paper]()))

    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "vi"
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert reader.metadata.title
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == (
        date(2026, 11, 22) if paper in {"leaflet", "receipt", "consent form", "form", "trail"} else date(2023, 2, 5)
    )


@pytest.mark.parametrize("letters", [EVERY_LETTER, EVERY_LETTER.upper(), unicodedata.normalize("NFD", EVERY_LETTER)])
def test_every_vietnamese_letter_comes_out_as_it_went_in(letters: str) -> None:
    on_leaflet = leaflet(replace(LEAFLET, story=(letters,)))
    in_report = progress_report(replace(REPORT, opening=(letters,)))

    assert unicodedata.normalize("NFC", letters) in text_of(on_leaflet)
    assert unicodedata.normalize("NFC", letters) in text_of(in_report)


def test_signs_of_the_typesetting_language_are_only_text() -> None:
    papers = (
        leaflet(replace(LEAFLET, name=HOSTILE, story=(HOSTILE,), achievement=HOSTILE, issuer=HOSTILE)),
        nurture_trail(
            replace(TRAIL, name=HOSTILE, why=HOSTILE, entries=(TrailEntry(on="", title=HOSTILE, detail=HOSTILE),))
        ),
        consent_form(replace(CONSENT, giver=HOSTILE, headline=HOSTILE, rights=(HOSTILE,))),
        receipt(replace(RECEIPT, nominee=HOSTILE, steps=(Step(title=HOSTILE, detail=HOSTILE),))),
        nomination_form(replace(FORM, plan=HOSTILE, consent=(HOSTILE,))),
        proposal(replace(PROPOSAL, about=HOSTILE, bases=(HOSTILE,), recipients=(HOSTILE,))),
        progress_report(
            replace(REPORT, opening=(HOSTILE,), sections=(Section(heading=HOSTILE, paragraphs=(HOSTILE,)),))
        ),
    )

    for pdf in papers:
        shown = re.sub(r"\s", "", text_of(pdf))  # lines break inside
        assert re.sub(r"\s", "", HOSTILE) in shown
