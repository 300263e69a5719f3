import io
import os
import random
import struct
import sys
import time
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from shared.photos import photo as photo_module
from shared.photos.encode import Refusal, pictures
from shared.photos.photo import MOST_BYTES, NotAPhoto, Picture, reencoded


def _image(width: int, height: int) -> Image.Image:
    return Image.linear_gradient("L").resize((width, height)).convert("RGB")


def _file(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def _opened(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.data))


def _refusal(upload: bytes | Path) -> str:
    with pytest.raises(NotAPhoto) as refusal:
        reencoded(upload)
    return refusal.value.key


def _with_place_and_turn(image: Image.Image) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right
    exif[0x010F] = "SecretPhoneMaker"
    exif.get_ifd(0x8825).update({1: "N", 2: (19.0, 38.0, 5.0), 3: "E", 4: (105.0, 26.0, 1.0)})
    return _file(image, "JPEG", exif=exif, comment=b"SecretComment")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_comes_back_in_every_width(kind: str) -> None:
    photo = reencoded(_file(_image(1600, 1200), kind))

    assert (photo.full.mime, photo.full.width, photo.full.height) == ("image/webp", 1600, 1200)
    assert (photo.jpeg.mime, photo.jpeg.width, photo.jpeg.height) == ("image/jpeg", 1280, 960)
    assert {width: (p.width, p.height, p.mime) for width, p in photo.widths.items()} == {
        320: (320, 240, "image/webp"), 640: (640, 480, "image/webp"), 1280: (1280, 960, "image/webp"),
    }  # fmt: skip
    for picture in (photo.full, photo.jpeg, *photo.widths.values()):
        with _opened(picture) as image:
            assert (image.size, f"image/{image.format}".lower()) == ((picture.width, picture.height), picture.mime)


def test_a_small_photo_is_never_enlarged() -> None:
    photo = reencoded(_file(_image(500, 300), "PNG"))

    assert (photo.full.width, photo.jpeg.width, list(photo.widths)) == (500, 500, [320])


def test_a_large_photo_is_brought_to_2560() -> None:
    photo = reencoded(_file(_image(3000, 4000), "JPEG"))

    assert (photo.full.width, photo.full.height) == (1920, 2560)


def test_place_camera_and_comment_are_gone_and_the_photo_stands_upright() -> None:
    upload = _with_place_and_turn(_image(800, 600))
    assert b"SecretPhoneMaker" in upload
    assert b"SecretComment" in upload
    assert Image.open(io.BytesIO(upload)).getexif().get_ifd(0x8825)

    photo = reencoded(upload)

    assert (photo.full.width, photo.full.height) == (600, 800)
    for picture in (photo.full, photo.jpeg, *photo.widths.values()):
        with _opened(picture) as image:
            assert not image.getexif()
            assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)
        assert b"Secret" not in picture.data


def test_a_transparent_photo_lies_on_white() -> None:
    photo = reencoded(_file(Image.new("RGBA", (400, 300), (255, 0, 0, 0)), "PNG"))

    with _opened(photo.jpeg) as image:
        assert image.getpixel((200, 150)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_taken(mode: str) -> None:
    assert reencoded(_file(Image.new(mode, (400, 300)), "PNG")).full.width == 400


def test_a_print_shops_cmyk_jpeg_keeps_its_colours() -> None:
    photo = reencoded(_file(Image.new("CMYK", (400, 300), (0, 255, 255, 0)), "JPEG"))

    with _opened(photo.jpeg) as image:
        pixel = image.getpixel((200, 150))
    assert isinstance(pixel, tuple)
    assert (pixel[0] > 200, pixel[1] < 60, pixel[2] < 60) == (True, True, True)


def test_a_broken_colour_profile_does_not_cost_the_photo() -> None:
    good = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    for profile in (good, b"not a profile"):
        assert reencoded(_file(_image(400, 300), "JPEG", icc_profile=profile)).full.width == 400


def test_the_same_upload_gives_the_same_bytes_and_name() -> None:
    upload = _file(_image(700, 500), "JPEG")

    first, second = reencoded(upload), reencoded(upload)

    assert first == second
    assert len(first.full.sha256) == 64


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    upload = tmp_path / "anh.jpg"
    upload.write_bytes(_file(_image(400, 300), "JPEG"))

    assert reencoded(upload) == reencoded(upload.read_bytes())


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    "upload",
    [b"", SVG, b"%PDF-1.7 /JavaScript", b"<html>", b"GIF89a" + bytes(40), b"II*\0" + bytes(40), b"%!PS-Adobe-3.0",
     bytes(12) + b"ftypheic", b"RIFF\0\0\0\0AVI "],
)  # fmt: skip
def test_only_jpeg_png_and_webp_by_their_first_bytes(upload: bytes) -> None:
    assert _refusal(upload) == "photo.not_a_photo"


