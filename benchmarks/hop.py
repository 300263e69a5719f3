"""Events per second over one hop (relay, Redis, Celery worker, handler with one row), beside plain Celery tasks."""

from datetime import date

from sqlmodel import SQLModel

from benchmarks.figure import Figure, Size
from benchmarks.ground import number, running, until
from shared.bus.broker import redis_client
from shared.bus.record import record
from shared.bus.relay import LEASED_AT_ONCE
from shared.database import owner_engine, transaction
from shared.events.review import CaseOpened
from shared.ids import new_id
from shared.plan import Plan
from shared.plan.shelf import shelf

GOAL = 5.0
HEARER = "report"
CELERY = ("celery", "-A")
QUIETLY = ("--without-gossip", "--without-mingle", "--loglevel=WARNING")
#: The peer in both shapes that make sense on two cores; the better one counts.
SHAPES = (("--pool=solo",), ("--pool=prefork", "--concurrency=2"))


def measure(size: Size) -> list[Figure]:
    make_table()
    ours, peer = [], []
    for _ in range(size.repetitions):
        ours.append(over_the_bus(size.events))
        peer.append(max(plain_celery(size.tasks, shape) for shape in SHAPES))
    return [Figure("events over one hop / plain Celery tasks", "events/s", ours, peer, GOAL)]


def make_table() -> None:
    from benchmarks.listener import Row  # noqa: PLC0415 -- reads settings when imported

    with owner_engine().begin() as connection:
        SQLModel.metadata.create_all(connection, [Row.__table__])  # type: ignore[attr-defined]  # mapped classes have one
        connection.exec_driver_sql("GRANT ALL ON report.bench_row TO guongsang_report")


def over_the_bus(events: int) -> float:
    """Record events, then let a relay and a worker loose on them."""
    empty()
    say(events)
    worker = (*CELERY, "benchmarks.listener:worker", "worker", "--queues=report,report.effects", "--pool=solo")
    with running(("shared.bus.relay", HEARER), (*worker, *QUIETLY)):
        until(lambda: rows() == events, f"{events} events heard")
    return rate()


def plain_celery(tasks: int, shape: tuple[str, ...]) -> float:
    """Send tasks, then let a worker loose on them."""
    from benchmarks.listener import insert, plain  # noqa: PLC0415 -- reads settings when imported

    empty()
    with plain.producer_pool.acquire() as producer:
        for task in range(tasks):
            insert.apply_async((str(task),), producer=producer)
    with running((*CELERY, "benchmarks.listener:plain", "worker", *shape, *QUIETLY)):
        until(lambda: rows() == tasks, f"{tasks} tasks done")
    return rate()


def empty() -> None:
    """No row, no event waiting, no message."""
    with owner_engine().begin() as connection:
        connection.exec_driver_sql("TRUNCATE report.bench_row")
        connection.exec_driver_sql("DELETE FROM bus.delivery")
    for key in list(redis_client().scan_iter()):
        redis_client().delete(key)


def say(events: int) -> None:
    """Record events for the hearer alone."""
    plan = next(iter(shelf().values()))
    for begin in range(0, events, LEASED_AT_ONCE):
        with transaction(owner_engine()) as session:
            for event in range(begin, min(begin + LEASED_AT_ONCE, events)):
                record(session, case_opened(plan, str(event)), plan)
    with owner_engine().begin() as connection:
        connection.exec_driver_sql("DELETE FROM bus.delivery WHERE hearer <> %s", (HEARER,))


def case_opened(plan: Plan, code: str) -> CaseOpened:
    return CaseOpened(
        case_id=new_id(),
        nomination_id=new_id(),
        code=code,
        unit_id=plan.units[0].id,
        field=plan.fields[0].id,
        subject_kind=plan.subject_kinds[0].id,
        model_kind=plan.model_kinds[0].id,
        answer_by=date(2025, 6, 1),
    )


def rows() -> int:
    return int(number(owner_engine(), "SELECT count(*) FROM report.bench_row"))


def rate() -> float:
    """Rows per second between the first and the last."""
    span = number(owner_engine(), "SELECT extract(epoch FROM max(at) - min(at)) FROM report.bench_row")
    return rows() / span
