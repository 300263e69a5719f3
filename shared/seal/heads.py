"""The heads of all chains, published to a file that a backup or a print takes out of the machine."""

import json
import os
from pathlib import Path
from typing import Any
from uuid import UUID

from shared.clock import now
from shared.seal.chain import Head

HEADS = Path("heads.jsonl")
FIRST_LOG = "events"  # whose heads were published before lines named their log


def publish_heads(heads: list[Head], folder: Path) -> None:
    """Append the heads to the file of heads."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{json.dumps(published(head))}\n" for head in heads)
    with (folder / HEADS).open("a+b") as file:
        if file.tell() and os.pread(file.fileno(), 1, file.tell() - 1) != b"\n":
            lines = f"\n{lines}"  # the last line was torn by a power cut
        file.write(lines.encode())


def published(head: Head) -> dict[str, Any]:
    return {
        "log": head.log,
        "unit": str(head.unit_id),
        "number": head.number,
        "hash": head.hash.hex(),
        "at": now().isoformat(),
    }


def published_heads(folder: Path, log: str) -> list[Head]:
    """Every head of a log that was ever published to the file, oldest first; a torn line vouches for nothing."""
    path = folder / HEADS
    if not path.exists():
        return []
    found = (head_in(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [head for head in found if head is not None and head.log == log]


def head_in(line: str) -> Head | None:
    try:
        read = json.loads(line)
        return Head(read.get("log", FIRST_LOG), UUID(read["unit"]), read["number"], bytes.fromhex(read["hash"]))
    except (ValueError, KeyError):
        return None
