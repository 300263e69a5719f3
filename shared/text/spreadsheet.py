"""Lines of CSV for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

BYTE_ORDER_MARK = "\ufeff"  # before the first line: spreadsheets show Vietnamese rightly
RISKY = "=+-@\t\r"


def line(cells: Sequence[object]) -> str:
    """One line; a cell that a spreadsheet would take for a formula gets an apostrophe (OWASP CSV injection)."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow(
        f"'{cell}" if isinstance(cell, str) and cell.lstrip()[:1] in RISKY and cell else cell for cell in cells
    )
    return buffer.getvalue()


def table(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """A whole file, line by line, in UTF-8 with its byte-order mark."""
    yield BYTE_ORDER_MARK.encode()
    for row in rows:
        yield line(row).encode()
