"""Brings every schema up to date: the bus, then each service, each with its own Alembic history and role."""
