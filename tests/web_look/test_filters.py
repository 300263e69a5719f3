from datetime import UTC, date, datetime

import pytest

from shared.web import filters
from shared.web.i18n import use_language

TODAY = date(2026, 11, 22)
LATE_EVENING = datetime(2026, 3, 26, 18, 5, tzinfo=UTC)  # already the 27th in Vietnam


def test_days_and_moments_are_those_of_vietnam() -> None:
    assert filters.day(date(2026, 3, 27)) == "27/03/2026"
    assert filters.day(LATE_EVENING) == "27/03/2026"
    assert filters.moment(LATE_EVENING) == "01:05 27/03/2026"
    assert filters.clock_time(LATE_EVENING) == "01:05"
    assert (filters.day(None), filters.moment(None)) == ("", "")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("vi", ["1.204", "1.204,5", "1.200.000 đồng", "Quý IV/2026", "27/03/2026"]),
        ("en", ["1,204", "1,204.5", "1,200,000 VND", "Quarter IV/2026", "27/03/2026"]),
    ],
)
def test_numbers_follow_the_language_and_dates_do_not(language: str, expected: list[str]) -> None:
    with use_language(language):
        written = [
            filters.count(1204),
            filters.count(1204.5),
            filters.vnd(1_200_000),
            filters.quarter(date(2026, 10, 1)),
            filters.day(date(2026, 3, 27)),
        ]

    assert written == expected


def test_shares() -> None:
    assert [filters.percent(0.62), filters.percent(3, 4), filters.percent(0, 0)] == ["62%", "75%", "–"]


@pytest.mark.parametrize(
    ("last_day", "words", "tone"),
    [
        (date(2026, 11, 28), "Còn 6 ngày", "ok"),
        (date(2026, 11, 25), "Còn 3 ngày", "warn"),
        (date(2026, 11, 22), "Hôm nay hết hạn", "warn"),
        (date(2026, 11, 20), "Quá hạn 2 ngày", "bad"),
    ],
)
def test_a_deadline_counts_its_last_day(last_day: date, words: str, tone: str) -> None:
    assert filters.days_left(last_day, TODAY) == words
    assert filters.urgency(last_day, TODAY) == tone


def test_how_long_ago() -> None:
    days = [date(2026, 11, 22), date(2026, 11, 21), date(2026, 11, 17), date(2026, 10, 1), date(2026, 11, 30)]

    assert [filters.ago(day, TODAY) for day in days] == [
        "Hôm nay",
        "Hôm qua",
        "5 ngày trước",
        "01/10/2026",
        "30/11/2026",
    ]


def test_paragraphs_keep_breaks_and_escape_all() -> None:
    assert filters.paragraphs("Một <b>\r\nhai\n\n\nba") == "<p>Một &lt;b&gt;<br>hai</p>\n<p>ba</p>"
