"""Rows of an imported table: which column is which, what its words mean, what is wrong with a row.

A row is held to the form's own rules. What the form assumes about consent is not assumed here: each row says who gave
it, how that is known, and what for (Law 91/2025/QH15).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.nomination.rules.assumed import with_assumed
from services.nomination.rules.complete import draft_faults
from services.nomination.rules.consent import GivenBy, Proof
from services.nomination.rules.dossier import Dossier
from services.nomination.rules.fault import Fault, Faults
from services.nomination.rules.same_deed import fingerprint
from services.nomination.rules.sources import nominating_unit
from services.nomination.rules.typed import Typed, one, read, storable
from shared.access.principal import Principal, Role
from shared.errors import Refused
from shared.plan import Plan, Text
from shared.plan.questions import units_within
from shared.text.fold import folded

NEVER_EMPTY = frozenset({"unit", "name", "story", "field", "given_by", "proof"})
MOST_ROWS = 10_000  # of nominations; more go in several files


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: the box that it fills, and its head. `required` columns must be there, filled or not."""

    box: str
    head: str
    hint: str
    required: bool = False


UNIT = Column("unit", "Đơn vị đề cử", "Tên thôn, cơ quan, đoàn thể như trong kế hoạch.", required=True)
COLUMNS = (
    Column("name", "Họ và tên", "Hoặc tên tập thể, hộ gia đình.", required=True),
    Column("birth_year", "Năm sinh", "Bốn chữ số. Cần có khi dưới 16 tuổi."),
    Column("phone", "Số điện thoại", "Của người được đề cử; không đăng lên đâu."),
    Column("address", "Ở thôn, bản", ""),
    Column("subject_kind", "Đối tượng", "Để trống là mục đầu của danh mục."),
    Column("story", "Việc đã làm", "3 đến 5 câu: ai, làm gì, khi nào, giúp được ai.", required=True),
    Column("field", "Lĩnh vực", "Một mục của danh mục.", required=True),
    Column("happened_on", "Ngày làm việc đó", "Ví dụ 27/3/2025."),
    Column("headline", "Tóm tắt một dòng", "Để trống thì lấy câu đầu của bài kể."),
    Column("model_kind", "Loại gương", "Để trống là mục đầu của danh mục."),
    Column("movement", "Phong trào", "Để trống là mục đầu của danh mục."),
    Column("areas", "Thành tích về", "Nhiều mục thì cách nhau bằng dấu chấm phẩy."),
    Column("direct_worker", "Trực tiếp lao động", "Có hoặc Không."),
    Column("initiative", "Có sáng kiến", "Có hoặc Không."),
    Column("given_by", "Ai đồng ý", "Không để trống: phải hỏi trước khi đề cử.", required=True),
    Column("proof", "Đồng ý bằng cách nào", "Không để trống.", required=True),
    Column("publish_name", "Đồng ý nêu tên", "Có hoặc Không; để trống là Không.", required=True),
    Column("publish_story", "Đồng ý đăng bài", "Có hoặc Không; để trống là Không.", required=True),
    Column("publish_photo", "Đồng ý đăng ảnh", "Có hoặc Không; để trống là Không."),
)
#: Columns of the table of faults: they may stay when it is corrected and brought again.
ROW_HEAD, CURE_HEAD = "Dòng", "Cách sửa"
IGNORED = frozenset({folded(ROW_HEAD), folded(CURE_HEAD)})
GIVERS: Mapping[str, str] = {
    GivenBy.SELF: "Chính người được đề cử",
    GivenBy.REPRESENTATIVE: "Người đại diện",
    GivenBy.GUARDIAN: "Cha mẹ hoặc người giám hộ",
}
PROOFS: Mapping[str, str] = {
    Proof.SPOKEN: "Nói trực tiếp hoặc qua điện thoại",
    Proof.SIGNED_PAPER: "Ký trên giấy",
    Proof.DIGITAL: "Tin nhắn hoặc xác nhận điện tử",
}
YES, NO = "Có", "Không"
YES_WORDS = frozenset(folded(word) for word in (YES, "x", "yes", "1", "true", "đúng", "đồng ý"))
NO_WORDS = frozenset(folded(word) for word in ("", NO, "no", "0", "false", "sai", "không đồng ý"))
PURPOSES = ("name", "story", "photo")
#: Excel drops the zero with which a telephone number begins.
NO_LEADING_ZERO = re.compile(r"[2-9]\d{8}")
BETWEEN = re.compile(r"[;\n]")


def columns_for(role: Role) -> tuple[Column, ...]:
    """The clerk brings what others nominate, and so has to name a unit; everybody else speaks for their own."""
    return (UNIT, *COLUMNS) if role is Role.CLERK else COLUMNS


def heads_of(role: Role) -> list[str]:
    """The heads of the table; those that no row may leave empty with a star."""
    return [f"{column.head} *" if column.box in NEVER_EMPTY else column.head for column in columns_for(role)]


@dataclass(frozen=True, slots=True)
class Layout:
    """{box: place of its column}."""

    places: Mapping[str, int]

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """{box: what stands in it}; a row that is too short has empty cells at its end."""
        return {box: storable(row[place]) for box, place in self.places.items() if place < len(row) and row[place]}


