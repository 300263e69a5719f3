"""Passwords of the engines: made once, kept in var/secrets, readable by the starter of the run only."""

import os
import secrets
from pathlib import Path


def password(var: Path, name: str) -> str:
    """The password of that name, at least 192 bits of randomness; made and kept at the first call."""
    folder = var / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    if not path.exists():
        write_private(path, secrets.token_urlsafe(24))
    return path.read_text().strip()


def write_private(path: Path, text: str) -> None:
    """Put a file of mode 600 in place, whole or not at all."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
