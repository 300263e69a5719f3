"""What the JSON API takes and gives."""

import base64
import binascii
from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, Self
from uuid import UUID

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, StrictInt, StringConstraints

from services.review.models import Case
from services.review.queries.cases import MemberSheet
from services.review.queries.lists import CaseLine
from services.review.rules.decisions import BadText
from services.review.rules.resting import Ground
from services.review.rules.scores import BadSheet, SheetFault, Tally
from services.review.rules.sight import Sight
from services.review.rules.stages import Outcome, Stage
from shared.errors import Invalid
from shared.web.i18n import current_language, gettext
from shared.web.problems import sentence

LARGEST_PAGE = 100
CriterionId = Annotated[str, StringConstraints(min_length=1, max_length=64)]


class Incoming(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ScoresIn(Incoming):
    """One member's sheet: whole points for every criterion of the case."""

    scores: Annotated[dict[CriterionId, StrictInt], Field(max_length=50)]
    note: Annotated[str, Field(max_length=4000)] = ""


class DecisionIn(Incoming):
    """`version` is the one that the chair looked at; leave it out to decide on whatever is there."""

    outcome: Outcome
    reason: Annotated[str, Field(max_length=4000)] = ""
    version: StrictInt | None = None


class ReturnIn(Incoming):
    """What the unit is asked for, and the last day to give it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"missing": "Xin xác nhận của thôn về việc hiến đất.", "due_on": "2025-04-10"}]}
    )

    missing: Annotated[str, Field(max_length=4000)]
    due_on: date


class HoldIn(Incoming):
    """Why a case rests (only the council reads it), and the last day on which it does."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"ground": "complaint", "reason": "Đang xác minh một đơn thư.", "until": "2025-04-30"}]
        }
    )

    ground: Ground
    reason: Annotated[str, Field(max_length=4000)]
    until: date


class LineOut(BaseModel):
    """A case in a list."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    nomination_id: UUID
    code: str
    nominee_name: str
    headline: str
    unit_id: UUID
    field: str
    subject_kind: str
    model_kind: str
    submitted_on: date
    answer_by: date
    stage: Stage
    held_until: date | None
    due_on: date | None
    decided_on: date | None
    sheets: int
    mine: bool


class PageOut(BaseModel):
    """Cases by answer_by; `next` is the cursor of the following page, None on the last one."""

    items: list[LineOut]
    next: str | None

    @classmethod
    def of(cls, found: list[CaseLine], limit: int) -> Self:
        """The first `limit` of what was found; one more says that there is a next page."""
        shown = found[:limit]
        more = len(found) > limit
        return cls(
            items=[LineOut.model_validate(line) for line in shown],
            next=cursor_of(shown[-1].answer_by, shown[-1].id) if more else None,
        )


class SheetOut(BaseModel):
    member_id: UUID
    member_name: str
    scored_at: datetime
    scores: dict[str, int]
    note: str


class TallyOut(BaseModel):
    """Averages as exact fractions ("127/15"). `advised`: the plan's threshold is reached; the chair decides."""

    sheets: int
    by_criterion: dict[str, str]
    average: str | None
    advised: bool


class CaseOut(BaseModel):
    """A case, with as much of the scores as the asker may see: `tally` and `sheets` are None where they may not.

    `former_sheets` are those of a council that had the case before; they do not count.
    """

    id: UUID
    nomination_id: UUID
    code: str
    unit_id: UUID
    field: str
    subject_kind: str
    model_kind: str
    headline: str
    story: str
    nominee_name: str
    stage: Stage
    held_until: date | None
    opened_on: date
    answer_by: date
    decided_on: date | None
    decided_by_name: str | None
    reason: str | None
    version: int
    criteria: list[str]
    members_needed: int
    own_sheet: SheetOut | None
    tally: TallyOut | None
    sheets: list[SheetOut] | None
    former_sheets: list[SheetOut]

    @classmethod
    def of(
        cls,
        case: Case,
        *,
        criteria: list[str],
        members_needed: int,
        own: MemberSheet | None,
        sheets: list[MemberSheet],
        former: list[MemberSheet],
        tally: Tally,
        sight: Sight,
    ) -> Self:
        return cls(
            **case.model_dump(include=set(cls.model_fields) & set(Case.model_fields)),
            criteria=criteria,
            members_needed=members_needed,
            own_sheet=sheet_out(own) if own else None,
            tally=None if sight is Sight.OWN else tally_out(tally),
            sheets=[sheet_out(sheet) for sheet in sheets] if sight is Sight.SHEETS else None,
            former_sheets=[] if sight is Sight.OWN else [sheet_out(sheet) for sheet in former],
        )


def sheet_out(sheet: MemberSheet) -> SheetOut:
    return SheetOut(
        member_id=sheet.member_id,
        member_name=sheet.member_name,
        scored_at=sheet.scored_at,
        scores=dict(sheet.points),
        note=sheet.note,
    )


def tally_out(tally: Tally) -> TallyOut:
    return TallyOut(
        sheets=tally.sheets,
        by_criterion={criterion: exact(average) for criterion, average in tally.by_criterion.items()},
        average=exact(tally.average) if tally.average is not None else None,
        advised=tally.advised,
    )


def exact(value: Fraction) -> str:
    """The fraction in lowest terms ("127/15"), or the whole number ("8")."""
    return str(value)


def cursor_of(answer_by: date, case_id: UUID) -> str:
    """An opaque word that says after which case a page ended."""
    return base64.urlsafe_b64encode(f"{answer_by}~{case_id}".encode()).decode().rstrip("=")


def place_of(cursor: str) -> tuple[date, UUID]:
    """The case after which to go on. Raises Invalid for a word that `cursor_of` has not made."""
    try:
        day, _, case_id = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition("~")
        return date.fromisoformat(day), UUID(case_id)
    except (binascii.Error, UnicodeDecodeError, ValueError) as fault:
        raise Invalid({"after": "cursor.unreadable"}) from fault


def fault_sentences(request: Request, invalid: Invalid) -> dict[str, str]:
    """{criterion or field: what is wrong and what to do}, in the reader's language."""
    match invalid:
        case BadSheet():
            return {fault.criterion: fault_sentence(fault) for fault in invalid.found}
        case BadText():
            return {invalid.name: sentence(request, invalid.fault, **invalid.found)}
        case _:
            return {name: sentence(request, key) for name, key in invalid.faults.items()}


def fault_sentence(fault: SheetFault) -> str:
    title = fault.title.to(current_language())
    bounds = {"title": title, "minimum": fault.rule.minimum, "maximum": fault.rule.maximum}
    match fault.key:
        case "score.out_of_bounds":
            return gettext(
                "Điểm %(value)s cho “%(title)s” nằm ngoài thang điểm. Hãy cho từ %(minimum)s đến %(maximum)s.",
                value=fault.value,
                **bounds,
            )
        case "score.unknown_criterion":
            return gettext("Hồ sơ này không có tiêu chuẩn “%(title)s”. Hãy bỏ mục này.", title=title)
        case _:
            return gettext("Hãy cho điểm “%(title)s”: số nguyên từ %(minimum)s đến %(maximum)s.", **bounds)
