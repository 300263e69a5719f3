"""Who has to agree, to what, and what holds for all of them together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.nomination.rules.parties import (
    MOST_PARTIES,
    Capacity,
    first_capacity,
    own_word_needed,
    party_faults,
    require_room,
    waiting,
)
from services.nomination.rules.uses import (
    CHANNELS,
    PURPOSES,
    Use,
    agreed_by_all,
    answer_faults,
    in_order,
    uses_of_form,
)
from shared.errors import Refused

USES = st.sets(st.sampled_from([use.value for use in Use]))


@given(st.lists(USES, min_size=1, max_size=6))
def test_what_holds_is_what_everybody_agreed_to_and_nothing_else(words: list[set[str]]) -> None:
    held = agreed_by_all(words)

    assert all((use in held) == all(use in word for word in words) for use in Use)


@given(st.lists(USES, min_size=1, max_size=5), USES)
def test_one_more_word_never_widens_what_holds(words: list[set[str]], another: set[str]) -> None:
    assert set(agreed_by_all([*words, another])) <= set(agreed_by_all(words))


@given(st.lists(USES, max_size=5))
def test_one_who_takes_everything_back_stops_everything(words: list[set[str]]) -> None:
    assert agreed_by_all([*words, set()]) == []


def test_nobody_asked_is_nothing_agreed() -> None:
    assert agreed_by_all([]) == []


@given(st.lists(st.text(max_size=8) | st.sampled_from([use.value for use in Use])))
def test_what_is_no_use_is_never_kept(typed: list[str]) -> None:
    assert in_order(typed) == [use.value for use in Use if use.value in typed]


@given(st.booleans(), st.booleans(), st.booleans())
def test_the_form_covers_what_was_ticked_on_the_channels_that_it_names(name: bool, story: bool, photo: bool) -> None:
    ticked = [use for use, agreed in (("name", name), ("story", story), ("photo", photo)) if agreed]

    assert uses_of_form(name=name, story=story, photo=photo) == [*ticked, "portal", "radio", "print"]


@given(USES)
def test_a_yes_says_to_a_purpose_and_where_it_is_published(uses: set[str]) -> None:
    purposes, channels = uses & set(PURPOSES), uses & set(CHANNELS)
    published = purposes & {"name", "story", "photo", "voice"}

    expected = {"purposes"} if not purposes else {"channels"} if published and not channels else set()

    assert set(answer_faults(uses)) == expected


@pytest.mark.parametrize(
    ("given_by", "subject_kind", "capacity"),
    [
        ("self", "individual", Capacity.SELF),
        ("guardian", "individual", Capacity.GUARDIAN),
        ("representative", "individual", Capacity.REPRESENTATIVE),
        ("self", "household", Capacity.HEAD),
        ("self", "collective", Capacity.HEAD),
        ("representative", "collective", Capacity.REPRESENTATIVE),
    ],
)
def test_whoever_agreed_in_the_form_did_so_as_somebody(given_by: str, subject_kind: str, capacity: Capacity) -> None:
    assert first_capacity(given_by=given_by, subject_kind=subject_kind) is capacity


@pytest.mark.parametrize(
    ("given_by", "birth_year", "needed"),
    [
        ("guardian", 2018, True),  # turns seven this year: the doubt protects
        ("guardian", 2019, False),
        ("guardian", 2009, True),
        ("guardian", 1960, False),  # an adult under guardianship
        ("guardian", None, True),
        ("self", 2012, False),
        ("representative", None, False),
    ],
)
def test_a_child_of_seven_has_a_word_of_its_own(given_by: str, birth_year: int | None, needed: bool) -> None:
    assert own_word_needed(given_by=given_by, birth_year=birth_year, on_year=2025) is needed


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({"name": "Vi Văn Mẫu", "capacity": "member", "relation": ""}, {}),
        ({"name": "Vi Thị Mẫu", "capacity": "guardian", "relation": "mẹ"}, {}),
        ({"name": "", "capacity": "", "relation": ""}, {"name": "name.missing", "capacity": "party.capacity_missing"}),
        (
            {"name": "V", "capacity": "guardian", "relation": ""},
            {"name": "name.too_short", "relation": "party.relation_missing"},
        ),
        ({"name": "Vi Văn Mẫu", "capacity": "self", "relation": ""}, {"capacity": "party.capacity_missing"}),
    ],
)
def test_who_is_asked_is_named_with_what_they_are(typed: dict[str, str], faults: dict[str, str]) -> None:
    assert {box: fault.key for box, fault in party_faults(**typed).items()} == faults


def test_people_to_ask_are_counted_and_bounded() -> None:
    assert waiting(["agreed", "waiting", "declined", "withdrawn"]) == 3
    require_room(MOST_PARTIES - 1)
    with pytest.raises(Refused, match=r"party\.too_many"):
        require_room(MOST_PARTIES)
