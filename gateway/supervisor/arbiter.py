"""The parent of all processes of an embedded run: starts, watches, restarts and ends them."""

import logging
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from logging.handlers import RotatingFileHandler

from gateway.supervisor import child, kernel, logs
from gateway.supervisor.instance import Hold, ProcessState, write_processes
from gateway.supervisor.life import Life
from gateway.supervisor.signals import Bell
from gateway.supervisor.spec import ProcessSpec, Tier
from shared.clock import now

log = logging.getLogger("gateway.supervisor")

STOP_WITHIN_S = 8.0
#: The part of STOP_WITHIN_S after which a tier's laggards get SIGKILL. Below a worker's tier its services still run.
PATIENCE = {Tier.WORKER: 0.7, Tier.SERVER: 0.85, Tier.ENGINE: 1.0}
START_WITHIN_S = 180.0
ROTATE_EVERY_S = 5.0
ORPHANS_WITHIN_S = 2.0
RETRY_S = 1.0


class StartFailedError(Exception):
    """The run did not become healthy, and has been stopped. The message holds the end of the culprit's log."""


def supervise(
    specs: Sequence[ProcessSpec],
    *,
    held: Hold,
    on_ready: Callable[[], None] = lambda: None,
    stop_within_s: float = STOP_WITHIN_S,
    start_within_s: float = START_WITHIN_S,
    until: int | None = None,
) -> int:
    """Run the processes until SIGTERM, SIGINT or SIGHUP; returns the exit code of the run.

    `on_ready` is called once, in this process, when every process has been healthy once. A second signal kills
    everything at once. With `until`, a file descriptor, the run also ends when that reaches its end of file.
    Raises StartFailedError, ValueError for names in `after` that do not exist.
    Needs the main thread of a process without other threads, and takes over its SIGCHLD.
    """
    arbiter = Arbiter(specs, held, on_ready=on_ready, stop_within_s=stop_within_s, start_within_s=start_within_s)
    folder = held.var / "log"
    folder.mkdir(exist_ok=True)
    with logged_to(folder / "supervisor.log"):
        kernel.adopt_orphans()
        with Bell(until) as bell:
            return arbiter.run(bell)


