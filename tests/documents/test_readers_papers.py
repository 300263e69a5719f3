from dataclasses import replace

import pytest

from shared.documents.papers import consent_form, leaflet, nurture_trail, receipt
from shared.documents.render import NotRendered
from tests.documents.pdf import pages_of, story_reaches_mm, text_of, texts_of
from tests.documents.samples import CONSENT, LEAFLET, PARAGRAPH, RECEIPT, TRAIL, photo


def test_a_leaflet_says_everything_it_was_given() -> None:
    text = text_of(leaflet(LEAFLET))

    for part in (LEAFLET.masthead, LEAFLET.issuer, LEAFLET.kind, LEAFLET.field, LEAFLET.name, LEAFLET.unit,
                 LEAFLET.quote, LEAFLET.achievement, *LEAFLET.story, LEAFLET.photo_caption, "Ngày 22/11/2026",
                 "guongsang.example/guong/lo-thi-am", "DỮ LIỆU MẪU"):  # fmt: skip
        assert part in text
    assert "DỮ LIỆU MẪU" not in text_of(leaflet(replace(LEAFLET, sample=False)))


def test_a_missing_photo_leaves_no_gap_and_no_picture() -> None:
    without = replace(LEAFLET, photo=None, photo_caption="")

    assert len(pages_of(leaflet(LEAFLET))[0].images) == 1
    assert len(pages_of(leaflet(without))[0].images) == 0
    assert len(pages_of(leaflet(without))) == 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_may_be_any_kind_we_store(kind: str) -> None:
    assert len(pages_of(leaflet(replace(LEAFLET, photo=photo(kind))))[0].images) == 1


def test_a_photo_that_is_no_picture_is_refused() -> None:
    with pytest.raises(NotRendered, match="leaflet"):
        leaflet(replace(LEAFLET, photo=b"<script>"))


@pytest.mark.parametrize(("paragraphs", "pages"), [(0, 1), (1, 1), (3, 1), (5, 2), (7, 2), (9, 3), (12, 3), (40, 9)])
def test_a_story_of_any_length_is_shown_to_its_last_word(paragraphs: int, pages: int) -> None:
    story = tuple(f"{PARAGRAPH} Hết đoạn {n}." for n in range(paragraphs))

    pdf = leaflet(replace(LEAFLET, story=story))

    texts = texts_of(pdf)
    assert len(texts) == pages
    assert all(f"Hết đoạn {n}." in " ".join(texts) for n in range(paragraphs))
    assert all("Quét mã để đọc" in text for text in texts)


@pytest.mark.parametrize("paragraphs", range(1, 14))
def test_no_story_runs_into_the_foot_of_its_page(paragraphs: int) -> None:
    story = tuple(f"{PARAGRAPH} Hết đoạn {n}." for n in range(paragraphs))

    assert min(story_reaches_mm(page) for page in pages_of(leaflet(replace(LEAFLET, story=story)))) > 40


def test_long_names_flow_over_lines() -> None:
    name = "Câu lạc bộ Liên thế hệ tự giúp nhau và các hộ gia đình hiến đất làm đường giao thông nông thôn " * 2

    pages = texts_of(leaflet(replace(LEAFLET, name=name, unit=name, field=name[:60])))

    assert name.strip() in pages[0]
    assert len(pages) == 1


def test_a_question_about_consent_is_one_page_with_a_yes_and_a_no_for_each_use() -> None:
    (text,) = texts_of(consent_form(CONSENT))

    assert all(one.title in text for one in (*CONSENT.purposes, *CONSENT.channels))
    assert ("PHIẾU ĐỒNG Ý CÔNG KHAI THÔNG TIN" in text, text.count("Không"), CONSENT.code in text) == (True, 2, True)


def test_a_receipt_is_one_page_with_what_happens_next() -> None:
    texts = texts_of(receipt(RECEIPT))

    assert len(texts) == 1
    for part in (RECEIPT.code, RECEIPT.nominee, RECEIPT.unit, RECEIPT.nominated_by, "22/11/2026", "28/11/2026",
                 RECEIPT.contact, *(step.title for step in RECEIPT.steps)):  # fmt: skip
        assert part in texts[0]


def test_a_trail_tells_what_was_lacking_and_all_that_was_done() -> None:
    pages = texts_of(nurture_trail(TRAIL))

    whole = " ".join(pages)
    told = (TRAIL.name, TRAIL.why, TRAIL.mentor, TRAIL.steps[0].title, TRAIL.entries[-1].title)
    assert len(pages) > 1
    assert [said for said in told if said not in whole] == []
    assert "DỮ LIỆU MẪU" in whole
