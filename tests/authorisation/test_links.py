"""What an approval link opens: its case for its errand. All else answers as it answers a stranger."""

from http import HTTPStatus
from uuid import UUID

import pytest

from shared.access import door
from shared.access.door import Door
from shared.access.principal import Role
from shared.database import engine_of, transaction
from tests.authorisation.asking import ask
from tests.authorisation.matrix import ALLOWED, REFUSED, answer_of, readable
from tests.authorisation.routes import NO_ID, Route, all_routes
from tests.authorisation.world import Place, World

pytestmark = pytest.mark.xdist_group("authorisation")
PAGE = ("GET", "/xet-duyet/{case_id}")
STEPS = {
    Role.COUNCIL_MEMBER: {PAGE, ("POST", "/xet-duyet/{case_id}/phieu-cham")},
    Role.CHAIR: {PAGE, ("POST", "/xet-duyet/{case_id}/xem-truoc"), ("POST", "/xet-duyet/{case_id}/quyet-dinh")},
}


@pytest.mark.parametrize("role", STEPS)
def test_a_link_opens_its_case_for_its_errand_and_no_other_door(world: World, role: Role) -> None:
    here, there = world.places[0], world.places[1]
    secret = opened_by_link(world, role, UUID(here.ids["case"]))
    doors = [route for route in all_routes() if isinstance(route.door, Door)]

    opened = {(route.method, route.path) for route in doors if answer(route, here, secret) == ALLOWED}
    refused = {answer(route, there, secret) for route in doors}

    assert opened == STEPS[role]
    assert refused == {REFUSED}


def test_public_pages_show_whoever_came_by_a_link_what_they_show_anybody(world: World) -> None:
    here = world.places[0]
    secret = opened_by_link(world, Role.CHAIR, UUID(here.ids["case"]))
    pages = [
        route
        for route in all_routes()
        if route.method == "GET"
        and not isinstance(route.door, Door)
        and route.service != "identity"  # the ways in, which say who is in already
        and not route.path.startswith("/anh/")  # the case's page shows its photo
    ]

    different = [
        (route.path, there.word)
        for route in pages
        for there in world.places[:2]
        if shown(route, there, secret) != shown(route, there, None)
    ]

    assert different == []


def opened_by_link(world: World, role: Role, case_id: UUID) -> str:
    """The secret of a session that a link for the case has opened."""
    from services.identity.commands.approvals import (  # noqa: PLC0415 -- settings first
        code_of,
        make_approval_link,
        open_approval_link,
    )
    from services.identity.commands.tokens import held_office  # noqa: PLC0415

    who = world.people[role].principal
    with transaction(engine_of("identity")) as session:
        office = held_office(session, who.person_id, who.office)
        link = make_approval_link(session, world.people[Role.CLERK].principal, office_id=office.id, case_id=case_id)
    opened, _ = open_approval_link(engine_of("identity"), link_id=link.id, code=code_of(link.id), present=None)
    return opened.secret


def shown(route: Route, place: Place, secret: str | None) -> tuple[int, str]:
    """What a page says, without its frame, which names whoever is signed in."""
    door._remembered.clear()
    if route.ask.fresh:
        place.ids[route.ask.fresh] = NO_ID
    got = ask(route.web, route.method, route.address(place), secret=secret, **route.body(place))
    text = readable(got) if got.status_code == HTTPStatus.OK else ""
    return got.status_code, text.partition("<main")[2] or text


def answer(route: Route, place: Place, secret: str) -> str:
    status, _ = shown(route, place, secret)
    return answer_of(status, "")
