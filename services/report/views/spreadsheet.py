"""The table of communes for spreadsheets."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date

from sqlmodel import Session

from services.report.views.progress import Table, table
from shared.plan import Plan
from shared.web.i18n import _

RISKY = "=+-@\t\r"


def summary_csv(session: Session, plans: Sequence[Plan], today: date) -> Iterator[str]:
    """Lines of UTF-8 CSV with a byte-order mark, so that spreadsheets show Vietnamese rightly."""
    return lines_of(table(session, plans, today))


def lines_of(view: Table) -> Iterator[str]:
    yield "\ufeff"
    yield line([_("Xã"), _("Đề cử"), _("Đã giới thiệu"), _("Đang xét"), _("Quá hạn"), *view.quarters])
    for commune, row in zip(view.lines, view.heat, strict=True):
        figures = commune.figures
        yield line([commune.name, figures.nominated, figures.introduced, figures.open, figures.overdue, *(row.values)])


def line(cells: Sequence[object]) -> str:
    """One line; a cell that a spreadsheet would take for a formula gets an apostrophe (OWASP CSV injection)."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow(
        f"'{cell}" if isinstance(cell, str) and cell.lstrip()[:1] in RISKY and cell else cell for cell in cells
    )
    return buffer.getvalue()
