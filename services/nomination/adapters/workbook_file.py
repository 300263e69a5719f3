"""A workbook (XLSX) that somebody brings, read as lines of text within bounds."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException

from shared.errors import Refused

MOST_UNZIPPED: Final = 60 * 1024 * 1024  # bytes of all parts of a workbook
MOST_PARTS: Final = 200
LAST_LINE: Final = 1_048_576  # of Excel's own sheets
READERS_FAULTS = (
    BadZipFile, DefusedXmlException, InvalidFileException, ParseError, OSError, ValueError, LookupError, TypeError,
    AttributeError, EOFError, OverflowError, RuntimeError,
)  # fmt: skip


def workbook_lines(data: bytes, *, columns: int) -> Iterator[list[str]]:
    """The lines of a workbook's first sheet, as far as `columns` reach.

    Raises Refused("import.broken" | "import.bomb").
    """
    try:
        check_size(data)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for row in book.worksheets[0].iter_rows(max_row=LAST_LINE, max_col=columns, values_only=True):
            yield [shown(value) for value in row]
    except READERS_FAULTS as fault:
        raise Refused("import.broken") from fault


def check_size(data: bytes) -> None:
    """Refuse what unpacks to more than we read; Python's own unpacking reads no part further than its head says."""
    with ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNZIPPED:
            raise Refused("import.bomb")


def shown(value: object) -> str:
    """A cell as its author sees it: days day first, whole numbers without a point."""
    match value:
        case None:
            return ""
        case bool():
            return "Có" if value else "Không"
        case datetime() | date():
            return f"{value.day}/{value.month}/{value.year}"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
