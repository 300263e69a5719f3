"""A workbook (XLSX) of one sheet, written as it is read: a list of any length costs no memory."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PIECE = 64 * 1024  # bytes


def workbook(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The file piece by piece. Whole numbers are numbers; all else is text, so that nothing is taken for a formula.

    The rows are read before the first piece comes: each is written to a file that passes.
    """
    import xlsxwriter  # noqa: PLC0415 -- memory that only those need who take a list out

    with TemporaryDirectory(prefix="workbook-") as folder:
        path = Path(folder) / "list.xlsx"
        with xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": folder}) as book:
            sheet = book.add_worksheet()
            for line, row in enumerate(rows):
                for place, value in enumerate(row):
                    if isinstance(value, int) and not isinstance(value, bool):
                        sheet.write_number(line, place, value)
                    else:
                        sheet.write_string(line, place, printable(value))
        with path.open("rb") as written:
            yield from iter(lambda: written.read(PIECE), b"")


def printable(value: object) -> str:
    """The text without what XML does not take."""
    return "".join(letter for letter in str(value) if letter.isprintable() or letter == "\n")
