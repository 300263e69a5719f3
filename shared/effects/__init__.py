"""Effects on the outside world, each done once or known to be unknown."""
