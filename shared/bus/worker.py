"""A service's Celery worker: the tasks that consume deliveries and perform effects."""

from uuid import UUID

from celery import Celery
from celery.signals import worker_process_init

from shared.bus.broker import CONSUME, PERFORM, celery_app, queues_of
from shared.bus.consume import consume
from shared.bus.ear import Ear
from shared.database import engine_of
from shared.effects.ledger import Performers, perform_all


def worker_of(ear: Ear, performers: Performers) -> Celery:
    """The Celery application with this service's tasks: `celery -A services.review.main:worker worker -Q …`.

    The tasks take ids only. They look the rest up, so a forged message can at most ask to look at an id.
    """
    app = celery_app()

    @app.task(name=CONSUME)  # type: ignore[untyped-decorator]  # Celery has no types
    def consume_deliveries(event_ids: list[str]) -> None:
        consume(engine_of(ear.name), ear, [UUID(one) for one in event_ids])

    @app.task(name=PERFORM)  # type: ignore[untyped-decorator]  # Celery has no types
    def perform_effects(keys: list[str]) -> None:
        perform_all(engine_of(ear.name), performers, keys)

    return app


def run(app: Celery, service: str, *, pool: str = "prefork", processes: int = 1) -> None:
    """Work on the service's queues until told to stop."""
    app.worker_main(
        [
            "worker",
            f"--queues={','.join(queues_of(service))}",
            f"--pool={pool}",
            f"--concurrency={processes}",
            f"--hostname={service}@%h",
            "--without-gossip",
            "--without-mingle",
            "--loglevel=WARNING",
        ]
    )


@worker_process_init.connect  # type: ignore[untyped-decorator]  # Celery has no types
def forget_connections(**_: object) -> None:
    """A forked child must not use the sockets of its parent."""
    engine_of.cache_clear()
