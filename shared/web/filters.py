"""How dates, numbers and stretches of text are written. Vietnamese first, with the English habit where it differs."""

from collections.abc import Callable
from datetime import date, datetime

from markupsafe import Markup, escape

from shared import clock
from shared.text.dates import days_left_label, quarter_label, shown_day
from shared.web.i18n import current_language, gettext, ngettext, words


def day(value: date | None) -> str:
    """27/03/2026, the same in both languages; "" for None. A moment is shown as its day in Vietnam."""
    if value is None:
        return ""
    return shown_day(_calendar_day(value))


def moment(value: datetime | None) -> str:
    """14:05 27/03/2026, in Vietnam's time; "" for None."""
    if value is None:
        return ""
    return f"{value.astimezone(clock.VIETNAM):%H:%M %d/%m/%Y}"


def clock_time(value: datetime) -> str:
    """14:05, in Vietnam's time."""
    return f"{value.astimezone(clock.VIETNAM):%H:%M}"


def count(value: float) -> str:
    """1.204 (1,204 in English). A fraction keeps one decimal: 1.204,5."""
    written = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
    return written if current_language() == "en" else written.translate(str.maketrans(",.", ".,"))


def percent(part: float, whole: float | None = None) -> str:
    """62%: `part` of `whole`, or `part` as a share between 0 and 1. Nothing of nothing is "–"."""
    if whole == 0:
        return "–"
    share = part if whole is None else part / whole
    return f"{share:.0%}"


def quarter(value: date) -> str:
    """Quý IV/2026, the quarter in which a day lies."""
    return quarter_label(_calendar_day(value), words=words())


def vnd(value: int) -> str:
    """1.200.000 đồng (1,200,000 VND in English); `value` is whole đồng."""
    return gettext("%(amount)s đồng", amount=count(value))


def days_left(last_day: date, today: date | None = None) -> str:
    """Còn 6 ngày / Hôm nay hết hạn / Quá hạn 2 ngày. The last day itself still counts."""
    return days_left_label((last_day - (today or clock.today())).days, words=words())


def urgency(last_day: date, today: date | None = None, soon: int = 3) -> str:
    """The tone of a deadline: "ok", "warn" from `soon` days before it (and on the day), "bad" after it."""
    left = (last_day - (today or clock.today())).days
    if left < 0:
        return "bad"
    return "warn" if left <= soon else "ok"


def ago(value: date, today: date | None = None) -> str:
    """Hôm nay / Hôm qua / 5 ngày trước; from a month on, the day itself."""
    shown = _calendar_day(value)
    past = ((today or clock.today()) - shown).days
    if past == 0:
        return gettext("Hôm nay")
    if past == 1:
        return gettext("Hôm qua")
    if 0 < past < 30:  # noqa: PLR2004 -- a month: further back, a count of days says less than the date
        return ngettext("%(count)s ngày trước", "%(count)s ngày trước", past)
    return day(shown)


def paragraphs(text: str) -> Markup:
    """Plain text as <p> elements: blank lines part them, single line breaks stay. Everything is escaped."""
    blocks = [block.strip() for block in text.replace("\r\n", "\n").split("\n\n") if block.strip()]
    return Markup("\n").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in block.split("\n"))) for block in blocks
    )


def _calendar_day(value: date) -> date:
    return clock.day_of(value) if isinstance(value, datetime) else value


FILTERS: dict[str, Callable[..., object]] = {
    "day": day,
    "moment": moment,
    "clock_time": clock_time,
    "count": count,
    "percent": percent,
    "quarter": quarter,
    "vnd": vnd,
    "days_left": days_left,
    "urgency": urgency,
    "ago": ago,
    "paragraphs": paragraphs,
}
