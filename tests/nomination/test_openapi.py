"""The description of the API: complete, with examples that work, and true of what the product answers."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import DataObject, data
from jsonschema import Draft202012Validator
from schemathesis.core.failures import Failure
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance
from starlette.testclient import TestClient

from services.nomination.main import web
from tests.nomination.conftest import Somebody
from tests.nomination.tables import as_csv, person

#: Calls of each operation; the larger number is for `make api-calls`.
CALLS = int(os.environ.get("GUONGSANG_TEST_API_CALLS", "5"))


@pytest.fixture
def described(head: Somebody) -> dict[str, Any]:
    document: dict[str, Any] = head.browser().get("/api/v1/openapi.json").json()
    return document


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_it_is_open_to_everybody_and_says_only_what_programs_may_use(described: dict[str, Any]) -> None:
    with TestClient(web) as nobody:
        assert nobody.get("/api/v1/openapi.json").json() == described
    assert {path.split("/")[3] for path in described["paths"]} == {"nominations", "photos", "imports"}
    assert "Idempotency-Key" in described["info"]["description"]


def test_every_operation_has_examples_and_says_how_it_refuses(described: dict[str, Any]) -> None:
    for path, method, operation in operations(described):
        responses = operation["responses"]
        good = next(answer for status, answer in responses.items() if status.startswith("2"))
        shape = good["content"]["application/json"]["schema"]
        shape = described["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
        assert shape.get("examples"), f"{method} {path} shows no answer"
        assert operation["description"], f"{method} {path} says nothing"
        assert {"401", "403", "422"} <= set(responses)
        for status, answer in responses.items():
            if status.startswith("4"):
                assert answer["content"]["application/problem+json"]["example"]["status"] == int(status)
        bodies = operation.get("requestBody", {}).get("content", {})
        if json := bodies.get("application/json"):
            for example in json["schema"]["examples"]:
                Draft202012Validator(json["schema"]).validate(example)


def test_the_examples_of_the_description_are_taken(head: Somebody, described: dict[str, Any]) -> None:
    post = described["paths"]["/api/v1/nominations"]["post"]
    example = post["requestBody"]["content"]["application/json"]["schema"]["examples"][0]
    key = next(one for one in post["parameters"] if one["name"] == "Idempotency-Key")["example"]

    answers = [
        head.browser().post("/api/v1/nominations", json=example, headers={"idempotency-key": key}) for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()


def test_no_call_of_any_operation_is_answered_with_a_fault_of_ours(head: Somebody, described: dict[str, Any]) -> None:
    """schemathesis makes calls out of the description, sound and unsound ones; every answer is as described."""
    browser = head.browser()
    nomination = browser.post(
        "/api/v1/nominations",
        json=described["paths"]["/api/v1/nominations"]["post"]["requestBody"]["content"]["application/json"]["schema"][
            "examples"
        ][0],
        headers={"idempotency-key": "k"},
    ).json()["id"]
    run = browser.post("/api/v1/imports", content=as_csv([person(1)])).json()["id"]
    loaded = schemathesis.openapi.from_dict(described)
    loaded.app = web
    asked: dict[str, int] = {}
    for found in loaded.get_all_operations():
        operation = found.ok()
        calls_of(operation, browser, {"nomination_id": nomination, "run_id": run}, asked)()

    assert len(asked) == len(list(operations(described)))
    assert min(asked.values()) >= min(CALLS, 3)
    print(f"{sum(asked.values())} calls of {len(asked)} operations, 0 server errors")


def calls_of(
    operation: schemathesis.schemas.APIOperation, browser: TestClient, known: dict[str, str], asked: dict[str, int]
) -> Callable[[], None]:
    """Calls of one operation, every other about a thing that is there."""

    @given(data())
    @settings(
        max_examples=CALLS,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def call(drawn: DataObject) -> None:
        case = drawn.draw(operation.as_strategy())
        asked[operation.label] = asked.get(operation.label, 0) + 1
        if asked[operation.label] % 2:
            case.path_parameters = {name: known[name] for name in case.path_parameters or {}}
        case.headers = {**(case.headers or {}), "origin": "http://testserver"}
        case.cookies = {**(case.cookies or {}), **dict(browser.cookies)}
        answer = case.call()
        assert answer.status_code < 500, (operation.label, case.as_curl_command(), answer.text)
        for check in (response_schema_conformance, content_type_conformance):
            try:
                check(None, answer, case)
            except Failure as failure:
                raise AssertionError(f"{operation.label}: {failure}") from failure

    return call
