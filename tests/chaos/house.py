"""The whole embedded run, with sample people and no sample nominations: `python -m tests.chaos.house VAR`."""

import sys
from datetime import datetime
from pathlib import Path

from gateway.embedded import start
from gateway.supervisor.spec import imported
from shared.clock import VIETNAM

DAY = datetime(2025, 5, 20, 8, 0, tzinfo=VIETNAM)  # within the period of the real plan

if __name__ == "__main__":
    sys.exit(
        start(
            Path(sys.argv[1]),
            prepare=imported("gateway.demo.prepare:prepare", False),
            on_ready=lambda run: None,
            demo=True,
            today=DAY,
        )
    )
