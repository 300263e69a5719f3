"""A service's relay."""

from gateway.processes.pace import LINGER_S, give_way
from shared.bus import relay
from shared.logs import log_to_stderr


def run(name: str) -> None:
    """Pass the deliveries and effects of one service on."""
    log_to_stderr()
    give_way(name)
    relay.run(name, linger_s=LINGER_S.get(name, 0.0))
