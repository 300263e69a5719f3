import gettext
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.text.dates import NotADay, days_left_label, parsed_day, quarter_label, shown_day


@pytest.mark.parametrize(
    "typed", ["27/3/2026", "27-03-2026", "2026-03-27", "27/03/2026", " 27.3.2026 ", "27 / 3 / 2026"]
)
def test_a_day_is_read_day_first(typed: str) -> None:
    assert parsed_day(typed) == date(2026, 3, 27)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "date.not_a_day"),
        ("hôm qua", "date.not_a_day"),
        ("3/2026", "date.not_a_day"),
        ("27/3-2026", "date.not_a_day"),
        ("27/3/26", "date.short_year"),
        ("31/2/2026", "date.no_such_day"),
        ("3/27/2026", "date.no_such_day"),
        ("2026-02-30", "date.no_such_day"),
        ("1/1/0000", "date.no_such_day"),
        ("٢٧/٣/٢٠٢٦", "date.not_a_day"),
    ],
)
def test_what_is_no_day_is_refused_with_its_reason(typed: str, key: str) -> None:
    with pytest.raises(NotADay) as refusal:
        parsed_day(typed)

    assert (refusal.value.key, refusal.value.details) == (key, {"typed": typed})


@given(st.dates())
def test_a_shown_day_reads_back(day: date) -> None:
    assert parsed_day(shown_day(day)) == day


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2026, 1, 1), "Quý I/2026"),
        (date(2026, 6, 30), "Quý II/2026"),
        (date(2026, 7, 1), "Quý III/2026"),
        (date(2026, 12, 31), "Quý IV/2026"),
    ],
)
def test_quarters_are_roman(day: date, label: str) -> None:
    assert quarter_label(day) == label


@pytest.mark.parametrize(
    ("days_left", "label"),
    [(6, "Còn 6 ngày"), (1, "Còn 1 ngày"), (0, "Hôm nay hết hạn"), (-1, "Quá hạn 1 ngày"), (-2, "Quá hạn 2 ngày")],
)
def test_a_deadline_says_how_it_stands(days_left: int, label: str) -> None:
    assert days_left_label(days_left) == label


def test_labels_are_said_in_the_readers_language() -> None:
    class English(gettext.NullTranslations):
        def ngettext(self, _one: str, _many: str, n: int) -> str:
            return "%(count)d day left" if n == 1 else "%(count)d days left"

    assert [days_left_label(1, words=English()), days_left_label(6, words=English())] == ["1 day left", "6 days left"]
