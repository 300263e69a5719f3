"""Events, states, kinds and indicators in words."""

from services.report.rules import State
from shared.web.i18n import LazyText, _, lazy
from shared.web.parts import Tone

STATE_WORDS: dict[State, tuple[LazyText, Tone]] = {
    State.DONE: (lazy("Đã xong"), "ok"),
    State.UNDER_WAY: (lazy("Đang làm"), "info"),
    State.DUE: (lazy("Sắp đến hạn"), "warn"),
    State.LATE: (lazy("Quá hạn"), "bad"),
    State.NOT_STARTED: (lazy("Chưa bắt đầu"), "mute"),
    State.TRANSFERRED: (lazy("Chuyển sang xã mới"), "mute"),
}

#: How a state is named in an address: /ke-hoach?trang-thai=qua-han.
STATE_SLUGS = {
    State.LATE: "qua-han",
    State.DUE: "den-han",
    State.UNDER_WAY: "dang-lam",
    State.DONE: "xong",
    State.NOT_STARTED: "chua",
    State.TRANSFERRED: "chuyen-sang",
}

OUTCOME_WORDS: dict[str, tuple[LazyText, Tone]] = {
    "open": (lazy("Đang xét"), "info"),
    "recognised": (lazy("Được công nhận"), "gold"),
    "nurture": (lazy("Bồi dưỡng thêm"), "warn"),
    "declined": (lazy("Chưa công nhận"), "mute"),
    "withdrawn": (lazy("Đã rút"), "mute"),
}


def outcome_words(outcome: str, *, introduced: bool) -> tuple[str, Tone]:
    """Where a nomination stands, and its tone."""
    if introduced and outcome == "recognised":
        return _("Đã giới thiệu"), "ok"
    words, tone = OUTCOME_WORDS[outcome]
    return str(words), tone


INDICATOR_WORDS: dict[str, LazyText] = {
    "published_count": lazy("%(value)s điển hình đã giới thiệu"),
    "channels_reached": lazy("%(value)s kênh đã đăng"),
    "participation_units": lazy("%(value)s đơn vị đã đề cử"),
    "on_time_share": lazy("%(value)s hồ sơ trả lời đúng hạn"),
    "direct_worker_share": lazy("%(value)s là người trực tiếp lao động"),
    "replicated_count": lazy("%(value)s hoạt động nhân rộng"),
    "average_days_to_answer": lazy("trả lời trung bình sau %(value)s ngày"),
    "budget_spent": lazy("đã chi %(value)s đồng"),
    "read_share": lazy("%(value)s tin báo đã đọc"),
    "days_since_last": lazy("tin mới nhất cách đây %(value)s ngày"),
}
SHARES = {"on_time_share", "direct_worker_share", "read_share"}


def measure(name: str, value: float) -> str:
    """An indicator in words."""
    if name == "days_since_last" and value < 0:
        return _("chưa đăng tin nào")
    shown = f"{value:.0%}" if name in SHARES else f"{value:,.1f}".removesuffix(".0").replace(",", " ").replace(".", ",")
    return str(INDICATOR_WORDS[name]) % {"value": shown.replace(" ", ".")}


KINDS: dict[str, LazyText] = {
    "event": lazy("Sự kiện"),
    "page": lazy("Trang"),
    "document": lazy("Văn bản"),
    "rule": lazy("Quy tắc"),
    "indicator": lazy("Chỉ số"),
}


def kind_words(kind: str) -> str:
    return str(KINDS[kind])


DOCUMENT_WORDS: dict[str, LazyText] = {
    "leaflet": lazy("Tờ gương để in"),
    "nurture_trail": lazy("Quá trình bồi dưỡng một nhân tố"),
    "progress_report": lazy("Báo cáo của Ủy ban nhân dân xã"),
    "proposal": lazy("Tờ trình khen thưởng"),
    "radio_bulletin": lazy("Bản tin truyền thanh"),
    "receipt": lazy("Phiếu tiếp nhận đề cử"),
}

PAGE_WORDS: dict[str, LazyText] = {
    "/": lazy("Cổng gương sáng"),
    "/bao-cao": lazy("Báo cáo"),
    "/bien-tap": lazy("Biên tập"),
    "/boi-duong": lazy("Bồi dưỡng nhân tố"),
    "/phong-trao": lazy("Phong trào thi đua"),
    "/de-cu": lazy("Đề cử"),
    "/hanh-trinh": lazy("Hành trình hồ sơ"),
    "/hoat-dong": lazy("Hoạt động"),
    "/ke-hoach": lazy("Kế hoạch sống"),
    "/thong-bao": lazy("Thông báo"),
    "/tong-hop": lazy("Tổng hợp"),
    "/xet-duyet": lazy("Xét duyệt"),
}

RULE_WORDS: dict[str, LazyText] = {
    "award_power": lazy("Khen thưởng đúng thẩm quyền"),
    "channel_mix": lazy("Kết hợp kênh truyền thống với trực tuyến"),
    "child_check": lazy("Trẻ em cần cha mẹ đồng ý"),
    "consent_gate": lazy("Chỉ đăng khi người được đề cử đồng ý"),
    "deadline_exclusive": lazy("“Trước ngày” nghĩa là muộn nhất vào hôm trước"),
    "secrecy_check": lazy("Rà soát bí mật nhà nước trước khi đăng"),
}