class Arbiter:
    def __init__(
        self,
        specs: Sequence[ProcessSpec],
        held: Hold,
        *,
        on_ready: Callable[[], None],
        stop_within_s: float,
        start_within_s: float,
    ) -> None:
        self.lives = {spec.name: Life(spec) for spec in specs}
        for spec in specs:
            if strangers := set(spec.after) - set(self.lives):
                raise ValueError(f"{spec.name}: starts after {', '.join(sorted(strangers))}, which is not in the run")
        self.held = held
        self.on_ready = on_ready
        self.stop_within_s = stop_within_s
        self.start_within_s = start_within_s
        self.ready = False
        self.stopping_since: float | None = None
        self.failure: str | None = None
        self.code = 0
        self.orphans_until = 0.0
        self.rotated = 0.0
        self.written: dict[str, ProcessState] = {}

    def run(self, bell: Bell) -> int:
        self.bell = bell
        begun = time.monotonic()
        while True:
            at = time.monotonic()
            self.reap(at)
            if bell.stops and self.stopping_since is None:
                self.stop("a signal")
            if self.stopping_since is None:
                self.keep_up(at, begun)
            if self.stopping_since is not None and not self.bring_down(at, self.stopping_since):
                break
            self.publish()
            self.announce()
            bell.wait(self.patience(at, begun))
        self.end_orphans()
        self.publish()
        if self.failure:
            raise StartFailedError(self.failure)
        return self.code

    def reap(self, at: float) -> None:
        """Take note of every process that has ended, adopted ones included."""
        for pid, code in ended():
            for life in self.lives.values():
                if pid == life.probe_pid:
                    self.probed(life, code)
                elif pid == life.pid:
                    self.buried(life, code, at)

    def probed(self, life: Life, code: int) -> None:
        life.probe_pid = None
        if life.pid is None or self.stopping_since is not None:
            return
        if code == 0:
            life.healthy = life.been_healthy = True
            log.info("%s is healthy (process %s)", life.spec.name, life.pid)
        else:
            log.error("%s: its health check failed with %s, see its log; killed", life.spec.name, code)
            kill_group(life.pid, signal.SIGKILL)

    def buried(self, life: Life, code: int, at: float) -> None:
        kill_rest(life.pid)
        self.orphans_until = at + ORPHANS_WITHIN_S
        if life.probe_pid:
            kill(life.probe_pid, signal.SIGKILL)
        delay = life.end(code, at=at)
        if self.stopping_since is not None or life.done:
            if life.spec.ends_run and self.stopping_since is None:
                self.code = code if code >= 0 else 128 - code
                self.stop(f"the end of {life.spec.name}")
            return
        log.warning("%s ended with %s; starts again in %s s", life.spec.name, code, delay)
        if life.hopeless:
            self.fail(f"{life.spec.name} failed {life.starts} times, the last time with {code}", life.spec.name)

    def keep_up(self, at: float, begun: float) -> None:
        """Start what is due, and kill what does not become healthy."""
        late = [life for life in self.lives.values() if (moment := life.too_late_at) is not None and moment <= at]
        for life in late:
            log.error("%s: not healthy after %s s; killed", life.spec.name, life.spec.healthy_within_s)
            kill_group(life.pid, signal.SIGKILL)
        if not self.orphans(at):
            for life in self.lives.values():
                if life.pid is None and not life.done and life.due <= at and not self.missing(life):
                    self.start(life, at)
        if not self.ready and at - begun > self.start_within_s:
            sick = [life for life in self.lives.values() if not life.healthy]
            cause = next((life for life in sick if not self.missing(life)), sick[0]).spec.name
            self.fail(f"{cause} is not healthy after {self.start_within_s:.0f} s", cause)

    def announce(self) -> None:
        """Say once that everything has been healthy, after the list of processes says so too."""
        well = all(life.been_healthy or life.spec.ends_run for life in self.lives.values())
        if well and not self.ready and self.stopping_since is None:
            self.ready = True
            self.held.say(ready=True)
            self.on_ready()

    def missing(self, life: Life) -> list[str]:
        return [name for name in life.spec.after if not self.lives[name].healthy]

    def start(self, life: Life, at: float) -> None:
        around = child.Surroundings(self.held.var / "log", self.descriptors(life.spec))
        try:
            pid = child.start(life.spec, around)
            life.begin(pid, mark=kernel.mark(pid), at=at, moment=now())
            life.probe_pid = child.probe(life.spec, around) if life.spec.healthy else None
        except OSError:  # no room for another process, or for its log
            log.exception("%s cannot be started", life.spec.name)
            life.due = at + RETRY_S

    def descriptors(self, spec: ProcessSpec) -> set[int]:
        """What its child closes: the supervisor's own, and the sockets that others answer on."""
        others = {one for life in self.lives.values() for one in life.spec.sockets} - set(spec.sockets)
        return {self.held.descriptor, *self.bell.descriptors} | {one.fileno() for one in others if one.fileno() >= 0}

    def orphans(self, at: float) -> bool:
        """Kill what ended processes have left to us; True while some of it lives, for two seconds at most."""
        if at > self.orphans_until:
            return False
        left = set(kernel.children(os.getpid())) - {
            pid for life in self.lives.values() for pid in (life.pid, life.probe_pid)
        }
        for pid in left:
            kill(pid, signal.SIGKILL)
        if not left:
            self.orphans_until = 0.0
        return bool(left)

    def stop(self, reason: str) -> None:
        log.info("stopping because of %s", reason)
        self.stopping_since = time.monotonic()
        for life in self.lives.values():
            if life.probe_pid:
                kill(life.probe_pid, signal.SIGKILL)

    def fail(self, what: str, name: str) -> None:
        log.error(what)
        last_words = logs.tail(self.held.var / "log", name)
        self.failure = f"{what}; its log {self.held.var / 'log' / name}.log ends:\n{last_words}"
        self.stop("the failed start")

    def bring_down(self, at: float, since: float) -> bool:
        """Ask the highest living tier to end, kill it when its time is over; False when nothing lives."""
        living = [life for life in self.lives.values() if life.pid]
        if not living:
            return False
        tier = max(life.spec.tier for life in living)
        for life in living:
            if self.bell.stops > 1 or (life.spec.tier == tier and at - since >= self.stop_within_s * PATIENCE[tier]):
                kill_group(life.pid, signal.SIGKILL)
            elif life.spec.tier == tier and not life.asked:
                life.asked = True
                kill(life.pid, life.spec.stop_signal)
                for listening in life.spec.sockets:
                    listening.close()
        return True

    def end_orphans(self) -> None:
        deadline = self.orphans_until = time.monotonic() + ORPHANS_WITHIN_S
        while time.monotonic() < deadline and self.orphans(time.monotonic()):
            self.bell.wait(0.05)
            list(ended())

    def patience(self, at: float, begun: float) -> float:
        """Seconds until something is to be done though no signal has come."""
        if at - self.rotated >= ROTATE_EVERY_S:
            self.rotated = at
            logs.rotate(self.held.var / "log")
        moments = [self.rotated + ROTATE_EVERY_S]
        if self.stopping_since is not None:
            moments += [self.stopping_since + self.stop_within_s * part for part in PATIENCE.values()]
        elif not self.ready:
            moments.append(begun + self.start_within_s)
        for life in self.lives.values():
            moments += [] if life.too_late_at is None else [life.too_late_at]
            moments += [life.due] if life.pid is None and not life.done else []
        return max(0.001, min((moment for moment in moments if moment > at), default=at) - time.monotonic())

    def publish(self) -> None:
        states = {name: life.state() for name, life in self.lives.items()}
        if states != self.written:
            with suppress(OSError):  # a full disk must not end the run; the next turn tries again
                write_processes(self.held.var, states)
                self.written = states


def ended() -> Iterator[tuple[int, int]]:
    """(pid, exit code) of every child that has ended, a signal's number negated."""
    with suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            yield found[0], os.waitstatus_to_exitcode(found[1])


def kill(pid: int | None, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        if pid:
            os.kill(pid, number)


def kill_group(pid: int | None, number: signal.Signals) -> None:
    """Signal the process and its group. Right after the fork it does not lead one yet: then the process alone."""
    with suppress(ProcessLookupError):
        if pid:
            os.killpg(pid, number)
            return
    kill(pid, number)


def kill_rest(group: int | None) -> None:
    """End what a process that has been waited for started and left in its group."""
    with suppress(ProcessLookupError, PermissionError):
        if group:
            os.killpg(group, signal.SIGKILL)


@contextmanager
def logged_to(path: os.PathLike[str]) -> Iterator[None]:
    handler = RotatingFileHandler(path, maxBytes=logs.MOST_BYTES, backupCount=1, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    level = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.setLevel(level)
        log.removeHandler(handler)
        handler.close()
