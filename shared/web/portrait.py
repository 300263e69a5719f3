"""The picture that stands in for a missing photo: a bronze mirror with the initials, drawn from the name alone."""

import math
from typing import Literal

from markupsafe import Markup

_PALETTES = 5


def initials(name: str) -> str:
    """First letters of the family name and of the given name, which Vietnamese puts last: "Lò Thị Ấm" is "LẤ"."""
    words = name.split()
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:]))


def portrait(name: str, *, shape: Literal["wide", "disc"] = "wide") -> Markup:
    """An SVG of 16:10 ("wide") or a small round one ("disc"). The same name always gets the same colours.

    It says nothing that the name beside it does not say, so it is hidden from screen readers.
    """
    drawing = _WIDE if shape == "wide" else _DISC
    return drawing.format(palette=sum(name.encode()) % _PALETTES, rays=_RAYS, letters=initials(name))


def _rays(points: int, outer: float, inner: float) -> str:
    corners = []
    for index in range(2 * points):
        radius, angle = (inner if index % 2 else outer), math.pi * index / points - math.pi / 2
        corners.append(f"{radius * math.cos(angle):.1f},{radius * math.sin(angle):.1f}")
    return " ".join(corners)


_RAYS = _rays(14, 88, 48)

_WIDE = Markup(
    '<svg class="portrait p{palette}" viewBox="0 0 320 200" preserveAspectRatio="xMidYMid slice" aria-hidden="true">'
    '<rect class="pa" width="320" height="200"/><g transform="translate(160 100)"><g class="ps">'
    '<circle r="172" stroke-width="2"/><circle r="150" stroke-width="2"/>'
    '<circle r="139" stroke-width="5" stroke-linecap="round" stroke-dasharray="0 14.5566"/>'
    '<circle r="128" stroke-width="2"/><circle r="94" stroke-width="2"/></g>'
    '<polygon class="pr" points="{rays}"/><circle class="pa" r="50"/><circle class="pb" r="45"/>'
    '<text class="pt" text-anchor="middle" y="13">{letters}</text></g></svg>'
)
_DISC = Markup(
    '<svg class="portrait disc p{palette}" viewBox="-50 -50 100 100" aria-hidden="true"><circle class="pa" r="50"/>'
    '<circle class="ps" r="43" stroke-width="3"/><text class="pt" text-anchor="middle" y="14">{letters}</text></svg>'
)
