"""The SMTP server itself."""

import asyncio
import logging
import signal
import socket
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from gateway.mailcatcher.store import Store

MOST_BYTES_OF_A_LETTER = 25_000_000
SILENCE_S = 60.0  # a client that says nothing for so long is sent away

log = logging.getLogger(__name__)


def serve(var: Path, listening: socket.socket) -> None:
    """Accept letters to anybody until SIGTERM; a letter is acknowledged once it is safely on the disk."""
    asyncio.run(serve_until_told(Store(var), listening))


async def serve_until_told(store: Store, listening: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    told = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, told.set)
    server = await loop.create_server(lambda: protocol(store, loop), sock=listening)
    await told.wait()
    server.close()


def protocol(store: Store, loop: asyncio.AbstractEventLoop) -> SMTP:
    return SMTP(
        Catcher(store),
        data_size_limit=MOST_BYTES_OF_A_LETTER,
        enable_SMTPUTF8=True,
        hostname="guongsang.localhost",
        ident="Guong Sang mail catcher",
        timeout=SILENCE_S,
        loop=loop,
    )


class Catcher:
    """What aiosmtpd calls when a message has been received."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's name
        content = envelope.original_content or b""
        try:
            delivery = self.store.keep(content, sender=envelope.mail_from or "", recipients=tuple(envelope.rcpt_tos))
        except OSError:
            log.exception("a letter of %s bytes could not be kept", len(content))
            return "452 4.3.1 Insufficient system storage"
        return f"250 2.0.0 Kept as {delivery.id}"
