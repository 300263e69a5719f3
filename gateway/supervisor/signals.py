"""Signals turned into something to wait for."""

import os
import selectors
import signal
import socket
import time
from types import FrameType, TracebackType
from typing import Any, Self

STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
#: Two signals closer together are one: a terminal and the program that started us may both pass on one Ctrl-C.
ONE_SIGNAL_S = 0.5


class Bell:
    """Rings when a child ends, when the run should stop, or when the descriptor `until` has reached its end."""

    def __init__(self, until: int | None) -> None:
        self.until = until
        #: How often the run was told to stop.
        self.stops = 0
        self.last_stop = float("-inf")
        self.before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        self.near, self.far = socket.socketpair()
        self.near.setblocking(False)
        self.far.setblocking(False)
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.near, selectors.EVENT_READ)
        if self.until is not None:
            self.selector.register(self.until, selectors.EVENT_READ)
        signal.set_wakeup_fd(self.far.fileno(), warn_on_full_buffer=False)
        self.before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in STOPPING:
            if signal.getsignal(number) != signal.SIG_IGN:  # as nohup sets it
                self.before[number] = signal.signal(number, self.stop)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for number, handler in self.before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(-1)
        self.selector.close()
        self.near.close()
        self.far.close()

    @property
    def descriptors(self) -> set[int]:
        """What a forked child must close."""
        own = {self.near.fileno(), self.far.fileno()}
        fileno = getattr(self.selector, "fileno", None)  # epoll and kqueue have one, poll has not
        if fileno:
            own.add(fileno())
        if self.until:  # 0 becomes /dev/null in a child
            own.add(self.until)
        return own

    def wait(self, seconds: float) -> None:
        """Until something rings, or the seconds are over."""
        for key, _ in self.selector.select(seconds):
            if key.fileobj is self.near:
                self.near.recv(4096)
            elif not os.read(key.fd, 4096):
                self.selector.unregister(key.fileobj)
                self.stops = max(self.stops, 1)

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        at = time.monotonic()
        if at - self.last_stop > ONE_SIGNAL_S:
            self.stops += 1
        self.last_stop = at
