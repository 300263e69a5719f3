"""The folder of photos: var/photos/ab/abcd….webp, abcd…-320.webp, abcd….jpg. The name is the content's SHA-256.

Files are written once under a passing name and then renamed, so that a reader sees a whole picture or none.
"""

import secrets
from pathlib import Path

from shared.photos.photo import Photo
from shared.settings import settings


def keep(photo: Photo) -> str:
    """Write the pictures, if they are not there yet; the caller gets the content address."""
    address = photo.full.sha256
    _write(path_of(address), photo.full.data)
    for width, picture in photo.widths.items():
        _write(path_of(address, width=width), picture.data)
    _write(path_of(address, jpeg=True), photo.jpeg.data)
    return address


def path_of(address: str, *, width: int | None = None, jpeg: bool = False) -> Path:
    """Where a picture lies: the largest WebP, a narrower one, or the JPEG."""
    name = f"{address}-{width}" if width else address
    return settings().var_dir / "photos" / address[:2] / f"{name}.{'jpg' if jpeg else 'webp'}"


def remove(address: str) -> None:
    """Delete the picture in all its widths, if it is there."""
    for path in path_of(address).parent.glob(f"{address}*"):
        path.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    passing.write_bytes(data)
    passing.replace(path)
