"""The table of communes for spreadsheets."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlmodel import Session

from services.report.views.progress import Table, table
from shared.plan import Plan
from shared.text.spreadsheet import BYTE_ORDER_MARK, line
from shared.web.i18n import _


def summary_csv(session: Session, plans: Sequence[Plan], today: date) -> Iterator[str]:
    """Lines of UTF-8 CSV with a byte-order mark, so that spreadsheets show Vietnamese rightly."""
    return lines_of(table(session, plans, today))


def lines_of(view: Table) -> Iterator[str]:
    yield BYTE_ORDER_MARK
    yield line([_("Xã"), _("Đề cử"), _("Đã giới thiệu"), _("Đang xét"), _("Quá hạn"), *view.quarters])
    for commune, row in zip(view.lines, view.heat, strict=True):
        figures = commune.figures
        yield line([commune.name, figures.nominated, figures.introduced, figures.open, figures.overdue, *(row.values)])
