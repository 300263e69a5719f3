"""PostgreSQL itself holds each transaction to its scope."""

import ast
from typing import Any

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlmodel import Session

from shared.access.door import Door, OpenDoor
from shared.access.principal import Office, Principal, Role
from shared.access.rights import RIGHTS, Action, Relation, relation_of
from shared.access.sight import EVERYTHING, NOTHING, Sight, sight_of
from shared.bus.broker import SERVICES
from shared.database import Unscoped, engine_of, look, looking, owner_engine, transaction, widened
from shared.events.contract import ROOT
from shared.ids import new_id
from shared.plan.shelf import plan_of, shelf
from shared.settings import role_of, service_database_url
from tests.authorisation.routes import all_routes
from tests.authorisation.world import HERE, World

pytestmark = pytest.mark.xdist_group("authorisation")

#: Tables that everybody may read, and why.
OPEN_TABLES = {
    "identity.plan_activation": "which plans are in force is public",
    "identity.unit": "the units of a plan stand in the plan, which is public",
    "identity.unit_version": "the registry of units is public",
    "identity.unit_succession": "which unit went into which is public",
    "identity.heir": "who goes on with the units of an ended plan is public",
    **{
        f"{service}.ended_plan": "which communes ended, and who goes on for them, is public"
        for service in ("nomination", "review", "publish", "notify", "report")
    },
    "publish.plan_notice": "the portal announces plans",
}
#: Where a page or an API opens a transaction of its own, and why.
OWN_TRANSACTIONS = {
    "services/identity/pages/account.py": "a refused change of password shows the account anew, in the person's sight",
    **{
        f"services/identity/pages/{page}.py": "nobody is signed in yet: a secret, a code or a ticket is the key"
        for page in ("card", "provider", "second_step", "sign_in")
    },
    "services/identity/pages/authenticator.py": "a wrong code is counted though the request is refused",
}
#: Rows that are out are shown to everybody, so that reading them alone asks for no scope.
SHOWN = {"publish.story", "publish.publication", "publish.story_revision"}
#: Rows that every unit under a plan may know of, whatever it does: what a nomination may name.
KNOWN_TO_EVERY_UNIT = {"nomination.movement"}
UNSCOPED = "no scope"


def tables(service: str) -> dict[str, bool]:
    """{table: whether row level security is on}, Alembic's own left out."""
    with owner_engine().connect() as connection:
        rows = connection.execute(
            text(
                "SELECT format('%I.%I', n.nspname, c.relname), c.relrowsecurity FROM pg_class c "
                "JOIN pg_namespace n ON n.oid = c.relnamespace "
                "WHERE n.nspname = :service AND c.relkind IN ('r', 'p') AND c.relname <> 'alembic_version'"
            ),
            {"service": service},
        )
        return {row[0]: row[1] for row in rows}


@pytest.mark.parametrize("service", SERVICES)
def test_every_table_is_scoped_or_says_why_not(installation: None, service: str) -> None:
    found = tables(service)

    assert sorted(name for name, scoped in found.items() if not scoped and name not in OPEN_TABLES) == []
    assert sorted(name for name in OPEN_TABLES if found.get(name)) == []


def by_hand(service: str) -> psycopg.Connection[Any]:
    """A connection that nothing of ours watches over: PostgreSQL's policies stand alone."""
    return psycopg.connect(service_database_url(service))


def filled(service: str) -> list[str]:
    """The scoped tables in which something lies."""
    with owner_engine().connect() as connection:
        return [
            table
            for table, scoped in tables(service).items()
            if scoped and connection.execute(text(f"SELECT EXISTS (SELECT FROM {table})")).scalar()
        ]


@pytest.mark.parametrize("service", SERVICES)
def test_a_query_without_a_scope_fails_on_every_scoped_table_also_on_an_empty_one(
    installation: None, service: str
) -> None:
    for table, scoped in tables(service).items():
        if scoped:
            for statement in (f"SELECT 1 FROM {table}", f"SELECT 1 FROM {table} WHERE false", f"DELETE FROM {table}"):
                with engine_of(service).connect() as connection, pytest.raises(Unscoped):
                    connection.execute(text(statement))
                with Session(engine_of(service)) as session, pytest.raises(Unscoped):
                    session.execute(text(statement))


@pytest.mark.parametrize("service", SERVICES)
def test_postgresql_fails_it_too_at_the_first_row(world: World, service: str) -> None:
    assert filled(service)
    for table in filled(service):
        reading = [] if table in SHOWN else [f"SELECT 1 FROM {table}"]
        for statement in (*reading, f"DELETE FROM {table}"):
            with by_hand(service) as connection, pytest.raises(InsufficientPrivilege, match=UNSCOPED):
                connection.execute(statement.encode())


