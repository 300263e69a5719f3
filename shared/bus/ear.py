"""A service's ear: which events it hears, and which function does the work."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from sqlmodel import Session

from shared.bus.told import Told
from shared.events.event import Event

E = TypeVar("E", bound=Event)
Handler = Callable[[Session, Told[Any]], None]


class NotYet(Exception):
    """Raised by a handler that needs something it has not heard yet: the event comes again soon, at no fault."""


class Ear:
    """The handlers of one service. `name` is the service, its queue and the `hearer` of its deliveries."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.handlers: dict[type[Event], list[Handler]] = defaultdict(list)

    def on(
        self, *declared: type[E]
    ) -> Callable[[Callable[[Session, Told[E]], None]], Callable[[Session, Told[E]], None]]:
        """Register a handler for one event class or several.

        It runs in a transaction that also marks the delivery done: exactly once, in the order of the subject's
        versions. It must not commit. If it raises, everything it did is undone and the event comes again, at most
        five starts in all; then it is parked and holds back only its own subject.
        """

        def register(handler: Callable[[Session, Told[E]], None]) -> Callable[[Session, Told[E]], None]:
            for event_class in declared:
                if self.name not in event_class.HEARD_BY:
                    raise TypeError(f"{event_class.TYPE} is not heard by {self.name}: add it to heard_by")
                self.handlers[event_class].append(handler)
            return handler

        return register

    def hear(self, session: Session, told: Told[Event]) -> None:
        """Run the handlers for one event in the caller's transaction."""
        for handler in self.handlers[type(told.data)]:
            handler(session, told)
