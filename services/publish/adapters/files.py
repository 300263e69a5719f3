"""Files named by their content: written beside their place, then put there in one step. Twice is as good as once."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from shared.settings import settings


def content_address(*parts: bytes) -> str:
    """SHA-256 over the parts with their lengths, in hex."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    return digest.hexdigest()


def folder(kind: str, content: str) -> Path:
    """Where the files of a content address lie: `var/radio/ab/ab12…` for radio."""
    return settings().var_dir / kind / content[:2] / content


def put(kind: str, content: str, files: Mapping[str, bytes]) -> None:
    """Store the files under the content address, all or none; they reach the disk before they get their name."""
    place = folder(kind, content)
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=place.parent, prefix=".making-"))
    try:
        for name, data in files.items():
            write_through(beside / name, data)
        sync_folder(beside)
        beside.chmod(0o755)
        beside.rename(place)
        sync_folder(place.parent)
    except OSError:
        if not place.is_dir():  # otherwise another worker was faster, with the same content
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def remove(kind: str, content: str) -> None:
    """Delete the files; nothing happens when they are gone already."""
    shutil.rmtree(folder(kind, content), ignore_errors=True)
    if folder(kind, content).exists():
        raise OSError(f"{folder(kind, content)} could not be removed: check the rights of the folder")


def write_through(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
