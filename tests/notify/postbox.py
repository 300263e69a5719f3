"""A real SMTP server that can be told to misbehave, and counts what it took."""

import asyncio
import contextlib
import email
import threading
from collections import Counter, deque
from email import policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

ACCEPT, BUSY, REFUSE, DROP, HANG = "accept", "busy", "refuse", "drop", "hang"


class Postbox:
    """Listens on a free port of 127.0.0.1. `will` is how it treats the next letters; then it accepts.

    `taken` holds every letter that it took responsibility for, also those whose sender never learned of it.
    """

    def __init__(self) -> None:
        self.will: deque[str] = deque()
        self.taken: list[EmailMessage] = []
        self.connections = 0
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(10)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def count_by_message_id(self) -> Counter[str]:
        return Counter(str(letter["Message-ID"]) for letter in self.taken)

    def letters_to(self, address: str) -> list[EmailMessage]:
        return [letter for letter in self.taken if address in str(letter["To"])]

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(self._loop.create_server(self._protocol, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                self._loop.run_until_complete(task)
        self._loop.close()

    def _protocol(self) -> SMTP:
        self.connections += 1
        return SMTP(self, hostname="post.test", loop=self._loop, timeout=30)

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        if address.startswith("nobody@"):
            return f"550 5.1.1 <{address}>: no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's name
        match self.will.popleft() if self.will else ACCEPT:
            case "busy":
                return "451 4.3.0 try again later"
            case "refuse":
                return "554 5.7.1 we do not want this"
            case "drop":
                self._take(envelope)
                server.transport.abort()
            case "hang":
                self._take(envelope)
                await asyncio.Event().wait()
            case _:
                self._take(envelope)
        return "250 OK taken"

    def _take(self, envelope: Envelope) -> None:
        content = envelope.original_content or b""
        self.taken.append(email.message_from_bytes(content, policy=policy.default))  # type: ignore[arg-type]
