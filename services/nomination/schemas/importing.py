"""An import as its page and the API show it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.nomination.adapters.table_file import MOST_BYTES
from services.nomination.models import ImportRow, ImportRun
from services.nomination.queries.importing import PER_PAGE, Counts
from services.nomination.rules.fault import Fault, Faults
from services.nomination.rules.import_rows import COLUMNS, CURE_HEAD, MOST_ROWS, ROW_HEAD, UNIT, columns_for
from services.nomination.rules.importing import MOVING, ImportStage, RowState
from services.nomination.schemas.refusals import sentences
from shared.access.principal import Role
from shared.web.i18n import LazyText, _, lazy
from shared.web.parts import Tone

HERE = "/de-cu/nhap"
STAGES: Mapping[ImportStage, tuple[Tone, LazyText]] = {
    ImportStage.EXAMINING: ("info", lazy("Đang kiểm tra")),
    ImportStage.EXAMINED: ("warn", lazy("Chờ xác nhận")),
    ImportStage.ADDING: ("info", lazy("Đang nhập")),
    ImportStage.DONE: ("ok", lazy("Đã nhập xong")),
    ImportStage.STOPPED: ("bad", lazy("Đã dừng")),
}
HEADS = {column.box: column.head for column in (UNIT, *COLUMNS)}
BYTES_A_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class WrongCell:
    """What is wrong with one cell, and what to do; `column` is its head, "" for the row as a whole."""

    box: str
    column: str
    said: str


@dataclass(frozen=True, slots=True)
class WrongRow:
    number: int
    name: str
    cells: list[WrongCell]


@dataclass(frozen=True, slots=True)
class RunLine:
    """One import in the list of the last ones."""

    href: str
    run: ImportRun
    tone: Tone
    label: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class RunView:
    """`done` of `goal` rows are through the present stage."""

    line: RunLine
    stage: ImportStage
    moving: bool
    done: int
    wrong: list[WrongRow]
    next_href: str
    exports: tuple[str, str]  # CSV, XLSX

    @property
    def good(self) -> int:
        """Rows without fault that are not nominated yet."""
        return self.line.counts[RowState.GOOD]

    @property
    def known(self) -> int:
        return self.line.counts[RowState.KNOWN]

    @property
    def faulty(self) -> int:
        return self.line.counts[RowState.FAULTY]

    @property
    def added(self) -> int:
        return self.line.counts[RowState.ADDED]


def line_of(run: ImportRun, counts: Counts) -> RunLine:
    tone, label = STAGES[ImportStage(run.stage)]
    return RunLine(f"{HERE}/{run.id}", run, tone, str(label), counts)


def run_view(run: ImportRun, counts: Counts, rows: Sequence[ImportRow]) -> RunView:
    """`rows` are the faulty ones of this page, with one more where there is a next page."""
    line = line_of(run, counts)
    shown = rows[:PER_PAGE]
    return RunView(
        line=line,
        stage=ImportStage(run.stage),
        moving=run.stage in MOVING,
        done=done_of(run, counts),
        wrong=[wrong_row(row) for row in shown],
        next_href=f"{line.href}?sau={shown[-1].number}" if len(rows) > PER_PAGE else "",
        exports=(f"{line.href}/loi.csv", f"{line.href}/loi.xlsx"),
    )


def done_of(run: ImportRun, counts: Counts) -> int:
    """How many of the run's `goal` rows are through its present stage."""
    left = counts[RowState.WAITING] if run.stage == ImportStage.EXAMINING else counts[RowState.GOOD]
    return run.goal if run.stage == ImportStage.EXAMINED else max(run.goal - left, 0)


def wrong_row(row: ImportRow) -> WrongRow:
    cells = [WrongCell(box, HEADS.get(box, ""), said) for box, said in sentences(faults_in(row.faults)).items()]
    return WrongRow(row.number, row.cells.get("name", ""), cells)


def faults_in(kept: Mapping[str, Any]) -> Faults:
    """Faults as they were kept with a row."""
    return {box: Fault(fault["key"], fault["details"]) for box, fault in kept.items()}


def correction_rows(role: Role, rows: Iterator[ImportRow]) -> Iterator[list[object]]:
    """The faulty rows as they came, each with its cure: to be corrected and brought again."""
    columns = columns_for(role)
    yield [ROW_HEAD, CURE_HEAD, *(column.head for column in columns)]
    for row in rows:
        cure = " ".join(f"{cell.column}: {cell.said}" for cell in wrong_row(row).cells)
        yield [row.number, cure, *(row.cells.get(column.box, "") for column in columns)]


def bounds() -> str:
    """How much is taken at once, in words."""
    most_mb = MOST_BYTES // BYTES_A_MEGABYTE
    return _("Mỗi tệp nhiều nhất %(rows)s dòng và %(mb)s MB.", rows=f"{MOST_ROWS:,}".replace(",", "."), mb=most_mb)
