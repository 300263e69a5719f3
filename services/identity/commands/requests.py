"""Requests for changes of units as JSON: kept until their day, and carried by the form of a preview."""

from typing import Any

from pydantic import TypeAdapter

from services.identity.rules.units import Dissolve, Merge, Rename, Request, Split, Transfer

KINDS: dict[str, type[Request]] = {
    "rename": Rename,
    "transfer": Transfer,
    "dissolve": Dissolve,
    "merge": Merge,
    "split": Split,
}
ADAPTERS: dict[str, TypeAdapter[Request]] = {name: TypeAdapter(kind) for name, kind in KINDS.items()}


def kind_of(request: Request) -> str:
    """The request's name in JSON and in addresses."""
    return next(name for name, kind in KINDS.items() if isinstance(request, kind))


def as_json(request: Request) -> dict[str, Any]:
    kind = kind_of(request)
    return {"kind": kind, **ADAPTERS[kind].dump_python(request, mode="json")}


def from_json(kept: dict[str, Any]) -> Request:
    """Raises KeyError or pydantic.ValidationError for what `as_json` did not write."""
    return ADAPTERS[kept["kind"]].validate_python({name: value for name, value in kept.items() if name != "kind"})