def test_a_real_gif_is_no_photo_here() -> None:
    assert _refusal(_file(_image(100, 80), "GIF")) == "photo.not_a_photo"


def test_over_ten_megabytes_is_too_heavy_even_unread(tmp_path: Path) -> None:
    heavy = tmp_path / "heavy.jpg"
    with heavy.open("wb") as file:
        os.truncate(file.fileno(), MOST_BYTES + 1)

    assert _refusal(heavy) == "photo.too_heavy"
    assert _refusal(b"\xff\xd8\xff" + bytes(MOST_BYTES)) == "photo.too_heavy"


def test_more_than_forty_million_pixels_are_refused() -> None:
    assert reencoded(_file(Image.new("1", (8000, 5000)), "PNG")).full.width == 2560

    assert _refusal(_file(Image.new("1", (8000, 5001)), "PNG")) == "photo.too_many_pixels"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_a_png_bomb_is_refused_quickly() -> None:
    header = struct.pack(">IIBBBBB", 60000, 60000, 8, 6, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(bytes(1_000_000)))
        + _chunk(b"IEND", b"")
    )
    began = time.monotonic()

    assert _refusal(bomb) == "photo.too_many_pixels"

    assert time.monotonic() - began < 5


def test_a_text_chunk_bomb_is_refused() -> None:
    small = _file(_image(60, 40), "PNG")
    bomb = _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(200_000_000)))

    assert _refusal(small[:33] + bomb + small[33:]) == "photo.broken"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_file_is_broken(kind: str) -> None:
    whole = _file(Image.effect_noise((400, 300), 60).convert("RGB"), kind)

    assert _refusal(whole[: len(whole) // 2]) == "photo.broken"


def test_a_magic_number_and_nothing_else_is_broken() -> None:
    for magic in (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\0\0\0WEBPVP8 "):
        assert _refusal(magic) == "photo.broken"


def test_a_polyglot_loses_its_other_half() -> None:
    upload = _file(_image(400, 300), "JPEG") + b"<script>alert(1)</script>PK\x03\x04"

    assert b"script" not in reencoded(upload).full.data


def test_the_child_does_not_see_our_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    spy = tmp_path / "sitecustomize.py"
    spy.write_text(f"import os, pathlib; pathlib.Path({str(tmp_path / 'seen')!r}).write_text(repr(dict(os.environ)))")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("GUONGSANG_DATABASE_URL", "postgresql://secret")

    reencoded(_file(_image(40, 30), "PNG"))

    seen = (tmp_path / "seen").read_text()
    assert "PATH" in seen
    assert "secret" not in seen


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds a process's memory")
def test_a_photo_that_would_take_too_much_memory_is_refused_and_harms_nobody() -> None:
    upload = _file(Image.new("RGB", (8000, 5000)), "WEBP", method=0)

    assert _refusal(upload) == "photo.too_many_pixels"


def test_decoding_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photo_module, "TIME_LIMIT_S", 0.01)

    assert _refusal(_file(_image(400, 300), "JPEG")) == "photo.broken"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_damaged_files_are_either_shown_or_refused(kind: str) -> None:
    whole = _file(Image.effect_noise((64, 48), 60).convert("RGB"), kind)
    chance = random.Random(11)

    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            damaged[chance.randrange(12, len(damaged))] = chance.randrange(256)
        try:
            assert pictures(bytes(damaged))
        except Refusal as refusal:
            assert refusal.key in {"photo.broken", "photo.too_many_pixels"}  # noqa: PT017 -- most files are shown
