"""What every JSON API says of itself in OpenAPI: its problems (RFC 9457) and its token."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

from shared.web.problems import PROBLEM_JSON
from shared.web.refusals import REFUSALS, TITLES

PROBLEM: dict[str, Any] = {
    "title": "Problem",
    "description": "RFC 9457. `type` names the reason for programs, `detail` says to people what to do.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "trace"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "trace": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "detail"],
                "properties": {"field": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
#: {status: (when, an example's key, the values of its sentence)}
WHEN: Mapping[HTTPStatus, tuple[str, str, Mapping[str, object]]] = {
    HTTPStatus.UNAUTHORIZED: ("No token, or one that is not valid any more.", "access.sign_in_needed", {}),
    HTTPStatus.FORBIDDEN: ("The token's office or scopes do not reach this.", "access.out_of_reach_of_token", {}),
    HTTPStatus.NOT_FOUND: ("There is no such thing, or it is another unit's.", "thing.unknown", {}),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "The body is over the bound of the route.",
        "request.too_large",
        {"limit_kb": 256},
    ),
    HTTPStatus.UNPROCESSABLE_ENTITY: (
        "Something is wrong: `errors` says field by field what, and what to do. Nothing was changed.",
        "form.invalid",
        {},
    ),
}
USUAL = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.UNPROCESSABLE_ENTITY)
TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "description": "A token from /tai-khoan. It acts in its owner's office, as far as its scopes go.",
}


def problems(*more: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    """The answers that a router may give besides the good ones: `responses=problems(…)`."""
    return {int(status): problem(status) for status in sorted({*USUAL, *more})}


def problem(status: HTTPStatus) -> dict[str, Any]:
    when, key, values = WHEN[status]
    sentence = REFUSALS[key].message
    example: dict[str, Any] = {
        "type": f"https://guongsang.vn/problems/{key}",
        "title": TITLES[status].message,
        "status": int(status),
        "detail": sentence % values if values else sentence,
        "trace": TRACE,
    }
    if status is HTTPStatus.UNPROCESSABLE_ENTITY:
        example["errors"] = [{"field": "field", "detail": "Kế hoạch không có “F99”. Hãy chọn một trong: F01, F02."}]
    return {"description": when, "content": {PROBLEM_JSON: {"schema": PROBLEM, "example": example}}}


def body_of(shape: type[BaseModel]) -> dict[str, Any]:
    """The request's shape for the description of a route that reads its body itself: `openapi_extra=body_of(…)`."""
    schema = shape.model_json_schema()
    content = {"application/json": {"schema": inlined(schema, schema.pop("$defs", {}))}}
    return {"requestBody": {"required": True, "content": content}}


def inlined(schema: Any, parts: Mapping[str, Any]) -> Any:
    """The schema with each part where it is named; names would be looked for at the root of the whole document."""
    match schema:
        case {"$ref": str(name)}:
            return inlined(parts[name.rpartition("/")[2]], parts)
        case dict():
            return {key: inlined(value, parts) for key, value in schema.items()}
        case list():
            return [inlined(value, parts) for value in schema]
        case _:
            return schema


def description_of(web: FastAPI, *, title: str, words: str) -> dict[str, Any]:
    """The OpenAPI document of an application's JSON API, its pages left out."""
    whole = web.openapi()
    return {
        **whole,
        "info": {"title": title, "version": "1", "description": words},
        "paths": {path: operations for path, operations in whole["paths"].items() if path.startswith("/api/")},
        "components": whole.get("components", {}) | {"securitySchemes": {"token": TOKEN}},
        "security": [{"token": []}],
    }
