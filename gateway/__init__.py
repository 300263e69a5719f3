"""Puts the services behind one address: the embedded run and the command line."""
