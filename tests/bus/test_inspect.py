"""What an administrator sees of the bus and may do with it, by `guongsang events`; a dry run changes nothing."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from gateway.cli.events import app
from shared.bus.consume import MOST_STARTS, consume
from shared.bus.ear import Ear
from shared.bus.inspect import backlogs, one_event, parked, recent_events, replay, requeue
from shared.events.review import CaseOpened
from shared.ids import new_id
from tests.bus.conftest import HEARER

LONG_AGO, FAR_OFF = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def events(database):
    """Runs `guongsang events …`; (exit code, what it said)."""

    def run(*arguments):
        result = CliRunner().invoke(app, [*map(str, arguments)])
        return result.exit_code, result.output

    return run


@pytest.fixture
def park(note, say, case_opened):
    """An event that its hearer could not hear in all its starts."""

    def make(case_id=None):
        def refuses(session, told):
            raise ValueError("never")

        broken = Ear(HEARER)
        broken.on(CaseOpened)(refuses)
        (event_id,) = say(case_opened(case_id))
        for _ in range(MOST_STARTS):
            consume(note, broken, [event_id])
        return event_id

    return make


def test_the_newest_events_come_oldest_first(database, say, case_opened):
    ids = say(*(case_opened() for _ in range(5)))

    assert [row.id for row in recent_events(database, after=None, limit=3)] == ids[2:]
    assert [row.id for row in recent_events(database, after=ids[1], limit=2)] == ids[2:4]


def test_an_event_is_shown_with_how_far_each_hearer_is(database, say, hear, case_opened):
    (event_id,) = say(case_opened())
    hear([event_id])

    row, deliveries = one_event(database, event_id)

    assert row.id == event_id
    assert {one.hearer: one.state for one in deliveries} == {
        "nomination": "pending",
        "notify": "pending",
        "report": "done",
    }
    assert one_event(database, new_id()) is None


def test_a_backlog_counts_what_waits_and_what_is_parked(database, say, hear, park, case_opened):
    done, _ = say(case_opened(), case_opened())
    hear([done])
    park()

    (found,) = [one for one in backlogs(database) if one.hearer == HEARER]

    assert (found.pending, found.parked) == (1, 1)
    assert found.oldest_s >= 0
    assert found.last_done_at is not None


def test_requeueing_names_one_hearer_or_some_events_only(database, park, state_of):
    first, second = park(), park()

    assert requeue(database, hearer="notify", event_ids=None, dry_run=False) == []
    assert [row.event_id for row in requeue(database, hearer=None, event_ids=[second], dry_run=False)] == [second]

    assert (state_of(first)[0], state_of(second)[0]) == ("parked", "pending")


def test_events_behind_a_parked_one_go_on_once_it_is_requeued(database, park, say, hear, heard, case_opened):
    case_id = new_id()
    first = park(case_id)
    (second,) = say(case_opened(case_id, code="second"))
    assert hear([second]) == 0

    requeue(database, hearer=None, event_ids=[first], dry_run=False)

    assert hear([first, second]) == 2
    assert heard()[-1] == "second"


def test_a_replay_has_done_events_of_a_span_heard_again(database, say, hear, heard, state_of, case_opened):
    first, second = say(case_opened(code="first"), case_opened(code="second"))
    hear([first])
    again = {"hearer": HEARER, "since": LONG_AGO, "until": FAR_OFF, "names": ["case.opened"]}

    assert replay(database, **again, dry_run=True) == {CaseOpened.TYPE: 1}
    assert state_of(first)[0] == "done"
    assert replay(database, **again, dry_run=False) == {CaseOpened.TYPE: 1}

    assert hear([first, second]) == 2
    assert sorted(heard()) == ["first", "first", "second"]


def test_a_replay_fills_in_for_a_hearer_that_was_not_there_yet(database, say, hear, heard, case_opened):
    (event_id,) = say(case_opened(code="old"))
    with database.begin() as connection:
        connection.execute(text("DELETE FROM bus.delivery"))

    replay(database, hearer=HEARER, since=LONG_AGO, until=FAR_OFF, names=[], dry_run=False)

    assert hear([event_id]) == 1
    assert heard() == ["old"]


def test_a_replay_takes_its_span_exclusive_of_its_end(database, say, hear, case_opened):
    (event_id,) = say(case_opened())
    hear([event_id])
    said = one_event(database, event_id)[0].time

    before = replay(database, hearer=HEARER, since=LONG_AGO, until=said, names=[], dry_run=True)
    after = replay(database, hearer=HEARER, since=said, until=said + timedelta(seconds=1), names=[], dry_run=True)

    assert (before, after) == ({}, {CaseOpened.TYPE: 1})


def test_a_replay_of_what_the_hearer_does_not_hear_says_what_it_hears(database):
    with pytest.raises(ValueError, match=r"review does not hear case\.opened; it hears .*nomination\.submitted"):
        replay(database, hearer="review", since=LONG_AGO, until=FAR_OFF, names=["case.opened"], dry_run=True)


def test_tail_prints_a_line_or_a_cloudevent_for_each(events, say, case_opened):
    ids = say(case_opened(), case_opened())

    assert [str(event_id) in line for event_id, line in zip(ids, events("tail")[1].splitlines(), strict=True)] == [
        True,
        True,
    ]
    told = [json.loads(line) for line in events("tail", "--json", "-n", 1)[1].splitlines()]
    assert [(one["specversion"], one["id"], one["type"]) for one in told] == [("1.0", str(ids[1]), CaseOpened.TYPE)]


def test_show_prints_an_event_or_says_that_there_is_none(events, say, case_opened):
    (event_id,) = say(case_opened())

    code, said = events("show", event_id)
    assert code == 0
    assert "report       pending  sent 0, started 0" in said
    assert events("show", new_id())[0] == 1


def test_parked_requeue_and_replay_say_on_a_dry_run_what_they_would_do(events, database, park, state_of):
    event_id = park()

    assert "ValueError('never')" in events("parked")[1]
    assert "1 would be requeued" in events("requeue", "--dry-run")[1]
    assert len(parked(database)) == 1
    assert "1 requeued" in events("requeue", event_id)[1]
    assert state_of(event_id)[0] == "pending"
    assert "0 would be heard again by report" in events("replay", "report", "--since", "2020-01-01", "--dry-run")[1]
    assert events("replay", "report", "--since", "2020-01-01", "--name", "tea.drunk")[0] == 1
