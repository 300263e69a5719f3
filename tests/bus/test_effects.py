"""The effect ledger: done once, or known to be unknown. Never blindly repeated, never forgotten."""

import threading
from collections import Counter
from dataclasses import dataclass, field

import pytest
from sqlalchemy import text

from shared.bus.relay import LEASE_EFFECTS
from shared.database import engine_of, transaction
from shared.effects.decide import effects_of, send_again
from shared.effects.ledger import MOST_ATTEMPTS, MOST_LOOKUPS, cancel_effects, effect_key, perform, plan_effect
from shared.effects.outcome import Failed, Later, Sent, Unknown
from shared.effects.performer import Performer
from shared.errors import Refused
from shared.ids import new_id

SERVICE, CHANNEL = "report", "letters"


class Crash(BaseException):
    """The process ends here, whatever anybody catches."""


@dataclass
class Outside:
    """A channel and the world behind it: answers are used up in order, the last one stays."""

    answers: list = field(default_factory=lambda: [Sent("there")])
    sights: list = field(default_factory=lambda: [Unknown("cannot be seen")])
    consent: bool = True
    within: bool = False
    sent: list = field(default_factory=list)
    looked: list = field(default_factory=list)
    told: list = field(default_factory=list)

    def performers(self):
        return {CHANNEL: Performer(self.prepare, self.send, self.look_up, self.settled, within=self.within)}

    def prepare(self, session, effect):
        if not self.consent:
            raise Refused("consent.withdrawn")
        return f"for {effect.target}"

    def send(self, effect, payload):
        self.sent.append(payload)
        return self.next_of(self.answers)

    def look_up(self, effect, payload):
        self.looked.append(payload)
        return self.next_of(self.sights)

    def settled(self, session, effect, outcome):
        self.told.append(type(outcome).__name__)

    def next_of(self, answers):
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, BaseException):
            raise answer
        return answer


@pytest.fixture
def world():
    return Outside()


@pytest.fixture
def planned(database, plan):
    """Plans an effect; its key."""

    def make(target="a", ref=None):
        with transaction(database) as session:
            return plan_effect(session, service=SERVICE, channel=CHANNEL, target=target, ref=ref or new_id(), plan=plan)

    return make


@pytest.fixture
def do(database, world):
    """Performs an effect as a worker does; what the ledger then says: (state, attempts, lookups)."""

    def go(key):
        perform(database, world.performers(), key)
        with database.begin() as connection:
            row = connection.execute(
                text("SELECT state, attempts, lookups FROM bus.effect WHERE key = :key"), {"key": key}
            ).one()
            return tuple(row)

    return go


@pytest.fixture
def later(database):
    """Lets the time pass until every lease has run out."""

    def pass_time():
        with database.begin() as connection:
            connection.execute(text("UPDATE bus.effect SET lease_until = now(), next_at = least(next_at, now())"))

    return pass_time


def column(database, key, name):
    with database.begin() as connection:
        return connection.execute(text(f"SELECT {name} FROM bus.effect WHERE key = :key"), {"key": key}).scalar_one()


def due(database):
    """The keys that a relay would send now."""
    with transaction(engine_of(SERVICE)) as session:
        rows = session.connection().exec_driver_sql(LEASE_EFFECTS, (SERVICE, 500)).scalars().all()
        session.rollback()
    return rows


def test_an_effect_is_done_once_however_often_its_message_comes(database, world, planned, do):
    key = planned()

    assert [do(key) for _ in range(5)] == [("sent", 1, 0)] * 5

    assert (world.sent, world.told) == (["for a"], ["Sent"])
    assert column(database, key, "external_id") == "there"


def test_workers_that_have_the_same_message_do_it_once(database, world, planned):
    keys = [planned(str(number)) for number in range(40)]
    workers = [
        threading.Thread(target=lambda: [perform(database, world.performers(), key) for key in keys]) for _ in range(4)
    ]

    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert Counter(world.sent) == Counter(f"for {number}" for number in range(40))


def test_the_same_thing_to_the_same_target_over_the_same_channel_is_one_effect(database, planned):
    ref = new_id()

    assert planned("a", ref) == planned("a", ref) == effect_key(SERVICE, CHANNEL, "a", ref)
    assert planned("b", ref) != planned("a", ref)
    assert len(due(database)) == 2


def test_planning_again_after_it_was_sent_sends_nothing(world, planned, do):
    ref = new_id()
    do(planned("a", ref))

    assert do(planned("a", ref)) == ("sent", 1, 0)
    assert len(world.sent) == 1


def test_a_crash_between_sending_and_the_outcome_is_looked_up_and_not_repeated(world, planned, do, later):
    world.answers = [Crash()]
    world.sights = [Sent("seen there")]
    key = planned()
    with pytest.raises(Crash):
        do(key)

    assert do(key) == ("sending", 1, 0)  # its lease still runs: perhaps the worker lives
    later()
    assert do(key) == ("sent", 1, 1)

    assert (len(world.sent), len(world.looked), world.told) == (1, 1, ["Sent"])


