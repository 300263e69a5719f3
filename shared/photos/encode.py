"""Decoding and encoding with Pillow; only the child process calls it."""

import io
import warnings
from typing import NamedTuple

from PIL import Image, ImageCms, ImageOps

_MOST_PIXELS = 40_000_000
_LONGEST_SIDE = 2560
_WIDTHS = (320, 640, 1280)
_JPEG_WIDTH = 1280
_FORMATS = ("JPEG", "PNG", "WEBP")
# What a decoder raises on a damaged file.
_DECODER_FAULTS = (OSError, ValueError, SyntaxError, LookupError, TypeError, EOFError, OverflowError)
# WebP is decoded whole and three times over in memory: from some 30 million pixels on it meets the limit first.
_TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError)


class Refusal(Exception):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Made(NamedTuple):
    name: str
    mime: str
    width: int
    height: int
    data: bytes


def pictures(upload: bytes) -> list[Made]:
    """The full picture, the JPEG and every width not wider than the photo. Raises Refusal."""
    full = decoded(upload)
    widths = [width for width in _WIDTHS if width <= full.width]
    return [
        _webp("full", full),
        _jpeg("jpeg", _narrowed(full, _JPEG_WIDTH)),
        *(_webp(str(width), _narrowed(full, width)) for width in widths),
    ]


def decoded(upload: bytes) -> Image.Image:
    """The picture, upright, in sRGB, no longer than _LONGEST_SIDE, bare of metadata. Raises Refusal."""
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(upload), formats=_FORMATS) as image:
            return _upright(_shrunk(image))
    except _TOO_LARGE as fault:
        raise Refusal("photo.too_many_pixels") from fault
    except _DECODER_FAULTS as fault:
        raise Refusal("photo.broken") from fault


def _shrunk(image: Image.Image) -> Image.Image:
    """Small first, everything else after: the rest then costs little memory, whatever came in."""
    image.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))  # a JPEG is decoded at half, quarter or eighth size
    image.load()
    if image.mode.startswith("I") or image.mode == "F":
        image = image.convert("I").point(lambda level: level / 256).convert("L")  # 16-bit grey
    elif image.mode not in {"RGB", "RGBA", "L", "CMYK"}:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return image


def _upright(image: Image.Image) -> Image.Image:
    """Turned as its camera meant it, in sRGB, on white where it was transparent, and bare of metadata."""
    image = _in_srgb(ImageOps.exif_transpose(image))
    if image.mode == "RGBA":
        page = Image.new("RGB", image.size, "white")
        page.paste(image, mask=image.getchannel("A"))
        return page
    bare = Image.new("RGB", image.size)
    bare.paste(image.convert("RGB"))
    return bare


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if not profile:
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a wrong profile costs the exact colours, not the photo
    return image if turned is None else turned


def _narrowed(image: Image.Image, width: int) -> Image.Image:
    if image.width <= width:
        return image
    return image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)


def _webp(name: str, image: Image.Image) -> Made:
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=80, method=4)
    return Made(name, "image/webp", image.width, image.height, buffer.getvalue())


def _jpeg(name: str, image: Image.Image) -> Made:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=85, optimize=True, progressive=True)
    return Made(name, "image/jpeg", image.width, image.height, buffer.getvalue())
