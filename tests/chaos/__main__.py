"""`python -m tests.chaos --nominations 10000 --kills 20 [--seed N]`: exits 1 when anything is lost or done twice."""

import argparse
import random
import sys
import threading
import time
from collections import Counter

from gateway.demo.people import actors, program_of
from shared.access.principal import Role
from shared.plan.shelf import shelf
from tests.chaos.check import Verdict, check, waiting
from tests.chaos.kill import KINDS, kill_all
from tests.chaos.run import House, TooLateError, house, until
from tests.chaos.submit import Submitted, submit_all

DRAINED_WITHIN_S = 300.0


def main(*, nominations: int, kills: int, seed: int, over_s: float) -> int:
    print(f"{nominations} nominations, {kills} kills each of {', '.join(KINDS)}; --seed {seed}", flush=True)
    began = time.monotonic()
    with house() as opened:
        started_s = time.monotonic() - began
        submitted, killed, stormed_s = storm(opened, nominations=nominations, kills=kills, seed=seed, over_s=over_s)
        drained_s = drained(opened)
        verdict = check(opened.var, submitted.accepted)
    times = {"started after": started_s, "storm": stormed_s, "drained after": drained_s}
    return report(submitted, killed, verdict, times=times | {"in all": time.monotonic() - began})


def drained(opened: House) -> float:
    """The seconds until nothing was on its way any more; after DRAINED_WITHIN_S, what is still there is a fault."""
    try:
        return until(lambda: opened.whole() and waiting() == 0, within_s=DRAINED_WITHIN_S, what="drained")
    except TooLateError:
        return DRAINED_WITHIN_S


def storm(
    opened: House, *, nominations: int, kills: int, seed: int, over_s: float
) -> tuple[Submitted, Counter[str], float]:
    """Kill while nominations come in."""
    plan = next(iter(shelf().values()))
    offices = actors(plan, [Role.ORGANISATION], origin=f"http://127.0.0.1:{opened.port}")[Role.ORGANISATION]
    people = [program_of(plan, office) for office in offices]
    killed: Counter[str] = Counter()
    killer = threading.Thread(
        target=lambda: killed.update(kill_all(opened, seed=seed, kills=kills, over_s=over_s)), name="killer"
    )
    began = time.monotonic()
    killer.start()
    submitted = submit_all(opened.port, plan, people, count=nominations, over_s=over_s)
    killer.join()
    return submitted, killed, time.monotonic() - began


def report(submitted: Submitted, killed: Counter[str], verdict: Verdict, *, times: dict[str, float]) -> int:
    """Print the table; 1 when anything was found."""
    lines = {"accepted": len(submitted.accepted), "client retries": submitted.retries}
    lines |= verdict.figures | {name: f"{seconds:.1f} s" for name, seconds in times.items()}
    for name, value in lines.items():
        print(f"{name:60} {value:>12}")
    for kind in KINDS:
        count = sum(count for name, count in killed.items() if name.partition("-")[0] == kind)
        print(f"{f'kill -9 of {kind}':60} {count:>12}")
    faults = verdict.faults | {"requests refused or answered with 500": submitted.refused}
    for name, found in faults.items():
        print(f"{name:60} {len(found):>12}  {' '.join(map(str, found[:5]))}")
    print(f"answers: {dict(submitted.answers)}")
    return int(any(faults.values()))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nominations", type=int, default=500)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--over", type=float, default=None, help="seconds of the storm")
    given = parser.parse_args()
    sys.exit(
        main(
            nominations=given.nominations,
            kills=given.kills,
            seed=random.randrange(1_000_000) if given.seed is None else given.seed,
            over_s=given.over or max(25.0, given.nominations / 60, given.kills * len(KINDS) * 1.2),
        )
    )
