from datetime import date

import pytest

from shared.web import charts
from shared.web.portrait import initials, portrait

ATTACK = '"><script>alert(1)</script>'


def test_the_longest_bar_is_whole_and_every_number_is_written() -> None:
    drawn = charts.bars([("Thôn Mơ", 4), ("Thôn Quặn", 1, "một")], caption="Theo thôn")

    assert 'width="100.0%"' in drawn
    assert 'width="25.0%"' in drawn
    assert '<td class="n">4</td>' in drawn
    assert '<td class="n">một</td>' in drawn


def test_nothing_at_all_can_be_drawn() -> None:
    assert "<tbody></tbody>" in charts.bars([], caption="Theo thôn")
    assert 'width="0.0%"' in charts.bars([("Thôn Mơ", 0)], caption="Theo thôn")
    assert "<ol></ol>" in charts.columns([], caption="Theo tháng")
    assert "<polyline" in charts.sparkline([], label="Chưa có")
    assert 'stroke-dasharray="0 100"' in charts.ring(0, 0, label="Quý IV")


def test_a_quota_that_is_passed_stays_a_full_rim() -> None:
    assert 'class="ring whole"' in charts.ring(5, 4, label="Quý IV")
    assert 'stroke-dasharray="100.0 100"' in charts.ring(5, 4, label="Quý IV")
    assert 'aria-label="Quý IV: 3 trên 4"' in charts.ring(3, 4, label="Quý IV")


@pytest.mark.parametrize(
    ("value", "grade"),
    [(None, "qx"), (0, "q0"), (1, "q1"), (49.9, "q1"), (50, "q2"), (80, "q3"), (100, "q4"), (140, "q4")],
)
def test_no_data_is_not_nought(value: float | None, grade: str) -> None:
    assert charts.grade(value) == grade


def test_the_line_of_today_stands_only_inside_the_schedule() -> None:
    stages = [charts.Stage("Tiếp nhận", date(2026, 11, 1), date(2026, 11, 10))]

    assert 'x1="5.0%"' in charts.schedule(stages, today=date(2026, 11, 1))
    assert "today" not in charts.schedule(stages, today=date(2026, 12, 1))


def test_names_cannot_break_out_of_a_figure() -> None:
    drawn = [
        charts.bars([(ATTACK, 1, ATTACK, ATTACK, ATTACK)], caption=ATTACK),
        charts.columns([(ATTACK, 1, ATTACK)], caption=ATTACK),
        charts.stacked([(ATTACK, 1, ATTACK)], caption=ATTACK),
        charts.heat([charts.HeatRow(ATTACK, [1], ATTACK)], caption=ATTACK, corner=ATTACK, heads=[ATTACK]),
        charts.tiles([(ATTACK, 1, ATTACK, ATTACK)]),
        charts.ring(1, 2, label=ATTACK),
        charts.sparkline([1, 2], label=ATTACK),
        charts.schedule([charts.Stage(ATTACK, date(2026, 1, 1), date(2026, 1, 2), ATTACK)]),
        portrait(ATTACK),
    ]

    assert [figure for figure in drawn if "<script" in figure or 'style="' in figure] == []


@pytest.mark.parametrize(
    ("name", "letters"), [("Lò Thị Ấm", "LẤ"), ("Giàng A Pủa", "GP"), ("Đặng", "Đ"), ("  ", ""), ("lê văn a", "LA")]
)
def test_initials_are_of_the_family_name_and_the_given_name(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_the_same_name_always_gets_the_same_picture() -> None:
    assert portrait("Lò Thị Ấm") == portrait("Lò Thị Ấm")
    assert len({portrait(name).partition(" viewBox")[0] for name in ("An", "Bình", "Chi", "Dung", "Em", "Giang")}) > 1
