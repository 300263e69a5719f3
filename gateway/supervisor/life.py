"""One supervised process through its starts and ends: what is known of it, and when it is due again."""

import signal
from dataclasses import dataclass
from datetime import datetime

from gateway.supervisor.instance import ProcessState
from gateway.supervisor.spec import ProcessSpec

#: Dying of itself sooner after its start, or in any way before it was healthy, counts towards waiting longer.
AT_ONCE_S = 2.0
LONG_LIFE_S = 30.0  # having lived so long wipes the count
TRIES = 5  # of what has never been healthy


@dataclass(slots=True)
class Life:
    """Moments are seconds of the monotonic clock."""

    spec: ProcessSpec
    #: When it should be started; counts while it has no pid.
    due: float = 0.0
    pid: int | None = None
    mark: str | None = None
    probe_pid: int | None = None
    started: float = 0.0
    started_at: datetime | None = None
    healthy: bool = False
    been_healthy: bool = False
    #: How often in a row it has died at once.
    streak: int = 0
    starts: int = 0
    failures: int = 0
    #: A one-shot that has ended well, or whose end ends the run.
    done: bool = False
    #: It has been sent its stop signal.
    asked: bool = False

    def begin(self, pid: int, *, mark: str | None, at: float, moment: datetime) -> None:
        self.pid, self.mark, self.started, self.started_at = pid, mark, at, moment
        self.starts += 1
        self.asked = False
        if self.spec.healthy is None and not self.spec.once:
            self.healthy = self.been_healthy = True

    def end(self, code: int, *, at: float) -> float:
        """Take note of its end; returns the seconds until it is due again."""
        lived, was_healthy = at - self.started, self.healthy
        self.pid, self.mark, self.healthy = None, None, False
        if self.spec.once:
            self.failures += code != 0
            self.done = code == 0 or self.spec.ends_run
            self.healthy = self.been_healthy = code == 0
        if lived >= LONG_LIFE_S:
            self.streak = 0
        delays = self.spec.restart_delays_s
        delay = delays[min(self.streak, len(delays) - 1)]
        killed_from_outside = was_healthy and code == -signal.SIGKILL
        if was_healthy and (lived >= AT_ONCE_S or killed_from_outside):
            delay = delays[0]
        else:
            self.streak += 1
        self.due = at + delay
        return delay

    @property
    def too_late_at(self) -> float | None:
        """When to give up waiting for its health; None when it is healthy or need not be."""
        if self.pid is None or self.healthy or self.spec.healthy is None:
            return None
        return self.started + self.spec.healthy_within_s

    @property
    def hopeless(self) -> bool:
        """It has never worked, and there is no reason to believe that the next try will."""
        return not self.been_healthy and (self.failures if self.spec.once else self.streak) >= TRIES

    def state(self) -> ProcessState:
        return ProcessState(
            pid=self.pid,
            started_at=self.started_at,
            restarts=max(0, self.starts - 1),
            healthy=self.healthy,
            mark=self.mark,
        )
