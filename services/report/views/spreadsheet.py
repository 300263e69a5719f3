"""The table of communes for spreadsheets."""

from collections.abc import Iterator

from services.report.views.table import Table
from shared.text.spreadsheet import BYTE_ORDER_MARK, line
from shared.web.i18n import _


def summary_csv(view: Table) -> Iterator[str]:
    """Lines of UTF-8 CSV with a byte-order mark, so that spreadsheets show Vietnamese rightly."""
    yield BYTE_ORDER_MARK
    yield line([_("Xã"), _("Đề cử"), _("Đã giới thiệu"), _("Đang xét"), _("Quá hạn"), *view.quarters])
    for commune, row in zip(view.lines, view.heat, strict=True):
        figures = commune.figures
        name = _("%(commune)s, chưa phân chia", commune=commune.name) if commune.undecided else commune.name
        yield line([name, figures.nominated, figures.introduced, figures.open, figures.overdue, *(row.values)])
