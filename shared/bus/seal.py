"""Seals events into one hash chain per commune, in batches, away from the hot path; and finds what was tampered with.

A chain cannot see its own tail cut off, so its head goes out of the database after every batch: to a file of heads, to
the foot of every page and to whoever keeps a print of it.
"""

import json
import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from shared.bus.envelope import link
from shared.clock import now
from shared.database import transaction

GENESIS = b"\x00" * 32
BATCH = 1000
HEADS = Path("heads.jsonl")


@dataclass(frozen=True, slots=True)
class Head:
    """The newest seal of a commune's chain."""

    unit_id: UUID
    number: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Break:
    """A place where chain and events disagree. `number` is the seal at which it shows."""

    unit_id: UUID
    number: int
    what: str


def seal(engine: Engine) -> list[Head]:
    """Seal up to BATCH events; the new heads, empty when nothing waited. One sealer at a time does anything."""
    with transaction(engine) as session:
        connection = session.connection()
        if not connection.exec_driver_sql("SELECT pg_try_advisory_xact_lock(7201949)").scalar():
            return []
        rows = connection.exec_driver_sql(UNSEALED, (BATCH,)).all()
        by_unit: dict[UUID, list[Any]] = defaultdict(list)
        for row in rows:
            by_unit[row.unitid].append(row)
        heads = [extend(session, unit_id, events) for unit_id, events in by_unit.items()]
        connection.exec_driver_sql(
            "DELETE FROM bus.unsealed WHERE event_id = ANY(%s::uuid[])", ([row.id for row in rows],)
        )
    return heads


def extend(session: Session, unit_id: UUID, events: list[Any]) -> Head:
    """Append events to a commune's chain."""
    connection = session.connection()
    known = connection.exec_driver_sql("SELECT number, hash FROM bus.head WHERE unitid = %s", (unit_id,)).first()
    number, digest = (known.number, bytes(known.hash)) if known else (0, GENESIS)
    numbers, digests = [], []
    for row in events:
        number, digest = number + 1, link(digest, row)
        numbers.append(number)
        digests.append(digest)
    connection.exec_driver_sql(ADD_SEALS, (unit_id, numbers, [row.id for row in events], digests))
    connection.exec_driver_sql(MOVE_HEAD, (unit_id, number, digest, now()))
    return Head(unit_id, number, digest)


def publish_heads(heads: list[Head], folder: Path) -> None:
    """Append the heads to the file of heads, which a backup or a print takes out of the machine."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{json.dumps(published(head))}\n" for head in heads)
    with (folder / HEADS).open("a+b") as file:
        if file.tell() and os.pread(file.fileno(), 1, file.tell() - 1) != b"\n":
            lines = f"\n{lines}"  # the last line was torn by a power cut
        file.write(lines.encode())


def published(head: Head) -> dict[str, Any]:
    return {"unit": str(head.unit_id), "number": head.number, "hash": head.hash.hex(), "at": now().isoformat()}


def published_heads(folder: Path) -> list[Head]:
    """Every head that was ever published to the file, oldest first; a torn line vouches for nothing."""
    path = folder / HEADS
    if not path.exists():
        return []
    return [head for line in path.read_text(encoding="utf-8").splitlines() if (head := head_in(line))]


def head_in(line: str) -> Head | None:
    try:
        read = json.loads(line)
        return Head(UUID(read["unit"]), read["number"], bytes.fromhex(read["hash"]))
    except (ValueError, KeyError):
        return None


def verify(engine: Engine, published: list[Head]) -> list[Break]:
    """Recompute every chain and hold it against the published heads; empty when nothing was tampered with."""
    digests: dict[tuple[UUID, int], bytes] = {}
    breaks: list[Break] = []
    last: dict[UUID, tuple[int, bytes]] = {}
    with transaction(engine) as session:
        rows = session.connection().execution_options(stream_results=True, yield_per=BATCH).exec_driver_sql(CHAIN)
        for row in rows:
            number, digest = last.get(row.chain, (0, GENESIS))
            if row.number != number + 1:
                breaks.append(Break(row.chain, number + 1, "a seal is missing"))
            expected = link(digest, row) if row.id is not None else None
            if expected is None:
                breaks.append(Break(row.chain, row.number, "the sealed event is gone"))
            elif expected != bytes(row.hash):
                breaks.append(Break(row.chain, row.number, f"event {row.id} was changed, or its seal"))
            last[row.chain] = (row.number, bytes(row.hash))
            digests[row.chain, row.number] = bytes(row.hash)
        outside = session.connection().exec_driver_sql(NEITHER).scalar()
    if outside:
        breaks.append(Break(UUID(int=0), 0, f"{outside} events are neither sealed nor waiting for a seal"))
    breaks += [
        Break(head.unit_id, head.number, "the published head is not in the chain: its tail was cut or rewritten")
        for head in published
        if digests.get((head.unit_id, head.number)) != head.hash
    ]
    return breaks


UNSEALED = """
    SELECT event.* FROM bus.unsealed JOIN bus.event ON event.id = unsealed.event_id
    ORDER BY unsealed.event_id LIMIT %s FOR UPDATE OF unsealed SKIP LOCKED
"""
ADD_SEALS = """
    INSERT INTO bus.seal (unitid, number, event_id, hash)
    SELECT %s, * FROM unnest(%s::bigint[], %s::uuid[], %s::bytea[])
"""
MOVE_HEAD = """
    INSERT INTO bus.head (unitid, number, hash, sealed_at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (unitid) DO UPDATE SET number = excluded.number, hash = excluded.hash, sealed_at = excluded.sealed_at
"""
CHAIN = """
    SELECT seal.unitid AS chain, seal.number, seal.hash, event.*
    FROM bus.seal LEFT JOIN bus.event ON event.id = seal.event_id ORDER BY seal.unitid, seal.number
"""
NEITHER = """
    SELECT count(*) FROM bus.event
    WHERE NOT EXISTS (SELECT 1 FROM bus.seal WHERE seal.event_id = event.id)
      AND NOT EXISTS (SELECT 1 FROM bus.unsealed WHERE unsealed.event_id = event.id)
"""
