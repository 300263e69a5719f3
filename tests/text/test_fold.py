import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.text.fold import folded, slug


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Đặng Thị Hòa", "dang thi hoa"),
        ("ĐIỂN HÌNH TIÊN TIẾN", "dien hinh tien tien"),
        ("Nguyễn  Thuý\tQuỳnh ", "nguyen thuy quynh"),
        ("Y Blum Êban", "y blum eban"),
        ("ÐÀ NẴNG", "da nang"),
    ],
)
def test_search_ignores_accents_case_and_folds_d(text: str, plain: str) -> None:
    assert folded(text) == plain
    assert folded(unicodedata.normalize("NFD", text)) == plain


@pytest.mark.parametrize(("old", "new"), [("Hòa", "Hoà"), ("thúy", "thuý"), ("khỏe", "khoẻ"), ("Tòa", "Toà")])
def test_both_ways_of_placing_a_tone_fold_the_same(old: str, new: str) -> None:
    assert old != new
    assert folded(old) == folded(new)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Bà Lò Thị Ấm: nuôi 12 trẻ!", "ba-lo-thi-am-nuoi-12-tre"),
        ("Đường 5/7 & cầu", "duong-5-7-cau"),
        ("800 m²", "800-m2"),
        ("???", ""),
    ],
)
def test_a_slug_is_plain_words_and_hyphens(text: str, address: str) -> None:
    assert slug(text) == address


def test_a_long_slug_ends_with_a_whole_word() -> None:
    assert slug("một hai ba bốn", longest=9) == "mot-hai"
    assert slug("một hai ba bốn", longest=10) == "mot-hai-ba"
    assert slug("nghiêng", longest=4) == "nghi"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)
