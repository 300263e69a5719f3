"""Effects that leave nothing outside our own database: done together, all or nothing, and never unknown."""

from collections import Counter

import pytest
from sqlalchemy import text

from shared.effects.ledger import MOST_LOOKUPS, perform_all
from shared.effects.outcome import Failed, Later, Sent
from tests.bus.test_effects import Crash, Outside, later, planned

__all__ = ["later", "planned"]  # the fixtures


@pytest.fixture
def world():
    return Outside(within=True)


@pytest.fixture
def states(database):
    """{(state, attempts): how many effects}."""

    def count():
        with database.begin() as connection:
            return Counter(map(tuple, connection.execute(text("SELECT state, attempts FROM bus.effect"))))

    return count


def test_a_message_of_effects_is_one_transaction(database, world, planned, states):
    keys = [planned(str(number)) for number in range(10)]

    perform_all(database, world.performers(), [*keys, *keys])

    assert states() == {("sent", 1): 10}
    assert (len(world.sent), world.told) == (10, ["Sent"] * 10)


def test_a_crash_leaves_everything_as_it_was(database, world, planned, states):
    keys = [planned(str(number)) for number in range(3)]
    world.answers = [Sent("one"), Crash()]

    with pytest.raises(Crash):
        perform_all(database, world.performers(), keys)

    assert states() == {("planned", 0): 3}
    world.answers = [Sent("again")]
    perform_all(database, world.performers(), keys)
    assert states() == {("sent", 1): 3}


def test_one_bad_effect_costs_only_itself(database, world, planned, states):
    keys = [planned(str(number)) for number in range(3)]
    world.answers = [Sent("one"), ValueError("bad"), Sent("one"), ValueError("bad"), Sent("three")]

    perform_all(database, world.performers(), keys)

    assert states() == {("sent", 1): 2, ("unknown", 1): 1}


def test_refusals_and_delays_are_written_down_as_ever(database, world, planned, states):
    world.answers = [Failed("no"), Later(60, "busy"), Sent("there")]

    perform_all(database, world.performers(), [planned(str(number)) for number in range(3)])

    assert states() == {("failed", 1): 1, ("planned", 1): 1, ("sent", 1): 1}


def test_what_may_no_longer_be_done_is_not_begun(database, world, planned, states):
    world.consent = False

    perform_all(database, world.performers(), [planned()])

    assert states() == {("failed", 1): 1}
    assert (world.sent, world.told) == ([], ["Failed"])


def test_what_can_never_be_settled_fails_in_the_end_and_is_told(database, world, planned, states, later, monkeypatch):
    def broken(session, effect, outcome):
        world.told.append(type(outcome).__name__)
        assert not isinstance(outcome, Sent), "a bug"

    monkeypatch.setattr(world, "settled", broken)
    world.sights = [Sent("within")]
    keys = [planned()]

    for _ in range(MOST_LOOKUPS):
        with pytest.raises(AssertionError, match="a bug"):
            perform_all(database, world.performers(), keys)
        later()
    assert states() == {("unknown", 1): 1}
    for _ in range(2):
        perform_all(database, world.performers(), keys)

    assert states() == {("failed", 1): 1}
    assert Counter(world.told) == {"Sent": MOST_LOOKUPS + 2, "Failed": 1}


def test_effects_of_the_outside_among_them_are_done_one_by_one(database, planned, states):
    world = Outside(within=False)

    perform_all(database, world.performers(), [planned("a"), planned("b")])

    assert states() == {("sent", 1): 2}
