"""A list that is taken out, as an answer: CSV or a workbook."""

from collections.abc import Iterable, Sequence
from typing import Literal

from starlette.responses import StreamingResponse

from shared.text import workbook
from shared.text.spreadsheet import table

Form = Literal["csv", "xlsx"]


def taken_as(form: Form, rows: Iterable[Sequence[object]], *, name: str) -> StreamingResponse:
    """The rows as a file to keep, streamed; `name` is without its ending, of ASCII letters, digits and hyphens."""
    whole = form == "xlsx"
    return StreamingResponse(
        workbook.workbook(rows) if whole else table(rows),
        media_type=workbook.MEDIA_TYPE if whole else "text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}.{form}"'},
    )
