"""The check page: every answer once more, in words, each with its way back."""

from dataclasses import dataclass
from uuid import UUID

from services.nomination.rules.assumed import with_assumed
from services.nomination.rules.dossier import Dossier
from services.nomination.rules.typed import SHEET_OF, Typed, one, read
from services.nomination.schemas.views import GIVEN_BY, PROOFS, PURPOSES, SHEETS, Titled
from shared.access.principal import Principal, Role
from shared.plan import Plan
from shared.web.filters import day
from shared.web.i18n import _, current_language
from shared.web.parts import Row


@dataclass(frozen=True, slots=True)
class Part:
    """The answers of one sheet."""

    title: str
    rows: list[Row]


RARELY = frozenset({"direct_worker", "initiative", "areas"})  # shown when something is there


def parts_of(nomination_id: UUID, plan: Plan, who: Principal, typed: Typed) -> list[Part]:
    """All answers, those assumed as well; an empty one that is often filled in shows a dash."""
    dossier = read(with_assumed(typed, plan)).dossier
    answers = {
        **(unit_row(plan, who, typed)),
        **who_rows(dossier, plan),
        **deed_rows(dossier, plan),
        **movement_rows(dossier, plan),
        **consent_rows(dossier),
    }
    return [
        Part(
            str(title),
            [
                Row(label, value or "–", edit_address(nomination_id, box))
                for box, (label, value) in answers.items()
                if SHEET_OF[box] is sheet and (value or box not in RARELY)
            ],
        )
        for sheet, title in SHEETS.items()
    ]


def edit_address(nomination_id: UUID, box: str) -> str:
    """The box on its sheet; from there the way leads back to the check."""
    return f"/de-cu/{nomination_id}/{SHEET_OF[box]}?then=check#{box}"


def unit_row(plan: Plan, who: Principal, typed: Typed) -> dict[str, tuple[str, str]]:
    if who.role is not Role.CLERK:
        return {}
    key = one(typed, "unit")
    names = {unit.key: unit.name.to(current_language()) for unit in plan.units}
    return {"unit": (_("Đơn vị đề cử"), names.get(key, key))}


def who_rows(dossier: Dossier, plan: Plan) -> dict[str, tuple[str, str]]:
    return {
        "name": (_("Họ và tên, hoặc tên gọi"), dossier.name),
        "address": (_("Ở thôn, bản nào"), dossier.address),
        "birth_year": (_("Năm sinh"), str(dossier.birth_year or "")),
        "phone": (_("Số điện thoại"), dossier.phone),
        "subject_kind": (_("Đề cử"), title_of(plan.subject_kinds, dossier.subject_kind)),
    }


def deed_rows(dossier: Dossier, plan: Plan) -> dict[str, tuple[str, str]]:
    return {
        "field": (_("Lĩnh vực"), title_of(plan.fields, dossier.field)),
        "story": (_("Việc đã làm"), dossier.story),
        "happened_on": (_("Ngày làm việc đó"), day(dossier.happened_on)),
        "headline": (_("Tóm tắt một dòng"), dossier.headline),
    }


def movement_rows(dossier: Dossier, plan: Plan) -> dict[str, tuple[str, str]]:
    yes = _("Có")
    return {
        "model_kind": (_("Loại gương"), title_of(plan.model_kinds, dossier.model_kind)),
        "movement": (_("Phong trào"), title_of(plan.movements, dossier.movement)),
        "direct_worker": (_("Trực tiếp lao động, sản xuất"), yes if dossier.direct_worker else ""),
        "initiative": (_("Có sáng kiến, cách làm mới"), yes if dossier.initiative else ""),
        "areas": (_("Thành tích về"), ", ".join(title_of(plan.achievement_areas, area) for area in dossier.areas)),
    }


def consent_rows(dossier: Dossier) -> dict[str, tuple[str, str]]:
    agreed = {"name": dossier.publish_name, "story": dossier.publish_story, "photo": dossier.publish_photo}
    given_by = str(GIVEN_BY[dossier.given_by][0]) if dossier.given_by in GIVEN_BY else ""
    return {
        "photo": (_("Ảnh"), _("%(n)s ảnh", n=len(dossier.photos)) if dossier.photos else _("Không có ảnh")),
        "given_by": (_("Ai đồng ý"), given_by),
        "publish": (_("Đồng ý cho"), ", ".join(str(PURPOSES[key]) for key, yes in agreed.items() if yes)),
        "proof": (_("Đồng ý bằng cách nào"), str(PROOFS.get(dossier.proof, ""))),
    }


def title_of(things: tuple[Titled, ...], wanted: str) -> str:
    """The title of a choice; what the plan does not have is shown as it was sent."""
    return next((each.title.to(current_language()) for each in things if each.id == wanted), wanted)
