"""Exactly once, in order, and a bad event costs only itself."""

import threading

import pytest

from shared.bus.consume import MOST_STARTS, consume
from shared.bus.ear import Ear, NotYet
from shared.bus.inspect import requeue
from shared.events.review import CaseOpened
from shared.ids import new_id
from tests.bus.conftest import HEARER, writes_down


def test_an_event_told_five_times_is_heard_once(say, hear, heard, case_opened):
    (event_id,) = say(case_opened(code="one"))

    assert [hear([event_id]) for _ in range(5)] == [1, 0, 0, 0, 0]

    assert heard() == ["one"]


def test_four_workers_with_the_same_messages_hear_each_event_once(say, hear, heard, case_opened):
    codes = [f"{number:03}" for number in range(200)]
    ids = say(*(case_opened(code=code) for code in codes))
    workers = [threading.Thread(target=hear, args=(ids[offset:] + ids[:offset],)) for offset in (0, 50, 100, 150)]

    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    hear(ids)

    assert sorted(heard()) == codes


def test_one_bad_event_in_a_batch_costs_only_itself(say, note, heard, state_of, case_opened):
    def refuses_bad(session, told):
        if told.data.code == "bad":
            raise ValueError("cannot")
        writes_down(session, told)

    ear = Ear(HEARER)
    ear.on(CaseOpened)(refuses_bad)
    ids = say(case_opened(code="a"), case_opened(code="bad"), case_opened(code="b"))

    assert consume(note, ear, ids) == 2

    assert heard() == ["a", "b"]
    assert state_of(ids[1]) == ("pending", 2, "ValueError('cannot')")


def test_a_poison_event_is_parked_after_five_starts_and_lives_again_when_requeued(
    say, note, hear, heard, state_of, case_opened
):
    def refuses(session, told):
        raise ValueError("never")

    broken = Ear(HEARER)
    broken.on(CaseOpened)(refuses)
    (event_id,) = say(case_opened(code="late"))

    for _ in range(MOST_STARTS + 3):
        consume(note, broken, [event_id])

    assert state_of(event_id) == ("parked", MOST_STARTS, "ValueError('never')")
    assert [row.event_id for row in requeue(note, hearer=HEARER, event_ids=None, dry_run=True)] == [event_id]
    assert state_of(event_id)[0] == "parked"
    requeue(note, hearer=HEARER, event_ids=None, dry_run=False)
    assert hear([event_id]) == 1
    assert heard() == ["late"]


def test_later_events_of_a_subject_wait_for_the_earlier_and_no_other_subject_waits(say, note, hear, heard, case_opened):
    case_id = new_id()
    first, second = say(case_opened(case_id, code="first")) + say(case_opened(case_id, code="second"))
    (other,) = say(case_opened(code="other"))

    hear([second, other])
    assert heard() == ["other"]

    hear([first])
    hear([second])
    assert heard() == ["other", "first", "second"]


def test_a_batch_hears_each_subject_in_the_order_of_its_versions(say, hear, heard, case_opened):
    case_ids = [new_id() for _ in range(20)]
    said = [
        say(*(case_opened(case_id, code=f"{index}-{version}") for index, case_id in enumerate(case_ids)))
        for version in range(5)
    ]
    ids = [event_id for round_ in reversed(said) for event_id in round_]

    assert hear(ids) == 100

    for index in range(20):
        mine = [code for code in heard() if code.startswith(f"{index}-")]
        assert mine == [f"{index}-{version}" for version in range(5)]


def test_what_is_not_ready_comes_again_at_no_fault(say, note, heard, state_of, case_opened):
    ready = threading.Event()

    def waits(session, told):
        if not ready.is_set():
            raise NotYet("the dossier")
        writes_down(session, told)

    ear = Ear(HEARER)
    ear.on(CaseOpened)(waits)
    (event_id,) = say(case_opened(code="patient"))

    for _ in range(MOST_STARTS * 2):
        consume(note, ear, [event_id])
    assert state_of(event_id) == ("pending", 0, "not yet: the dossier")

    ready.set()
    assert consume(note, ear, [event_id]) == 1
    assert heard() == ["patient"]


def test_a_batch_goes_on_without_what_comes_too_early_and_nothing_of_that_is_left(
    say, note, heard, state_of, case_opened
):
    def wants_a_dossier(session, told):
        writes_down(session, told)
        if told.data.code.startswith("early"):
            raise NotYet("the dossier")

    ear = Ear(HEARER)
    ear.on(CaseOpened)(wants_a_dossier)
    case_id = new_id()
    early = [*say(case_opened(case_id, code="early")), *say(case_opened(case_id, code="later of the same case"))]
    ready = say(*(case_opened(code=f"ready-{number}") for number in range(3)))

    assert consume(note, ear, [*early, *ready]) == 3

    assert sorted(heard()) == ["ready-0", "ready-1", "ready-2"]
    assert [state_of(event_id)[:2] for event_id in early] == [("pending", 0), ("pending", 0)]


def test_an_ear_refuses_a_handler_for_an_event_that_it_does_not_hear():
    with pytest.raises(TypeError, match="not heard by identity"):
        Ear("identity").on(CaseOpened)(writes_down)
