"""The folder of evidence: var/evidence/ab/abcd….{pdf,jpg,txt,mp3}, and abcd….webp, its preview.

The name is the content's SHA-256. Only what `shared.evidence` made is written.
"""

from pathlib import Path

from services.nomination.adapters.content_files import remove_all, write_once
from shared.evidence.evidence import Evidence
from shared.evidence.kinds import KEPT_AS, Kind
from shared.settings import settings


def keep(evidence: Evidence) -> str:
    """Write the file and its preview, if they are not there yet; the caller gets the content address."""
    address = evidence.sha256
    write_once(path_of(address, evidence.kind), evidence.data)
    if evidence.preview:
        write_once(preview_of(address), evidence.preview)
    return address


def path_of(address: str, kind: Kind) -> Path:
    return _folder(address) / f"{address}.{KEPT_AS[kind][1]}"


def preview_of(address: str) -> Path:
    return _folder(address) / f"{address}.webp"


def remove(address: str) -> None:
    """Delete the file and its preview, if they are there."""
    remove_all(_folder(address).glob(f"{address}.*"))


def _folder(address: str) -> Path:
    return settings().var_dir / "evidence" / address[:2]
