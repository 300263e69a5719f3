"""As whom the engines run: PostgreSQL refuses to run as root.

As an ordinary user: as that user. As root: as `nobody`; where `nobody` may not pass (a checkout below /root), as the
owner of the folder; else under nobody's number in a user namespace, which changes no rights on files. That last one
also serves a user without a name, as containers have them: PostgreSQL insists on one. What works is found by trying.
"""

import ctypes
import os
import pwd
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

CLONE_NEWUSER = 0x10000000  # linux/sched.h
OVERFLOW_ID = 65534  # nobody's number


class Kind(Enum):
    SAME = "the user who started it"
    OTHER = "another user"
    NAMESPACE = "the user who started it, under nobody's number in a user namespace"


@dataclass(frozen=True, slots=True)
class Account:
    kind: Kind
    #: As which files are owned, seen from outside.
    uid: int
    gid: int

    def become(self) -> None:
        """Turn the calling process, which must be a forked child with one thread, into the account. For good."""
        match self.kind:
            case Kind.SAME:
                return
            case Kind.OTHER:
                os.setgroups([])
                os.setgid(self.gid)
                os.setuid(self.uid)
            case Kind.NAMESPACE:
                enter_namespace()
        os.umask(0o077)
        os.chdir("/")  # the folder we came from may be closed to it

    def own(self, path: Path) -> None:
        """Make the account the owner of the path and of everything below it."""
        if self.kind is Kind.SAME:
            return
        for one in (path, *path.rglob("*")):
            stat = one.lstat()
            if (stat.st_uid, stat.st_gid) != (self.uid, self.gid):
                os.chown(one, self.uid, self.gid, follow_symlinks=False)


class NoAccountError(RuntimeError):
    """No account can run the engines here; the message says what to change."""


def choose(*, var: Path, programs: Sequence[Path]) -> Account:
    """The account that can run the programs and reach var/. Raises NoAccountError."""

    def can_work() -> bool:
        return os.access(var, os.X_OK) and all(os.access(one, os.R_OK | os.X_OK) for one in programs)

    for account in candidates(var):
        if account.kind is Kind.SAME or tried(account, can_work):
            return account
    if os.geteuid() == 0:
        raise NoAccountError(
            f"PostgreSQL does not run as root, and no other account can reach {var} and {programs[0]}: "
            "start as an ordinary user, or move the folder to where everybody may pass (for example /srv)"
        )
    raise NoAccountError(
        f"PostgreSQL does not run under a user without a name: give user number {os.geteuid()} a line in /etc/passwd"
    )


def candidates(var: Path) -> list[Account]:
    """The accounts to try, best first."""
    own = Account(Kind.NAMESPACE, os.geteuid(), os.getegid())
    if os.geteuid() != 0:
        return [Account(Kind.SAME, own.uid, own.gid)] if has_name(own.uid) else [own]
    owner = var.resolve().parent.stat()
    found = []
    if has_name(OVERFLOW_ID):
        found.append(Account(Kind.OTHER, OVERFLOW_ID, pwd.getpwuid(OVERFLOW_ID).pw_gid))
    if owner.st_uid != 0 and has_name(owner.st_uid):
        found.append(Account(Kind.OTHER, owner.st_uid, owner.st_gid))
    return [*found, own]


def has_name(uid: int) -> bool:
    try:
        return bool(pwd.getpwuid(uid).pw_name)
    except KeyError:
        return False


def tried(account: Account, question: Callable[[], bool]) -> bool:
    """What the account answers, asked in a process of its own; False if the process cannot become it."""
    if pid := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    answer = False
    with suppress(OSError):
        account.become()
        answer = question()
    os._exit(0 if answer else 1)


def enter_namespace() -> None:
    """Be nobody by number, and oneself for every file: a user namespace maps one to the other (user_namespaces(7))."""
    if sys.platform != "linux":
        raise OSError("user namespaces exist on Linux only")
    uid, gid = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"unshare(CLONE_NEWUSER): {os.strerror(number)}")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{OVERFLOW_ID} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{OVERFLOW_ID} {gid} 1")
