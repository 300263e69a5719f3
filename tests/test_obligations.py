"""Each of the plan's 98 obligations names something that exists in the product."""

from importlib import import_module
from operator import attrgetter
from pathlib import Path

import pytest

from gateway.product import RULES, known
from shared.bus.broker import SERVICES
from shared.documents import papers
from shared.events.event import CATALOGUE
from shared.plan import check, load
from shared.web.app import routes_of

PLANS = Path(__file__).parents[1] / "plans"
REAL = PLANS / "binh-luong-2023-2025.yaml"
EVENTS = {declared.NAME: declared for declared in CATALOGUE.values()}
CLAUSES = load(REAL).clauses


def routes():
    return {
        route.path for name in SERVICES for route in routes_of(import_module(f"services.{name}.main").web.state.routers)
    }


def test_the_obligations_are_all_there():
    assert [clause.id for clause in CLAUSES] == [f"R{number:02}" for number in range(1, 99)]


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.id)
def test_an_obligation_names_what_exists(clause):
    product = known()
    assert clause.realised_by, "nothing carries it out"

    for found in clause.realised_by:
        match found.kind:
            case "event":
                assert set(found.where) <= set(EVENTS[found.name].model_fields)
            case "page":
                assert any(route == found.name or route.startswith(f"{found.name}/") for route in routes())
            case "document":
                assert found.name == "radio_bulletin" or callable(getattr(papers, found.name))
            case "rule":
                module, _, name = RULES[found.name].partition(":")
                assert callable(attrgetter(name)(import_module(module)))
            case "indicator":
                assert found.name in product.indicators


@pytest.mark.parametrize("path", sorted(PLANS.rglob("*.yaml")), ids=lambda path: path.stem)
def test_every_plan_on_the_shelf_is_without_fault(path):
    assert check(path, known=known()) == []
