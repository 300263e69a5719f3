"""PostgreSQL and Valkey from Python wheels, run as processes of our own, with their data under var/."""
