"""The hot paths measured beside their peers: each pair in one run, on the same machine, engines and settings."""
