"""Figures drawn on the server: HTML and SVG that work without scripts, in print, and for screen readers.

Lengths are SVG attributes and colours are classes, because the pages allow no inline styles.
Every figure carries its numbers as text, so that none needs a second, hidden table.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from shared.web.filters import count
from shared.web.i18n import gettext
from shared.web.parts import Tone

STEPS = (1.0, 50.0, 80.0, 100.0)
COLUMN_ROOM = 0.84  # of the height; the rest is for the number on top


class Bar(NamedTuple):
    """`shown` is the value in words, if a plain number does not say it."""

    label: str
    value: float
    shown: str = ""
    href: str = ""
    tone: str = ""


class Tile(NamedTuple):
    """A unit in a grid; None is "no data", which is not 0."""

    label: str
    value: float | None
    shown: str = ""
    href: str = ""


class HeatRow(NamedTuple):
    """None among the values is "no data", which is not 0."""

    label: str
    values: Sequence[float | None]
    href: str = ""


class Stage(NamedTuple):
    """A stretch of a schedule, both days included."""

    label: str
    starts_on: date
    ends_on: date
    detail: str = ""
    tone: Tone = "mute"


def bars(rows: Iterable[Sequence[object]], *, caption: str, full: float | None = None) -> Markup:
    """A table of lying bars. `full` is the value of a whole bar; without it, the greatest value is."""
    drawn = [Bar(*row) for row in rows]  # type: ignore[arg-type]  # templates may pass plain tuples
    whole = full or max((bar.value for bar in drawn), default=0) or 1
    body = Markup("").join(
        Markup(
            '<tr><th scope="row">{}</th><td class="rail"><svg class="bar" width="100%" height="12" aria-hidden="true">'
            '<rect class="bar-rail" width="100%" height="12" rx="6"/>'
            '<rect class="bar-fill {}" width="{}%" height="12" rx="6"/></svg></td><td class="n">{}</td></tr>'
        ).format(_linked(bar.label, bar.href), bar.tone, _share(bar.value, whole), bar.shown or _number(bar.value))
        for bar in drawn
    )
    return Markup('<table class="bars"><caption>{}</caption><tbody>{}</tbody></table>').format(caption, body)


def columns(rows: Iterable[Sequence[object]], *, caption: str, full: float | None = None) -> Markup:
    """Standing columns, for a run of months or quarters."""
    drawn = [Bar(*row) for row in rows]  # type: ignore[arg-type]  # templates may pass plain tuples
    whole = full or max((bar.value for bar in drawn), default=0) or 1
    body = Markup("").join(_column(bar, _share(bar.value, whole) * COLUMN_ROOM) for bar in drawn)
    return Markup('<figure class="columns"><figcaption>{}</figcaption><ol>{}</ol></figure>').format(caption, body)


def stacked(rows: Iterable[Sequence[object]], *, caption: str) -> Markup:
    """One bar of several parts that make a whole, with its legend. At most six parts."""
    drawn = [Bar(*row) for row in rows]  # type: ignore[arg-type]  # templates may pass plain tuples
    whole = sum(bar.value for bar in drawn) or 1
    rects, legend, x = Markup(""), Markup(""), 0.0
    for index, bar in enumerate(drawn):
        width = _share(bar.value, whole)
        rects += Markup('<rect class="c{}" x="{}%" width="{}%" height="20"/>').format(index, round(x, 2), width)
        legend += Markup(
            '<li><svg class="key" viewBox="0 0 10 10" aria-hidden="true"><rect class="c{}" width="10" '
            'height="10" rx="2"/></svg>{} <b>{}</b></li>'
        ).format(index, _linked(bar.label, bar.href), bar.shown or _number(bar.value))
        x += width
    return Markup(
        '<figure class="stacked"><figcaption>{}</figcaption><svg class="bar" width="100%" height="20" '
        'aria-hidden="true">{}</svg><ul class="legend">{}</ul></figure>'
    ).format(caption, rects, legend)


def sparkline(values: Sequence[float], *, label: str) -> Markup:
    """A small line of at least two values; `label` says in words what it shows."""
    top = max(values, default=0) or 1
    step = 96 / max(len(values) - 1, 1)
    points = [(round(2 + index * step, 1), round(22 - 20 * value / top, 1)) for index, value in enumerate(values)]
    line = " ".join(f"{x},{y}" for x, y in points)
    x, y = points[-1] if points else (2, 22)
    return Markup(
        '<svg class="spark" viewBox="0 0 100 24" width="100" height="24" role="img" aria-label="{}">'
        '<polyline points="{}"/><circle cx="{}" cy="{}" r="2"/></svg>'
    ).format(label, line, x, y)


def ring(done: int, of: int, *, label: str) -> Markup:
    """How much of a quota is reached, as a rim that closes: `done` of `of`; more than all of it stays a full rim."""
    share = min(100.0, _share(done, of or 1)) if done else 0
    text = gettext("%(done)s trên %(of)s", done=count(done), of=count(of))
    return Markup(
        '<figure class="ring {}"><svg viewBox="0 0 120 120" width="120" height="120" role="img" aria-label="{}: {}">'
        '<circle class="ring-rail" cx="60" cy="60" r="52"/><circle class="ring-fill" cx="60" cy="60" r="52" '
        'pathLength="100" stroke-dasharray="{} 100" transform="rotate(-90 60 60)"/>'
        '<text x="60" y="66" text-anchor="middle" class="ring-done">{}</text>'
        '<text x="60" y="86" text-anchor="middle" class="ring-of">/ {}</text></svg><figcaption>{}</figcaption></figure>'
    ).format("whole" if of and done >= of else "", label, text, share, count(done), count(of), label)


def heat(
    rows: Iterable[HeatRow], *, caption: str, corner: str, heads: Sequence[str], steps: Sequence[float] = STEPS
) -> Markup:
    """A table of units by periods, coloured in five grades parted by the four `steps`, and hatched where unknown.

    The box around it can be scrolled by keyboard; the first column stays in sight.
    """
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(text) for text in heads)
    body = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            _linked(row.label, row.href), Markup("").join(_cell(value, steps) for value in row.values)
        )
        for row in rows
    )
    return Markup(
        '<div class="scroll" tabindex="0" role="region" aria-label="{}"><table class="heat"><caption>{}</caption>'
        '<thead><tr><th scope="col">{}</th>{}</tr></thead><tbody>{}</tbody></table></div>'
    ).format(caption, caption, corner, head, body)


def tiles(rows: Iterable[Sequence[object]], *, steps: Sequence[float] = STEPS) -> Markup:
    """Many units as small coloured links: name and number."""
    drawn = [Tile(*row) for row in rows]  # type: ignore[arg-type]  # templates may pass plain tuples
    items = Markup("").join(
        Markup('<li><a class="{}" href="{}"><span>{}</span><b>{}</b></a></li>').format(
            grade(tile.value, steps), tile.href, tile.label, _words(tile.value, tile.shown)
        )
        for tile in drawn
    )
    return Markup('<ul class="tiles">{}</ul>').format(items)


def legend(labels: Sequence[str] = ("0%", "1–49%", "50–79%", "80–99%", "100%")) -> Markup:
    """The key to `heat` and `tiles`, from the lowest grade to the highest, then "no data"."""
    keys = [*((f"q{index}", label) for index, label in enumerate(labels)), ("qx", gettext("Chưa có số liệu"))]
    items = Markup("").join(
        Markup('<li><span class="key {}" aria-hidden="true"></span>{}</li>').format(name, label) for name, label in keys
    )
    return Markup('<ul class="legend">{}</ul>').format(items)


def schedule(stages: Sequence[Stage], *, today: date | None = None) -> Markup:
    """Stages one below the other on one time scale, with a line for `today` where it falls inside."""
    first, last = min(stage.starts_on for stage in stages), max(stage.ends_on for stage in stages)
    days = (last - first).days + 1
    line = Markup("")
    if today and first <= today <= last:
        at = _share((today - first).days + 0.5, days)
        line = Markup('<line class="today" x1="{}%" x2="{}%" y1="0" y2="18"/>').format(at, at)
    items = Markup("").join(
        Markup(
            '<li><span>{} <small>{}</small></span><svg class="bar" width="100%" height="18" aria-hidden="true">'
            '<rect class="bar-rail" width="100%" height="18" rx="4"/><rect class="bar-fill {}" x="{}%" width="{}%" '
            'height="18" rx="4"/>{}</svg></li>'
        ).format(
            stage.label,
            stage.detail,
            stage.tone,
            _share((stage.starts_on - first).days, days),
            _share((stage.ends_on - stage.starts_on).days + 1, days),
            line,
        )
        for stage in stages
    )
    return Markup('<ol class="schedule">{}</ol>').format(items)


def grade(value: float | None, steps: Sequence[float] = STEPS) -> str:
    """The colour class of a value: "q0" below the first step up to "q4" from the last on; "qx" for no data."""
    if value is None:
        return "qx"
    return f"q{sum(value >= step for step in steps)}"


def _column(bar: Bar, height: float) -> Markup:
    # No viewBox: percentages stretch the column while the number keeps its size.
    shown, top = bar.shown or _number(bar.value), round(100 - height, 2)
    return Markup(
        '<li><span class="vh">{}: {}</span><svg width="100%" height="152" aria-hidden="true"><rect class="bar-fill {}" '
        'y="{}%" width="100%" height="{}%"/><text x="50%" y="{}%" dy="-6" text-anchor="middle">{}</text></svg>'
        '<span aria-hidden="true">{}</span></li>'
    ).format(bar.label, shown, bar.tone, top, round(height, 2), top, shown, bar.label)


def _cell(value: float | None, steps: Sequence[float]) -> Markup:
    return Markup('<td class="{}">{}</td>').format(grade(value, steps), _words(value, ""))


def _words(value: float | None, shown: str) -> Markup:
    if value is None:
        return Markup('<span aria-hidden="true">–</span><span class="vh">{}</span>').format(gettext("Chưa có số liệu"))
    return Markup("{}").format(shown or _number(value))


def _linked(label: str, href: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(href, label) if href else Markup("{}").format(label)


def _share(value: float, whole: float) -> float:
    return round(100 * value / whole, 2)


def _number(value: float) -> str:
    return count(int(value) if float(value).is_integer() else value)
