"""The form on paper: what it prints, in Vietnamese whatever the reader's language."""

from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from services.nomination.rules.consent import CHILD_UNTIL, NOT_ASKED, TEXT_VERSION
from services.nomination.schemas.views import GIVEN_BY, PURPOSES, Titled
from shared.documents.shapes import NominationForm, TickGroup
from shared.plan import Plan

KEYED_IN_AT = "/de-cu/tu-giay"
MANY = "Đánh dấu những ô đúng."
ONE = "Đánh dấu một ô."


def form_code(plan: Plan) -> str:
    """What a printed form is known by: the plan, and the wording of the consent that was signed."""
    return f"{plan.id}/{TEXT_VERSION}"


def paper_form(plan: Plan, *, printed_on: date, public_url: str) -> NominationForm:
    """The plan's choices and the very consent that the form on the screen asks for."""
    code = form_code(plan)
    return NominationForm(
        issuer=f"Ủy ban nhân dân {plan.unit.name.vi[:1].lower()}{plan.unit.name.vi[1:]}",
        plan=plan.title.vi,
        code=code,
        url=f"{public_url}{KEYED_IN_AT}?mau={quote(code, safe='')}",
        printed_on=printed_on,
        subject=TickGroup(title="Cá nhân hay tập thể", choices=titles(plan.subject_kinds), hint=ONE),
        fields=TickGroup(title="Thuộc lĩnh vực", choices=titles(plan.fields), hint=ONE),
        kinds=TickGroup(title="Loại gương", choices=titles(plan.model_kinds), hint=ONE),
        movements=TickGroup(title="Phong trào", choices=titles(plan.movements), hint=ONE),
        more=TickGroup(
            title="Thêm, nếu có",
            choices=(
                "Trực tiếp lao động, sản xuất",
                "Có sáng kiến, cách làm mới",
                *(f"Thành tích về {title[:1].lower()}{title[1:]}" for title in titles(plan.achievement_areas)),
            ),
            hint=MANY,
        ),
        givers=TickGroup(
            title="Ai đồng ý?",
            choices=tuple(
                f"{who.message}. {hint.message}." for answer, (who, hint) in GIVEN_BY.items() if answer != NOT_ASKED
            ),
            hint=ONE,
        ),
        purposes=TickGroup(
            title="Đồng ý cho xã làm gì?",
            choices=tuple(purpose.message for purpose in PURPOSES.values()),
            hint="Chỉ đánh dấu việc mình đồng ý; để trống là không đồng ý.",
        ),
        consent=(
            "Chỉ đăng khi người được đề cử đồng ý. Họ có thể rút lại bất cứ lúc nào.",
            f"Người dưới {CHILD_UNTIL} tuổi: cha mẹ hoặc người giám hộ đồng ý và ký.",
        ),
        contact=f"Muốn rút lại sự đồng ý, hãy hỏi Văn phòng {plan.unit.name.vi[:1].lower()}{plan.unit.name.vi[1:]}.",
        sample=plan.sample,
    )


def titles(things: Iterable[Titled]) -> tuple[str, ...]:
    return tuple(each.title.vi for each in things)
