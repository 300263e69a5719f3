"""The folder of photos: var/photos/ab/abcd….webp, abcd…-320.webp, abcd….jpg. The name is the content's SHA-256."""

from pathlib import Path

from services.nomination.adapters.content_files import remove_all, write_once
from shared.photos.photo import Photo
from shared.settings import settings


def keep(photo: Photo) -> str:
    """Write the pictures, if they are not there yet; the caller gets the content address."""
    address = photo.full.sha256
    write_once(path_of(address), photo.full.data)
    for width, picture in photo.widths.items():
        write_once(path_of(address, width=width), picture.data)
    write_once(path_of(address, jpeg=True), photo.jpeg.data)
    return address


def path_of(address: str, *, width: int | None = None, jpeg: bool = False) -> Path:
    """Where a picture lies: the largest WebP, a narrower one, or the JPEG."""
    name = f"{address}-{width}" if width else address
    return settings().var_dir / "photos" / address[:2] / f"{name}.{'jpg' if jpeg else 'webp'}"


def remove(address: str) -> None:
    """Delete the picture in all its widths, if it is there."""
    remove_all(path_of(address).parent.glob(f"{address}*"))