INDICATOR_NAMES: dict[str, LazyText] = {
    "published_count": lazy("Số điển hình đã giới thiệu"),
    "channels_reached": lazy("Số kênh đã đăng"),
    "participation_units": lazy("Số đơn vị đã đề cử"),
    "on_time_share": lazy("Tỷ lệ trả lời đúng hạn"),
    "direct_worker_share": lazy("Tỷ lệ người trực tiếp lao động"),
    "replicated_count": lazy("Số hoạt động nhân rộng"),
    "average_days_to_answer": lazy("Thời gian trả lời trung bình"),
    "budget_spent": lazy("Kinh phí đã chi"),
    "read_share": lazy("Tỷ lệ tin báo đã đọc"),
    "days_since_last": lazy("Số ngày từ tin mới nhất"),
}


def realisation_words(kind: str, name: str) -> str:
    """What carries a clause out, in words; a name that has none stands for itself."""
    named = {
        "event": STEP_WORDS,
        "page": PAGE_WORDS,
        "document": DOCUMENT_WORDS,
        "rule": RULE_WORDS,
        "indicator": INDICATOR_NAMES,
    }
    return str(named[kind].get(name, name))


STEP_WORDS: dict[str, LazyText] = {
    "plan.activated": lazy("Kế hoạch có hiệu lực"),
    "unit.registered": lazy("Đơn vị được ghi vào kế hoạch"),
    "unit.renamed": lazy("Đơn vị đổi tên"),
    "unit.transferred": lazy("Đơn vị chuyển về cấp trên khác"),
    "unit.dissolved": lazy("Xã sáp nhập, có đơn vị tiếp nhận"),
    "person.enrolled": lazy("Người được giao nhiệm vụ"),
    "office.delegated": lazy("Có người làm thay"),
    "office.delegation_revoked": lazy("Thu hồi việc làm thay"),
    "office.ended": lazy("Thôi giữ nhiệm vụ"),
    "office.handed_over": lazy("Bàn giao công việc"),
    "movement.launched": lazy("Phát động phong trào thi đua"),
    "movement.found": lazy("Phong trào phát hiện một gương"),
    "nomination.submitted": lazy("Gửi đề cử"),
    "nomination.imported": lazy("Nhập từ một bảng đề cử"),
    "import.finished": lazy("Nhập xong một bảng đề cử"),
    "nomination.withdrawn": lazy("Đã rút đề cử"),
    "nomination.transferred": lazy("Hồ sơ chuyển về xã mới"),
    "candidate.identified": lazy("Xác định nhân tố để bồi dưỡng"),
    "candidate.chosen": lazy("Đơn vị xác định nhân tố cần bồi dưỡng"),
    "candidate.visited": lazy("Thăm hỏi nhân tố"),
    "candidate.milestone_reached": lazy("Nhân tố đạt một mốc"),
    "candidate.promoted": lazy("Thành tấm gương trong đơn vị"),
    "candidate.graduated": lazy("Nhân tố được đề cử"),
    "candidate.transferred": lazy("Nhân tố chuyển về xã mới"),
    "mentor.named": lazy("Có người kèm cặp nhân tố"),
    "nurture.step_planned": lazy("Đặt ra một bước bồi dưỡng"),
    "nurture.step_done": lazy("Làm xong một bước bồi dưỡng"),
    "nurture.step_due": lazy("Một bước bồi dưỡng sắp đến hạn"),
    "nurture.step_overdue": lazy("Một bước bồi dưỡng quá hạn"),
    "nurture.step_moved": lazy("Dời hạn một bước bồi dưỡng"),
    "nurture.stopped": lazy("Dừng bồi dưỡng"),
    "nurture.resumed": lazy("Bồi dưỡng tiếp"),
    "support.recorded": lazy("Hỗ trợ nhân tố"),
    "nomination.resubmitted": lazy("Đơn vị bổ sung hồ sơ"),
    "suggestion.received": lazy("Nhận gợi ý, giới thiệu"),
    "suggestion.passed": lazy("Chuyển gợi ý cho đơn vị khác"),
    "suggestion.endorsed": lazy("Nhận lập hồ sơ từ gợi ý"),
    "suggestion.declined": lazy("Trả lời gợi ý: không đề cử"),
    "nominee.merged": lazy("Xác định là cùng một người"),
    "nominee.separated": lazy("Xác định là hai người khác nhau"),
    "nominee.reconsidered": lazy("Hoàn tác việc xác định trùng người"),
    "evidence.attached": lazy("Kèm tệp minh chứng"),
    "consent.asked": lazy("Gửi liên kết hỏi ý kiến"),
    "consent.awaited": lazy("Cần thêm một người đồng ý"),
    "consent.given": lazy("Có thêm sự đồng ý"),
    "consent.declined": lazy("Có người không đồng ý công khai"),
    "consent.withdrawn": lazy("Có người rút sự đồng ý công khai"),
    "consent.withdrawal_answered": lazy("Xã trả lời người rút sự đồng ý"),
    "consent.stop_extended": lazy("Gia hạn việc dừng công khai"),
    "consent.stopped": lazy("Đã dừng theo lời rút"),
    "consent.third_parties_told": lazy("Đã báo các bên liên quan ngừng dùng"),
    "consent.stop_due": lazy("Sắp đến hạn thực hiện lời rút"),
    "consent.stop_overdue": lazy("Quá hạn thực hiện lời rút"),
    "withdrawal.carried_out": lazy("Đã gỡ khỏi các kênh theo lời rút"),
    "case.returned": lazy("Xã trả hồ sơ để bổ sung"),
    "case.resumed": lazy("Xét tiếp, không chờ bổ sung"),
    "case.held": lazy("Tạm dừng xem xét"),
    "case.released": lazy("Xem xét tiếp sau khi tạm dừng"),
    "supplement.due": lazy("Sắp hết hạn bổ sung"),
    "supplement.overdue": lazy("Quá hạn bổ sung"),
    "hold.expired": lazy("Hết thời gian tạm dừng"),
    "case.opened": lazy("Hội đồng nhận hồ sơ"),
    "case.scored": lazy("Thành viên Hội đồng chấm điểm"),
    "case.recognised": lazy("Chủ tịch công nhận điển hình"),
    "case.sent_to_nurture": lazy("Chuyển sang bồi dưỡng"),
    "case.declined": lazy("Chưa công nhận, có nêu lý do"),
    "commendation.proposed": lazy("Đã trình khen thưởng"),
    "role_model.put_forward": lazy("Đã giới thiệu lên cấp trên"),
    "role_model.escalated": lazy("Giới thiệu lên bậc cao hơn"),
    "role_model.tier_answered": lazy("Cấp trên trả lời"),
    "story.drafted": lazy("Viết bản thảo bài"),
    "story.approved": lazy("Duyệt bài"),
    "story.published": lazy("Đăng bài trên một kênh"),
    "story.publication_failed": lazy("Một kênh không đăng được"),
    "story.withdrawn": lazy("Gỡ bài"),
    "role_model.introduced": lazy("Điển hình được giới thiệu với công chúng"),
    "activity.recorded": lazy("Ghi nhận một hoạt động"),
    "message.sent": lazy("Gửi tin báo"),
    "message.failed": lazy("Tin báo không gửi được"),
    "receipt.acknowledged": lazy("Người nhận đã đọc"),
    "unit.reminded": lazy("Nhắc đơn vị"),
    "quota.met": lazy("Đạt chỉ tiêu quý"),
    "quota.at_risk": lazy("Chỉ tiêu quý có nguy cơ không đạt"),
    "quota.missed": lazy("Không đạt chỉ tiêu quý"),
    "report.due": lazy("Báo cáo sắp đến hạn"),
    "report.submitted": lazy("Đã gửi báo cáo"),
    "report.overdue": lazy("Báo cáo quá hạn"),
    "cadence.gap_detected": lazy("Lâu chưa có bài mới"),
}


