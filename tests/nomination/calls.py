"""How the tests speak to the API."""

from typing import Any

from starlette.testclient import TestClient

PATH = "/api/v1/nominations"


def sent(browser: TestClient, nomination: dict[str, Any], key: str = "k1") -> Any:
    return browser.post(PATH, json=nomination, headers={"idempotency-key": key})


def raw(browser: TestClient, body: bytes, key: str = "k1") -> Any:
    return browser.post(PATH, content=body, headers={"idempotency-key": key, "content-type": "application/json"})


def faults(response: Any) -> dict[str, str]:
    assert response.headers["content-type"] == "application/problem+json"
    return {entry["field"]: entry["detail"] for entry in response.json().get("errors", [])}
