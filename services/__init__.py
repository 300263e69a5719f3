"""One folder is one service: its own schema, its own database role, its own queue."""
