"""The mail catcher as a supervised process."""

import socket
from dataclasses import dataclass
from pathlib import Path

from gateway.supervisor.ports import LOOPBACK, listen
from gateway.supervisor.spec import ProcessSpec, imported

NAME = "mailcatcher"


@dataclass(frozen=True, slots=True)
class MailCatcher:
    """Where to send mail to, and the process that takes it."""

    host: str
    port: int
    process: ProcessSpec


def prepare(var: Path) -> MailCatcher:
    """Bind its port, the same as last time where possible; letters wait in it while the process is started again."""
    listening = listen(var, NAME)
    port: int = listening.getsockname()[1]
    process = ProcessSpec(
        name=NAME,
        run=imported("gateway.mailcatcher.server:serve", var, listening),
        healthy=lambda: greets(port),
        sockets=(listening,),
    )
    return MailCatcher(host=LOOPBACK, port=port, process=process)


def greets(port: int) -> bool:
    """Whether it answers as a mail server does."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=2) as connection:
            return connection.recv(4) == b"220 "
    except OSError:
        return False
