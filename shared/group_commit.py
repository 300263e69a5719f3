"""Group commit: commands of requests that arrive together share one transaction, and so one wait for the disk.

Each caller gets its answer only after the commit. If the shared transaction fails, the commands run again one by one,
so that a bad one costs only itself; a command must therefore have no effect outside its session.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from contextvars import Context, copy_context
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from shared.access.sight import EVERYTHING, Sight
from shared.database import looking, transaction

T = TypeVar("T")
LARGEST_GROUP = 64


@dataclass(frozen=True, slots=True)
class Request:
    command: Callable[[Session], Any]
    sight: Sight
    future: asyncio.Future[Any]
    context: Context  # of the caller: its clock, its language

    def carry_out(self, session: Session) -> Any:
        """The group's transaction is the machinery's; each command sees what its own asker may."""
        if self.sight is EVERYTHING:
            return self.run(session)
        with looking(session, self.sight):
            result = self.run(session)
        session.expunge_all()  # the next asker's command must not meet this one's rows in the session
        return result

    def run(self, session: Session) -> Any:
        return self.context.copy().run(self.command, session)

    def answer(self, result: Any) -> None:
        self._settle(lambda: self.future.set_result(result))

    def refuse(self, error: BaseException) -> None:
        self._settle(lambda: self.future.set_exception(error))

    def _settle(self, act: Callable[[], None]) -> None:
        def unless_gone() -> None:
            if not self.future.done():  # the client may have hung up meanwhile
                act()

        self.future.get_loop().call_soon_threadsafe(unless_gone)


class GroupCommit:
    """One writer thread and its queue; make one per process and service."""

    def __init__(self, engine: Callable[[], Engine]) -> None:
        self._engine = engine
        self._waiting: queue.SimpleQueue[Request] = queue.SimpleQueue()
        self._started = threading.Lock()
        self._thread: threading.Thread | None = None

    async def run(self, command: Callable[[Session], T], sight: Sight) -> T:
        """What `command` returns, once it is committed; it sees what is in `sight`. Raises whatever it raises."""
        if self._thread is None:
            self._start()
        request = Request(command, sight, asyncio.get_running_loop().create_future(), copy_context())
        self._waiting.put(request)
        result: T = await request.future
        return result

    def _start(self) -> None:
        with self._started:
            if self._thread is None:
                self._thread = threading.Thread(target=self._keep_writing, name="group-commit", daemon=True)
                self._thread.start()

    def _keep_writing(self) -> None:
        while True:
            group = [self._waiting.get()]
            while len(group) < LARGEST_GROUP and not self._waiting.empty():
                group.append(self._waiting.get())
            if len(group) == 1 or not self._write(group):
                for request in group:
                    self._write_alone(request)

    def _write(self, group: list[Request]) -> bool:
        """Whether the whole group went through in one transaction."""
        try:
            with transaction(self._engine()) as session:
                results = [request.carry_out(session) for request in group]
        except Exception:  # noqa: BLE001 -- each command runs again alone and meets its own fault there
            return False
        for request, result in zip(group, results, strict=True):
            request.answer(result)
        return True

    def _write_alone(self, request: Request) -> None:
        try:
            with transaction(self._engine()) as session:
                result = request.carry_out(session)
        except Exception as error:  # noqa: BLE001 -- handed to the request that asked
            request.refuse(error)
        else:
            request.answer(result)