def layout_of(heads: Sequence[str], role: Role) -> Layout:
    """Which column is which, in any order. Heads are known without accents, capitals or a star behind them.

    Raises Refused("import.heads_unknown" | "import.head_twice" | "import.heads_missing").
    """
    known = {folded(name): column.box for column in (UNIT, *COLUMNS) for name in (column.head, column.box)}
    places: dict[str, int] = {}
    unknown = []
    for place, raw in enumerate(heads):
        head = folded(raw.rstrip(" *"))
        if not head or head in IGNORED:
            continue
        box = known.get(head)
        if box is None:
            unknown.append(raw[:40])
        elif box in places:
            raise Refused("import.head_twice", head=raw[:40])
        else:
            places[box] = place
    if missing := [column.head for column in columns_for(role) if column.required and column.box not in places]:
        raise Refused("import.heads_missing", heads=", ".join(missing))
    if unknown:
        raise Refused("import.heads_unknown", heads=", ".join(unknown[:10]))
    return Layout(places)


@dataclass(frozen=True, slots=True)
class Examined:
    """A row as the form would have it, and what is wrong with it. `fingerprint` is known only where nothing is."""

    typed: Typed
    faults: Faults
    fingerprint: UUID | None = None


def examine(plan: Plan, who: Principal, cells: Mapping[str, str], today: date) -> Examined:
    """The row held to the rules of the form, and to those of its columns."""
    typed, unread = typed_from(plan, cells)
    if not one(typed, "proof"):
        unread["proof"] = Fault("consent.proof_missing")
    found = {**draft_faults(plan, who, typed, today), **unread}
    faults = {column.box: found[column.box] for column in (UNIT, *COLUMNS) if column.box in found}
    if "publish" in found and not set(faults) & {f"publish_{purpose}" for purpose in PURPOSES}:
        faults["publish_name"] = found["publish"]
    if faults:
        return Examined(typed, faults)
    unit = nominating_unit(plan, who, one(typed, "unit"))
    assert not isinstance(unit, Fault)  # noqa: S101 -- it would be among the faults
    told = dossier_of(plan, typed)
    same = fingerprint(unit_id=unit.id, name=told.name, headline=told.headline, happened_on=told.happened_on)
    return Examined(typed, {}, same)


def dossier_of(plan: Plan, typed: Typed) -> Dossier:
    """The dossier that a faultless row makes."""
    return read(with_assumed(typed, plan)).dossier


def typed_from(plan: Plan, cells: Mapping[str, str]) -> tuple[dict[str, list[str]], Faults]:
    """The boxes of the form as the row fills them, and the cells whose words mean nothing."""
    faults: Faults = {}
    typed = {box: [said] for box, said in cells.items() if box not in {"areas", "direct_worker", "initiative"}}
    choices = choices_of(plan)
    for box, known in choices.items():
        if raw := cells.get(box, "").strip():
            typed[box] = [chosen(box, raw, known, faults)]
    areas = [raw.strip() for raw in BETWEEN.split(cells.get("areas", "")) if raw.strip()]
    known = {area.id: (area.title.vi, area.title.en) for area in plan.achievement_areas}
    typed["areas"] = [chosen("areas", raw, known, faults) for raw in areas]
    for box in ("direct_worker", "initiative"):
        typed[box] = ["1"] if agreed(box, cells, faults) else []
    typed["publish"] = [purpose for purpose in PURPOSES if agreed(f"publish_{purpose}", cells, faults)]
    if NO_LEADING_ZERO.fullmatch(phone := cells.get("phone", "").strip()):
        typed["phone"] = [f"0{phone}"]
    return typed, faults


def choices_of(plan: Plan) -> dict[str, dict[str, tuple[str, ...]]]:
    """{box: {what the form sends: what people call it}} for every box with one choice."""
    found = {
        "unit": {unit.key: named(unit.name) for unit in units_within(plan, plan.unit)},
        "subject_kind": {kind.id: named(kind.title) for kind in plan.subject_kinds},
        "field": {field.id: named(field.title) for field in plan.fields},
        "model_kind": {kind.id: named(kind.title) for kind in plan.model_kinds},
        "movement": {movement.id: named(movement.title) for movement in plan.movements},
    }
    return found | {
        "given_by": {giver: (words,) for giver, words in GIVERS.items()},
        "proof": {proof: (words,) for proof, words in PROOFS.items()},
    }


def named(text: Text) -> tuple[str, ...]:
    return (text.vi, text.en)


def chosen(box: str, raw: str, known: Mapping[str, Iterable[str]], faults: Faults) -> str:
    """What the form sends for these words; the words themselves, with a fault, where the plan has no such choice."""
    wanted = folded(raw)
    for key, names in known.items():
        if wanted in {folded(key), *(folded(name) for name in names)}:
            return key
    titles = ", ".join(next(iter(names)) for names in known.values())
    faults.setdefault(box, Fault("choice.unknown", {"value": raw[:80], "choices": titles}))
    return raw


def agreed(box: str, cells: Mapping[str, str], faults: Faults) -> bool:
    """Whether the cell says yes. What says neither is a fault: consent is never read out of a guess."""
    said = folded(cells.get(box, ""))
    if said not in YES_WORDS | NO_WORDS:
        faults[box] = Fault("yes_or_no.unknown", {"value": cells[box][:40]})
    return said in YES_WORDS
