"""Events as CloudEvents 1.0 JSON: what leaves the product and what the seal covers."""

from typing import Any

SPEC_VERSION = "1.0"
EXTENSIONS = (
    "planid",
    "planstep",
    "unitid",
    "actorid",
    "causationid",
    "correlationid",
    "subjectversion",
    "traceparent",
)


def cloudevent(row: Any) -> dict[str, Any]:
    """A row of bus.event as a structured CloudEvent; empty extensions are left out."""
    event: dict[str, Any] = {
        "specversion": SPEC_VERSION,
        "id": str(row.id),
        "source": row.source,
        "type": row.type,
        "subject": row.subject,
        "time": row.time.isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
    }
    for name in EXTENSIONS:
        value = getattr(row, name)
        if value is not None and value != "":
            event[name] = value if isinstance(value, int) else str(value)
    return event | {"data": row.data}
