"""Who may wait where processors are short."""

from gateway.supervisor import kernel

#: Nobody waits for these: their relays let deliveries gather into larger batches, and others get the processor first.
LINGER_S = {"report": 0.1, "notify": 0.05}
NICENESS = 5


def give_way(name: str) -> None:
    """Let the services that people wait for go first."""
    if name in LINGER_S:
        kernel.give_way(NICENESS)
