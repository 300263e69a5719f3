"""Letters on the disk: each content in a file named by its hash, each delivery a line in the index.

var/mail/letters/<SHA-256>.eml holds the message exactly as received; var/mail/index.jsonl holds, in order of receipt,
who sent it to whom. The same message delivered twice is one file and two lines.
"""

import hashlib
import os
from collections.abc import Iterator
from datetime import datetime
from email.parser import BytesHeaderParser
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, ValidationError

from gateway.supervisor.kernel import sync_folder
from shared.clock import now
from shared.ids import new_id

MOST_BYTES = 200_000_000
KEPT_PART = 0.8  # of that, after the oldest letters have made room


class Delivery(BaseModel, frozen=True):
    """One line of the index: one message accepted from one sender."""

    id: UUID
    received_at: datetime
    sender: str
    recipients: tuple[str, ...]
    #: Without blanks around it; empty if the message has none.
    message_id: str
    sha256: str
    size_bytes: int


class Store:
    """The writing side, for one process at a time."""

    def __init__(self, var: Path, *, most_bytes: int = MOST_BYTES) -> None:
        self.var = var
        self.most_bytes = most_bytes
        letters(var).mkdir(parents=True, exist_ok=True)
        for unfinished in letters(var).glob("*.new"):
            unfinished.unlink()
        cut_torn_line(index(var))
        self.bytes = sum(path.stat().st_size for path in letters(var).iterdir())
        self.lines = index(var).open("ab")

    def keep(self, content: bytes, *, sender: str, recipients: tuple[str, ...]) -> Delivery:
        """Write the letter and its delivery so that both outlive a power cut. Raises OSError, with nothing counted."""
        delivery = Delivery(
            id=new_id(),
            received_at=now(),
            sender=sender,
            recipients=recipients,
            message_id=str(BytesHeaderParser().parsebytes(content).get("Message-ID", "")).strip(),
            sha256=hashlib.sha256(content).hexdigest(),
            size_bytes=len(content),
        )
        path = letter_path(self.var, delivery.sha256)
        if not path.exists():
            write_whole(path, content)
            self.bytes += len(content)
        append(self.lines.fileno(), delivery)
        if self.bytes > self.most_bytes:
            self.make_room()
        return delivery

    def make_room(self) -> None:
        """Forget the oldest deliveries until the rest fits."""
        kept: list[Delivery] = []
        hashes: set[str] = set()
        size = 0
        for delivery in reversed(list(deliveries(self.var))):
            size += 0 if delivery.sha256 in hashes else delivery.size_bytes
            if kept and size > self.most_bytes * KEPT_PART:
                break
            kept.append(delivery)
            hashes.add(delivery.sha256)
        lines = "".join(f"{delivery.model_dump_json()}\n" for delivery in reversed(kept))
        write_whole(index(self.var), lines.encode())
        self.lines.close()
        self.lines = index(self.var).open("ab")
        for path in letters(self.var).iterdir():
            if path.stem not in hashes:
                path.unlink()
        self.bytes = sum(path.stat().st_size for path in letters(self.var).iterdir())


def deliveries(var: Path) -> Iterator[Delivery]:
    """Every delivery, oldest first. A line that is just being written is left out."""
    try:
        lines = index(var).open(encoding="utf-8")
    except FileNotFoundError:
        return
    with lines:
        for line in lines:
            try:
                yield Delivery.model_validate_json(line)
            except ValidationError:
                if line.endswith("\n"):
                    raise


def letter_path(var: Path, sha256: str) -> Path:
    return letters(var) / f"{sha256}.eml"


def letters(var: Path) -> Path:
    return var / "mail/letters"


def index(var: Path) -> Path:
    return var / "mail/index.jsonl"


def append(descriptor: int, delivery: Delivery) -> None:
    """Add the line and see it on the disk; whatever of it was written is taken back if that fails."""
    before = os.fstat(descriptor).st_size
    line = f"{delivery.model_dump_json()}\n".encode()
    try:
        while line:
            line = line[os.write(descriptor, line) :]
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, before)
        raise


def write_whole(path: Path, content: bytes) -> None:
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(path.parent)


def cut_torn_line(path: Path) -> None:
    """Take away what a kill in the middle of a line left: its sender was never told that it arrived."""
    path.touch()
    with path.open("r+b") as file:
        content = file.read()
        file.truncate(content.rfind(b"\n") + 1)
