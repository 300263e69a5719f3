"""The council's sums are exact: no rounding anywhere, neither in the advice nor on the page."""

from decimal import Decimal
from fractions import Fraction
from string import ascii_uppercase

from hypothesis import given
from hypothesis import strategies as st

from services.review.pages.scoreboard import about, exactly
from services.review.rules.scores import Measure, tally_of
from shared.plan import ReviewRule, Text
from shared.web.i18n import use_language

ANY_TEXT = Text("chữ", "words")
MEASURES = [Measure(letter, ANY_TEXT, ANY_TEXT, "R18") for letter in ascii_uppercase[:7]]

measures = st.integers(1, len(MEASURES)).map(lambda count: MEASURES[:count])
sheets = measures.flatmap(
    lambda chosen: st.tuples(
        st.just(chosen),
        st.lists(st.fixed_dictionaries({one.id: st.integers(0, 100) for one in chosen}), min_size=1, max_size=12),
    )
)
thresholds = st.decimals(0, 100, places=2)


def rule(recognise_from: Decimal) -> ReviewRule:
    return ReviewRule("R67", 0, 100, field_is_scored=True, members_needed=1, recognise_from=recognise_from,
                      answer_within_working_days=10)  # fmt: skip


@given(sheets, thresholds)
def test_the_average_times_the_number_of_points_given_is_their_sum(
    given_sheets: tuple[list[Measure], list[dict[str, int]]], threshold: Decimal
) -> None:
    chosen, handed_in = given_sheets
    everything = [points for sheet in handed_in for points in sheet.values()]

    tally = tally_of(handed_in, chosen, rule(threshold))

    assert tally.average is not None
    assert tally.average * len(everything) == sum(everything)
    assert tally.advised == (sum(everything) * 100 >= int(threshold * 100) * len(everything))
    assert {name: average * len(handed_in) for name, average in tally.by_criterion.items()} == {
        measure.id: sum(sheet[measure.id] for sheet in handed_in) for measure in chosen
    }


@given(sheets, st.randoms(use_true_random=False))
def test_the_order_of_the_sheets_means_nothing(
    given_sheets: tuple[list[Measure], list[dict[str, int]]], random: st.DrawFn
) -> None:
    chosen, handed_in = given_sheets
    shuffled = list(handed_in)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis's random.Random

    assert tally_of(handed_in, chosen, rule(Decimal(7))) == tally_of(shuffled, chosen, rule(Decimal(7)))


@given(st.integers(0, 1500), st.integers(1, 60))
def test_what_is_shown_is_the_very_number(points: int, count: int) -> None:
    value = Fraction(points, count)

    with use_language("en"):
        written = exactly(value)

    assert sum((Fraction(part) for part in written.split()), Fraction()) == value


@given(st.integers(0, 1500), st.integers(1, 60))
def test_the_shortened_number_is_never_above_the_exact_one(points: int, count: int) -> None:
    value = Fraction(points, count)

    with use_language("en"):
        short = about(value)

    if short:
        assert Fraction(short) < value < Fraction(short) + Fraction(1, 100)
    else:
        assert 100 % value.denominator == 0


def test_the_language_decides_the_comma() -> None:
    shown = [exactly(Fraction(value)) for value in ("33/4", "127/15", "1/3", "8", "0")]

    assert (shown, about(Fraction(127, 15))) == (["8,25", "8 7/15", "1/3", "8", "0"], "8,46")
    with use_language("en"):
        assert exactly(Fraction(33, 4)) == "8.25"


def test_one_hundredth_below_the_threshold_is_below() -> None:
    one = MEASURES[:1]
    twelve = [{"A": 7}] * 11 + [{"A": 6}]

    tally = tally_of(twelve, one, rule(Decimal("7.0")))

    assert (tally.average, tally.advised, about(tally.average or Fraction())) == (Fraction(83, 12), False, "6,91")


def test_no_sheets_have_no_average() -> None:
    tally = tally_of([], MEASURES, rule(Decimal(0)))

    assert (tally.sheets, tally.by_criterion, tally.average, tally.advised) == (0, {}, None, False)
