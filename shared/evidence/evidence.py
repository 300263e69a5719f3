"""Evidence as it is kept: made anew from what was brought, in a process with bounded memory and time."""

import json
import os
import queue
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from shared.errors import Refused
from shared.evidence.kinds import KEPT_AS, Kind, Unfit, check_first_bytes, claimed, shown_name

MOST_BYTES: Final = 10 * 1024 * 1024
AT_ONCE: Final = 2
_CHILD: Final = (sys.executable, "-P", "-B", "-m", "shared.evidence.child")
_HEAD: Final = 4  # bytes that say how long a message is
_KEPT_VARIABLES: Final = ("PATH", "PYTHONPATH", "SYSTEMROOT")  # the child sees none of our settings


class NotTaken(Refused, ValueError):
    """A file that is refused.

    `key` is one of evidence.kind, .empty, .too_heavy, .not_what_it_says, .virus, .broken, .too_many_pages, .too_long,
    .no_words, .not_utf8, .macros, .bomb, .sound_form.
    """


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is kept of a file. `brought_sha256` and `brought_size` (bytes) are of the file as it came: it is not kept.

    `preview` is a WebP picture or b"", `excerpt` the first words or "".
    """

    name: str
    kind: Kind
    data: bytes
    preview: bytes
    excerpt: str
    pages: int
    brought_sha256: str
    brought_size: int

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()

    @property
    def media_type(self) -> str:
        return KEPT_AS[self.kind][0]


def remade(upload: bytes, name: str) -> Evidence:
    """The upload as a file that we made ourselves. Raises NotTaken."""
    shown = shown_name(name)
    if len(upload) > MOST_BYTES:
        raise NotTaken("evidence.too_heavy")
    try:
        kind = claimed(shown)
        check_first_bytes(kind, upload)
    except Unfit as unfit:
        raise NotTaken(unfit.key) from unfit
    head, _, blob = _asked(kind.value.encode() + b"\n" + upload).partition(b"\n")
    told = json.loads(head)
    if "refused" in told:
        raise NotTaken(told["refused"])
    size = told["size"]
    return Evidence(
        name=shown,
        kind=kind,
        data=blob[:size],
        preview=blob[size:],
        excerpt=told["excerpt"],
        pages=told["pages"],
        brought_sha256=sha256(upload).hexdigest(),
        brought_size=len(upload),
    )


#: Places for children, each with one that runs or None. Decoding takes a processor: more would starve the pages.
_places: queue.SimpleQueue["subprocess.Popen[bytes] | None"] = queue.SimpleQueue()
for _ in range(AT_ONCE):
    _places.put(None)


def _asked(question: bytes) -> bytes:
    """The child's answer. One that died is replaced; what killed it is broken."""
    child = _places.get()
    try:
        if child is None or child.poll() is not None:
            child = subprocess.Popen(
                _CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
            )
        assert child.stdin is not None  # noqa: S101 -- piped above
        assert child.stdout is not None  # noqa: S101 -- likewise
        child.stdin.write(len(question).to_bytes(_HEAD) + question)
        child.stdin.flush()
        size = child.stdout.read(_HEAD)
        answer = child.stdout.read(int.from_bytes(size)) if len(size) == _HEAD else b""
    except OSError:
        answer = b""
    finally:
        _places.put(child)
    if not answer:
        raise NotTaken("evidence.broken")
    return answer


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ} | {"LC_ALL": "C.UTF-8"}
