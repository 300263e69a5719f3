"""`python -m tests.journeys.run`: the embedded run with sample people and without sample nominations."""

import sys

from gateway.cli.run import demo_day, launch
from gateway.supervisor.spec import imported

if __name__ == "__main__":
    sys.exit(launch(prepare=imported("gateway.demo.prepare:prepare", False), demo=True, today=demo_day(), drive=None))
