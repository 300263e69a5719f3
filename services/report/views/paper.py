"""The report that a plan asks for, as an official paper (Decree 30/2020/NĐ-CP)."""

from datetime import date

from sqlmodel import Session

from services.report import queries
from services.report.views.living_plan import LivingPlan, living_plan
from services.report.views.progress import Commune, commune
from shared.documents.papers import progress_report
from shared.documents.shapes import (
    Align,
    Column,
    Letterhead,
    ProgressReport,
    Section,
    Signature,
    Table,
    signed_for_committee,
)
from shared.plan import Deadline, Plan
from shared.text.dates import shown_day
from shared.web.i18n import use_language

NUMBER = 0.4
OUTCOMES = {True: "Đạt", False: "Chưa đạt", None: "Chuyển sang xã mới"}


def progress_paper(session: Session, plan: Plan, deadline: Deadline, today: date, *, deputy: str) -> bytes:
    """The PDF, in Vietnamese whatever the reader's language: figures as known at this moment.

    `deputy` signs in the chair's stead; "": the chair does.
    """
    with use_language("vi"):
        numbers = commune(session, plan, today)
        clauses = living_plan(session, plan, today)
        measured = queries.indicators(session, plan.id, today=today)
        chair = plan.signed_by.name if plan.signed_by else ""
        signature = signed_for_committee(chair, deputy=deputy)
        return progress_report(paper(plan, deadline, today, numbers, clauses, measured, signature))


def paper(
    plan: Plan,
    deadline: Deadline,
    today: date,
    numbers: Commune,
    clauses: LivingPlan,
    measured: dict[str, float],
    signature: Signature,
) -> ProgressReport:
    """What the report says."""
    place = plan.unit.name.vi
    return ProgressReport(
        head=Letterhead(
            body=("ỦY BAN NHÂN DÂN", place.upper()),
            symbol="BC-UBND",
            place=place.partition(" ")[2] or place,
            dated=today,
        ),
        about=f"{deadline.title.vi}: {plan.title.vi}",
        to=(plan.unit_by_key(deadline.to).name.vi,),
        opening=(
            f"Thực hiện {plan.parent or plan.title.vi}, Ủy ban nhân dân {place} báo cáo kết quả như sau.",
            f"Số liệu tính đến ngày {shown_day(today)}.",
        ),
        sections=(results(numbers, measured), by_field(numbers), quarters(numbers), state_of_plan(clauses)),
        closing=f"Trên đây là báo cáo của Ủy ban nhân dân {place}.",
        signature=signature,
        recipients=(f"{plan.unit_by_key(deadline.to).name.vi} (để b/c)", "Lưu: VT"),
        sample=plan.sample,
    )


def results(numbers: Commune, measured: dict[str, float]) -> Section:
    figures = numbers.figures
    return Section(
        heading="KẾT QUẢ CHUNG",
        paragraphs=(
            f"Tổng số đề cử: {figures.nominated}; đã giới thiệu với công chúng: {figures.introduced}.",
            f"Đang xét: {figures.open}, trong đó quá hạn trả lời: {figures.overdue}.",
            f"Tỷ lệ người trực tiếp lao động, sản xuất đã giới thiệu: {numbers.direct_worker_share:.0%}.",
            f"Tỷ lệ hồ sơ trả lời đúng hạn: {measured['on_time_share']:.0%}.",
            f"Thời gian trả lời trung bình: {measured['average_days_to_answer']:g} ngày.",
            f"Số kênh đã đăng: {measured['channels_reached']:g}.",
        ),
    )


def by_field(numbers: Commune) -> Section:
    rows = tuple((title, str(named), str(shown)) for title, named, shown in numbers.by_field)
    columns = (
        Column(title="Lĩnh vực"),
        Column(title="Đề cử", share=NUMBER, align=Align.RIGHT),
        Column(title="Đã giới thiệu", share=NUMBER, align=Align.RIGHT),
    )
    return Section(heading="THEO LĨNH VỰC", tables=(Table(columns=columns, rows=rows),))


def quarters(numbers: Commune) -> Section:
    columns = (
        Column(title="Kỳ"),
        Column(title="Đã giới thiệu", share=NUMBER, align=Align.RIGHT),
        Column(title="Chỉ tiêu", share=NUMBER, align=Align.RIGHT),
        Column(title="Kết quả", share=NUMBER),
    )
    tables = tuple(
        Table(
            caption=line.title,
            columns=columns,
            rows=tuple(
                (label, str(counted), str(line.quota.minimum), OUTCOMES[enough])
                for label, counted, enough in line.windows
            ),
        )
        for line in numbers.quotas
    )
    return Section(heading="CHỈ TIÊU", tables=tables)


def state_of_plan(clauses: LivingPlan) -> Section:
    words = "; ".join(f"{label.lower()}: {count}" for label, count, _ in clauses.totals if count)
    return Section(
        heading="TÌNH HÌNH THỰC HIỆN CÁC NHIỆM VỤ",
        paragraphs=(f"Kế hoạch có {len(clauses.plan.clauses)} nhiệm vụ. {words[:1].upper()}{words[1:]}.",),
    )
