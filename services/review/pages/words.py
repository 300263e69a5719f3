"""The words of the council's pages: stages, warnings, phrases for reasons, refusals."""

from collections.abc import Mapping

from services.review.queries.lists import View
from services.review.rules.awards import Track
from services.review.rules.resting import Ground
from services.review.rules.stages import Outcome, Stage
from shared.web.i18n import LazyText, lazy
from shared.web.parts import Tone

STAGES: Mapping[Stage, tuple[Tone, LazyText]] = {
    Stage.OPEN: ("info", lazy("Chờ xét")),
    Stage.RETURNED: ("warn", lazy("Chờ bổ sung")),
    Stage.RECOGNISED: ("gold", lazy("Được công nhận")),
    Stage.NURTURE: ("warn", lazy("Bồi dưỡng thêm")),
    Stage.DECLINED: ("mute", lazy("Chưa công nhận")),
    Stage.WITHDRAWN: ("mute", lazy("Đã rút")),
}
ALL_SHEETS_IN: tuple[Tone, LazyText] = ("gold", lazy("Chờ Chủ tịch"))
BEING_SCORED: tuple[Tone, LazyText] = ("info", lazy("Đang chấm"))
HELD: tuple[Tone, LazyText] = ("warn", lazy("Tạm dừng"))
SUPPLEMENT_LATE: tuple[Tone, LazyText] = ("bad", lazy("Quá hạn bổ sung"))

VIEWS: Mapping[View, LazyText] = {
    View.MINE: lazy("Chờ bạn"),
    View.WAITING: lazy("Tất cả hồ sơ chờ"),
    View.RETURNED: lazy("Chờ bổ sung"),
    View.HELD: lazy("Tạm dừng"),
    View.SOON: lazy("Sắp hết hạn"),
    View.OVERDUE: lazy("Quá hạn"),
    View.RECOGNISED: lazy("Được công nhận"),
    View.NURTURE: lazy("Bồi dưỡng thêm"),
    View.DECLINED: lazy("Chưa công nhận"),
    View.WITHDRAWN: lazy("Đã rút"),
}

#: What a list says that is empty.
NONE: Mapping[View, LazyText] = {
    View.MINE: lazy("Bạn đã chấm hết hồ sơ. Cảm ơn bạn."),
    View.WAITING: lazy("Không còn hồ sơ nào chờ xét."),
    View.RETURNED: lazy("Không có hồ sơ nào chờ đơn vị bổ sung."),
    View.HELD: lazy("Không có hồ sơ nào đang tạm dừng."),
    View.SOON: lazy("Không có hồ sơ nào. Mọi hồ sơ còn trong hạn."),
    View.OVERDUE: lazy("Không có hồ sơ nào. Mọi hồ sơ còn trong hạn."),
}
NONE_READY = lazy("Chưa có hồ sơ nào đủ phiếu chấm. Khi Hội đồng chấm xong, hồ sơ hiện ở đây.")
NONE_YET = lazy("Chưa có hồ sơ nào ở mục này.")

OUTCOMES: Mapping[Outcome, tuple[LazyText, LazyText]] = {
    Outcome.RECOGNISED: (
        lazy("Công nhận điển hình tiên tiến"),
        lazy("Chuyển biên tập viết bài, giới thiệu với nhân dân."),
    ),
    Outcome.NURTURE: (
        lazy("Bồi dưỡng thêm"),
        lazy("Nhân tố tốt, chưa đủ tiêu chuẩn. Đơn vị giúp đỡ để đề cử lại."),
    ),
    Outcome.DECLINED: (lazy("Chưa công nhận"), lazy("Người đề cử nhận được lý do.")),
}

#: What the nominator reads first; the reason follows as a paragraph of its own.
TOLD_NOMINATOR: Mapping[Outcome, LazyText] = {
    Outcome.RECOGNISED: lazy("Hồ sơ %(code)s về %(name)s được công nhận là điển hình tiên tiến."),
    Outcome.NURTURE: lazy("Hồ sơ %(code)s về %(name)s cần bồi dưỡng thêm trước khi công nhận."),
    Outcome.DECLINED: lazy("Hồ sơ %(code)s về %(name)s chưa được công nhận."),
}

