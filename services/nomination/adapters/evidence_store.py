"""The folder of evidence: var/evidence/ab/abcd….{pdf,jpg,txt,mp3}, and abcd….webp, its preview.

The name is the content's SHA-256. Only what `shared.evidence` made is written.
"""

import secrets
from pathlib import Path

from shared.evidence.evidence import Evidence
from shared.evidence.kinds import KEPT_AS, Kind
from shared.settings import settings


def keep(evidence: Evidence) -> str:
    """Write the file and its preview, if they are not there yet; the caller gets the content address."""
    address = evidence.sha256
    _write(path_of(address, evidence.kind), evidence.data)
    if evidence.preview:
        _write(preview_of(address), evidence.preview)
    return address


def path_of(address: str, kind: Kind) -> Path:
    return _folder(address) / f"{address}.{KEPT_AS[kind][1]}"


def preview_of(address: str) -> Path:
    return _folder(address) / f"{address}.webp"


def remove(address: str) -> None:
    """Delete the file and its preview, if they are there."""
    for path in _folder(address).glob(f"{address}.*"):
        path.unlink(missing_ok=True)


def _folder(address: str) -> Path:
    return settings().var_dir / "evidence" / address[:2]


def _write(path: Path, data: bytes) -> None:
    """A reader sees the whole file or none."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    passing.write_bytes(data)
    passing.replace(path)
