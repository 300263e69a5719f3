"""The receipt and the timeline: what happened, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.nomination.models import Candidate, Happening, Nomination, Suggestion, Supplement
from services.nomination.rules.stages import Stage, may_be_withdrawn
from services.nomination.rules.suggestions import Origin
from services.nomination.schemas.ladder import rung_title
from services.nomination.schemas.suggestions import ORIGINS
from services.nomination.schemas.views import tag_of, unit_name
from shared.clock import day_of
from shared.documents.shapes import Receipt as Paper
from shared.documents.shapes import Step
from shared.plan import Plan, UnknownInPlan
from shared.plan.shelf import plan_of
from shared.web.ended import within
from shared.web.filters import day
from shared.web.i18n import LazyText, _, current_language, lazy
from shared.web.parts import Happening as Entry
from shared.web.parts import Tone

TITLES: dict[str, LazyText] = {
    "opened": lazy("Xã đã tiếp nhận, Hội đồng đang xem xét"),
    "recognised": lazy("Được công nhận"),
    "nurtured": lazy("Cần bồi dưỡng thêm"),
    "declined": lazy("Chưa công nhận"),
    "introduced": lazy("Đã giới thiệu với bà con"),
    "published": lazy("Đã đăng"),
    "unpublished": lazy("Đã gỡ bài"),
    "withdrawn": lazy("Đã rút đề cử"),
    "returned": lazy("Xã hỏi thêm, cần bổ sung"),
    "resubmitted": lazy("Đã gửi phần bổ sung"),
    "resumed": lazy("Hội đồng xét tiếp, không chờ bổ sung"),
    "put_forward": lazy("Giới thiệu lên cấp trên"),
    "tier_recognised": lazy("Cấp trên công nhận"),
    "tier_declined": lazy("Cấp trên chưa chọn"),
    "held": lazy("Xã tạm dừng xem xét"),
    "released": lazy("Xã xem xét tiếp"),
    "consent_asked": lazy("Đã gửi liên kết hỏi ý kiến"),
    "consent_given": lazy("Đã có thêm sự đồng ý"),
    "consent_declined": lazy("Có người không đồng ý công khai"),
    "consent_withdrawn": lazy("Có người rút sự đồng ý công khai"),
    "consent_stopped": lazy("Đã dừng và gỡ theo lời rút"),
}
#: What everybody may know who holds a code: the step, not the outcome.
PUBLIC_TITLES: dict[str, LazyText] = {
    "opened": lazy("Xã đã tiếp nhận"),
    "recognised": lazy("Đã có kết quả xét chọn"),
    "nurtured": lazy("Đã có kết quả xét chọn"),
    "declined": lazy("Đã có kết quả xét chọn"),
    "introduced": lazy("Đã giới thiệu với bà con"),
    "withdrawn": lazy("Đã rút hồ sơ"),
    "returned": lazy("Xã hỏi thêm, chờ đơn vị bổ sung"),
    "resubmitted": lazy("Đơn vị đã bổ sung"),
}


TRANSFERRED = "transferred"
CLIMBS = frozenset({"put_forward", "tier_recognised", "tier_declined"})


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """A nomination that was sent, as its unit sees it."""

    nomination: Nomination
    code: str
    unit: str
    field: str
    tone: Tone
    label: str
    waiting: bool  # the answer is still to come
    withdrawable: bool
    timeline: list[Entry]
    candidate: Candidate | None
    asked: Supplement | None  # what the commune waits for


def receipt_view(
    nomination: Nomination,
    plan: Plan,
    heard: Sequence[Happening],
    *,
    candidate: Candidate | None,
    supplement: Supplement | None,
    suggestion: Suggestion | None,
    today: date,
) -> ReceiptView:
    tone, label = tag_of(nomination.stage)
    stage = Stage(nomination.stage)
    asked = supplement if stage is Stage.RETURNED else None
    ahead = awaited_addition(asked, today) if asked else awaited(nomination, today)
    return ReceiptView(
        nomination=nomination,
        code=nomination.code or "",
        unit=unit_name(plan, nomination.unit_id),
        field=plan.field(nomination.field).title.to(current_language()),
        tone=tone,
        label=label,
        waiting=stage is Stage.SUBMITTED,
        withdrawable=may_be_withdrawn(stage),
        timeline=[
            *suggested_entry(suggestion),
            sent_entry(nomination),
            *(entry_of(one, plan) for one in heard),
            *ahead,
        ],
        candidate=candidate,
        asked=asked,
    )


def public_steps(nomination: Nomination, heard: Sequence[Happening], today: date) -> list[Entry]:
    """The steps without names, reasons or outcome."""
    known = [
        transfer_entry(one) if one.kind == TRANSFERRED else Entry(one.happened_at, str(PUBLIC_TITLES[one.kind]))
        for one in heard
        if one.kind in PUBLIC_TITLES or one.kind == TRANSFERRED
    ]
    return [sent_entry(nomination), *known, *awaited(nomination, today)]


def suggested_entry(suggestion: Suggestion | None) -> list[Entry]:
    """From whom the unit heard of the nominee, if somebody told it."""
    return [Entry(suggestion.received_on, str(ORIGINS[Origin(suggestion.origin)]))] if suggestion else []


def sent_entry(nomination: Nomination) -> Entry:
    return Entry(nomination.submitted_on or "", _("Đã gửi cho xã"))


def awaited(nomination: Nomination, today: date) -> list[Entry]:
    """The answer, while it is still owed."""
    if nomination.stage != Stage.SUBMITTED or nomination.answer_by is None:
        return []
    late = today > nomination.answer_by
    return [Entry(nomination.answer_by, _("Xã trả lời chậm nhất"), state="late" if late else "next")]


def awaited_addition(asked: Supplement, today: date) -> list[Entry]:
    """The day by which the unit gives what is missing."""
    late = today > asked.due_on
    return [Entry(asked.due_on, _("Bạn bổ sung chậm nhất"), state="late" if late else "next")]


def entry_of(heard: Happening, plan: Plan) -> Entry:
    """News as an entry: reasons as text, a publication with its channel and its link."""
    if heard.kind == TRANSFERRED:
        return transfer_entry(heard)
    if heard.kind in CLIMBS:
        return Entry(heard.happened_at, str(TITLES[heard.kind]), rung_title(plan, heard.detail))
    if heard.kind != "published":
        return Entry(heard.happened_at, str(TITLES[heard.kind]), heard.detail)
    title = _("Đã đăng: %(channel)s", channel=channel_title(plan, heard.detail))
    return Entry(heard.happened_at, title, href=heard.address)


def transfer_entry(heard: Happening) -> Entry:
    """Where the dossier went when its commune ended."""
    commune = within(plan_of(heard.detail).unit.name.to(current_language()))
    title = _("Hồ sơ đã chuyển về %(commune)s ngày %(day)s do sáp nhập", commune=commune, day=day(heard.happened_at))
    return Entry(
        day_of(heard.happened_at), title, _("Mã hồ sơ và hạn trả lời giữ nguyên."), href=f"/ke-hoach?xa={heard.detail}"
    )


def channel_title(plan: Plan, channel: str) -> str:
    try:
        return plan.channel(channel).title.to(current_language())
    except UnknownInPlan:
        return channel


def paper_of(nomination: Nomination, plan: Plan, *, url: str) -> Paper:
    """The receipt to print. Raises RuntimeError for a draft, which has none."""
    if nomination.code is None or nomination.submitted_on is None or nomination.answer_by is None:
        raise RuntimeError(f"nomination {nomination.id} is a draft and has no receipt")
    language = current_language()
    return Paper(
        issuer=_("Ủy ban nhân dân %(commune)s", commune=lowered(plan.unit.name.to(language))),
        code=nomination.code,
        url=url,
        nominee=nomination.name,
        unit=unit_name(plan, nomination.unit_id),
        nominated_by=unit_name(plan, nomination.unit_id),
        received_on=nomination.submitted_on,
        answer_by=nomination.answer_by,
        steps=(
            Step(title=_("Cán bộ xã kiểm tra hồ sơ")),
            Step(title=_("Hội đồng Thi đua - Khen thưởng chấm điểm")),
            Step(title=_("Chủ tịch xã quyết định, bạn nhận kết quả kèm lý do")),
            Step(title=_("Gương được đăng lên cổng của xã và đọc trên loa")),
        ),
        contact=_("Hỏi Văn phòng xã và đọc mã hồ sơ, hoặc quét mã QR."),
        sample=plan.sample,
    )


def lowered(name: str) -> str:
    """As the name stands inside a line: "xã Bình Lương"."""
    return name[:1].lower() + name[1:]
