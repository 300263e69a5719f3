"""What the council of a former commune thought of a case: shown beside the present sheets, and not counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlmodel import Session

from services.review.models import Case
from services.review.pages.scoreboard import exactly
from services.review.queries.cases import MemberSheet, former_sheets_of
from services.review.rules.scores import measures_of, tally_of
from services.review.rules.sight import Sight
from shared.plan.carried import plan_for
from shared.web.i18n import current_language, gettext


@dataclass(frozen=True, slots=True)
class Former:
    """One former council: who it was, its average in words, and each member's remark."""

    heading: str
    words: str
    remarks: tuple[tuple[str, str], ...]  # (member, remark)


def former_of(session: Session, case: Case, sight: Sight) -> list[Former]:
    """Every former council that scored the case, the oldest first; none before the asker has scored."""
    if sight is Sight.OWN:
        return []
    sheets = sorted(former_sheets_of(session, case), key=lambda sheet: sheet.council)
    return [former(case, council, list(theirs)) for council, theirs in groupby(sheets, lambda sheet: sheet.council)]


def former(case: Case, council: str, sheets: Sequence[MemberSheet]) -> Former:
    plan = plan_for(council, case.origin)
    tally = tally_of([sheet.points for sheet in sheets], measures_of(plan, case.field), plan.review)
    average = exactly(tally.average) if tally.average is not None else "–"
    return Former(
        heading=gettext("Hội đồng trước: %(commune)s", commune=plan.unit.name.to(current_language())),
        words=gettext(
            "%(count)s phiếu, trung bình %(average)s trên %(most)s. Để tham khảo, không tính vào kết quả.",
            count=len(sheets),
            average=average,
            most=plan.review.maximum,
        ),
        remarks=tuple((sheet.member_name, sheet.note) for sheet in sheets if sheet.note),
    )
