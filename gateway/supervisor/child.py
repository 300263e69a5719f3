"""Forking: what happens between the fork and the child's own work."""

import faulthandler
import gc
import io
import logging
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from gateway.supervisor import kernel
from gateway.supervisor.logs import open_log
from gateway.supervisor.spec import ProcessSpec

HANDLED = (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
PROBE_EVERY_S = 0.05
FAILED = 1
NOT_STARTED = 127  # as a shell answers for a program that is not there


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a child of this supervisor inherits, and must not keep."""

    log_folder: Path
    #: File descriptors of the supervisor itself, and of sockets that others answer on.
    descriptors: Collection[int]


def start(spec: ProcessSpec, around: Surroundings) -> int:
    """Fork the process; returns its pid. It leads a session and process group of its own."""
    log = None if spec.in_front else open_log(around.log_folder, spec.name)
    pid = fork(around, parts=lambda parent: work(spec, parent), name=spec.name, log=log)
    if log is not None:
        os.close(log)
    return pid


def probe(spec: ProcessSpec, around: Surroundings) -> int:
    """Fork a process that asks `spec.healthy` until it says True, and then exits with 0; returns its pid."""
    log = open_log(around.log_folder, spec.name)
    pid = fork(around, parts=lambda _: ask(spec), name=f"?{spec.name}", log=log)
    os.close(log)
    return pid


def fork(around: Surroundings, *, parts: Callable[[int], None], name: str, log: int | None) -> int:
    parent = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        be_child(around, parts=lambda: parts(parent), parent=parent, name=name, log=log)
    return pid


def be_child(around: Surroundings, *, parts: Callable[[], None], parent: int, name: str, log: int | None) -> NoReturn:
    try:
        settle(around, name=name, log=log)
        kernel.die_with_parent(signal.SIGKILL, parent=parent)
        parts()
    except SystemExit as end:
        leave(end.code if isinstance(end.code, int) else int(end.code is not None))
    except BaseException:  # noqa: BLE001 -- the edge of a process: the trace goes to its log, the code to the supervisor
        traceback.print_exc()
        leave(FAILED)
    leave(0)


def settle(around: Surroundings, *, name: str, log: int | None) -> None:
    """Shed what belongs to the supervisor: session, signals, descriptors, terminal, and its log."""
    os.setsid()
    signal.set_wakeup_fd(-1)
    for number in HANDLED:
        signal.signal(number, signal.SIG_DFL)
    for descriptor in around.descriptors:
        os.close(descriptor)
    supervisors_log = logging.getLogger("gateway.supervisor")
    for handler in [*supervisors_log.handlers]:
        supervisors_log.removeHandler(handler)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    if log is not None:
        os.dup2(log, 1)
        os.dup2(log, 2)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(line_buffering=True, errors="backslashreplace")
    kernel.name_process(name)
    kernel.use_few_arenas()
    gc.enable()


def work(spec: ProcessSpec, parent: int) -> None:
    if spec.before:
        spec.before()
    os.environ.update(spec.env)
    if isinstance(spec.run, tuple):
        replace_by_program(spec, spec.run, parent)
    if spec.become:
        spec.become()
    kernel.die_with_parent(spec.orphan_signal, parent=parent)
    faulthandler.enable()
    spec.run()


def replace_by_program(spec: ProcessSpec, arguments: tuple[str, ...], parent: int) -> NoReturn:
    """Become the program, which keeps stdin (nothing), stdout and stderr (the log) and no other descriptor."""
    if spec.become:
        spec.become()
    kernel.die_with_parent(spec.orphan_signal, parent=parent)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Python ignores it; programs expect the default
    try:
        os.execv(arguments[0], arguments)  # noqa: S606 -- a shell would be one process too many
    except OSError as error:
        sys.stderr.write(f"{spec.name}: cannot start {arguments[0]}: {error.strerror}\n")
        leave(NOT_STARTED)


def ask(spec: ProcessSpec) -> None:
    """Returns once the process says that it is healthy. Never, otherwise: the supervisor ends this process then."""
    if spec.healthy is None:
        return
    while not spec.healthy():
        time.sleep(PROBE_EVERY_S)


def leave(code: int) -> NoReturn:
    """End a forked process without running what the supervisor wanted run at its own end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:  # the log's disk is full: nobody is left to tell
            code = code or FAILED
    os._exit(code)
