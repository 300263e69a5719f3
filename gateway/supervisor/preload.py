"""Modules loaded once in the supervisor, so that its forked children share their memory."""

import gc
import importlib
from collections.abc import Sequence
from pathlib import Path
from threading import enumerate as living_threads


class NotSingleThreadedError(RuntimeError):
    """A preloaded module started a thread, which would be missing, with its locks held, in every forked child."""


def preload(modules: Sequence[str]) -> None:
    """Import the modules and put what they made out of the garbage collector's reach, so that pages stay shared.

    Name third-party modules only: a child must load our own code afresh. Raises NotSingleThreadedError.
    """
    gc.disable()
    for module in modules:
        importlib.import_module(module)
    gc.collect()
    gc.freeze()
    gc.enable()
    tasks = Path("/proc/self/task")
    threads = len(list(tasks.iterdir())) if tasks.exists() else len(living_threads())
    if threads > 1:
        raise NotSingleThreadedError(f"{threads} threads after preloading {', '.join(modules)}: leave one of them out")
