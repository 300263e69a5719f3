"""A picture for sample nominations: drawn, so that nobody's face is used."""

import io

from PIL import Image, ImageDraw

SIZE = (800, 600)
SKY, SUN, HILL, FIELD = (248, 236, 214), (217, 164, 0), (120, 146, 98), (72, 110, 66)


def sample_photo(shade: int = 0) -> bytes:
    """A JPEG of a sun over hills; `shade` (0 to 60) makes one differ from the next."""
    image = Image.new("RGB", SIZE, tuple(max(0, part - shade) for part in SKY))
    draw = ImageDraw.Draw(image)
    draw.ellipse((325 + 2 * shade, 110, 475 + 2 * shade, 260), fill=SUN)
    draw.polygon([(0, 390), (225, 240 + shade), (440, 400), (625, 265), (800, 375), (800, 600), (0, 600)], fill=HILL)
    draw.rectangle((0, 440, 800, 600), fill=FIELD)
    for x in range(-120, 930, 56):
        draw.line((400 + (x - 400) // 6, 440, x, 600), fill=HILL, width=4)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()
