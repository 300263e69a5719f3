"""Seals a log into one hash chain per commune, in batches, away from the hot path; and finds what was tampered with.

A chain cannot see its own tail cut off, so its head goes out of the database after every batch; see `heads`.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from shared.clock import now
from shared.database import transaction
from shared.seal.log import Log

GENESIS = b"\x00" * 32
BATCH = 1000
LOOKED_AT = 500  # seals that `standing` recomputes


@dataclass(frozen=True, slots=True)
class Head:
    """The newest seal of a commune's chain in a log."""

    log: str
    unit_id: UUID
    number: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Break:
    """A place where chain and log disagree. `number` is the seal at which it shows."""

    unit_id: UUID
    number: int
    what: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A chain's head, when it was made (None: nothing is sealed), how many rows wait; whether its newest seals hold."""

    head: Head
    sealed_at: datetime | None
    waiting: int
    holds: bool


def seal(engine: Engine, log: Log) -> list[Head]:
    """Seal up to BATCH rows; the new heads, empty when nothing waited. One sealer at a time does anything."""
    with transaction(engine) as session:
        connection = session.connection()
        if not connection.exec_driver_sql("SELECT pg_try_advisory_xact_lock(%s)", (log.lock,)).scalar():
            return []
        rows = connection.exec_driver_sql(log.sql(UNSEALED), (BATCH,)).all()
        by_unit: dict[UUID, list[Any]] = defaultdict(list)
        for row in rows:
            by_unit[row.chain].append(row)
        heads = [extend(session, log, unit_id, found) for unit_id, found in by_unit.items()]
        connection.exec_driver_sql(log.sql(NO_LONGER_UNSEALED), ([row.id for row in rows],))
    return heads


def extend(session: Session, log: Log, unit_id: UUID, rows: list[Any]) -> Head:
    """Append rows to a commune's chain."""
    connection = session.connection()
    known = connection.exec_driver_sql(log.sql(HEAD), (unit_id,)).first()
    number, digest = (known.number, bytes(known.hash)) if known else (0, GENESIS)
    numbers, digests = [], []
    for row in rows:
        number, digest = number + 1, log.link(digest, row)
        numbers.append(number)
        digests.append(digest)
    connection.exec_driver_sql(log.sql(ADD_SEALS), (unit_id, numbers, [row.id for row in rows], digests))
    connection.exec_driver_sql(log.sql(MOVE_HEAD), (unit_id, number, digest, now()))
    return Head(log.name, unit_id, number, digest)


def verify(engine: Engine, log: Log, published: list[Head]) -> list[Break]:
    """Recompute every chain and hold it against the published heads; empty when nothing was tampered with."""
    digests: dict[tuple[UUID, int], bytes] = {}
    breaks: list[Break] = []
    last: dict[UUID, tuple[int, bytes]] = {}
    with transaction(engine) as session:
        streamed = session.connection().execution_options(stream_results=True, yield_per=BATCH)
        for row in streamed.exec_driver_sql(log.sql(CHAIN)):
            number, digest = last.get(row.chain, (0, GENESIS))
            if row.number != number + 1:
                breaks.append(Break(row.chain, number + 1, "a seal is missing"))
            if row.id is None:
                breaks.append(Break(row.chain, row.number, f"the sealed {log.one} is gone"))
            elif log.link(digest, row) != bytes(row.hash):
                breaks.append(Break(row.chain, row.number, f"{log.one} {row.id} was changed, or its seal"))
            last[row.chain] = (row.number, bytes(row.hash))
            digests[row.chain, row.number] = bytes(row.hash)
        outside = session.connection().exec_driver_sql(log.sql(NEITHER)).scalar()
    if outside:
        breaks.append(Break(UUID(int=0), 0, f"{outside} {log.many} are neither sealed nor waiting for a seal"))
    breaks += [
        Break(head.unit_id, head.number, "the published head is not in the chain: its tail was cut or rewritten")
        for head in published
        if head.log == log.name and digests.get((head.unit_id, head.number)) != head.hash
    ]
    return breaks


def standing(session: Session, log: Log, unit_id: UUID) -> Standing:
    """How a commune's chain stands; its newest seals are recomputed, which takes some milliseconds."""
    connection = session.connection()
    rows = list(reversed(connection.exec_driver_sql(log.sql(NEWEST), (unit_id, LOOKED_AT + 1)).all()))
    before = bytes(rows[0].hash) if len(rows) > LOOKED_AT else GENESIS
    holds = True
    for row in rows[1:] if len(rows) > LOOKED_AT else rows:
        holds = holds and row.id is not None and log.link(before, row) == bytes(row.hash)
        before = bytes(row.hash)
    head = connection.exec_driver_sql(log.sql(HEAD), (unit_id,)).first()
    number, digest, sealed_at = (head.number, bytes(head.hash), head.sealed_at) if head else (0, GENESIS, None)
    waiting = connection.exec_driver_sql(log.sql(WAITING), (unit_id,)).scalar_one()
    return Standing(Head(log.name, unit_id, number, digest), sealed_at, waiting, holds=holds and before == digest)


UNSEALED = """
    SELECT sealed.*, sealed.{unit} AS chain FROM {schema}.unsealed JOIN {table} AS sealed ON sealed.id = unsealed.{key}
    ORDER BY unsealed.{key} LIMIT %s FOR UPDATE OF unsealed SKIP LOCKED
"""
NO_LONGER_UNSEALED = "DELETE FROM {schema}.unsealed WHERE {key} = ANY(%s::uuid[])"
HEAD = "SELECT number, hash, sealed_at FROM {schema}.head WHERE {unit} = %s"
ADD_SEALS = """
    INSERT INTO {schema}.seal ({unit}, number, {key}, hash)
    SELECT %s, * FROM unnest(%s::bigint[], %s::uuid[], %s::bytea[])
"""
MOVE_HEAD = """
    INSERT INTO {schema}.head ({unit}, number, hash, sealed_at) VALUES (%s, %s, %s, %s)
    ON CONFLICT ({unit}) DO UPDATE SET number = excluded.number, hash = excluded.hash, sealed_at = excluded.sealed_at
"""
CHAIN = """
    SELECT seal.{unit} AS chain, seal.number, seal.hash, sealed.*
    FROM {schema}.seal LEFT JOIN {table} AS sealed ON sealed.id = seal.{key} ORDER BY seal.{unit}, seal.number
"""
NEITHER = """
    SELECT count(*) FROM {table} AS sealed
    WHERE NOT EXISTS (SELECT 1 FROM {schema}.seal WHERE seal.{key} = sealed.id)
      AND NOT EXISTS (SELECT 1 FROM {schema}.unsealed WHERE unsealed.{key} = sealed.id)
"""
NEWEST = """
    SELECT seal.number, seal.hash, sealed.*
    FROM {schema}.seal LEFT JOIN {table} AS sealed ON sealed.id = seal.{key}
    WHERE seal.{unit} = %s ORDER BY seal.number DESC LIMIT %s
"""
WAITING = """
    SELECT count(*) FROM {schema}.unsealed JOIN {table} AS sealed ON sealed.id = unsealed.{key} WHERE sealed.{unit} = %s
"""
