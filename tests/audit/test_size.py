"""Ten million entries must be searched as fast as ten: no question reads the whole table."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.dialects import postgresql

from services.identity.queries.trail import PER_PAGE, About, Wanted, line_query
from shared.audit.entry import Action
from shared.database import owner_engine
from shared.ids import new_id

pytestmark = pytest.mark.xdist_group("audit")  # its commune is founded once

ENTRIES = 100_000
FILL = """
    INSERT INTO audit.entry
    SELECT gen_random_uuid(), timestamptz '2025-01-01' + n * interval '1 minute',
        (ARRAY['opened', 'listed', 'taken_out', 'signed_in'])[1 + n %% 4], md5((n %% 400)::text)::uuid, 'Người mẫu',
        'clerk', md5((n %% 170)::text)::uuid, 'plan', false, NULL, 'case', md5((n %% 20000)::text), 'DC-2025-0001',
        ARRAY[md5((n %% 20000)::text)::uuid], md5((n %% 170)::text)::uuid, 'GET /xet-duyet/{case_id}', '', '{}'
    FROM generate_series(1, %s) AS n
"""


@pytest.fixture(scope="module")
def full(installation):
    engine = owner_engine()
    with engine.begin() as connection:
        connection.exec_driver_sql(FILL, (ENTRIES,))
        one = connection.exec_driver_sql("SELECT * FROM audit.entry LIMIT 1").one()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE audit.entry")
    yield one
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql("DELETE FROM audit.entry")


QUESTIONS = {
    "everything": lambda one: Wanted(),
    "of a commune": lambda one: Wanted(unit_id=one.unit_id),
    "of a commune in a week": lambda one: Wanted(
        unit_id=one.unit_id, since=datetime(2025, 2, 1, tzinfo=UTC), until=datetime(2025, 2, 8, tzinfo=UTC)
    ),
    "by a person": lambda one: Wanted(actors=(one.actor_id,)),
    "by a person of a commune": lambda one: Wanted(unit_id=one.unit_id, actors=(one.actor_id,)),
    "about somebody": lambda one: Wanted(about=About(subjects=(one.subjects[0], new_id()))),
    "about somebody or something": lambda one: Wanted(
        about=About(subjects=(one.subjects[0],), object_ids=(one.object_id,))
    ),
    "what was taken out": lambda one: Wanted(action=Action.TAKEN_OUT),
    "nobody": lambda one: Wanted(actors=()),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_uses_an_index(full, question):
    query = line_query(QUESTIONS[question](full)).limit(PER_PAGE + 1)
    sql = str(query.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))

    with owner_engine().begin() as connection:
        plan = json.dumps(connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {sql.replace('%', '%%')}").scalar_one())

    assert "Seq Scan" not in plan, plan


def test_the_question_before_each_entry_uses_an_index(full):
    lately = (
        "SELECT 1 FROM audit.entry AS known WHERE known.object_id = %s AND known.at > %s"
        " AND (known.action, known.subjects) IS NOT DISTINCT FROM (%s, %s::uuid[])"
    )
    values = (full.object_id, full.at - timedelta(minutes=10), full.action, full.subjects)

    with owner_engine().begin() as connection:
        plan = json.dumps(connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {lately}", values).scalar_one())

    assert "entry_object" in plan
    assert "Seq Scan" not in plan
