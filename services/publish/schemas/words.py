"""Refusals, piles, channels' states and checks in words."""

from services.publish.queries.desk import Pile
from shared.web.i18n import LazyText, lazy
from shared.web.parts import Tone

REFUSALS: dict[str, LazyText] = {
    "story.withdrawn": lazy("Đề cử đã rút nên bài không được sửa hay đăng nữa."),
    "story.held": lazy("Hồ sơ đang tạm dừng xem xét nên bài chưa đăng được. Hãy chờ cán bộ đầu mối cho xét tiếp."),
    "story.gone": lazy("Bài này đã được gỡ theo yêu cầu và không còn ở đây nữa."),
    "story.changed_meanwhile": lazy("Có người vừa lưu bài này trước bạn. Hãy mở lại bài để xem bản mới."),
    "story.newer_version": lazy("Đã có bản mới hơn được duyệt nên bản này không đăng nữa."),
    "commune.ended": lazy(
        "Từ ngày %(day)s, %(former)s cũ không còn nên các kênh của xã đã đóng. "
        "Bài chưa đăng do %(successor)s mới đăng tiếp."
    ),
    "channel.commune_ended": lazy("Xã cũ đã sáp nhập nên kênh này đã đóng."),
    "story.no_channel": lazy("Hãy chọn ít nhất một kênh."),
    "story.unknown_channel": lazy("Kế hoạch không mở kênh “%(value)s”. Hãy chọn kênh trong danh sách."),
    "story.check_missing": lazy("Lĩnh vực này cần rà soát trước khi đăng (%(value)s). Hãy đọc và đánh dấu xác nhận."),
    "consent.story_missing": lazy(
        "Người được nêu gương chưa đồng ý cho đăng bài. Hãy xin ý kiến trước; chưa có thì bài không được đăng."
    ),
    "consent.waiting": lazy(
        "Còn %(count)s người cần hỏi chưa đồng ý nên bài chưa đăng được. Xem mục Sự đồng ý của hồ sơ."
    ),
    "consent.channel_missing": lazy(
        "Người được nêu gương không đồng ý đăng ở “%(value)s”. Hãy bỏ kênh này, hoặc hỏi lại trước khi đăng."
    ),
    "consent.name_in_text": lazy(
        "Người được nêu gương không đồng ý nêu tên, mà trong bài còn “%(value)s”. Hãy sửa thành cách gọi chung."
    ),
    "channel.not_stuck": lazy("Kênh này không cần gửi lại: đang chờ, đang gửi hoặc đã đăng."),
    "activity.in_future": lazy("Ngày này chưa tới. Hãy ghi việc đã làm xong."),
    "activity.out_of_period": lazy("Ngày này nằm ngoài thời gian của kế hoạch."),
    "activity.not_a_number": lazy("Hãy gõ số nguyên, ví dụ 1.200.000."),
    "activity.commune_ended": lazy(
        "Từ ngày %(day)s, %(former)s cũ không còn. Việc đã làm nay do %(successor)s mới ghi."
    ),
    "activity.other": lazy("Mã hoạt động này đã dùng. Hãy mở lại trang ghi hoạt động."),
    "text.too_short": lazy("Ô này chưa có chữ nào."),
    "date.not_a_day": lazy("Hãy gõ ngày như 27/3/2026."),
    "date.short_year": lazy("Hãy gõ đủ bốn số của năm, ví dụ 27/3/2026."),
    "date.no_such_day": lazy("Không có ngày này. Hãy xem lại lịch."),
    "cursor.unreadable": lazy("Giá trị “after” không đọc được. Hãy dùng giá trị “next” của trang trước."),
}

PILES: dict[Pile, LazyText] = {
    Pile.TO_WRITE: lazy("Chờ viết"),
    Pile.WRITING: lazy("Đang viết"),
    Pile.APPROVED: lazy("Đã duyệt"),
    Pile.PUBLISHED: lazy("Đã đăng"),
    Pile.WITHDRAWN: lazy("Đã rút"),
}
PILE_TONES: dict[Pile, Tone] = {
    Pile.TO_WRITE: "warn",
    Pile.WRITING: "info",
    Pile.APPROVED: "gold",
    Pile.PUBLISHED: "ok",
    Pile.WITHDRAWN: "mute",
}
NOTHING_ON: dict[Pile, LazyText] = {
    Pile.TO_WRITE: lazy("Không có bài nào chờ viết. Bài mới tự đến khi Chủ tịch công nhận một tấm gương."),
    Pile.WRITING: lazy("Không có bài nào đang viết dở."),
    Pile.APPROVED: lazy("Không có bài nào đang trên đường ra các kênh."),
    Pile.PUBLISHED: lazy("Chưa có bài nào được đăng."),
    Pile.WITHDRAWN: lazy("Chưa có bài nào bị rút."),
}

#: How a channel stands: words and tone.
STATES: dict[str, tuple[LazyText, Tone]] = {
    "none": (lazy("Chưa chọn"), "mute"),
    "planned": (lazy("Đang chờ"), "info"),
    "sending": (lazy("Đang gửi"), "info"),
    "looking": (lazy("Đang kiểm tra lại"), "warn"),
    "sent": (lazy("Đã đăng"), "ok"),
    "unknown": (lazy("Không rõ đã đăng chưa"), "bad"),
    "failed": (lazy("Không đăng được"), "bad"),
    "cancelled": (lazy("Đã hủy"), "mute"),
    "removed": (lazy("Đã gỡ"), "mute"),
}

#: What the plan asks an approver to make sure of in some fields.
CHECKS: dict[str, LazyText] = {
    "secrecy_check": lazy("Tôi đã rà soát: bài và ảnh không lộ bí mật nhà nước, bí mật công tác."),
    "child_check": lazy(
        "Tôi đã kiểm tra: nếu bài hoặc ảnh có trẻ em thì cha mẹ, và cháu từ 7 tuổi trở lên, đã đồng ý."
    ),
}


#: Why a channel was refused, where the ledger keeps the key of the refusal but not its values.
WITHOUT_VALUES: dict[str, LazyText] = {
    "consent.taken_back": lazy("Sự đồng ý đăng ở đây đã được rút."),
    "consent.waiting": lazy("Còn người cần hỏi chưa đồng ý."),
    "consent.channel_missing": lazy("Người được nêu gương không đồng ý đăng ở kênh này."),
    "consent.name_in_text": lazy("Người được nêu gương không đồng ý nêu tên, mà trong bài còn tên."),
}


def reason_words(reason: str) -> str:
    """Why a channel did not take a story: our own keys in words, a technical message as it is."""
    found = WITHOUT_VALUES.get(reason) or REFUSALS.get(reason)
    return str(found) if found and "%(" not in found.message else reason


def check_words(check: str) -> str:
    found = CHECKS.get(check)
    return str(found) if found else check
