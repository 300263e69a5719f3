"""Redis for Celery, as kombu speaks it, except that noise in a queue is dropped instead of ending the worker.

Nothing is lost with a dropped message: a delivery that was in it is sent again when its lease runs out.
"""

from contextlib import suppress
from typing import Any

import structlog
from kombu.transport import redis

log = structlog.get_logger()
NO_MESSAGE = (AttributeError, LookupError, TypeError, ValueError)  # what kombu raises over JSON that is no message


class Channel(redis.Channel):
    def _brpop_read(self, **options: Any) -> bool:
        try:
            return bool(super()._brpop_read(**options))  # type: ignore[no-untyped-call]  # kombu has no types
        except (ValueError, RecursionError) as error:  # no JSON, or endlessly nested
            log.warning("bus.noise_dropped", error=type(error).__name__)
            return True


class Transport(redis.Transport):
    Channel = Channel

    def _deliver(self, message: Any, queue: str) -> None:
        try:
            super()._deliver(message, queue)  # type: ignore[no-untyped-call]  # kombu has no types
        except NO_MESSAGE as error:
            log.warning("bus.noise_dropped", queue=queue, error=type(error).__name__)
            self.forget(message)

    def forget(self, message: Any) -> None:
        """Take the message out of those that the worker is at work on: with it there, it would be given no other."""
        with suppress(*NO_MESSAGE):
            tag = message["properties"]["delivery_tag"]
            for channel in self.channels:
                channel.qos.reject(tag, requeue=False)
