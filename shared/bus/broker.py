"""The Celery application that all services share, set as our measurements of its failures taught us.

Nothing lives in Redis: a lost message is sent again when its lease in PostgreSQL runs out. So there is no result
backend, no eta, no chain, and a message holds event ids only.
"""

from collections.abc import Sequence
from functools import cache

from celery import Celery
from kombu.entity import Exchange, Queue
from kombu.transport import TRANSPORT_ALIASES
from redis import Redis

from shared.settings import settings

SERVICES = ("identity", "nomination", "review", "publish", "notify", "report")
KEY_PREFIX = "guongsang:"
EFFECTS = ".effects"
UNROUTABLE = "unroutable"  # where messages end that name no queue of ours; nobody listens there
CONSUME, PERFORM = "bus.consume", "effects.perform"

TRANSPORT = {
    "visibility_timeout": 300,  # longer than twice the time limit of a task
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "unacked_mutex_expire": 30,
    "socket_timeout": 15,
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
    "health_check_interval": 15,
    "global_keyprefix": KEY_PREFIX,
    "deadletter_queue": UNROUTABLE,
    "client_name": "guongsang",
}


def queues_of(service: str) -> tuple[str, str]:
    """The service's queue of deliveries, and its queue of effects on the outside world."""
    return service, f"{service}{EFFECTS}"


def queue_named(name: str) -> Queue:
    """A queue with an exchange of its own: left to themselves, all of Celery's queues share one, and its messages."""
    return Queue(name, Exchange(name), routing_key=name)  # type: ignore[no-untyped-call]


def queues() -> list[Queue]:
    """Every queue of the product."""
    return [
        queue_named(name) for name in (*(queue for service in SERVICES for queue in queues_of(service)), UNROUTABLE)
    ]


@cache
def celery_app() -> Celery:
    """The application of this process, connected to nothing yet."""
    TRANSPORT_ALIASES.update(dict.fromkeys(("redis", "rediss"), "shared.bus.transport:Transport"))
    app = Celery("guongsang", broker=settings().redis_url, set_as_current=False)
    app.conf.update(
        broker_transport_options=TRANSPORT,
        visibility_timeout=300,
        result_backend=None,
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_acks_on_failure_or_timeout=True,
        worker_prefetch_multiplier=1,
        task_time_limit=120,
        task_soft_time_limit=90,
        worker_max_tasks_per_child=1000,
        worker_max_memory_per_child=300_000,  # KiB
        worker_soft_shutdown_timeout=5,
        worker_enable_soft_shutdown_on_idle=True,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_hijack_root_logger=False,
        worker_send_task_events=False,
        worker_enable_remote_control=True,  # off, a worker hangs instead of exiting when Redis restarts (measured)
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        task_publish_retry=False,
        task_create_missing_queues=False,
        task_queues=queues(),
        task_default_queue=UNROUTABLE,  # Celery wants one that it knows before it sends anything anywhere
        task_default_delivery_mode=2,
        task_serializer="json",
        accept_content=["json"],
        timezone="UTC",
    )
    return app


@cache
def redis_client() -> Redis:
    """A plain client: relays send with it and look at queue lengths."""
    return Redis.from_url(settings().redis_url, socket_timeout=5, socket_connect_timeout=5, health_check_interval=15)


def queue_lengths(*queues: str) -> list[int]:
    """How many messages wait in each queue. Raises redis.RedisError when the broker is away."""
    with redis_client().pipeline(transaction=False) as pipeline:
        for queue in queues:
            pipeline.llen(f"{KEY_PREFIX}{queue}")
        return [int(length) for length in pipeline.execute()]


def push(queue: str, messages: Sequence[bytes]) -> None:
    """Put messages into a queue, the first to be taken first. Raises redis.RedisError when the broker is away."""
    if messages:
        redis_client().lpush(f"{KEY_PREFIX}{queue}", *messages)
