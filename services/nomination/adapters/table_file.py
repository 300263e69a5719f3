"""A table that somebody brings: CSV or a workbook (XLSX), read as rows of text within bounds.

Nothing in it is carried out: of a formula the value is read that was stored with it.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from shared.errors import Refused
from shared.text.legacy import legacy_word
from shared.text.spreadsheet import RISKY

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_COLUMNS: Final = 60
DELIMITERS: Final = ",;\t"
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
#: A row with its number, as a spreadsheet counts: the heads are row 1.
Numbered = tuple[int, list[str]]


def rows_of(data: bytes, *, most: int) -> list[Numbered]:
    """The heads, and up to `most` rows below them; rows without a word are left out.

    Raises Refused("import.empty" | ".too_heavy" | ".old_excel" | ".not_utf8" | ".legacy_font" | ".broken" | ".bomb" |
    ".too_many_rows" | ".no_rows").
    """
    if not data.strip():
        raise Refused("import.empty")
    if len(data) > MOST_BYTES:
        raise Refused("import.too_heavy", most_mb=MOST_BYTES // 1024 // 1024)
    if data.startswith(OLD_OFFICE):
        raise Refused("import.old_excel")
    found = within(lines_of(data), most=most)
    if len(found) == 0:
        raise Refused("import.empty")
    if len(found) == 1:
        raise Refused("import.no_rows")
    return found


def lines_of(data: bytes) -> Iterator[list[str]]:
    if not data.startswith(ZIP):
        return csv_lines(text_of(data))
    from services.nomination.adapters.workbook_file import workbook_lines  # noqa: PLC0415 -- 10 MB that few need

    return workbook_lines(data, columns=MOST_COLUMNS)


def within(lines: Iterable[Sequence[str]], *, most: int) -> list[Numbered]:
    """The lines that say something, with their numbers."""
    found: list[Numbered] = []
    for number, cells in enumerate(lines, 1):
        if not any(cell.strip() for cell in cells):
            continue
        if len(found) > most:
            raise Refused("import.too_many_rows", most=most)
        found.append((number, [unquoted(cell) for cell in cells[:MOST_COLUMNS]]))
    return found


def unquoted(cell: str) -> str:
    """A cell without the apostrophe that our own tables put before what a spreadsheet would take for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:].lstrip()[:1] in RISKY and cell[1:] else cell


def text_of(data: bytes) -> str:
    """Unicode text. Raises Refused, for text of the old 8-bit fonts with a word of it."""
    encoding = next((name for mark, name in BYTE_ORDER_MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        word = legacy_word(data[:100_000].decode("latin-1"))
        if word is not None:
            raise Refused("import.legacy_font", word=word) from None
        raise Refused("import.not_utf8") from None


def csv_lines(text: str) -> Iterator[list[str]]:
    """The lines of a CSV file, whatever parts its cells. Raises Refused("import.broken")."""
    first, _, rest = text.partition("\n")
    if first.strip().lower() in {f"sep={sign}" for sign in DELIMITERS}:  # Excel's own way of saying it
        delimiter, text = first.strip()[-1], f"\n{rest}"
    else:
        delimiter = max(DELIMITERS, key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as fault:
        raise Refused("import.broken") from fault
