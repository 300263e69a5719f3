"""The housekeeper."""

from shared.bus import housekeeper
from shared.logs import log_to_stderr


def run() -> None:
    """Seal, announce days, clear away."""
    log_to_stderr()
    housekeeper.run()
