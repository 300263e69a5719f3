"""What every service learns by `access.principal`, and what it may not learn otherwise."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text
from sqlalchemy.exc import ProgrammingError

from services.identity.main import enroll_person, issue_api_token
from services.identity.models.table import Table
from shared.access.principal import Office, Role
from shared.bus.broker import SERVICES
from shared.database import engine_of, transaction
from shared.plan import Plan, Unit
from tests.worlds import Rows

from .conftest import CLERK, HEAD, People, principal, sign_in

PRIVATE = ["person", "credential", "session", "api_token", "office", "login_attempt", "office_in_force"]


def test_the_principal_knows_the_present_office_and_all_others(
    browser: TestClient, people: People, active: Plan, village: Unit
) -> None:
    enroll_person(active, name="Trưởng thôn", email=HEAD, role=Role.CHAIR, unit=active.unit.key)

    who = principal(sign_in(browser))

    here = Office(Role.NOMINATOR, village.id, active.id)
    assert who is not None
    assert (who.office, who.offices) == (here, (here, Office(Role.CHAIR, active.unit.id, active.id)))


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE identity.session SET expires_at = now() - interval '1 second'",
        "UPDATE identity.session SET last_seen_at = now() - interval '31 minutes'",
        "DELETE FROM identity.session",
        "UPDATE identity.office SET valid_until = now()",
        "UPDATE identity.office SET valid_from = now() + interval '1 minute'",
        "UPDATE identity.unit SET withdrawn_at = now()",
    ],
)
def test_a_session_that_is_over_opens_nothing(browser: TestClient, people: People, rows: Rows, harm: str) -> None:
    secret = sign_in(browser, CLERK)
    assert principal(secret) is not None

    rows(harm)

    assert principal(secret) is None


def test_an_official_may_be_idle_for_less_than_half_an_hour_a_village_head_for_a_quarter(
    browser: TestClient, other_browser: TestClient, people: People, rows: Rows
) -> None:
    official, head = sign_in(browser, CLERK), sign_in(other_browser, HEAD)

    rows("UPDATE identity.session SET last_seen_at = now() - interval '29 minutes'")
    assert (principal(official) is None, principal(head) is None) == (False, False)

    rows("UPDATE identity.session SET last_seen_at = now() - interval '89 days'")
    assert (principal(official) is None, principal(head) is None) == (True, False)


def test_being_seen_is_written_down_at_most_once_a_minute(browser: TestClient, people: People, rows: Rows) -> None:
    secret = sign_in(browser, CLERK)
    rows("UPDATE identity.session SET last_seen_at = now() - interval '50 seconds'")
    before = rows("SELECT last_seen_at FROM identity.session")

    principal(secret)
    assert rows("SELECT last_seen_at FROM identity.session") == before

    rows("UPDATE identity.session SET last_seen_at = now() - interval '70 seconds'")
    principal(secret)
    assert rows("SELECT now() - last_seen_at < interval '10 seconds' FROM identity.session") == [(True,)]


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE identity.api_token SET expires_at = now() - interval '1 second'",
        "UPDATE identity.api_token SET revoked_at = now()",
        "UPDATE identity.office SET valid_until = now()",
    ],
)
def test_a_token_acts_in_its_one_office_until_it_is_over(
    people: People, active: Plan, village: Unit, rows: Rows, harm: str
) -> None:
    enroll_person(active, name="Trưởng thôn", email=HEAD, role=Role.CHAIR, unit=active.unit.key)
    token = issue_api_token(active, email=HEAD, role=Role.NOMINATOR, unit=village.key, name="Phần mềm")
    here = Office(Role.NOMINATOR, village.id, active.id)

    who = principal(token.secret)
    assert who is not None
    assert (who.person_id, who.office, who.offices, who.by_token) == (people.head, here, (here,), True)
    assert rows("SELECT last_used_at IS NOT NULL FROM identity.api_token") == [(True,)]

    rows(harm)
    assert principal(token.secret) is None


def test_a_secret_that_nobody_has_is_nobody(people: People) -> None:
    assert principal("gs_" + "x" * 43) is None


@pytest.mark.parametrize("table", PRIVATE)
def test_another_service_cannot_read_identitys_rows(people: People, table: str) -> None:
    with transaction(engine_of("identity")) as session:
        session.execute(text(f"SELECT * FROM identity.{table}"))  # its own service can

    with pytest.raises(ProgrammingError, match="permission denied"), transaction(engine_of("review")) as session:
        session.execute(text(f"SELECT * FROM identity.{table}"))


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_may_ask_who_somebody_is(browser: TestClient, people: People, service: str) -> None:
    assert principal(sign_in(browser), service) is not None


def test_nobody_else_may_ask_and_the_question_cannot_be_turned_by_a_search_path(database: Engine) -> None:
    with database.connect() as connection:
        found = connection.execute(
            text(
                "SELECT p.prosecdef, p.proconfig, has_function_privilege('public', p.oid, 'EXECUTE') "
                "FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'access'"
            )
        ).all()

    assert [tuple(row) for row in found] == [(True, ["search_path=pg_catalog, pg_temp"], False)]


def test_models_and_tables_are_the_same(database: Engine) -> None:
    with database.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_schemas": True,
                "include_name": lambda name, kind, _: kind != "schema" or name == "identity",
                "version_table_schema": "identity",
                "compare_type": True,
            },
        )
        found = compare_metadata(context, Table.metadata)

    assert found == []
