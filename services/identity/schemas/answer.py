"""Who looked at somebody's data, as the page and the letter tell it: by office, purpose and day, without names."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.identity.queries.sought import Dossier
from services.identity.queries.trail import Looks
from services.identity.rules.answers import rule_on
from services.identity.schemas.trail_words import office_words
from shared.documents.shapes import Align, Column, Letterhead, OfficialLetter, Table, signed_for_committee
from shared.plan import Plan
from shared.settings import settings
from shared.text.dates import shown_day
from shared.web.i18n import LazyText, gettext, lazy, use_language

COMMITTEE = "Ủy ban nhân dân"
NARROW, NARROWEST = 0.55, 0.35
OTHER = lazy("Quản lý hệ thống")
#: {kind of thing: for what it is looked at}
PURPOSES: dict[str, LazyText] = {
    **dict.fromkeys(
        ("nomination", "nominations", "draft", "namesakes", "receipt", "evidence", "worklist"),
        lazy("Lập và theo dõi đề cử"),
    ),
    **dict.fromkeys(("case", "cases", "case_list", "proposal"), lazy("Xét duyệt, đề nghị khen thưởng")),
    **dict.fromkeys(("story", "stories", "leaflet_preview"), lazy("Biên tập bài viết")),
    **dict.fromkeys(("message", "messages"), lazy("Gửi tin báo kết quả")),
    **dict.fromkeys(("road", "event"), lazy("Theo dõi tiến độ hồ sơ")),
    **dict.fromkeys(("answer", "dossiers"), lazy("Trả lời yêu cầu của công dân")),
    "photo": lazy("Xem ảnh trong hồ sơ"),
}


@dataclass(frozen=True, slots=True)
class LooksLine:
    """On one day, an office looked for one purpose, so many times."""

    on: date
    office: str
    purpose: str
    count: int


def lines_of(looks: Iterable[Looks]) -> list[LooksLine]:
    """One line for each day, office and purpose, latest day first."""
    counted: Counter[tuple[date, str, str]] = Counter()
    for each in looks:
        office = office_words(each.role, each.office_unit_id, each.plan_id)
        if each.by_token:
            office = gettext("%(office)s (phần mềm)", office=office)
        counted[each.on, office, str(PURPOSES.get(each.object_kind, OTHER))] += each.count
    return [
        LooksLine(*key, count)
        for key, count in sorted(counted.items(), key=lambda item: (-item[0][0].toordinal(), *item[0][1:]))
    ]


def letter_of(
    plan: Plan,
    dossiers: Sequence[Dossier],
    looks: Iterable[Looks],
    *,
    today: date,
    received_on: date | None,
    deputy: str,
) -> OfficialLetter:
    """The letter "Ai đã xem dữ liệu của tôi", in the official language whatever the reader's.

    `deputy` signs in the chair's stead; "": the chair does.
    """
    with use_language("vi"):
        lines = lines_of(looks)
        return OfficialLetter(
            head=Letterhead(
                body=(COMMITTEE.upper(), plan.unit.name.vi.upper()),
                symbol="UBND-VP",
                place=plan.unit.name.vi.partition(" ")[2] or plan.unit.name.vi,
                dated=today,
            ),
            about="trả lời yêu cầu cho biết ai đã xem dữ liệu cá nhân",
            to=(f"{dossiers[0].name}",),
            opening=opening(plan, dossiers, received_on=received_on, today=today, seen=bool(lines)),
            table=table_of(lines),
            closing=closing(),
            signature=signed_for_committee(deputy=deputy),
            recipients=("Như trên", "Lưu: VT"),
            sample=plan.sample or settings().demo,
        )


def opening(
    plan: Plan, dossiers: Sequence[Dossier], *, received_on: date | None, today: date, seen: bool
) -> tuple[str, ...]:
    place = f"{COMMITTEE} {plan.unit.name.vi[:1].lower()}{plan.unit.name.vi[1:]}"
    asked = f"nhận ngày {shown_day(received_on)}" if received_on else "đã nhận"
    codes = ", ".join(each.code for each in dossiers)
    told = (
        f"Theo yêu cầu {asked}, căn cứ {rule_on(received_on or today).law}, {place} cho biết những lần dữ liệu cá nhân "
        f"trong hồ sơ {codes} đã được xem trong hệ thống Gương Sáng, tính đến ngày {shown_day(today)}, như sau."
    )
    return (told,) if seen else (told, "Chưa có lần xem nào được ghi lại.")


def closing() -> tuple[str, ...]:
    return (
        "Bảng trên nêu theo chức vụ và mục đích công việc, không nêu tên người thực hiện.",
        "Bài đã đăng công khai với sự đồng ý của người được nêu gương thì ai cũng xem được, nên không nằm trong bảng.",
        "Nếu thấy điều gì chưa đúng, đề nghị liên hệ Văn phòng xã để được xem xét, giải quyết./.",
    )


def table_of(lines: Sequence[LooksLine]) -> Table:
    return Table(
        columns=(
            Column(title="Ngày", share=NARROW, align=Align.CENTRE),
            Column(title="Chức vụ, đơn vị"),
            Column(title="Mục đích"),
            Column(title="Số lần", share=NARROWEST, align=Align.RIGHT),
        ),
        rows=tuple((shown_day(line.on), line.office, line.purpose, str(line.count)) for line in lines),
    )
