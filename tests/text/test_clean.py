import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.text.clean import Unclean, cleaned, decoded


def test_nfd_is_normalised_not_refused() -> None:
    typed_on_a_mac = unicodedata.normalize("NFD", "Đặng Thị Ấm")

    assert cleaned(typed_on_a_mac, longest=20) == unicodedata.normalize("NFC", "Đặng Thị Ấm")


def test_zero_width_between_letter_and_tone_does_not_split_them() -> None:
    assert cleaned("a\u200b\u0301o", longest=5) == "áo"


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("  Lò Thị Ấm \u00a0", "Lò Thị Ấm"),
        ("\ufeffxã Bình Lương", "xã Bình Lương"),
        ("nguyễn\u202egnol\u202c", "nguyễngnol"),
        ("a\u2066b\u2069c\u200dd\u00ade", "abcde"),
        ("tên\tthôn", "tên thôn"),
        ("\n một dòng \n", "một dòng"),
        ("👩\u200d🌾", "👩🌾"),
        ("", ""),
    ],
)
def test_what_nobody_sees_is_dropped(raw: str, kept: str) -> None:
    assert cleaned(raw, longest=50) == kept


def test_lines_stay_when_asked_for_and_end_in_lf_alone() -> None:
    assert cleaned("Một  \r\nHai\rBa\u2028Bốn\n\n", longest=50, lines=True) == "Một\nHai\nBa\nBốn"


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x9f", "\x0b", "\ud800", "\ufffe"])
@pytest.mark.parametrize("template", ["a{}b", "{}ab", "ab{}"])
def test_control_characters_are_refused_wherever_they_stand(character: str, template: str) -> None:
    with pytest.raises(Unclean) as refusal:
        cleaned(template.format(character), longest=50, lines=True)

    assert refusal.value.key == "text.control_character"
    assert refusal.value.details["character"] == f"U+{ord(character):04X}"


def test_a_line_break_inside_a_single_line_is_refused() -> None:
    with pytest.raises(Unclean) as refusal:
        cleaned("Hà\nNội", longest=50)

    assert refusal.value.key == "text.control_character"


def test_length_counts_characters_after_cleaning() -> None:
    assert cleaned(unicodedata.normalize("NFD", "  ấấấ  "), longest=3) == "ấấấ"

    with pytest.raises(Unclean) as refusal:
        cleaned("ấấấấ", longest=3)

    assert refusal.value.key == "text.too_long"
    assert refusal.value.details == {"length": 4, "longest": 3}


def test_bytes_that_are_not_utf8_are_refused_with_their_place() -> None:
    assert decoded("\ufeffĐề cử".encode()) == "Đề cử"

    with pytest.raises(Unclean) as refusal:
        decoded(b"Ng\xf4")

    assert (refusal.value.key, refusal.value.details) == ("text.not_utf8", {"place": 2})


@given(st.text(max_size=60), st.booleans())
def test_cleaning_twice_is_cleaning_once(raw: str, lines: bool) -> None:
    try:
        once = cleaned(raw, longest=1000, lines=lines)
    except Unclean:
        return

    assert cleaned(once, longest=1000, lines=lines) == once
    assert unicodedata.is_normalized("NFC", once)
