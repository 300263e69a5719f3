"""The matrix of authorisation: every route × every role × every relation, as it is and as it is checked in."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from httpx import Response

from shared.access import door
from shared.access.principal import Role
from shared.access.verbs import Relation
from tests.authorisation.asking import ask
from tests.authorisation.routes import Route
from tests.authorisation.world import Place, World, drafted, session_for

TABLE = Path(__file__).parent / "matrix.csv"
NOBODY = "nobody"
NO_THING = "-"
ALLOWED, REFUSED, HIDDEN, SIGN_IN = "allowed", "refused", "hidden", "sign in"


class Cell(NamedTuple):
    """One question to the product: this route, in this role, about a thing of a unit that stands so."""

    method: str
    path: str
    role: str
    relation: str


class Answered(NamedTuple):
    """What became of it, and what a reader was shown."""

    answer: str
    status: int
    text: str


def asked(world: World, route: Route) -> Iterator[tuple[Cell, Route, Place | None, Answered]]:
    """Every cell of a route, asked for real."""
    for role in (*Role, None):
        door._remembered.clear()
        for relation, place in places_for(world, route, role).items():
            cell = Cell(route.method, route.path, role.value if role else NOBODY, str(relation))
            yield cell, route, place, answered(world, route, role, place)


def answered(world: World, route: Route, role: Role | None, place: Place | None) -> Answered:
    if place is not None and route.ask.fresh:
        place.ids[route.ask.fresh] = str(drafted(place, place.private[0]))
    secret = secret_of(world, route, role) if role else None
    got = ask(route.web, route.method, route.address(place), secret=secret, **route.body(place))
    assert got.status_code < 500, (route.method, route.address(place), role, got.text)
    return Answered(answer_of(got.status_code, got.headers.get("location", "")), got.status_code, readable(got))


def secret_of(world: World, route: Route, role: Role) -> str:
    who = world.people[role]
    return session_for(who.principal.person_id) if route.ask.ends else who.secret


def readable(got: Response) -> str:
    """The text of an answer; nothing of a file that is no text."""
    kind = got.headers.get("content-type", "")
    return got.text if kind.startswith(("text/", "application/json", "application/atom")) else ""


def places_for(world: World, route: Route, role: Role | None) -> Mapping[str, Place | None]:
    """{relation: a place whose thing is asked for}: all that there are as seen from the role."""
    if not route.about_a_thing:
        return {NO_THING: None}
    if role is None:
        return {Relation.OTHER: world.places[0]}
    if route.ask.personal:
        return {Relation.OWN: world.people[role].own, Relation.OTHER: world.places[1]}
    return dict(world.seen_from(role))


def answer_of(status: int, location: str) -> str:
    """Anything else than a refusal to this asker is "allowed", be it that a form is incomplete."""
    if status == 401 or (status == 303 and location.startswith("/dang-nhap")):
        return SIGN_IN
    return {403: REFUSED, 404: HIDDEN}.get(status, ALLOWED)


def checked_in() -> dict[Cell, str]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {Cell(*row[:4]): row[4] for row in list(csv.reader(file))[1:]}


def write(found: Mapping[Cell, str]) -> None:
    """The table for review, in the order of the routes."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*Cell._fields, "answer"])
        writer.writerows([*cell, answer] for cell, answer in found.items())
