"""A picture for sample nominations: drawn, so that nobody's face is used."""

import io

from PIL import Image, ImageDraw

SIZE = (1280, 960)
SKY, SUN, HILL, FIELD = (248, 236, 214), (217, 164, 0), (120, 146, 98), (72, 110, 66)


def sample_photo(shade: int = 0) -> bytes:
    """A JPEG of a sun over hills; `shade` (0 to 60) makes one differ from the next."""
    image = Image.new("RGB", SIZE, tuple(max(0, part - shade) for part in SKY))
    draw = ImageDraw.Draw(image)
    draw.ellipse((520 + 4 * shade, 180, 760 + 4 * shade, 420), fill=SUN)
    draw.polygon([(0, 620), (360, 380 + shade), (700, 640), (1000, 420), (1280, 600), (1280, 960), (0, 960)], fill=HILL)
    draw.rectangle((0, 700, 1280, 960), fill=FIELD)
    for x in range(-200, 1480, 90):
        draw.line((640 + (x - 640) // 6, 700, x, 960), fill=HILL, width=6)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()
