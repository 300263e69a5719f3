"""The form of a plan file: every key, what it holds and what it is for. Reader, checker and JSON schema follow it."""

from shared.plan.clause import RealisationKind
from shared.plan.shape import (
    Amount,
    Bilingual,
    Choice,
    Conditions,
    Day,
    Flag,
    Key,
    Line,
    ListOf,
    Mention,
    Record,
    Shape,
    Whole,
)
from shared.plan.unit import UNIT_KINDS

REALISATION_KINDS: tuple[RealisationKind, ...] = ("event", "page", "document", "rule", "indicator")

WORD = Line("phat-thanh", r"[a-z0-9]+(?:[-_][a-z0-9]+)*", 64)
CODE = Line("F01", r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*", 64)
SECTION = Line("II.2.c", r"[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*", 32)
TITLE = Bilingual(500)


def named(shape: Shape, says: str = "Tên riêng, không trùng trong danh sách này") -> Key:
    return Key(shape, says)


def optional(shape: Shape, says: str) -> Key:
    return Key(shape, says, required=False)


def entry(name: str, at_least: int = 0, **more: Key) -> ListOf:
    """A list of entries with an id, a title and the clause they come from."""
    keys = {"id": named(CODE), "title": Key(TITLE, "Tên gọi, tiếng Việt và tiếng Anh"), "clause": CLAUSE, **more}
    return ListOf(Record(name, keys), at_least, named_by="id")


CLAUSE = Key(Mention("clause"), "Mã nghĩa vụ mà mục này thuộc về")
MEMBERS = {
    "units": optional(ListOf(Mention("unit")), "Khóa của từng đơn vị"),
    "kinds": optional(ListOf(Choice(UNIT_KINDS)), "Mọi đơn vị thuộc các loại này"),
    "roles": optional(ListOf(Mention("role")), "Mọi người giữ các vai trò này"),
}
PERIOD = Record(
    "period",
    {
        "starts_on": Key(Day(), "Ngày đầu, tính cả ngày này"),
        "ends_on": Key(Day(), "Ngày cuối, tính cả ngày này"),
    },
)
CODE_LIST = r"[a-z]+/[0-9]{4}(?:-[0-9]{2}){0,2}"
OFFICIAL_CODE = r"[0-9A-Za-z.]{1,20}"
FORMERLY = rf"{CODE_LIST}/{OFFICIAL_CODE}(?:/[a-z][a-z0-9_-]{{0,63}})?"
UNIT = Record(
    "unit",
    {
        "key": named(WORD, "Khóa của đơn vị trong kế hoạch này"),
        "kind": Key(Choice(UNIT_KINDS), "Loại đơn vị"),
        "name": Key(TITLE, "Tên đơn vị"),
        "code": optional(Line("01234", OFFICIAL_CODE), "Mã chính thức, đặt trong ngoặc kép"),
        "code_list": optional(Line("gso/2023", CODE_LIST), "Danh mục mã và phiên bản"),
        "parent": optional(Mention("unit"), "Khóa của đơn vị cấp trên trực tiếp"),
        "formerly": optional(
            Line("gso/2023/01234/village-1", FORMERLY),
            "Đơn vị này trước đây ở đâu: danh mục mã, mã, rồi khóa cũ; nó giữ nguyên danh tính qua sáp nhập",
        ),
        "email": optional(Line("thon1@example.vn", r"[^@\s]+@[^@\s]+\.[^@\s]+", 254), "Thư điện tử công vụ"),
    },
)
REALISATION = Record(
    "realisation",
    {
        "event": optional(Mention("event"), "Sự kiện, không có tiền tố và phiên bản: nomination.submitted"),
        "page": optional(Mention("page"), "Trang của sản phẩm: /de-cu"),
        "document": optional(Mention("document"), "Mẫu văn bản: leaflet"),
        "rule": optional(Mention("rule"), "Quy tắc được máy kiểm tra: consent_gate"),
        "indicator": optional(Mention("indicator"), "Chỉ số đo mục tiêu chung: published_count"),
        "where": optional(Conditions(), 'Điều kiện trên dữ liệu của sự kiện; "*" là có giá trị bất kỳ'),
        "proves": optional(Flag(), "false: sự kiện liên quan nhưng không chứng tỏ nghĩa vụ đã thực hiện"),
    },
    exactly_one=REALISATION_KINDS,
)
CLAUSES = ListOf(
    Record(
        "clause",
        {
            "id": named(Line("R01", r"[A-Z]{1,3}[0-9]{2,3}"), "Mã nghĩa vụ, đánh số liên tục: R01, R02, …"),
            "section": Key(Mention("section"), "Mục của văn bản: II.2.c"),
            "text": Key(Bilingual(), "Nguyên văn và bản dịch"),
            "acts": Key(ListOf(Mention("party")), "Ai làm: vai trò, nhóm hoặc nơi nhận"),
            "tells": Key(ListOf(Mention("party")), "Báo cho ai: vai trò, nhóm hoặc nơi nhận"),
            "realised_by": Key(ListOf(REALISATION, at_least=1), "Điều gì của sản phẩm thực hiện nghĩa vụ này"),
        },
    ),
    at_least=1,
    named_by="id",
)
REVIEW = Record(
    "review",
    {
        "clause": CLAUSE,
        "minimum": Key(Whole(0, 100), "Điểm thấp nhất của một tiêu chí"),
        "maximum": Key(Whole(1, 100), "Điểm cao nhất của một tiêu chí"),
        "field_is_scored": Key(Flag(), "true: chấm cả tiêu chuẩn của lĩnh vực"),
        "members_needed": Key(Whole(1, 100), "Số thành viên phải chấm"),
        "recognise_from": Key(Amount(0, 100), "Điểm trung bình từ đó nên công nhận (Chủ tịch quyết định)"),
        "answer_within_working_days": Key(Whole(1, 365), "Số ngày làm việc để trả lời"),
        "supplements_at_most": optional(Whole(0, 9), "Số lần được trả lại để bổ sung; không ghi là 1"),
        "supplement_within_working_days": optional(Whole(1, 365), "Số ngày làm việc để bổ sung; không ghi là 5"),
        "held_at_most_days": optional(Whole(1, 3650), "Mỗi lần tạm dừng tối đa bao nhiêu ngày; không ghi là 90"),
    },
)
YEARBOOK = Record(
    "yearbook", {"clause": CLAUSE, "title": Key(TITLE, "Tên kỷ yếu"), "period": Key(PERIOD, "Giai đoạn của kỷ yếu")}
)
SIGNER = Record("signer", {"name": Key(Line("Nguyễn Văn A"), "Họ tên"), "title": Key(TITLE, "Chức vụ")})
ROLE = Record(
    "role",
    {
        "id": named(WORD, "Vai trò của sản phẩm"),
        "title": Key(TITLE, "Chức danh theo kế hoạch này"),
        "clause": optional(Mention("clause"), "Mã nghĩa vụ nói đến vai trò"),
    },
)
GROUP = Record("group", {"id": named(WORD), "title": Key(TITLE, "Tên nhóm"), **MEMBERS})
HEADING = Record("section", {"id": Key(SECTION, "Số mục: II.2.c"), "title": Key(Bilingual(), "Đề mục nguyên văn")})
FIELDS = entry(
    "field",
    1,
    text=Key(Bilingual(), "Tiêu chuẩn của lĩnh vực, nguyên văn"),
    checks=optional(ListOf(Mention("rule")), "Quy tắc phải qua trước khi đăng"),
    priority=optional(WORD, "Dấu hiệu được ưu tiên trong hồ sơ đề cử: direct_worker"),
)
QUOTAS = entry(
    "quota",
    minimum=Key(Whole(1, 10_000), "Ít nhất bao nhiêu"),
    per=Key(Choice(("month", "quarter", "half_year", "year")), "Trong mỗi tháng, quý, nửa năm hay năm"),
    counts=Key(Mention("event"), "Sự kiện được đếm"),
    unit=Key(Choice(UNIT_KINDS), "commune: đơn vị ban hành kế hoạch; hoặc loại đơn vị phải đạt"),
    alarms=Key(ListOf(Whole(0, 366)), "Báo trước bao nhiêu ngày khi còn thiếu"),
)
DEADLINES = entry(
    "deadline",
    before=Key(Day(), "Trước ngày này: đúng ngày này là đã muộn"),
    report=Key(Choice(("interim", "final", "annual", "quarter")), "Loại báo cáo"),
    to=Key(Mention("unit"), "Khóa của đơn vị nhận báo cáo"),
)
OCCASIONS = entry(
    "occasion",
    day=optional(Day(), "Ngày, khi kế hoạch nói rõ"),
    year=optional(Whole(1900, 2200), "Năm, khi kế hoạch chỉ nói năm"),
)
LADDER = entry(
    "rung",
    of=optional(Choice(UNIT_KINDS), "Loại đơn vị xét ở cấp này; cấp không gắn với đơn vị nào thì không ghi"),
    since=optional(Day(), "Ngày đầu có cấp này"),
    until=optional(Day(), "Ngày cuối có cấp này, tính cả ngày này"),
)
CHANNELS = entry(
    "channel",
    1,
    form=Key(Choice(("traditional", "online")), "Truyền thống hay trực tuyến"),
    active=Key(Flag(), "true: sản phẩm tự đưa tin lên kênh này"),
)
RECIPIENTS = entry(
    "recipient",
    1,
    purpose=Key(Choice(("report", "action", "information")), "Để báo cáo, để thực hiện hay để biết"),
    **MEMBERS,
)

PLAN = Record(
    "plan",
    {
        "id": Key(Line("xa-mau-2026-2030", WORD.pattern, 64), "Tên riêng của kế hoạch"),
        "based_on": optional(Line("../ke-hoach.yaml", r"(?!/)[^\\:]+\.yaml"), "Tệp kế hoạch mà tệp này dựa vào"),
        "title": Key(TITLE, "Tên kế hoạch"),
        "number": optional(Line("05/KH-UBND"), "Số, ký hiệu"),
        "issued_on": optional(Day(), "Ngày ban hành"),
        "parent": optional(Line("Kế hoạch số 65/KH-UBND", length_max=500), "Kế hoạch cấp trên, như trong căn cứ"),
        "signed_by": optional(SIGNER, "Người ký"),
        "sample": optional(Flag(), "true: dữ liệu mẫu, các trang sẽ ghi rõ"),
        "period": Key(PERIOD, "Thời gian thực hiện"),
        "unit": Key(Mention("unit"), "Khóa của đơn vị ban hành"),
        "aggregator": Key(Mention("unit"), "Khóa của cấp tổng hợp, nơi nhận báo cáo"),
        "units": Key(ListOf(UNIT, at_least=2, named_by="key"), "Mọi đơn vị của kế hoạch"),
        "roles": Key(ListOf(ROLE, at_least=1, named_by="id"), "Vai trò và chức danh"),
        "groups": optional(ListOf(GROUP, named_by="id"), "Các nhóm người mà nghĩa vụ nói đến"),
        "recipients": Key(RECIPIENTS, "Nơi nhận, mỗi dòng một mục"),
        "subject_kinds": Key(entry("subject_kind", 1), "Đối tượng: cá nhân, tập thể, hộ gia đình"),
        "model_kinds": Key(entry("model_kind", 1), "Loại gương: điển hình tiên tiến, người tốt việc tốt, …"),
        "achievement_areas": Key(entry("achievement_area"), "Mặt thành tích: lao động, học tập, …"),
        "fields": Key(FIELDS, "Lĩnh vực có tiêu chuẩn riêng"),
        "criteria": Key(entry("criterion", 1, text=Key(Bilingual(), "Nguyên văn tiêu chuẩn")), "Tiêu chuẩn chung"),
        "movements": Key(entry("movement"), "Phong trào thi đua"),
        "channels": Key(CHANNELS, "Kênh tuyên truyền"),
        "activity_kinds": Key(entry("activity_kind"), "Loại hoạt động được ghi nhận"),
        "quotas": Key(QUOTAS, "Chỉ tiêu theo kỳ"),
        "deadlines": Key(DEADLINES, "Hạn báo cáo"),
        "occasions": Key(OCCASIONS, "Dịp biểu dương, tôn vinh"),
        "yearbook": optional(YEARBOOK, "Kỷ yếu, với giai đoạn riêng"),
        "ladder": optional(LADDER, "Các bậc phấn đấu, từ thấp lên cao: trong đơn vị, trong xã, rồi các cấp trên"),
        "review": Key(REVIEW, "Cách xét duyệt"),
        "sections": Key(ListOf(HEADING, at_least=1, named_by="id"), "Các đề mục của văn bản"),
        "clauses": Key(CLAUSES, "Mọi nghĩa vụ của kế hoạch"),
    },
)
