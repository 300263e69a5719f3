"""The engines as another user: `as_user.py UID VAR`, started by root, who may read the interpreter's own files.

Everything is loaded before the change of user, since the interpreter may lie where that user may not pass.
"""

import encodings.idna  # noqa: F401 -- sockets load it late
import os
import sys
from pathlib import Path

import psycopg
import redis

from gateway.engines.__main__ import main
from gateway.supervisor import kernel

assert psycopg.pq.version()
assert redis.Redis().connection_pool
user = int(sys.argv[1])
os.setgroups([])
os.setgid(user)
os.setuid(user)
kernel.prctl(4, 1)  # PR_SET_DUMPABLE: as after a sign-in, /proc/self is the user's own again
os.chdir("/")
sys.exit(main(Path(sys.argv[2]), until_eof=False))
