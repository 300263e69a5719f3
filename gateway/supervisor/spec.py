"""What a supervised process is, in the words of whoever wants it run."""

import importlib
import signal
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum


class Tier(IntEnum):
    """Who ends first when the run ends: the highest tier, and the next one when all of it is gone."""

    ENGINE = 0
    SERVER = 1  # web processes, relays, the mail catcher
    WORKER = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessSpec:
    """One process of the run, restarted whenever it ends.

    One that has never been healthy and has failed five times in a row ends the run.
    `run` is called in a forked child, which ends when it returns; or it is the argument list of a program.
    Import our own code inside `run` (see `imported`), so that a restarted child runs what is on the disk.
    """

    name: str
    run: Callable[[], None] | tuple[str, ...]
    tier: Tier = Tier.SERVER
    #: Names that must be healthy before this one starts, also when it is started again.
    after: tuple[str, ...] = ()
    #: Asked again and again in a process of its own until it says True. None: healthy as soon as it is there.
    healthy: Callable[[], bool] | None = None
    #: Not healthy after so many seconds: killed and started again.
    healthy_within_s: float = 60.0
    #: Called in the child first of all. A process that dies in it counts as having died at once.
    before: Callable[[], None] | None = None
    #: Called in the child last of all, before a program takes its place: gives rights away.
    become: Callable[[], None] | None = None
    env: Mapping[str, str] = field(default_factory=dict)
    #: Listening sockets that this process answers on. Every other child closes them.
    sockets: tuple[socket.socket, ...] = ()
    stop_signal: signal.Signals = signal.SIGTERM
    #: What the kernel sends it when the supervisor is gone without a word (Linux).
    orphan_signal: signal.Signals = signal.SIGKILL
    #: Seconds before the first, second … restart of a process that keeps dying at once; the last one repeats.
    restart_delays_s: tuple[float, ...] = (0.0, 0.5, 1.0, 2.0, 5.0)
    #: Runs to its end once: healthy when it has exited with 0, tried again otherwise.
    once: bool = False
    #: With `once`: its end ends the whole run, whose exit code is then its own.
    ends_run: bool = False
    #: Writes to the supervisor's own stdout and stderr, not to var/log/<name>.log.
    in_front: bool = False


def imported(target: str, *args: object) -> Callable[[], None]:
    """A call of `"package.module:function"` whose module is imported in the child only."""

    def call() -> None:
        module, _, function = target.partition(":")
        getattr(importlib.import_module(module), function)(*args)

    return call
