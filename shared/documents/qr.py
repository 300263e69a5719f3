"""QR codes as SVG, for papers and pages."""

import io

import segno


def qr_svg(address: str, *, dark: str = "#1b1f24") -> bytes:
    """A QR code of the address, medium error correction, its four quiet modules included."""
    buffer = io.BytesIO()
    segno.make(address, error="m", micro=False).save(buffer, kind="svg", border=4, dark=dark, light="#ffffff")
    return buffer.getvalue()
