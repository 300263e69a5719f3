"""A case in words: the dossier's facts, how far it has come, what was decided, who was nominated before."""

from dataclasses import dataclass
from datetime import date

from services.review.models import Case, Supplement
from services.review.pages import words
from services.review.queries.cases import Rests
from services.review.rules.stages import DECIDED, Stage
from shared.plan import Plan
from shared.plan.shelf import plan_of
from shared.web.ended import within
from shared.web.filters import day
from shared.web.i18n import current_language, gettext
from shared.web.parts import Happening, Row, Tone


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another case under the same name."""

    code: str
    href: str
    sent: str
    tone: Tone
    status: str


def facts_line(case: Case, plan: Plan) -> str:
    unit = plan.unit_by_id(case.unit_id).name.to(current_language())
    return gettext("%(code)s · %(unit)s · Gửi ngày %(day)s", code=case.code, unit=unit, day=day(case.submitted_on))


def status_of(case: Case, *, missing: int) -> tuple[Tone, str]:
    """The tag of a case; an open one says whose turn it is."""
    tone, status = words.STAGES[case.stage]
    if case.held_until is not None:
        tone, status = words.HELD
    elif case.stage is Stage.OPEN:
        tone, status = words.BEING_SCORED if missing else words.ALL_SHEETS_IN
    return tone, str(status)


def rows_of(case: Case, plan: Plan) -> list[Row]:
    """The dossier's facts; what was not given is left out."""
    language = current_language()
    kind, model = plan.subject_kind(case.subject_kind).title, plan.model_kind(case.model_kind).title
    areas = "; ".join(plan.achievement_area(area).title.to(language) for area in case.areas)
    facts = [
        (gettext("Năm sinh, nơi ở"), listed(str(case.nominee_birth_year or ""), case.nominee_address)),
        (gettext("Đối tượng"), listed(kind.to(language), model.to(language))),
        (gettext("Lĩnh vực"), plan.field(case.field).title.to(language)),
        (gettext("Mặt thành tích"), listed(areas, gettext("Có sáng kiến, cải tiến") if case.initiative else "")),
        (gettext("Phong trào"), plan.movement(case.movement).title.to(language) if case.movement else ""),
        (gettext("Ngày làm việc đó"), day(case.happened_on)),
        (gettext("Nguồn giới thiệu"), str(words.SOURCES.get(case.source, case.source))),
        *consent_facts(case),
    ]
    return [Row(label, value) for label, value in facts if value]


def listed(*facts: str) -> str:
    """Facts side by side, those that were not given left out."""
    return " · ".join(fact for fact in facts if fact)


def consent_facts(case: Case) -> list[tuple[str, str]]:
    """Who agreed, how that is known, and to what."""
    given_by, proof = case.consent["given_by"], case.consent["proof"]
    permitted = [str(word) for name, word in words.PERMISSIONS.items() if case.consent.get(name)]
    return [
        (
            gettext("Đồng ý công khai"),
            listed(str(words.GIVEN_BY.get(given_by, given_by)), str(words.PROOFS.get(proof, proof))),
        ),
        (gettext("Cho phép"), ", ".join(permitted) or gettext("Không cho đăng gì")),
    ]


def happenings_of(case: Case, rests: Rests, *, sheets: int, needed: int, today: date) -> list[Happening]:
    """How far the case has come, and what is next."""
    scored = gettext("%(count)s trên %(needed)s phiếu", count=sheets, needed=needed)
    is_scored = sheets >= needed or case.stage in DECIDED
    way = [
        Happening(case.submitted_on, gettext("Đơn vị gửi hồ sơ")),
        Happening(case.opened_on, gettext("Hội đồng nhận hồ sơ")),
    ]
    if case.transferred_on and case.origin:
        way.append(Happening(case.transferred_on, transfer_words(case), gettext("Hạn trả lời giữ nguyên.")))
    way += [entry for request in rests.asked for entry in supplement_entries(request, today)]
    if rests.held is not None:
        until = gettext("Đến ngày %(day)s", day=day(rests.held.held_until))
        way.append(Happening(rests.held.held_on, gettext("Tạm dừng xem xét"), until))
    if case.stage is not Stage.WITHDRAWN:
        way.append(Happening(scored, gettext("Hội đồng chấm"), state="done" if is_scored else "next"))
    if case.decided_on:
        way.append(Happening(case.decided_on, str(words.STAGES[case.stage][1]), decider_of(case)))
    if case.taken_back_on:
        way.append(Happening(case.taken_back_on, gettext("Đơn vị rút hồ sơ"), case.taken_back_because or ""))
    if case.stage is Stage.OPEN:
        late = case.answer_by < today
        way.append(Happening(case.answer_by, gettext("Hạn trả lời đơn vị"), state="late" if late else "next"))
    return way


def supplement_entries(request: Supplement, today: date) -> list[Happening]:
    """What the unit was asked for, and what came of it."""
    asked = Happening(request.asked_on, gettext("Trả lại để bổ sung"), request.asked_by_name)
    if request.given_on:
        return [asked, Happening(request.given_on, gettext("Đơn vị đã bổ sung"))]
    if request.resumed_on:
        return [asked, Happening(request.resumed_on, gettext("Xét tiếp, không chờ bổ sung"))]
    late = request.due_on < today
    return [asked, Happening(request.due_on, gettext("Hạn bổ sung"), state="late" if late else "next")]


def transfer_words(case: Case) -> str:
    """From which commune the case came."""
    former = plan_of(str(case.origin)).unit.name.to(current_language())
    return gettext("Tiếp nhận từ %(former)s cũ do sáp nhập", former=within(former))


def decision_rows(case: Case) -> list[Row]:
    """What was decided, when, by whom and why; empty before."""
    if case.stage not in DECIDED:
        return []
    rows = [
        Row(gettext("Kết quả"), str(words.STAGES[case.stage][1])),
        Row(gettext("Ngày quyết định"), day(case.decided_on)),
        Row(gettext("Người quyết định"), decider_of(case)),
    ]
    return [*rows, Row(gettext("Lý do"), case.reason)] if case.reason else rows


def decider_of(case: Case) -> str:
    """Who decided, and in whose stead."""
    name = case.decided_by_name or ""
    if case.decided_on_behalf_of is None:
        return name
    return gettext("%(name)s, thay mặt %(holder)s", name=name, holder=case.decided_on_behalf_of)


def earlier_of(case: Case) -> Earlier:
    tone, status = words.STAGES[case.stage]
    sent = gettext("gửi ngày %(day)s", day=day(case.submitted_on))
    return Earlier(case.code, f"/xet-duyet/{case.id}", sent, tone, str(status))
