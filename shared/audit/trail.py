"""The audit trail as a log that is sealed, as the events are."""

from typing import Any

from shared.seal.log import Log

COLUMNS = (
    "id",
    "at",
    "action",
    "actor_id",
    "actor_name",
    "role",
    "office_unit_id",
    "plan_id",
    "by_token",
    "on_behalf_of",
    "object_kind",
    "object_id",
    "object_code",
    "subjects",
    "unit_id",
    "route",
    "trace",
    "detail",
)
PLAIN = (str, bool, int, dict, type(None))


def body(row: Any) -> dict[str, Any]:
    """Every column of an entry, as values of JSON."""
    return {name: plain(getattr(row, name)) for name in COLUMNS}


def plain(value: Any) -> Any:
    if isinstance(value, list):
        return [str(each) for each in value]
    if isinstance(value, PLAIN):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


TRAIL = Log(
    name="audit",
    table="audit.entry",
    key="entry_id",
    unit="unit_id",
    one="entry",
    many="entries",
    lock=7_201_950,
    body=body,
)
