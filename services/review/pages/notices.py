"""What the council should mind about a case, besides the story itself."""

from datetime import date
from typing import Literal, NamedTuple

from services.review.models import Case
from services.review.pages import words
from shared.plan import Plan
from shared.plan.shelf import plan_of
from shared.web.i18n import gettext

CHILD_AGE = 16  # years: below it a person is a child (Law on Children 102/2016/QH13, Art. 1)
DIRECT_WORKER = "direct_worker"


class Notice(NamedTuple):
    kind: Literal["info", "warn"]
    text: str


def notices_of(case: Case, plan: Plan, *, today: date) -> list[Notice]:
    """Warnings first, then what speaks for the nominee."""
    return [*(Notice("warn", text) for text in warnings(case, plan, today)), *priorities(case, plan)]


def warnings(case: Case, plan: Plan, today: date) -> list[str]:
    found = []
    if case.taken_back_on:
        found.append(gettext("Đơn vị đã rút hồ sơ này. Không làm thêm bước nào, không đăng."))
    for check in plan.field(case.field).checks:
        known = words.CHECKS.get(check)
        found.append(str(known) if known else str(words.OTHER_CHECK) % {"check": check})
    if may_be_child(case, today) and case.consent["given_by"] != "guardian":
        found.append(gettext("Người được đề cử dưới 16 tuổi mà chưa có cha mẹ đồng ý. Công nhận được, chưa đăng được."))
    if not case.consent["publish_story"]:
        found.append(gettext("Người được đề cử chưa cho đăng bài. Công nhận được, chưa đăng được."))
    return found


def may_be_child(case: Case, today: date) -> bool:
    """By the year of birth alone: whoever turns 16 in this year may still be a child."""
    return case.nominee_birth_year is not None and today.year - case.nominee_birth_year <= CHILD_AGE


def priorities(case: Case, plan: Plan) -> list[Notice]:
    """What the plan asks to look at first; of a field that only a former commune's plan has, it asks nothing."""
    field = next((one for one in plan_of(case.plan_id).fields if one.id == case.field), None)
    if field is None or field.priority != DIRECT_WORKER or not case.direct_worker:
        return []
    section = plan.clause(field.clause).section
    text = gettext("Người trực tiếp lao động, sản xuất: kế hoạch dặn quan tâm nhất (mục %(section)s).", section=section)
    return [Notice("info", text)]
