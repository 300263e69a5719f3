import json

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared.bus.record import act_as, record
from shared.database import engine_of, transaction
from shared.ids import new_id


def events_in(database):
    with database.begin() as connection:
        return connection.execute(text("SELECT * FROM bus.event ORDER BY id")).all()


def test_an_event_is_recorded_with_its_envelope_and_one_delivery_per_hearer(database, plan, case_opened):
    actor = new_id()
    event = case_opened()

    with transaction(database) as session:
        act_as(session, actor, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        event_id = record(session, event, plan)

    (row,) = events_in(database)
    assert (row.id, row.type, row.source) == (event_id, "vn.guongsang.case.opened.v1", "/review")
    assert (row.subject, row.subjectversion) == (f"case/{event.case_id}", 1)
    assert (row.planid, row.unitid, row.actorid) == (plan.id, plan.unit.id, actor)
    assert row.correlationid == event.nomination_id
    assert row.data == json.loads(event.model_dump_json())
    with database.begin() as connection:
        hearers = connection.execute(text("SELECT hearer FROM bus.delivery ORDER BY hearer")).scalars().all()
    assert hearers == sorted(event.HEARD_BY)


def test_a_transaction_that_rolls_back_has_said_nothing(database, plan, case_opened):
    with pytest.raises(RuntimeError), transaction(database) as session:
        record(session, case_opened(), plan)
        raise RuntimeError("after all not")

    assert events_in(database) == []


def test_versions_and_causes_follow_the_subject_across_transactions(database, plan, case_opened):
    case_id = new_id()

    for count in (2, 1):
        with transaction(database) as session:
            for _ in range(count):
                record(session, case_opened(case_id), plan)

    rows = events_in(database)
    assert [row.subjectversion for row in rows] == [1, 2, 3]
    assert [row.causationid for row in rows] == [None, rows[0].id, rows[1].id]


def test_a_recorded_event_cannot_be_changed_or_deleted_even_by_the_owner(database, plan, case_opened):
    with transaction(database) as session:
        record(session, case_opened(), plan)

    for statement in ("UPDATE bus.event SET data = '{}'", "DELETE FROM bus.event", "TRUNCATE bus.event"):
        with pytest.raises(DBAPIError, match="append-only"), database.begin() as connection:
            connection.execute(text(statement))


def test_a_service_cannot_read_another_services_rows(installation):
    with pytest.raises(DBAPIError, match="permission denied"), transaction(engine_of("review")) as session:
        session.execute(text("SELECT * FROM report.alembic_version"))
