"""Starts, restarts and stops the processes of an embedded run, on one machine."""