#: Sentences that a chair often needs. The official wording is Vietnamese, so it is kept as it stands here.
PHRASES: Mapping[str, LazyText] = {
    "results": lazy("Hồ sơ chưa nêu rõ kết quả cụ thể: giúp được ai, bao nhiêu, từ khi nào."),
    "longer": lazy("Việc làm mới bắt đầu, cần thêm thời gian để thấy hiệu quả lâu dài."),
    "wider": lazy("Cách làm hay nhưng chưa lan tỏa ra ngoài gia đình, đơn vị."),
    "duty": lazy("Việc làm tốt, nhưng thuộc nhiệm vụ thường ngày, chưa nổi trội."),
    "proof": lazy("Cần thêm xác nhận của người dân hoặc đơn vị nơi việc tốt diễn ra."),
    "again": lazy("Người này đã được công nhận về cùng thành tích."),
}

CHECKS: Mapping[str, LazyText] = {
    "secrecy_check": lazy(
        "Trước khi đăng phải rà soát bí mật nhà nước: không nêu vị trí, quân số, trang bị, kế hoạch."
    ),
    "child_check": lazy("Có thể có trẻ em: trước khi đăng phải được cha mẹ đồng ý; từ 7 tuổi cần cả em đồng ý."),
}
OTHER_CHECK = lazy("Trước khi đăng phải qua quy tắc “%(check)s” của kế hoạch.")

SOURCES: Mapping[str, LazyText] = {
    "village": lazy("Thôn"),
    "organisation": lazy("Đoàn thể"),
    "media": lazy("Cơ quan truyền thông phát hiện"),
    "council": lazy("Hội đồng Thi đua - Khen thưởng giới thiệu"),
}
GIVEN_BY: Mapping[str, LazyText] = {
    "self": lazy("Tự mình đồng ý"),
    "representative": lazy("Người đại diện đồng ý"),
    "guardian": lazy("Cha mẹ hoặc người giám hộ đồng ý"),
}
PROOFS: Mapping[str, LazyText] = {
    "spoken": lazy("Nói trực tiếp"),
    "signed_paper": lazy("Giấy có chữ ký"),
    "digital": lazy("Xác nhận điện tử"),
}
PERMISSIONS: Mapping[str, LazyText] = {
    "publish_name": lazy("nêu tên"),
    "publish_story": lazy("đăng bài"),
    "publish_photo": lazy("đăng ảnh"),
}
TRACKS: Mapping[Track, LazyText] = {
    Track.ROLE_MODEL_MERIT: lazy("Thành tích của điển hình tiên tiến"),
    Track.PUBLICITY_MERIT: lazy("Thành tích trong công tác tuyên truyền"),
}

#: Decree 152/2025/NĐ-CP, Art. 4.
GROUNDS: Mapping[Ground, LazyText] = {
    Ground.DISCIPLINE: lazy("Đang xem xét kỷ luật"),
    Ground.INVESTIGATION: lazy("Đang bị điều tra"),
    Ground.INSPECTION: lazy("Đang thanh tra, kiểm tra dấu hiệu vi phạm"),
    Ground.COMPLAINT: lazy("Có đơn khiếu nại, tố cáo đang xác minh"),
    Ground.PRESS: lazy("Báo chí nêu dấu hiệu tham nhũng, đang xác minh"),
    Ground.OTHER: lazy("Lý do khác"),
}

