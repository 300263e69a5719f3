"""schemathesis calls every operation of the JSON APIs without, and with forged, credentials.

Its object_level_authorization lets users make objects by the API and read each other's; ours come from events, and
whose is whose depends on units. The matrix asks that, with real things of every relation.
"""

from collections.abc import Callable
from copy import deepcopy
from importlib import import_module

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import DataObject, data
from schemathesis.specs.openapi.checks import ignored_auth

from shared.access.door import Door, door_of
from shared.access.principal import Role
from shared.bus.broker import SERVICES
from shared.web.app import routes_of
from tests.authorisation.world import World

pytestmark = pytest.mark.xdist_group("authorisation")
TOKEN = {"type": "http", "scheme": "bearer"}


def described(service: str, token: str) -> schemathesis.schemas.BaseSchema:
    """The API as OpenAPI, with the token at each operation that has a door; calls carry `token`."""
    web = import_module(f"services.{service}.main").web
    raw = deepcopy(web.openapi())
    raw.setdefault("components", {})["securitySchemes"] = {"token": TOKEN}
    closed = {
        (route.path_format, method.lower())
        for route in routes_of(web.state.routers)
        for method in route.methods
        if isinstance(door_of(route.dependant), Door)
    }
    for path, operations in raw["paths"].items():
        for method, operation in operations.items():
            if (path, method) in closed:
                operation["security"] = [{"token": []}]
                operation["responses"] |= {"401": {"description": "sign in"}, "403": {"description": "no right"}}
    loaded = schemathesis.openapi.from_dict(raw)
    loaded.app = web
    loaded.auth()(bearer_of(token))
    return loaded.include(path_regex="^/api/")


@pytest.mark.parametrize("service", SERVICES)
def test_no_operation_answers_somebody_without_a_token(world: World, service: str) -> None:
    role = {"review": Role.CHAIR, "publish": Role.EDITOR}.get(service, Role.CLERK)
    web_schema = described(service, world.people[role].secret)
    asked = 0
    for found in web_schema.get_all_operations():
        operation = found.ok()
        if not operation.definition.raw.get("security"):
            continue
        asked += 1
        calls_of(operation)()
    assert asked > 0


def bearer_of(token: str) -> type:
    """Gives each call the token, in a way in which the check can take it away again."""

    class Bearer:
        def get(self, case: schemathesis.Case, ctx: object) -> str:
            return token

        def set(self, case: schemathesis.Case, data: str, ctx: object) -> None:
            case.headers["authorization"] = f"Bearer {data}"

    return Bearer


def calls_of(operation: schemathesis.schemas.APIOperation) -> Callable[[], None]:
    """A few calls of the operation as somebody with a token; the check then leaves the token out, and forges one."""

    @given(data())
    @settings(
        max_examples=3,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def call(drawn: DataObject) -> None:
        drawn.draw(operation.as_strategy()).call_and_validate(checks=[ignored_auth])

    return call
