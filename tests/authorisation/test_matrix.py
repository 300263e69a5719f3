"""Every route × every role × every relation, for real, against the table that is checked in."""

import os
from functools import cache

import pytest

from shared.access.door import OpenDoor
from shared.access.principal import Role
from shared.access.rights import NOWHERE, RIGHTS, Action
from shared.bus.broker import SERVICES
from tests.authorisation import matrix
from tests.authorisation.matrix import ALLOWED, Cell, checked_in
from tests.authorisation.routes import ASKS, Route, all_routes, routes
from tests.authorisation.world import World

pytestmark = pytest.mark.xdist_group("authorisation")
HOW = "look at each line, then write the table anew: python -m tests.authorisation.renew"


@pytest.mark.parametrize("service", SERVICES)
def test_every_route_answers_each_role_about_each_unit_as_the_table_says(world: World, service: str) -> None:
    found: dict[Cell, str] = {}
    leaks: list[str] = []
    for route in routes(service):
        for cell, asked, place, answered in matrix.asked(world, route):
            found[cell] = answered.answer
            leaks += [f"{cell} shows {word}" for word in leaked(world, asked, cell, answered.text)]
            if answered.answer != ALLOWED and place is not None:
                leaks += [f"{cell} names {word}" for word in place.private if word in answered.text]

    if os.environ.get("GUONGSANG_TEST_RENEW"):
        kept = {cell: answer for cell, answer in checked_in().items() if not belongs(cell, service)}
        order = [(route.method, route.path) for route in all_routes()]
        matrix.write(dict(sorted((kept | found).items(), key=lambda item: order.index(item[0][:2]))))
    known = {cell: answer for cell, answer in checked_in().items() if belongs(cell, service)}
    differences = {
        cell: f"{known.get(cell, 'no row')} → {found.get(cell, 'no such route')}"
        for cell in known.keys() | found.keys()
        if known.get(cell) != found.get(cell)
    }
    assert differences == {}, HOW
    assert leaks == []


def belongs(cell: Cell, service: str) -> bool:
    """Whether a row of the table is the service's; one of a route that is gone is everybody's."""
    owners = owners_of_routes().get(cell[:2], set())
    return service in owners or not owners


@cache
def owners_of_routes() -> dict[tuple[str, str], set[str]]:
    """{(method, path): the services that answer it}."""
    found: dict[tuple[str, str], set[str]] = {}
    for route in all_routes():
        found.setdefault((route.method, route.path), set()).add(route.service)
    return found


def leaked(world: World, route: Route, cell: Cell, text: str) -> list[str]:
    """Words in an answer that belong to somebody whom the asker may not read of."""
    if not text:
        return []
    role = Role(cell.role) if cell.role != matrix.NOBODY else None
    found = []
    for place in world.places:
        secret = [*place.private, place.ids["code"]]
        if isinstance(route.door, OpenDoor) and route.path == "/tra-cuu/{code}":
            secret.remove(place.ids["code"])  # whoever asks holds the code
        if route.path == "/uy-quyen" and role and place.plan.id == world.people[role].principal.plan_id:
            secret.remove(place.private[3])  # the names of the colleagues to whom one may lend an office
        if not may_read(world, route, role, place):
            found += [word for word in secret if word in text]
    return found


def may_read(world: World, route: Route, role: Role | None, place: object) -> bool:
    """Whether the table of rights lets the role read of the place on this route.

    One's own letters speak of what one may follow, though nothing else is needed to read them.
    """
    action = Action.READ_ROAD if route.service == "notify" and route.door.action is None else route.door.action
    if role is None or action is None:
        return False
    held = RIGHTS[action].get(role, NOWHERE)
    return any(place is known for relation in held for known in world.standing(role, relation))


def test_the_routes_that_are_described_are_routes() -> None:
    """A description of a route that is gone would describe nothing."""
    there = {service: {f"{route.method} {route.path}" for route in routes(service)} for service in SERVICES}

    assert [(service, each) for service, asks in ASKS.items() for each in asks if each not in there[service]] == []


def test_each_relation_that_a_role_has_something_in_is_asked_for(world: World) -> None:
    """A relation without a thing would pass for the want of a question."""
    seen = {role.value: sorted(world.seen_from(role)) for role in Role}

    unit = ["other", "own", "parent", "sibling"]
    officer = ["child", "other", "own"]
    assert seen == {
        "nominator": unit,
        "organisation": unit,
        **dict.fromkeys(("clerk", "council_member", "chair", "editor", "admin"), officer),
        "aggregator_officer": ["child", "other"],
    }
