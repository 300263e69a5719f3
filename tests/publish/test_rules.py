"""Consent, stages, addresses, typed numbers: the rules alone."""

from datetime import date

import pytest

from services.publish.rules.activity import require_held, whole_number
from services.publish.rules.changes import Piece, changes
from services.publish.rules.consent import Agreed, named_in, require_nameless, require_story, without_name
from services.publish.rules.stages import mix_is_complete, require_channels, require_checks, require_editable
from services.publish.rules.words import lower_first, nameless, place_of, shortened, slug_among
from shared.errors import Invalid, Refused

NAME = "Lò Thị Ấm"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bà Lò Thị Ấm nấu cháo", "lo thi am"),
        ("LÒ  THỊ ẤM nấu cháo", "lo thi am"),
        ("Chị Ấm nấu cháo", "chi am"),
        ("bà con gọi bà Ấm", "ba am"),
        ("Nước ấm trong ấm", ""),
        ("Lò Thị Ấmp", ""),
        ("", ""),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, found: str) -> None:
    assert named_in(NAME, text) == found


def test_without_consent_to_the_name_a_text_with_it_is_refused() -> None:
    nameless_only = Agreed(story=True, name=False, photo=False)

    require_nameless(nameless_only, name=NAME, texts=("Một công dân thôn 3", "nấu cháo"))
    with pytest.raises(Refused) as refused:
        require_nameless(nameless_only, name=NAME, texts=("Nồi cháo", "của bà Ấm"))

    assert (refused.value.key, refused.value.details) == ("consent.name_in_text", {"value": "ba am"})


def test_without_consent_to_the_story_nothing_goes() -> None:
    with pytest.raises(Refused, match=r"consent\.story_missing"):
        require_story(Agreed(story=False, name=True, photo=True))


def test_the_name_is_taken_out_wherever_it_stands() -> None:
    text = without_name("Lò Thị Ấm nấu cháo. Ai cũng quý lò thị ấm.", name=NAME, instead="một công dân thôn 3")

    assert text == "một công dân thôn 3 nấu cháo. Ai cũng quý một công dân thôn 3."


def test_a_name_with_signs_of_patterns_is_just_a_name() -> None:
    assert without_name(r"A.B \1 (x", name=r"A.B \1 (x", instead=r"\g<0>") == r"\g<0>"


@pytest.mark.parametrize(
    ("kind", "unit_kind", "shown"),
    [
        ("individual", "village", "một công dân thôn 3"),
        ("collective", "village", "một tập thể thôn 3"),
        ("household", "organisation", "một hộ gia đình xã Bình Lương"),
        ("cooperative", "village", "một tấm gương thôn 3"),
    ],
)
def test_the_nameless_are_called_by_their_place(kind: str, unit_kind: str, shown: str) -> None:
    assert nameless(kind, unit_kind=unit_kind, unit="Thôn 3", commune="Xã Bình Lương") == shown


def test_nobody_is_said_to_live_in_an_office() -> None:
    assert place_of(unit_kind="village", unit="Thôn 3") == "thôn 3"
    assert place_of(unit_kind="health_station", unit="Trạm Y tế xã") == "do Trạm Y tế xã giới thiệu"


def test_a_withdrawn_story_is_closed_and_a_published_one_can_be_corrected() -> None:
    require_editable("published")
    with pytest.raises(Refused, match=r"story\.withdrawn"):
        require_editable("withdrawn")


def test_channels_are_those_that_the_plan_has_open() -> None:
    require_channels(["portal"], active=["portal", "radio"])
    with pytest.raises(Refused, match=r"story\.unknown_channel"):
        require_channels(["zalo"], active=["portal", "radio"])
    with pytest.raises(Refused, match=r"story\.no_channel"):
        require_channels([], active=["portal"])


def test_every_check_of_the_field_has_to_be_confirmed() -> None:
    require_checks({"secrecy_check"}, asked=("secrecy_check",))
    with pytest.raises(Refused, match=r"story\.check_missing"):
        require_checks(set(), asked=("secrecy_check",))


def test_a_good_mix_has_both_forms() -> None:
    assert mix_is_complete(["online", "traditional", "online"])
    assert not mix_is_complete(["online"])
    assert not mix_is_complete([])


def test_titles_alike_get_addresses_of_their_own() -> None:
    assert slug_among("Nồi cháo nghĩa tình", set()) == "noi-chao-nghia-tinh"
    assert slug_among("Nồi cháo nghĩa tình", {"noi-chao-nghia-tinh"}) == "noi-chao-nghia-tinh-2"
    assert slug_among("Nồi cháo", {"noi-chao", "noi-chao-2"}) == "noi-chao-3"
    assert slug_among("💐", set()) == "tam-guong"


def test_abbreviations_keep_their_capitals() -> None:
    assert lower_first("OCOP bốn sao") == "OCOP bốn sao"
    assert lower_first("Đời sống xã hội") == "đời sống xã hội"


def test_what_is_cut_is_cut_between_words() -> None:
    assert shortened("một hai ba", 10) == "một hai ba"
    assert shortened("một hai ba bốn", 10) == "một hai…"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("", 0), ("0", 0), ("300", 300), ("1.200.000", 1_200_000), ("1 200 000 đồng", 1_200_000), ("1,200", 1_200)],
)
def test_numbers_are_read_as_people_type_them(typed: str, number: int) -> None:
    assert whole_number(typed, most=10_000_000) == number


@pytest.mark.parametrize("typed", ["-5", "1.5", "1.20.000", "nhiều", "1e6", "٣", "99999999"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="is"):
        whole_number(typed, most=10_000_000)


def test_an_activity_has_happened_within_the_plan() -> None:
    period = {"starts_on": date(2023, 4, 1), "ends_on": date(2025, 12, 31)}

    require_held(date(2023, 4, 1), today=date(2024, 1, 1), **period)
    require_held(date(2025, 12, 31), today=date(2026, 1, 1), **period)
    with pytest.raises(Invalid) as before:
        require_held(date(2023, 3, 31), today=date(2024, 1, 1), **period)
    with pytest.raises(Invalid) as ahead:
        require_held(date(2024, 1, 2), today=date(2024, 1, 1), **period)

    assert before.value.faults == {"held_on": "activity.out_of_period"}
    assert ahead.value.faults == {"held_on": "activity.in_future"}


def test_changes_show_what_went_and_what_came() -> None:
    assert changes("bà nấu cháo", "bà nấu cơm") == (
        Piece("same", "bà nấu "),
        Piece("gone", "cháo"),
        Piece("new", "cơm"),
    )