@pytest.mark.parametrize("service", SERVICES)
def test_every_policy_asks_the_scope_or_shows_what_is_out(installation: None, service: str) -> None:
    with owner_engine().connect() as connection:
        rows = connection.execute(
            text("SELECT policyname, tablename, qual FROM pg_policies WHERE schemaname = :service"),
            {"service": service},
        ).all()

    assert {name for name, _, _ in rows} <= {"scoped", "shown"}
    assert [table for name, table, qual in rows if name == "scoped" and "scope.everything()" not in qual] == []
    shown = {table for table in SHOWN | KNOWN_TO_EVERY_UNIT if table.startswith(f"{service}.")}
    assert {f"{service}.{table}" for name, table, _ in rows if name == "shown"} == shown


def test_a_scope_ends_with_its_transaction(world: World) -> None:
    """The connection goes back to the pool; what was set for one request must not serve the next."""
    with transaction(engine_of("review")) as session:
        assert session.execute(text('SELECT 1 FROM review."case"')).all()

    assert engine_of("review").pool.checkedout() == 0  # type: ignore[attr-defined]  # the pool of this engine counts
    for _ in range(2):
        with engine_of("review").connect() as connection:
            with pytest.raises(Unscoped):
                connection.execute(text('SELECT 1 FROM review."case"'))
            wire = connection.connection.driver_connection
            assert wire is not None
            with pytest.raises(InsufficientPrivilege, match=UNSCOPED):
                wire.execute('SELECT 1 FROM review."case"')


def test_a_session_that_goes_on_after_its_transaction_has_no_scope_either(world: World) -> None:
    with Session(engine_of("review")) as session:
        with session.begin():
            look(session, EVERYTHING)
            assert session.execute(text('SELECT 1 FROM review."case"')).all()
        with pytest.raises(Unscoped):
            session.execute(text('SELECT 1 FROM review."case"'))


def test_no_service_owns_its_tables_or_may_bypass_their_policies(installation: None) -> None:
    with owner_engine().connect() as connection:
        rows = connection.execute(
            text(
                "SELECT r.rolname, r.rolbypassrls OR r.rolsuper, "
                "EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid) FROM pg_roles r WHERE rolname = ANY(:roles)"
            ),
            {"roles": [role_of(service) for service in SERVICES]},
        ).all()

    assert len(rows) == len(SERVICES)
    assert [row for row in rows if row[1] or row[2]] == []


def seen(service: str, query: str, sight: Sight) -> set[str]:
    with transaction(engine_of(service), sight) as session:
        return {str(value) for value in session.execute(text(query)).scalars()}


NOMINATIONS = "SELECT id FROM nomination.nomination"


def test_a_village_sees_its_own_and_its_commune_all_that_was_sent(world: World) -> None:
    own, sibling, *_, elsewhere = world.places
    head = world.people[Role.NOMINATOR].principal
    clerk = world.people[Role.CLERK].principal

    of_head = seen("nomination", NOMINATIONS, sight_of(head, Action.READ_DOSSIER, shelf().values()))
    of_clerk = seen("nomination", NOMINATIONS, sight_of(clerk, Action.READ_DOSSIER, shelf().values()))

    assert {own.ids["draft"], own.ids["sent"]} <= of_head
    assert of_head.isdisjoint({sibling.ids["sent"], elsewhere.ids["sent"]})
    assert {own.ids["sent"], sibling.ids["sent"]} <= of_clerk
    assert of_clerk.isdisjoint({own.ids["draft"], elsewhere.ids["sent"]})


def test_nobody_sees_what_is_out_and_nothing_else(world: World) -> None:
    stories = seen("publish", "SELECT id FROM publish.story", NOTHING)

    assert stories == {place.ids["story"] for place in world.places}
    assert seen("publish", "SELECT DISTINCT version FROM publish.story_revision", NOTHING) == {"1"}
    assert seen("publish", "SELECT nomination_id FROM publish.dossier", NOTHING) == set()
    for service, table in (
        ("nomination", "nomination.nomination"),
        ("review", 'review."case"'),
        ("report", "report.step"),
    ):
        assert seen(service, f"SELECT 1 FROM {table}", NOTHING) == set()
    assert seen("notify", "SELECT id FROM notify.message", NOTHING) == set()
    assert seen("identity", "SELECT id FROM identity.person", NOTHING) == set()


