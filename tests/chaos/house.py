"""The whole embedded run, with sample people and no sample nominations: `python -m tests.chaos.house VAR`."""

import sys
from pathlib import Path

from gateway.cli.run import DEMO_DAY
from gateway.embedded import start
from gateway.supervisor.spec import imported

if __name__ == "__main__":
    sys.exit(
        start(
            Path(sys.argv[1]),
            prepare=imported("gateway.demo.prepare:prepare", False),
            on_ready=lambda run: None,
            demo=True,
            today=DEMO_DAY,
        )
    )
