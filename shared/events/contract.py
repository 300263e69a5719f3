"""The contract as documents: JSON schemas, AsyncAPI 3 and a page for readers. All made from the classes.

`python -m shared.events.contract` writes them; a test holds what is written against the classes.
"""

import inspect
import json
from pathlib import Path
from typing import Any

import yaml

from shared.events.catalogue import SPEAKERS
from shared.events.event import CATALOGUE, Event

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "docs" / "schemas"
ASYNCAPI = ROOT / "docs" / "asyncapi.yaml"
PAGE = ROOT / "docs" / "events.md"


def documents() -> dict[Path, str]:
    """{path: text} of everything that is generated."""
    found = {SCHEMAS / f"{full_type}.json": schema_text(declared) for full_type, declared in CATALOGUE.items()}
    return found | {ASYNCAPI: yaml.safe_dump(asyncapi(), allow_unicode=True, sort_keys=False, width=120), PAGE: page()}


def declared_events() -> list[type[Event]]:
    """Every event class, speaker by speaker, whichever of their modules was imported first."""
    speakers = [speaker.__name__.rpartition(".")[2] for speaker in SPEAKERS]
    return sorted(CATALOGUE.values(), key=lambda declared: speakers.index(declared.SPEAKER))


def schema_text(declared: type[Event]) -> str:
    return json.dumps(declared.model_json_schema(), ensure_ascii=False, indent=1) + "\n"


def asyncapi() -> dict[str, Any]:
    """The AsyncAPI 3.0 document: one channel per hearer's queue, one operation per (hearer, event)."""
    hearers = sorted({hearer for declared in declared_events() for hearer in declared.HEARD_BY})
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Gương Sáng events",
            "version": "1.0.0",
            "description": "CloudEvents 1.0. PostgreSQL is the queue of record; a Celery message over Redis holds the "
            "ids of up to 100 events, and the hearer reads them from bus.event.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/cloudevents+json",
        "channels": {
            hearer: {
                "address": hearer,
                "title": f"Deliveries to {hearer}",
                "messages": {
                    declared.NAME: {"$ref": f"#/components/messages/{declared.NAME}"}
                    for declared in declared_events()
                    if hearer in declared.HEARD_BY
                },
            }
            for hearer in hearers
        },
        "operations": {
            f"{hearer}.hears": {
                "action": "receive",
                "channel": {"$ref": f"#/channels/{hearer}"},
                "summary": f"{hearer} hears each of these events exactly once, in the order of its subject.",
            }
            for hearer in hearers
        },
        "components": {"messages": {declared.NAME: message(declared) for declared in declared_events()}},
    }


def message(declared: type[Event]) -> dict[str, Any]:
    """One event type as an AsyncAPI message."""
    return {
        "name": declared.TYPE,
        "title": declared.NAME,
        "summary": inspect.cleandoc(declared.__doc__ or ""),
        "contentType": "application/cloudevents+json",
        "payload": {
            "schemaFormat": "application/schema+json;version=draft-2020-12",
            "schema": {"$ref": f"schemas/{declared.TYPE}.json"},
        },
    }


def page() -> str:
    """docs/events.md: who says what to whom."""
    lines = [
        "# Events",
        "",
        "Generated from `shared/events` by `make contract`; a test keeps it true. Every event is a CloudEvent 1.0.",
        "Its extensions are `planid`, `planstep` (the plan's clause), `unitid` (the commune), `actorid`,",
        "`causationid`, `correlationid`, `subjectversion` and `traceparent`. A released type never changes: a new",
        "shape is `.v2`.",
    ]
    for speaker in SPEAKERS:
        name = speaker.__name__.rpartition(".")[2]
        lines += ["", f"## {name}", "", inspect.cleandoc(speaker.__doc__ or "")]
        for declared in declared_events():
            if name == declared.SPEAKER:
                lines += section(declared)
    return "\n".join(lines) + "\n"


def section(declared: type[Event]) -> list[str]:
    """One event type for readers."""
    fields = ", ".join(f"`{name}`" for name in declared.model_fields)
    return [
        "",
        f"### `{declared.NAME}` v{declared.VERSION}",
        "",
        inspect.cleandoc(declared.__doc__ or ""),
        "",
        f"- type `{declared.TYPE}`, subject `{declared.SUBJECT}/<{declared.SUBJECT}_id>`",
        f"- heard by {', '.join(declared.HEARD_BY)}",
        f"- data: {fields} ([schema](schemas/{declared.TYPE}.json))",
    ]


def write() -> None:
    """Write every document that is missing or different."""
    for path, text in documents().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
