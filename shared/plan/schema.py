"""The JSON Schema (2020-12) of plan files, so that editors complete and check while one writes.

Kept in plans/plan.schema.json; renew it with `python -m shared.plan.schema > plans/plan.schema.json`.
"""

import json
import sys
from typing import Any

from shared.plan.form import PLAN
from shared.plan.shape import (
    Amount,
    Bilingual,
    Choice,
    Conditions,
    Day,
    Flag,
    Key,
    Line,
    ListOf,
    Mention,
    Record,
    Shape,
    Whole,
)


def schema() -> dict[str, Any]:
    """The schema. A file with `based_on` may leave out what its base says."""
    whole = record_schema(PLAN)
    required = whole.pop("required")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Kế hoạch tuyên truyền gương điển hình tiên tiến",
        **whole,
        "properties": {key: overlay_of(key, form) for key, form in PLAN.keys.items()},
        "if": {"required": ["based_on"]},
        "then": {"required": ["id"]},
        "else": {"required": required, "properties": {key: key_schema(form) for key, form in PLAN.keys.items()}},
    }


def overlay_of(key: str, form: Key) -> dict[str, Any]:
    """A key as a file with `based_on` may write it: entries with an id may be given in part."""
    found = key_schema(form)
    shape = form.shape
    if key != "id" and isinstance(shape, ListOf) and shape.named_by == "id":
        found.pop("minItems", None)
        found["items"]["required"] = ["id"]
    return found


def key_schema(form: Key) -> dict[str, Any]:
    said = {"description": form.says} if form.says else {}
    return {**shape_schema(form.shape), **said}


def record_schema(record: Record) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {key: key_schema(form) for key, form in record.keys.items()},
    }
    if required := [key for key, form in record.keys.items() if form.required]:
        found["required"] = required
    if record.exactly_one:
        found["oneOf"] = [{"required": [key]} for key in record.exactly_one]
    return found


def shape_schema(shape: Shape) -> dict[str, Any]:  # noqa: C901, PLR0911 -- one case for each shape
    match shape:
        case Line(pattern=pattern, length_max=length_max):
            form = {"pattern": f"^(?:{pattern})$"} if pattern else {}
            return {"type": "string", "minLength": 1, "maxLength": length_max, **form}
        case Bilingual(length_max=length_max):
            words = Key(Line("…", length_max=length_max), "")
            return record_schema(Record("text", {"vi": words, "en": words}))
        case Whole(minimum=minimum, maximum=maximum):
            return {"type": "integer", "minimum": minimum, "maximum": maximum}
        case Amount(minimum=minimum, maximum=maximum):
            return {"type": "number", "minimum": minimum, "maximum": maximum}
        case Flag():
            return {"type": "boolean"}
        case Day():
            return {"type": "string", "format": "date"}
        case Choice(options=options):
            return {"enum": list(options)}
        case Mention():
            return {"type": "string", "minLength": 1}
        case Conditions():
            return {"type": "object", "additionalProperties": {"type": ["string", "boolean", "integer"]}}
        case ListOf(item=item, at_least=at_least):
            least = {"minItems": at_least} if at_least else {}
            return {"type": "array", "items": shape_schema(item), **least}
        case Record():
            return record_schema(shape)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(schema(), ensure_ascii=False, indent=2) + "\n")
