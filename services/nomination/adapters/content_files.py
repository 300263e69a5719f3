"""Files under their content address: written whole or not at all, and never twice."""

import secrets
from collections.abc import Iterable
from pathlib import Path


def write_once(path: Path, data: bytes) -> None:
    """Write the file unless it is there; under a passing name first, so that a reader sees all of it or none."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    passing.write_bytes(data)
    passing.replace(path)


def remove_all(paths: Iterable[Path]) -> None:
    """Delete the files that are there."""
    for path in paths:
        path.unlink(missing_ok=True)
