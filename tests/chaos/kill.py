"""Kills processes of a house at random, in an order and at times that a seed decides."""

import random
import time
from collections import Counter

from tests.chaos.run import House, until

KINDS = ("worker", "relay", "valkey", "postgresql")
BACK_WITHIN_S = 60.0


def victims(house: House, kind: str) -> list[str]:
    """The processes of a kind: every service has a worker and a relay."""
    return sorted(name for name in house.states() if name == kind or name.startswith(f"{kind}-"))


def kill_all(house: House, *, seed: int, kills: int, over_s: float) -> Counter[str]:
    """Kill each kind so many times, spread over the time; {process: how often it was killed}."""
    chance = random.Random(seed)
    order = [kind for kind in KINDS for _ in range(kills)]
    chance.shuffle(order)
    began, done = time.monotonic(), Counter[str]()
    for number, kind in enumerate(order):
        due = began + over_s * (number + chance.random()) / len(order)
        name = chance.choice(victims(house, kind))
        time.sleep(max(0.0, due - time.monotonic()))
        until(lambda name=name: house.kill(name), within_s=BACK_WITHIN_S, what=f"{name} to kill", every_s=0.01)
        done[name] += 1
    return done