def test_what_certainly_was_not_done_is_sent_again_after_a_look(world, planned, do, later):
    world.answers = [Crash(), Sent("now")]
    world.sights = [Later(0, "not there")]
    key = planned()
    with pytest.raises(Crash):
        do(key)
    later()

    assert do(key) == ("planned", 1, 1)
    assert do(key) == ("sent", 2, 1)
    assert len(world.sent) == 2


def test_an_outcome_that_stays_unknown_is_looked_at_three_times_and_left_to_a_person(
    database, world, planned, do, later
):
    world.answers = [Unknown("no answer")]
    key = planned()

    states = [do(key)]
    for _ in range(MOST_LOOKUPS):
        later()
        states.append(do(key))

    assert states == [("unknown", 1, number) for number in range(MOST_LOOKUPS + 1)]
    assert (len(world.sent), world.told) == (1, ["Unknown"])
    assert column(database, key, "settled_at IS NOT NULL AND next_at = 'infinity'")
    later()
    assert do(key) == ("unknown", 1, MOST_LOOKUPS)
    assert len(world.looked) == MOST_LOOKUPS


def test_a_fault_that_the_channel_did_not_foresee_leaves_the_outcome_unknown(world, planned, do):
    world.answers = [ZeroDivisionError("surprise")]

    assert do(planned()) == ("unknown", 1, 0)
    assert len(world.sent) == 1


def test_later_comes_again_after_the_time_it_names_and_is_no_look_up(database, world, planned, do):
    world.answers = [Later(3600, "busy"), Sent("there")]
    key = planned()

    assert do(key) == ("planned", 1, 0)
    assert column(database, key, "extract(epoch FROM next_at - now()) BETWEEN 3500 AND 3600")
    assert due(database) == []
    assert do(key) == ("sent", 2, 0)
    assert (len(world.sent), world.looked) == (2, [])


def test_later_for_ever_fails_at_last(database, world, planned, do):
    world.answers = [Later(0, "busy")]
    key = planned()

    states = [do(key) for _ in range(MOST_ATTEMPTS + 2)]

    assert states[MOST_ATTEMPTS - 2 :] == [("planned", MOST_ATTEMPTS - 1, 0)] + [("failed", MOST_ATTEMPTS, 0)] * 3
    assert (len(world.sent), world.told) == (MOST_ATTEMPTS, ["Failed"])


def test_a_refusal_for_good_is_told_once(world, planned, do):
    world.answers = [Failed("no such address")]
    key = planned()

    assert [do(key), do(key)] == [("failed", 1, 0)] * 2
    assert (len(world.sent), world.told) == (1, ["Failed"])


def test_what_may_no_longer_be_done_is_not_begun(world, planned, do):
    world.consent = False

    assert do(planned())[0] == "failed"
    assert (world.sent, world.told) == ([], ["Failed"])


def test_what_has_not_begun_can_be_cancelled_and_the_rest_cannot(database, world, planned, do):
    ref = new_id()
    done, open_ = planned("done", ref), planned("open", ref)
    do(done)

    with transaction(database) as session:
        assert cancel_effects(session, service=SERVICE, ref=ref, reason="withdrawn") == 1

    assert do(open_)[0] == "cancelled"
    assert do(done)[0] == "sent"
    assert (world.sent, due(database)) == (["for done"], [])


def test_a_person_may_have_an_unknown_or_failed_effect_sent_again_and_no_other(database, world, planned, do, later):
    world.answers = [Unknown("no answer"), Sent("there")]
    key = planned()
    do(key)
    with transaction(database) as session:
        assert not send_again(session, service=SERVICE, key=key)  # the ledger is still at it
    for _ in range(MOST_LOOKUPS):
        later()
        do(key)

    with transaction(database) as session:
        assert send_again(session, service=SERVICE, key=key)

    assert due(database) == [key]
    assert do(key) == ("sent", 1, 0)
    with transaction(database) as session:
        assert not send_again(session, service=SERVICE, key=key)


def test_effects_of_a_thing_show_how_each_stands(database, world, planned, do):
    ref = new_id()
    world.answers = [Sent("at 5"), Later(60, "busy")]
    first, second = planned("a", ref), planned("b", ref)
    do(first)
    do(second)

    with transaction(database) as session:
        found = effects_of(session, service=SERVICE, ref=ref)

    assert (found[first].state, found[first].settled, found[first].external_id) == ("sent", True, "at 5")
    assert (found[second].state, found[second].settled, found[second].external_id) == ("planned", False, "")
    assert found[second].next_at is not None
    assert found[first].next_at is None


def test_an_effect_planned_by_a_transaction_that_fails_was_never_planned(database, plan):
    with pytest.raises(RuntimeError), transaction(database) as session:
        plan_effect(session, service=SERVICE, channel=CHANNEL, target="a", ref=new_id(), plan=plan)
        raise RuntimeError("after all not")

    assert due(database) == []
