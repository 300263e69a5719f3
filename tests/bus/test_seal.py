"""The chain finds what was tampered with; what it cannot see by itself, the published heads show."""

import threading

import pytest
from sqlalchemy import text

from shared.bus.seal import EVENTS
from shared.ids import new_id
from shared.seal.chain import GENESIS, seal, verify
from shared.seal.heads import HEADS, publish_heads, published_heads


@pytest.fixture
def sealed(say, case_opened, database, tmp_path):
    """Twelve events, sealed in three batches with their heads published; the folder of heads."""
    for batch in range(3):
        say(*(case_opened(code=f"{batch}-{number}") for number in range(4)))
        publish_heads(seal(database, EVENTS), tmp_path)
    return tmp_path


@pytest.fixture
def tamper(database):
    """Does what no role of ours may do: changes rows as somebody with the database's own files could."""

    def do(*statements, **values):
        with database.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for statement in statements:
                connection.execute(text(statement), values)

    return do


def breaks(database, folder):
    return [
        (found.number, found.what.partition(":")[0].partition(",")[0])
        for found in verify(database, EVENTS, published_heads(folder, EVENTS.name))
    ]


def event_at(database, number):
    with database.begin() as connection:
        return connection.execute(text("SELECT event_id FROM bus.seal WHERE number = :n"), {"n": number}).scalar_one()


def test_an_untouched_log_verifies(database, sealed):
    assert verify(database, EVENTS, published_heads(sealed, EVENTS.name)) == []
    assert [head.number for head in published_heads(sealed, EVENTS.name)] == [4, 8, 12]


def test_events_wait_for_their_seal_without_being_a_break(database, sealed, say, case_opened):
    say(case_opened())

    assert verify(database, EVENTS, published_heads(sealed, EVENTS.name)) == []


@pytest.mark.parametrize(
    "change",
    [
        "data = jsonb_set(data, '{code}', '\"DC-2025-9999\"')",
        "actorid = gen_random_uuid()",
        "time = time + interval '1 microsecond'",
        "planstep = 'I.1'",
        "unitid = gen_random_uuid()",
    ],
)
def test_a_changed_event_is_found_where_it_stands(database, sealed, tamper, change):
    event_id = event_at(database, 5)

    tamper(f"UPDATE bus.event SET {change} WHERE id = :id", id=event_id)

    assert breaks(database, sealed) == [(5, f"event {event_id} was changed")]


def test_one_flipped_byte_in_a_seal_is_found(database, sealed, tamper):
    tamper("UPDATE bus.seal SET hash = set_byte(hash, 7, get_byte(hash, 7) # 1) WHERE number = 6")

    assert [number for number, _ in breaks(database, sealed)] == [6, 7]


def test_a_deleted_event_is_found(database, sealed, tamper):
    tamper("DELETE FROM bus.event WHERE id = :id", id=event_at(database, 3))

    assert breaks(database, sealed) == [(3, "the sealed event is gone")]


def test_an_event_deleted_together_with_its_seal_is_found(database, sealed, tamper):
    event_id = event_at(database, 3)

    tamper("DELETE FROM bus.event WHERE id = :id", "DELETE FROM bus.seal WHERE event_id = :id", id=event_id)

    assert breaks(database, sealed)[0] == (3, "a seal is missing")


def test_a_cut_tail_is_found_through_the_published_heads_alone(database, sealed, tamper):
    tamper(
        "DELETE FROM bus.event WHERE id IN (SELECT event_id FROM bus.seal WHERE number > 8)",
        "DELETE FROM bus.seal WHERE number > 8",
        "UPDATE bus.head SET number = 8, hash = (SELECT hash FROM bus.seal WHERE number = 8)",
    )

    assert verify(database, EVENTS, []) == []
    assert breaks(database, sealed) == [(12, "the published head is not in the chain")]


def test_two_events_that_changed_places_are_found(database, sealed, tamper):
    first, second = event_at(database, 5), event_at(database, 6)

    tamper(
        "DELETE FROM bus.seal WHERE number = 6",
        "UPDATE bus.seal SET event_id = :second WHERE number = 5",
        "INSERT INTO bus.seal SELECT unitid, 6, :first, :hash FROM bus.seal WHERE number = 5",
        first=first,
        second=second,
        hash=hash_at(database, 6),
    )

    assert [number for number, _ in breaks(database, sealed)] == [5, 6]


def hash_at(database, number):
    with database.begin() as connection:
        return connection.execute(text("SELECT hash FROM bus.seal WHERE number = :n"), {"n": number}).scalar_one()


def test_a_chain_forged_anew_from_a_changed_event_is_found_through_the_published_heads(database, sealed, tamper):
    tamper("UPDATE bus.event SET planstep = 'I.1' WHERE id = :id", id=event_at(database, 5))
    with database.begin() as connection:
        events = connection.execute(
            text("SELECT seal.number, event.* FROM bus.seal JOIN bus.event ON event.id = event_id ORDER BY number")
        ).all()
    digest = GENESIS
    for event in events:
        digest = EVENTS.link(digest, event)
        tamper("UPDATE bus.seal SET hash = :hash WHERE number = :number", hash=digest, number=event.number)

    assert verify(database, EVENTS, []) == []
    assert [number for number, _ in breaks(database, sealed)] == [8, 12]


def test_an_event_that_was_slipped_in_is_found(database, sealed, tamper):
    tamper(
        "CREATE TEMPORARY TABLE forged ON COMMIT DROP AS SELECT * FROM bus.event WHERE id = :id",
        "UPDATE forged SET id = :new, subject = 'case/forged'",
        "INSERT INTO bus.event SELECT * FROM forged",
        id=event_at(database, 5),
        new=new_id(),
    )

    assert breaks(database, sealed) == [(0, "1 events are neither sealed nor waiting for a seal")]


def test_sealers_that_work_at_once_make_one_chain(database, say, case_opened, tmp_path):
    for _ in range(10):
        say(*(case_opened() for _ in range(20)))
    found = []
    sealers = [threading.Thread(target=lambda: found.extend(seal(database, EVENTS))) for _ in range(4)]

    for sealer in sealers:
        sealer.start()
    for sealer in sealers:
        sealer.join()
    found += seal(database, EVENTS)

    publish_heads(found, tmp_path)
    assert verify(database, EVENTS, published_heads(tmp_path, EVENTS.name)) == []
    assert max(head.number for head in found) == 200


def test_each_commune_has_a_chain_of_its_own(database, plan, say, case_opened, tamper):
    say(case_opened(), case_opened())
    other = new_id()
    tamper("UPDATE bus.event SET unitid = :other WHERE id = (SELECT id FROM bus.event LIMIT 1)", other=other)

    heads = seal(database, EVENTS)

    assert {head.unit_id: head.number for head in heads} == {plan.unit.id: 1, other: 1}


def test_a_head_that_a_power_cut_left_half_written_harms_no_other(sealed, database, say, case_opened):
    with (sealed / HEADS).open("a", encoding="utf-8") as file:
        file.write('{"unit": "01')
    say(case_opened())

    publish_heads(seal(database, EVENTS), sealed)

    assert [head.number for head in published_heads(sealed, EVENTS.name)] == [4, 8, 12, 13]
    assert verify(database, EVENTS, published_heads(sealed, EVENTS.name)) == []
