"""The paper that goes to the chair: tờ trình, in the official language whatever the reader's."""

from datetime import date

from services.review.models import Case, Commendation
from services.review.rules.awards import FORMS, Track, bases_in_force
from shared.documents.papers import proposal
from shared.documents.shapes import Candidate, Letterhead, Proposal, Signature
from shared.plan import Plan, Unit
from shared.settings import settings

COMMITTEE = "Ủy ban nhân dân"
#: {kind of unit: the word before its proper name}, which the place of a letterhead leaves out.
TITLES = {"commune": "Xã ", "ward": "Phường ", "township": "Thị trấn ", "special_zone": "Đặc khu "}
MERITS = {
    Track.ROLE_MODEL_MERIT: "có thành tích tiêu biểu, xuất sắc, được công nhận là điển hình tiên tiến",
    Track.PUBLICITY_MERIT: "có thành tích xuất sắc trong công tác tuyên truyền, nhân rộng điển hình tiên tiến",
}


def proposal_pdf(case: Case, commendation: Commendation, plan: Plan) -> bytes:
    """The tờ trình as PDF, laid out by Decree 30/2020/NĐ-CP. Number, day and name stay open for the pen."""
    award, merit = FORMS[commendation.form].vi, MERITS[Track(commendation.track)]
    commune = lowered(plan.unit)
    unit = plan.unit_by_id(case.unit_id)
    return proposal(
        Proposal(
            head=letterhead(plan, commendation.proposed_on),
            about=f"Về việc đề nghị tặng {award} cho {case.nominee_name}",
            to=(f"Chủ tịch {COMMITTEE} {commune}",),
            bases=bases(plan, commendation.proposed_on),
            opening=(opening(case, plan), f"Căn cứ kết quả xét, kính đề nghị tặng {award} cho trường hợp {merit}:"),
            candidates=(Candidate(name=case.nominee_name, unit=unit.name.vi, achievement=case.headline, award=award),),
            closing=(f"Kính trình Chủ tịch {COMMITTEE} {commune} xem xét, quyết định./.",),
            attached=("Báo cáo thành tích", "Biên bản xét của Hội đồng"),
            signature=signature(plan, commendation),
            recipients=("Như trên", "Thành viên Hội đồng", "Lưu: VT"),
            sample=plan.sample or settings().demo,
        )
    )


def letterhead(plan: Plan, day: date) -> Letterhead:
    """The council's head under the People's Committee; a plan without a council submits in the Committee's name."""
    committee = (COMMITTEE.upper(), plan.unit.name.vi.upper())
    council = council_of(plan)
    place = plan.unit.name.vi.removeprefix(TITLES.get(plan.unit.kind, ""))
    if council is None:
        return Letterhead(body=committee, symbol="TTr-UBND", place=place, dated=day)
    return Letterhead(parent=committee, body=(council.name.vi.upper(),), symbol="TTr-HĐTĐKT", place=place, dated=day)


def signature(plan: Plan, commendation: Commendation) -> Signature:
    if council_of(plan) is None:
        return Signature(title=(plan.role("clerk").title.vi.upper(),), name=commendation.proposed_by_name)
    return Signature(on_behalf=("TM. HỘI ĐỒNG",), title=("THƯỜNG TRỰC HỘI ĐỒNG",))


def bases(plan: Plan, day: date) -> tuple[str, ...]:
    """The law and decree of that day, then the plan."""
    title = plan.title.vi
    numbered = title.replace("Kế hoạch", f"Kế hoạch số {plan.number}", 1) if plan.number else title
    return (*(f"Căn cứ {base}" for base in bases_in_force(day)), f"Căn cứ {numbered}")


def opening(case: Case, plan: Plan) -> str:
    unit = plan.unit_by_id(case.unit_id).name.vi
    stead = f" (ký thay {case.decided_on_behalf_of})" if case.decided_on_behalf_of else ""
    return (
        f"Hội đồng đã xét hồ sơ {case.code} do {unit} đề cử. Ngày {case.decided_on:%d/%m/%Y}, {case.decided_by_name}"
        f"{stead} đã công nhận điển hình tiên tiến trong lĩnh vực {plan.field(case.field).title.vi}."
    )


def council_of(plan: Plan) -> Unit | None:
    return next((unit for unit in plan.units if unit.kind == "council"), None)


def lowered(unit: Unit) -> str:
    """The name within a sentence: "xã Bình Lương"."""
    return unit.name.vi[:1].lower() + unit.name.vi[1:]
