"""`python -m benchmarks [NAME …] [--small] [--json]`: measures, and prints one table."""

import argparse
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict

from benchmarks import hop, intake, memory, phone, relay, road
from benchmarks.figure import FULL, HEAD, SMALL, Figure, Size, line
from benchmarks.ground import PLANS, ground
from tests.chaos.run import house

ON_ENGINES = {"intake": intake.measure, "hop": hop.measure, "relay": relay.measure}
IN_THE_HOUSE = {"memory": memory.measure, "road": road.measure, "phone": phone.measure}
NAMES = (*ON_ENGINES, *IN_THE_HOUSE)


def measured(names: Collection[str], size: Size) -> Iterator[Figure]:
    """Every figure of the named benchmarks as it comes: first of engines only, then of the embedded run."""
    if wanted := [name for name in ON_ENGINES if name in names]:
        with ground():
            for name in wanted:
                yield from ON_ENGINES[name](size)
    if wanted := [name for name in IN_THE_HOUSE if name in names]:
        with house(plans=PLANS) as opened:
            for name in wanted:
                yield from IN_THE_HOUSE[name](size, opened)


def printed(figures: Iterable[Figure]) -> Iterator[Figure]:
    """The figures, each a line of the table as soon as it is measured."""
    print(HEAD, flush=True)
    for figure in figures:
        print(line(figure), flush=True)
        yield figure


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; all if none")
    parser.add_argument("--small", action="store_true", help="only show that everything runs")
    parser.add_argument("--json", action="store_true", help="the figures as JSON on the last line")
    given = parser.parse_args()
    if unknown := set(given.names) - set(NAMES):
        parser.error(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(NAMES)}")
    figures = list(printed(measured(given.names or NAMES, SMALL if given.small else FULL)))
    if given.json:
        print(json.dumps([asdict(figure) for figure in figures]))
