import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.speech.numbers import cardinal, digits, quantity, roman

_VALUES = dict(zip(("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"), range(10), strict=True))
_VALUES |= {"mốt": 1, "tư": 4, "lăm": 5}


def _heard(words: str) -> int:
    """Understands a number as a listener does: the reading turned back."""
    total = group = digit = 0
    for word in words.split():
        match word:
            case "tỷ":
                total, group, digit = (total + group + digit) * 10**9, 0, 0
            case "triệu" | "nghìn":
                scale = 10**6 if word == "triệu" else 10**3
                total, group, digit = total + (group + digit) * scale, 0, 0
            case "trăm":
                group, digit = digit * 100, 0
            case "mươi" | "mười":
                group, digit = group + (digit or 1) * 10, 0
            case "linh" | "lẻ":
                pass
            case _:
                digit = _VALUES[word]
    return total + group + digit


@given(st.integers(0, 10**12 - 1))
def test_a_listener_hears_the_number_that_was_written(number: int) -> None:
    assert _heard(cardinal(number)) == number


@given(st.integers(0, 10**9))
def test_a_number_is_read_alike_with_and_without_points(number: int) -> None:
    assert quantity(f"{number:,}".replace(",", ".")) == quantity(str(number)) == cardinal(number)


def test_the_south_says_le() -> None:
    assert cardinal(105, zero_tens="lẻ") == "một trăm lẻ năm"


def test_digits_leave_out_what_is_no_digit() -> None:
    assert digits("0912.34") == "không chín một hai ba bốn"


@pytest.mark.parametrize(
    ("text", "value"),
    [("I", 1), ("IV", 4), ("IX", 9), ("XIII", 13), ("XIV", 14), ("XXIII", 23), ("XL", 40), ("LXXXIX", 89),
     ("IIII", None), ("VX", None), ("", None), ("IC", None), ("TIN", None)],
)  # fmt: skip
def test_roman_numerals(text: str, value: int | None) -> None:
    assert roman(text) == value
