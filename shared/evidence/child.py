"""Run as `python -m shared.evidence.child`: makes files anew, one after another, each in a process of its own.

It loads the decoders once and forks for each file: whatever a hostile file does, it does in a fork with 768 MB of
memory, 10 s of processor and no file written, which is killed after 15 s. Asked on stdin, answered on stdout: four
bytes of length, then one line of JSON and bytes. It ends when its stdin does.
"""

import io
import json
import os
import resource
import select
import signal
import sys
import time
from typing import BinaryIO

from PIL import Image

from shared.evidence.kinds import Kind, Unfit
from shared.evidence.remake import remade

MEMORY_BYTES = 768 * 1024 * 1024
PROCESSOR_S = 10
TIME_LIMIT_S = 15
END = b"\x00whole\x00"
HEAD = 4  # bytes that say how long a message is
BROKEN = json.dumps({"refused": "evidence.broken"}).encode() + b"\n"


def main() -> None:
    warm_up()
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    while question := message(asked):
        answer = in_a_fork(question)
        answers.write(len(answer).to_bytes(HEAD) + answer)
        answers.flush()


def warm_up() -> None:
    """Load what decoders load when they are first used, so that no fork has to."""
    picture = Image.new("RGB", (8, 8), "white")
    for form in ("PNG", "WEBP", "PDF"):
        tiny = io.BytesIO()
        picture.save(tiny, form)
        remade(Kind.PDF if form == "PDF" else Kind.PICTURE, tiny.getvalue())


def message(source: BinaryIO) -> bytes:
    """The next message; b"" at the end."""
    head = source.read(HEAD)
    return source.read(int.from_bytes(head)) if len(head) == HEAD else b""


def in_a_fork(question: bytes) -> bytes:
    """What the fork answered; that the file is broken when it died or took too long."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        answer_and_leave(question, writing)
    os.close(writing)
    try:
        answer = read_until(reading, time.monotonic() + TIME_LIMIT_S)
    finally:
        os.close(reading)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    whole = answer.endswith(END) and (status == 0 or os.WIFSIGNALED(status))
    return answer.removesuffix(END) if whole else BROKEN


def read_until(pipe: int, deadline: float) -> bytes:
    found = bytearray()
    while (left := deadline - time.monotonic()) > 0:
        if not select.select([pipe], [], [], left)[0]:
            break
        some = os.read(pipe, 1 << 20)
        if not some:
            break
        found += some
    return bytes(found)


def answer_and_leave(question: bytes, pipe: int) -> None:
    """The fork's whole life: its limits, the work, the answer."""
    bind_ourselves()
    answer = answered(question) + END
    while answer:
        answer = answer[os.write(pipe, answer) :]
    os._exit(0)


def bind_ourselves() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_S, PROCESSOR_S))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # macOS knows the name but refuses the limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def answered(question: bytes) -> bytes:
    try:
        kind, _, data = question.partition(b"\n")
        made = remade(Kind(kind.decode()), data)
    except Unfit as unfit:
        return json.dumps({"refused": unfit.key}).encode() + b"\n"
    except BaseException:  # noqa: BLE001 -- a decoder's own fault is the file's: the fork ends with this answer
        return BROKEN
    head = {"size": len(made.data), "excerpt": made.excerpt, "pages": made.pages}
    return json.dumps(head).encode() + b"\n" + made.data + made.preview


if __name__ == "__main__":
    main()
