"""A log that can be sealed, as a value: the events are one, the audit trail is another."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Log:
    """An append-only table with an `id`. In its schema stand `unsealed`, `seal` and `head`, too.

    `key` is what these three call the id, and `unit` what all four call the commune. `body` gives everything of a row
    that its seal covers, as values of JSON.
    """

    name: str  # under which its heads are published
    table: str  # "bus.event"
    key: str
    unit: str
    one: str  # what faults call a row, and several of them
    many: str
    lock: int  # of PostgreSQL's advisory locks: one sealer at a time
    body: Callable[[Any], Mapping[str, Any]]

    def sql(self, statement: str) -> str:
        """The statement with this log's names in it."""
        schema = self.table.partition(".")[0]
        return statement.format(schema=schema, table=self.table, key=self.key, unit=self.unit)

    def link(self, previous: bytes, row: Any) -> bytes:
        """The seal of a row: SHA-256 over the seal before it and the row itself."""
        return hashlib.sha256(previous + canonical(self.body(row))).digest()


def canonical(body: Mapping[str, Any]) -> bytes:
    """One and only one spelling: keys sorted, no spaces, UTF-8."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