def test_what_is_out_can_be_read_by_all_but_changed_by_its_commune_only(world: World) -> None:
    stranger = Principal(new_id(), "Ai đó", Office(Role.EDITOR, new_id(), world.places[4].plan.id), ())
    sight = sight_of(stranger, Action.EDIT_STORY, shelf().values())
    ours = world.places[0].ids["story"]

    with transaction(engine_of("publish"), sight) as session:
        changed = session.execute(text("UPDATE publish.story SET title = 'x' WHERE id = :id"), {"id": ours}).rowcount
        deleted = session.execute(text("DELETE FROM publish.publication WHERE story_id = :id"), {"id": ours}).rowcount

    assert (changed, deleted) == (0, 0)


def test_a_row_cannot_be_written_outside_of_the_scope(world: World) -> None:
    head = world.people[Role.NOMINATOR].principal
    foreign = world.places[1]
    sight = sight_of(head, Action.LAUNCH_MOVEMENT, shelf().values())
    row = {"id": new_id(), "plan": foreign.plan.id, "unit": foreign.unit_id, "person": head.person_id}

    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction(engine_of("nomination"), sight) as session,
    ):
        session.execute(
            text(
                "INSERT INTO nomination.movement (id, plan_id, unit_id, person_id, title, starts_on, ends_on, "
                "launched_at) VALUES (:id, :plan, :unit, :person, 'Phong trào', '2025-05-01', '2025-06-01', now())"
            ),
            row,
        )


def test_a_wider_look_ends_where_it_ends_also_when_it_is_refused(world: World) -> None:
    count = text(NOMINATIONS)
    with transaction(engine_of("nomination"), NOTHING) as session:
        with widened(session, EVERYTHING, why="to see that it ends"):
            assert session.execute(count).all()
        assert session.execute(count).all() == []
        with pytest.raises(KeyError), looking(session, EVERYTHING):
            raise KeyError
        assert session.execute(count).all() == []
        with pytest.raises(ValueError, match="reason"), widened(session, EVERYTHING, why=""):
            pass
        look(session, EVERYTHING)
        assert session.execute(count).all()


@pytest.mark.parametrize("role", Role)
def test_sight_follows_from_the_table_of_rights(world: World, role: Role) -> None:
    """No unit within the rights is out of sight, no other commune is in sight; one unit's people see that unit only."""
    who = world.people[role].principal
    for action in Action:
        held = RIGHTS[action].get(role, frozenset())
        sight = sight_of(who, action, shelf().values())
        for plan in shelf().values():
            for unit in plan.units:
                relation = relation_of(who, plan, unit.id)
                visible = (sight.plans is None or plan.id in sight.plans) and (
                    sight.units is None or unit.id in sight.units
                )
                assert visible or relation not in held
                assert not visible or relation is not Relation.OTHER or plan.id == who.plan_id or Relation.OTHER in held
                if held == {Relation.OWN} and role in {Role.NOMINATOR, Role.ORGANISATION}:
                    assert visible == (relation is Relation.OWN)


def test_relations_are_those_of_the_plan(installation: None) -> None:
    plan = plan_of(HERE)
    clerk = Office(Role.CLERK, plan.unit_by_key("office").id, HERE)
    who = Principal(new_id(), "Cán bộ", clerk, (clerk,))
    found = {key: relation_of(who, plan, plan.unit_by_key(key).id).value for key in RELATIONS}

    assert found == RELATIONS
    assert relation_of(who, plan, new_id()) is Relation.OTHER


RELATIONS = {
    "commune": "own",
    "office": "own",
    "village-1": "child",
    "radio": "child",
    "district": "parent",
    "province": "parent",
    "home-affairs": "other",
}


def test_every_action_stands_at_a_route(installation: None) -> None:
    """A right that nothing asks for is a word without a meaning; these two are asked for within a page."""
    asked = {route.door.action for route in all_routes() if isinstance(route.door, Door | OpenDoor)}

    assert set(Action) - asked == {Action.ISSUE_TOKEN, Action.LEND_OFFICE}
    assert set(RIGHTS) == set(Action)


def test_pages_open_no_transactions_of_their_own() -> None:
    found = {
        str(path.relative_to(ROOT))
        for service in SERVICES
        for room in ("api", "pages")
        for path in (
            *(ROOT / "services" / service).glob(f"{room}.py"),
            *(ROOT / "services" / service).glob(f"{room}/*.py"),
        )
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and node.module == "shared.database"
        and any(name.name in {"transaction", "look", "looking"} for name in node.names)
    }

    assert found == set(OWN_TRANSACTIONS)
