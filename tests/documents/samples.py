"""Papers filled in for the tests. The people are sample data."""

import io
from dataclasses import replace
from datetime import date

from PIL import Image

from shared.documents.shapes import (
    Align,
    Candidate,
    Column,
    ConsentForm,
    Leaflet,
    Letterhead,
    NominationForm,
    NurtureTrail,
    OfficialLetter,
    ProgressReport,
    Proposal,
    Receipt,
    Section,
    Signature,
    Step,
    Switch,
    Table,
    TickGroup,
    TrailEntry,
)

PARAGRAPH = (
    "Sáng nào cũng vậy, khi sương còn phủ kín thung lũng, người ấy đã nhóm bếp nấu cháo cho bệnh nhân nghèo. " * 6
)


def photo(kind: str = "WEBP") -> bytes:
    buffer = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").resize((600, 800)).save(buffer, kind)
    return buffer.getvalue()


LEAFLET = Leaflet(
    masthead="Gương sáng xã Bình Lương",
    issuer="Ủy ban nhân dân xã Bình Lương",
    issued_on=date(2026, 11, 22),
    kind="Người tốt, việc tốt",
    field="An sinh xã hội",
    name="Bà Lò Thị Ấm",
    unit="Thôn Hợp Thành, xã Bình Lương",
    achievement="Mười năm nấu cháo miễn phí cho bệnh nhân nghèo.",
    story=("Sáng nào bà cũng nhóm bếp từ bốn giờ.", "Đến nay đã có 14 gia đình cùng góp gạo."),
    url="https://guongsang.example/guong/lo-thi-am",
    photo=photo(),
    photo_caption="Bà Ấm bên nồi cháo.",
    quote="Tôi về nhà mà không ngủ được.",
    sample=True,
)
CONSENT = ConsentForm(
    issuer="Ủy ban nhân dân xã Bình Lương",
    code="DC-2026-0147",
    text_version="2026-a",
    printed_on=date(2026, 11, 22),
    url="https://guongsang.example/dong-y/" + "x" * 43,
    giver="Lò Thị Ấm",
    capacity="Chính người được đề cử",
    nominee="Lò Thị Ấm",
    headline="Nồi cháo nghĩa tình mười năm ở trạm y tế xã",
    purposes=tuple(Switch(title=f"Việc {number}", detail="Một dòng giải thích.") for number in range(1, 7)),
    channels=tuple(Switch(title=f"Nơi {number}", detail="Một dòng giải thích.") for number in range(1, 5)),
    rights=("Tôi được hỏi từng việc và tự nguyện trả lời. " * 3, "Tôi có thể rút lại bất cứ lúc nào. " * 6),
)
RECEIPT = Receipt(
    issuer="Ủy ban nhân dân xã Bình Lương",
    code="DC-2026-0147",
    url="https://guongsang.example/tra-cuu/DC-2026-0147",
    nominee="Bà Lò Thị Ấm",
    unit="Thôn Hợp Thành",
    nominated_by="Ông Hà Văn Sơn",
    received_on=date(2026, 11, 22),
    answer_by=date(2026, 11, 28),
    steps=tuple(Step(title=f"Bước {n}", detail="Xã báo kết quả kèm lý do cho người đề cử.") for n in range(1, 7)),
    contact="Công chức Văn phòng - Thống kê · 0237 300 0000",
)
TRAIL = NurtureTrail(
    commune="xã Bình Lương",
    unit="Thôn Hợp Thành",
    name="Hà Văn Bính",
    field="Nông nghiệp",
    why="Dám thử trồng rau sạch trong nhà lưới.",
    mentor="Chi hội Nông dân thôn",
    began_on=date(2026, 3, 1),
    made_on=date(2026, 11, 22),
    steps=(TrailEntry(on="30/04/2026", title="Chưa biết ghi chép chi tiêu", detail="Học lớp kế toán hộ gia đình"),),
    entries=tuple(TrailEntry(on="02/03/2026", title=f"Việc {n}", detail="Bán lứa rau đầu tiên.") for n in range(1, 40)),
    sample=True,
)
HEAD = Letterhead(
    body=("Ủy ban nhân dân", "xã Bình Lương"),
    number=5,
    symbol="BC-UBND",
    place="Bình Lương",
    dated=date(2023, 2, 5),
    signed_on=date(2023, 2, 5),
)
SIGNATURE = Signature(on_behalf=("TM. Ủy ban nhân dân",), title=("KT. Chủ tịch", "Phó Chủ tịch"), name="Nguyễn Văn Mẫu")
PROPOSAL = Proposal(
    head=replace(HEAD, parent=("Ủy ban nhân dân", "xã Bình Lương"), body=("Hội đồng",), symbol="TTr-HĐTĐKT"),
    about="Về việc đề nghị tặng Giấy khen cho điển hình tiên tiến quý I năm 2023",
    to=("Chủ tịch Ủy ban nhân dân xã",),
    bases=("Căn cứ Luật Thi đua, khen thưởng", "Căn cứ Kế hoạch số 12/KH-UBND"),
    opening=("Hội đồng nhất trí đề nghị tặng Giấy khen cho:",),
    candidates=(
        Candidate(
            name="Lò Thị Ấm", unit="Thôn Hợp Thành", achievement="Nấu cháo cho bệnh nhân nghèo", award="Giấy khen"
        ),
        Candidate(name="Vi Văn Đức", unit="Thôn Làng Mài", achievement="Hiến 800 m² đất làm đường", award="Giấy khen"),
    ),
    closing=("Kính trình Chủ tịch xem xét, quyết định./.",),
    attached=("Báo cáo thành tích",),
    signature=SIGNATURE,
    recipients=("Như trên", "Lưu: VT, HĐ"),
)
QUARTERS = Table(
    caption="Bảng 1. Kết quả theo quý",
    columns=(Column(title="Quý", share=2), Column(title="Số gương", align=Align.RIGHT)),
    rows=tuple((f"Quý {n}", str(n)) for n in range(1, 61)),
)
LETTER = OfficialLetter(
    head=replace(HEAD, symbol="UBND-VP"),
    about="trả lời yêu cầu cho biết ai đã xem dữ liệu cá nhân",
    to=("Bà Lò Thị Ấm",),
    opening=(PARAGRAPH,),
    table=Table(
        columns=(Column(title="Ngày", share=0.5), Column(title="Chức vụ, đơn vị"), Column(title="Mục đích")),
        rows=(("05/02/2023", "Công chức Văn phòng - Thống kê, Xã Bình Lương", "Xét duyệt"),),
    ),
    closing=("Trên đây là nội dung trả lời./.",),
    signature=SIGNATURE,
    recipients=("Như trên", "Lưu: VT"),
)
REPORT = ProgressReport(
    head=HEAD,
    about="Sơ kết thực hiện Kế hoạch tuyên truyền gương điển hình tiên tiến",
    to=("Ủy ban nhân dân huyện Như Xuân", "Phòng Nội vụ huyện Như Xuân"),
    opening=("Ủy ban nhân dân xã báo cáo kết quả như sau:",),
    sections=(
        Section(heading="Công tác chỉ đạo", paragraphs=(PARAGRAPH,)),
        Section(
            heading="Kết quả",
            sections=(
                Section(heading="Phát hiện", tables=(QUARTERS,)),
                Section(heading="Tuyên truyền", sections=(Section(heading="Truyền thanh", paragraphs=(PARAGRAPH,)),)),
            ),
        ),
    ),
    closing="Trên đây là báo cáo của Ủy ban nhân dân xã./.",
    signature=SIGNATURE,
    recipients=("Phòng Nội vụ huyện (để b/c)", "Lưu: VT"),
)
FORM = NominationForm(
    issuer="Ủy ban nhân dân xã Bình Lương",
    plan="Kế hoạch tuyên truyền gương điển hình tiên tiến",
    code="binh-luong-2023-2025/2026-1",
    url="https://guongsang.example/de-cu/tu-giay?mau=binh-luong-2023-2025%2F2026-1",
    printed_on=date(2026, 11, 22),
    subject=TickGroup(title="Cá nhân hay tập thể", choices=("Cá nhân", "Tập thể", "Hộ gia đình"), hint="Một ô."),
    fields=TickGroup(title="Thuộc lĩnh vực", choices=("Nông nghiệp", "Y tế", "An sinh xã hội")),
    kinds=TickGroup(title="Loại gương", choices=("Gương người tốt, việc tốt",)),
    movements=TickGroup(title="Phong trào", choices=("Xây dựng nông thôn mới",)),
    more=TickGroup(title="Thêm, nếu có", choices=("Có sáng kiến",)),
    givers=TickGroup(title="Ai đồng ý?", choices=("Chính người được đề cử", "Cha mẹ hoặc người giám hộ")),
    purposes=TickGroup(title="Đồng ý cho xã làm gì?", choices=("Nêu tên", "Đăng ảnh")),
    consent=("Chỉ đăng khi người được đề cử đồng ý.",),
    contact="Muốn rút lại sự đồng ý, hãy hỏi Văn phòng xã.",
    sample=True,
)