def step_words(name: str) -> str:
    """An event in words."""
    return str(STEP_WORDS.get(name, name))


#: Steps that tell people of another step.
ABOUT_PEOPLE = {"message.sent", "message.failed", "receipt.acknowledged"}

ENVELOPE_WORDS: dict[str, LazyText] = {
    "id": lazy("Mã sự kiện"),
    "type": lazy("Loại"),
    "source": lazy("Bộ phận ghi"),
    "subject": lazy("Về"),
    "time": lazy("Lúc"),
    "planid": lazy("Kế hoạch"),
    "planstep": lazy("Mục của kế hoạch"),
    "actorid": lazy("Người làm"),
    "causationid": lazy("Sự kiện gây ra"),
    "correlationid": lazy("Thuộc hồ sơ"),
}


def envelope_words(attribute: str) -> str:
    """An attribute of the event's envelope in words."""
    return str(ENVELOPE_WORDS[attribute])


SERVICES: dict[str, LazyText] = {
    "clock": lazy("Lịch"),
    "identity": lazy("Đơn vị và người"),
    "nomination": lazy("Đề cử"),
    "review": lazy("Xét duyệt"),
    "publish": lazy("Đăng tải"),
    "notify": lazy("Thông báo"),
    "report": lazy("Báo cáo"),
}


def service_words(source: str) -> str:
    """The service that said an event, from the envelope's source ("/review")."""
    name = source.strip("/")
    return str(SERVICES.get(name, name))


REFUSALS: dict[str, LazyText] = {
    "report.unknown": lazy("Kế hoạch không có báo cáo “%(value)s”."),
    "report.not_yet": lazy("Kế hoạch chưa bắt đầu nên chưa có gì để báo cáo."),
    "report.commune_ended": lazy(
        "Báo cáo này đến hạn sau ngày %(day)s, khi xã đã sáp nhập. %(successor)s mới báo cáo theo kế hoạch của mình."
    ),
    "report.already_submitted": lazy("Báo cáo này đã gửi ngày %(on)s. Không cần gửi lại."),
}
