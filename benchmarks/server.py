"""A web process as in the embedded run: `python -m benchmarks.server ours|bare DESCRIPTOR`."""

import socket
import sys

from gateway.processes import web

if __name__ == "__main__":
    listening = socket.socket(fileno=int(sys.argv[2]))
    if sys.argv[1] == "ours":
        web.run(listening)
    else:
        from benchmarks.bare import app

        web.serve(app, listening)
