"""`python -m benchmarks [NAME …] [--small] [--json]`: measures, and prints one table."""

import argparse
import json
import sys
from collections.abc import Collection
from dataclasses import asdict

from benchmarks import hop, intake, memory, relay, road
from benchmarks.figure import FULL, SMALL, Figure, Size, table
from benchmarks.ground import PLANS, ground
from tests.chaos.run import house

ON_ENGINES = {"intake": intake.measure, "hop": hop.measure, "relay": relay.measure}
IN_THE_HOUSE = {"memory": memory.measure, "road": road.measure}
NAMES = (*ON_ENGINES, *IN_THE_HOUSE)


def measured(names: Collection[str], size: Size) -> list[Figure]:
    """Every figure of the named benchmarks: first those that need engines only, then those of the embedded run."""
    found: list[Figure] = []
    if wanted := [name for name in ON_ENGINES if name in names]:
        with ground():
            for name in wanted:
                say(name)
                found += ON_ENGINES[name](size)
    if wanted := [name for name in IN_THE_HOUSE if name in names]:
        with house(plans=PLANS) as opened:
            for name in wanted:
                say(name)
                found += IN_THE_HOUSE[name](size, opened)
    return found


def say(name: str) -> None:
    print(f"measuring {name} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; all if none")
    parser.add_argument("--small", action="store_true", help="only show that everything runs")
    parser.add_argument("--json", action="store_true", help="the figures as JSON on the last line")
    given = parser.parse_args()
    if unknown := set(given.names) - set(NAMES):
        parser.error(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(NAMES)}")
    figures = measured(given.names or NAMES, SMALL if given.small else FULL)
    print(json.dumps([asdict(figure) for figure in figures]) if given.json else table(figures))
