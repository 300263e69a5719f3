"""A photo as it is kept: re-encoded, upright, no larger than a page needs, its metadata (place, camera, name) gone."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from shared.errors import Refused

MOST_BYTES: Final = 10 * 1024 * 1024
TIME_LIMIT_S: Final = 10
_CHILD: Final = (sys.executable, "-P", "-B", "-m", "shared.photos.child")
_KEPT_VARIABLES: Final = ("PATH", "PYTHONPATH", "SYSTEMROOT")  # the child sees none of our settings


class NotAPhoto(Refused, ValueError):
    """An upload that is refused.

    `key` is photo.not_a_photo (neither JPEG, PNG nor WebP by its first bytes), photo.too_many_pixels (over 40 million),
    photo.broken (cannot be decoded within the limits) or photo.too_heavy (over 10 MB).
    """


@dataclass(frozen=True, slots=True)
class Picture:
    data: bytes
    mime: str
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """Hex digest of the bytes: the same upload gives the same name."""
        return sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Photo:
    """One upload's pictures, the same scene in each, all sRGB and without metadata.

    `full` is WebP, its longer side at most 2560 pixels. `widths` are WebP copies {320, 640, 1280: Picture}, those wider
    than the photo left out. `jpeg`, at most 1280 wide, is for channels and papers that take no WebP.
    """

    full: Picture
    jpeg: Picture
    widths: Mapping[int, Picture]


def reencoded(upload: bytes | Path) -> Photo:
    """The upload as pictures we made ourselves; decoding happens in a child process with bounded memory and time.

    Raises NotAPhoto.
    """
    heavy = upload.stat().st_size if isinstance(upload, Path) else len(upload)
    if heavy > MOST_BYTES:
        raise NotAPhoto("photo.too_heavy")
    data = upload.read_bytes() if isinstance(upload, Path) else upload
    if not _looks_like_a_photo(data):
        raise NotAPhoto("photo.not_a_photo")
    return _photo(_ask_child(data))


def _looks_like_a_photo(data: bytes) -> bool:
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return webp or data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))


def _ask_child(data: bytes) -> bytes:
    try:
        done = subprocess.run(
            _CHILD, input=data, capture_output=True, timeout=TIME_LIMIT_S, check=False, env=_environment()
        )
    except subprocess.TimeoutExpired as fault:
        raise NotAPhoto("photo.broken") from fault
    if done.returncode == 1 and b"ModuleNotFoundError" in done.stderr:
        raise RuntimeError(f"the photo child did not start: {done.stderr.decode(errors='replace')}")
    if done.returncode:  # killed by a limit, or a decoder's crash
        raise NotAPhoto("photo.broken")
    return done.stdout


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ} | {"LC_ALL": "C.UTF-8"}


def _photo(answer: bytes) -> Photo:
    """Reads the child's answer: one line of JSON, then the pictures' bytes one after another in its order."""
    head, _, blob = answer.partition(b"\n")
    told = json.loads(head)
    if "refused" in told:
        raise NotAPhoto(told["refused"])
    pictures: dict[str, Picture] = {}
    place = 0
    for entry in told["pictures"]:
        name, size = entry.pop("name"), entry.pop("size")
        pictures[name] = Picture(data=blob[place : place + size], **entry)
        place += size
    full, jpeg = pictures.pop("full"), pictures.pop("jpeg")
    return Photo(full=full, jpeg=jpeg, widths={int(name): picture for name, picture in pictures.items()})
