"""`python -m benchmarks [NAME …] [--small]`: measures, and prints one table."""

import argparse
import sys
from importlib import import_module

from benchmarks.figure import FULL, SMALL, Figure, table

NAMES = ("intake", "hop", "relay", "road", "memory")


def measured(names: list[str], *, small: bool) -> list[Figure]:
    """Every figure of the named benchmarks, in order."""
    found: list[Figure] = []
    for name in names:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        found += import_module(f"benchmarks.{name}").measure(SMALL if small else FULL)
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[*NAMES, []], help=f"of {', '.join(NAMES)}; all")
    parser.add_argument("--small", action="store_true", help="only show that everything runs")
    given = parser.parse_args()
    print(table(measured(given.names or [*NAMES], small=given.small)))
