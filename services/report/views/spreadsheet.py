"""The table of communes for spreadsheets."""

import csv
import io
from collections.abc import Iterator, Sequence

from services.report.views.table import Table
from shared.web.i18n import _

RISKY = "=+-@\t\r"


def summary_csv(view: Table) -> Iterator[str]:
    """Lines of UTF-8 CSV with a byte-order mark, so that spreadsheets show Vietnamese rightly."""
    yield "\ufeff"
    yield line([_("Xã"), _("Đề cử"), _("Đã giới thiệu"), _("Đang xét"), _("Quá hạn"), *view.quarters])
    for commune, row in zip(view.lines, view.heat, strict=True):
        figures = commune.figures
        name = _("%(commune)s, chưa phân chia", commune=commune.name) if commune.undecided else commune.name
        yield line([name, figures.nominated, figures.introduced, figures.open, figures.overdue, *(row.values)])


def line(cells: Sequence[object]) -> str:
    """One line; a cell that a spreadsheet would take for a formula gets an apostrophe (OWASP CSV injection)."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow(
        f"'{cell}" if isinstance(cell, str) and cell.lstrip()[:1] in RISKY and cell else cell for cell in cells
    )
    return buffer.getvalue()
