"""Ports on the loopback address: chosen once, remembered under var/, taken again while they are free."""

import errno
import json
import random
import socket
from pathlib import Path

LOOPBACK = "127.0.0.1"
#: Below the kernel's own range for outgoing connections (32768 on), which could otherwise sit on a port of ours.
FIRST, LAST = 20_000, 31_999
BACKLOG = 2048


def free_port(var: Path, name: str) -> int:
    """A port that nothing listens on now: the remembered one if it is free, else a new one, which is remembered."""
    if (known := remembered(var).get(name)) and is_free(known):
        return known
    port = next(one for one in candidates() if is_free(one))
    remember(var, name, port)
    return port


def listen(var: Path, name: str, *, preferred: int | None = None, host: str = LOOPBACK) -> socket.socket:
    """A listening TCP socket: on the remembered port, else on the preferred one, else on a free one; remembered.

    Bind it before forking: connections then wait in it while the process that answers is started again.
    """
    wanted = [port for port in (remembered(var).get(name), preferred) if port]
    for port in (*wanted, *candidates()):
        if listening := bound(host, port):
            remember(var, name, port)
            return listening
    raise OSError(errno.EADDRINUSE, f"{name}: no free port between {FIRST} and {LAST} on {host}")


def bound(host: str, port: int) -> socket.socket | None:
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((host, port))
        opened.listen(BACKLOG)
    except OSError as error:
        opened.close()
        if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
            raise
        return None
    return opened


def is_free(port: int) -> bool:
    if opened := bound(LOOPBACK, port):
        opened.close()
    return opened is not None


def candidates() -> list[int]:
    """A thousand ports in random order, so that two runs started together seldom meet."""
    return random.sample(range(FIRST, LAST + 1), 1000)


def remembered(var: Path) -> dict[str, int]:
    try:
        known = json.loads((var / "ports.json").read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def remember(var: Path, name: str, port: int) -> None:
    fresh = var / "ports.json.new"
    fresh.write_text(json.dumps(remembered(var) | {name: port}, indent=1))
    fresh.replace(var / "ports.json")