REFUSALS: Mapping[str, LazyText] = {
    "case.unknown": lazy("Không có hồ sơ này. Hãy mở lại danh sách xét duyệt."),
    "case.closed": lazy("Hồ sơ này đã đóng, không nhận thêm bước nào. Hãy mở hồ sơ khác."),
    "case.closed_to_scores": lazy("Hồ sơ này đã có quyết định nên không nhận phiếu chấm nữa."),
    "case.taken_back": lazy("Người đề cử đã rút hồ sơ này. Không cần làm gì thêm."),
    "case.not_recognised": lazy("Chỉ làm bước này với hồ sơ đã được công nhận."),
    "case.returned": lazy("Hồ sơ đang chờ đơn vị bổ sung. Hãy đợi, hoặc để cán bộ đầu mối cho xét tiếp."),
    "case.not_returned": lazy("Hồ sơ này không chờ bổ sung. Hãy mở lại hồ sơ để xem tình trạng mới."),
    "case.returned_enough": lazy(
        "Kế hoạch chỉ cho trả lại %(most)s lần, hồ sơ này đã đủ. Hãy gọi hỏi đơn vị, hoặc xét với nội dung đã có."
    ),
    "case.held": lazy("Hồ sơ đang tạm dừng xem xét. Cán bộ đầu mối bỏ tạm dừng thì mới làm tiếp được."),
    "case.not_held": lazy("Hồ sơ này không tạm dừng. Hãy mở lại hồ sơ để xem tình trạng mới."),
    "ladder.awaited": lazy("Cấp trên (%(tier)s) chưa trả lời. Hãy ghi trả lời của cấp này rồi mới giới thiệu tiếp."),
    "ladder.not_agreed": lazy(
        "Người được đề cử chưa đồng ý gửi hồ sơ lên cấp trên. Hãy hỏi lại ở trang Sự đồng ý của hồ sơ."
    ),
    "ladder.at_the_end": lazy("Không còn bậc nào để giới thiệu tiếp."),
    "ladder.nothing_awaited": lazy("Hồ sơ này không chờ cấp trên trả lời. Hãy mở lại hồ sơ để xem tình trạng mới."),
    "answer.missing": lazy("Hãy chọn cấp trên trả lời thế nào."),
    "answer_words.too_short": lazy("Hãy ghi theo văn bản nào, ít nhất 5 chữ cái."),
    "missing.too_short": lazy("Hãy ghi rõ còn thiếu gì, ít nhất 10 chữ cái. Đơn vị đọc nguyên văn câu này."),
    "hold_reason.too_short": lazy("Hãy ghi lý do, ít nhất 10 chữ cái. Chỉ cán bộ xét duyệt đọc."),
    "due_on.out_of_reach": lazy("Hãy chọn ngày từ ngày mai, trong vòng 90 ngày."),
    "until.out_of_reach": lazy("Hãy chọn ngày từ ngày mai, không quá thời gian kế hoạch cho phép."),
    "day.unreadable": lazy("Hãy ghi ngày theo mẫu 27/3/2025."),
    "case.changed": lazy("Hồ sơ vừa thay đổi trong lúc bạn xem. Hãy xem lại rồi quyết định."),
    "case.own_nomination": lazy(
        "Bạn đã đề cử hồ sơ này nên không chấm điểm và không quyết định nó được. Hãy để thành viên khác làm."
    ),
    "case.sheets_missing": lazy(
        "Còn thiếu %(missing)s phiếu chấm (mới có %(sheets)s trên %(needed)s). Hãy chờ Hội đồng chấm xong."
    ),
    "case.decided_already.recognised": lazy(
        "%(who)s đã công nhận hồ sơ này ngày %(day)s. Quyết định của bạn chưa được ghi."
    ),
    "case.decided_already.nurture": lazy(
        "%(who)s đã quyết định bồi dưỡng thêm ngày %(day)s. Quyết định của bạn chưa được ghi."
    ),
    "case.decided_already.declined": lazy(
        "%(who)s đã quyết định chưa công nhận ngày %(day)s. Quyết định của bạn chưa được ghi."
    ),
    "decision.reason_missing": lazy("Hãy ghi lý do: người đề cử cần biết vì sao và nên làm gì tiếp."),
    "award.unknown_form": lazy("Không có hình thức khen thưởng “%(form)s”."),
    "award.no_power": lazy("Ngày %(day)s, Chủ tịch xã không có thẩm quyền tặng %(form)s. Hãy giới thiệu lên cấp trên."),
    "case.commune_ended": lazy(
        "Từ ngày %(day)s, %(former)s cũ không còn nên Hội đồng cũ không chấm hay quyết định nữa. "
        "Hồ sơ này do %(successor)s mới xét tiếp."
    ),
    "award.commune_ended": lazy(
        "Từ ngày %(day)s, %(former)s cũ đã giải thể khi sắp xếp lại, nên không trình khen thưởng hay giới thiệu lên "
        "cấp trên nữa (Thông tư 15/2025/TT-BNV). Thành tích mới hãy đề cử ở %(successor)s mới."
    ),
    "commendation.unknown": lazy("Hồ sơ này chưa trình khen thưởng nên chưa có tờ trình."),
    "cursor.unreadable": lazy("Con trỏ trang không đọc được. Hãy bắt đầu lại từ trang đầu."),
    "field.unknown": lazy("Kế hoạch không có lĩnh vực này."),
    "invalid.enum": lazy("Hãy chọn một trong các giá trị: %(expected)s."),
    "invalid.greater_than_equal": lazy("Phải từ %(ge)s trở lên."),
    "invalid.less_than_equal": lazy("Không được quá %(le)s."),
    "invalid.int_from_float": lazy("Mục này phải là số nguyên."),
}
