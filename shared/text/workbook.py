"""A workbook (XLSX) of one sheet, written as it is read: a list of any length costs no memory."""

import io
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MEDIA_TYPE = f"{TYPE}.sheet"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType='
    f'"{TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}.worksheet+xml"/>'
    "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type='
    f'"{OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}/relationships"><sheets><sheet name="1" sheetId="1"'
    ' r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type='
    f'"{OFFICE}/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


class _Outgoing(io.RawIOBase):
    """Where the archive is written to; what came is taken away piece by piece."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # the archive writes bytes only
        self.pieces += data
        return len(data)

    def taken(self) -> bytes:
        found = bytes(self.pieces)
        self.pieces.clear()
        return found


def workbook(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The file piece by piece. Whole numbers are numbers; all else is text, so that nothing is taken for a formula."""
    outgoing = _Outgoing()
    with ZipFile(outgoing, "w", ZIP_DEFLATED) as archive:
        for name, xml in PARTS.items():
            archive.writestr(name, xml)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for row in rows:
                sheet.write(f"<row>{''.join(map(cell, row))}</row>".encode())
                if outgoing.pieces:
                    yield outgoing.taken()
            sheet.write(b"</sheetData></worksheet>")
    yield outgoing.taken()


def cell(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return f"<c><v>{value}</v></c>"
    printable = "".join(letter for letter in str(value) if letter.isprintable() or letter == "\n")
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(printable)}</t></is></c>'
