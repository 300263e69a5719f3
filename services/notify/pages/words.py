"""The words of notify's pages."""

import re
from collections.abc import Mapping

from services.notify.models import MailState, Message
from services.notify.queries.sent import View
from shared.plan import Plan
from shared.web.i18n import LazyText, current_language, gettext, lazy
from shared.web.parts import Tone

MAIL_STATES: Mapping[MailState, tuple[Tone, LazyText]] = {
    MailState.NONE: ("mute", lazy("Chỉ ở hộp thông báo")),
    MailState.PLANNED: ("info", lazy("Đang gửi")),
    MailState.SENT: ("ok", lazy("Đã gửi")),
    MailState.UNKNOWN: ("warn", lazy("Chưa rõ đã đến chưa")),
    MailState.FAILED: ("bad", lazy("Không gửi được")),
}
VIEWS: Mapping[View, LazyText] = {
    View.ALL: lazy("Tất cả"),
    View.STUCK: lazy("Cần xem lại"),
    View.UNDER_WAY: lazy("Đang gửi"),
    View.UNREAD: lazy("Chưa đọc"),
}
CIRCLES: Mapping[str, LazyText] = {
    "nominator": lazy("Người đề cử"),
    "subject_unit": lazy("Đơn vị của người được đề cử"),
    "nurturing_unit": lazy("Đơn vị bồi dưỡng"),
    "stepping_in": lazy("Người làm thay hoặc nhận bàn giao"),
}
#: What the button under a message says: {address without its first and last slash, as a pattern: words}.
LINKS: Mapping[str, LazyText] = {
    "": lazy("Xem các gương sáng"),
    "ke-hoach": lazy("Mở kế hoạch"),
    "hanh-trinh/.+": lazy("Xem hành trình hồ sơ"),
    "xet-duyet.*": lazy("Mở trang xét duyệt"),
    "bien-tap.*": lazy("Mở trang biên tập"),
    "tong-hop": lazy("Mở bảng tổng hợp"),
    "bao-cao": lazy("Mở trang báo cáo"),
    "boi-duong.*": lazy("Mở trang bồi dưỡng"),
    "doi-vai": lazy("Mở trang đổi vai trò"),
    "de-cu": lazy("Mở trang đề cử"),
    "de-cu/nhap/.+": lazy("Xem bảng đã nhập"),
    "de-cu/goi-y/.+": lazy("Xem gợi ý"),
    "de-cu/rut-dong-y/.+": lazy("Xem việc rút đồng ý"),
    "de-cu/.+/dong-y": lazy("Xem việc đồng ý"),
    "de-cu/.+/bo-sung": lazy("Bổ sung hồ sơ"),
    "de-cu/[^/]+": lazy("Mở hồ sơ"),
}
REASONS: Mapping[str, LazyText] = {
    "mail.no_address": lazy("Người này chưa có địa chỉ thư điện tử."),
    "mail.address_unusable": lazy("Địa chỉ thư điện tử của người này không dùng được. Hãy sửa địa chỉ rồi gửi lại."),
}

REFUSALS: Mapping[str, LazyText] = {
    **REASONS,
    "message.unknown": lazy("Không có thông báo này. Hãy mở lại hộp thông báo."),
    "mail.ask_first": lazy(
        "Chưa rõ thư đã đến hay chưa. Hãy hỏi người nhận. Nếu thư chưa đến, đánh dấu vào ô rồi bấm gửi lại."
    ),
    "mail.not_stuck": lazy("Thư này đang gửi hoặc đã gửi xong. Không cần gửi lại."),
    "cursor.unreadable": lazy("Con trỏ trang không đọc được. Hãy bắt đầu lại từ trang đầu."),
    "invalid.greater_than_equal": lazy("Phải từ %(ge)s trở lên."),
    "invalid.less_than_equal": lazy("Không được quá %(le)s."),
}


def circle_names(plan: Plan, message: Message) -> str:
    """Everything as which somebody gets a message, in one line; the plan's titles have commas of their own."""
    return "; ".join(circle_name(plan, circle, message) for circle in message.recipients)


def circle_name(plan: Plan, circle: str, message: Message) -> str:
    """A line, group or role of the plan as people call it; "nominator" is a role, or whoever handed a dossier in."""
    language = current_language()
    if circle in CIRCLES and message.nomination_id:
        return str(CIRCLES[circle])
    titles = {role.id: role.title for role in plan.roles}
    titles |= {group.id: group.title for group in plan.groups}
    titles |= {line.id: line.title for line in plan.recipients}
    return titles[circle].to(language) if circle in titles else str(CIRCLES.get(circle, circle))


def link_words(link: str) -> str:
    path = link.partition("?")[0].strip("/")
    fitting = (words for pattern, words in LINKS.items() if re.fullmatch(pattern, path))
    return str(next(fitting, lazy("Mở trang này")))


def mail_words(message: Message) -> tuple[Tone, str]:
    tone, words = MAIL_STATES[MailState(message.mail_state)]
    return tone, str(words)


def reason_words(message: Message) -> str:
    """Why the mail did not go, in plain words, with the server's own answer for those who can use it."""
    if message.mail_detail in REASONS:
        return str(REASONS[message.mail_detail])
    match MailState(message.mail_state):
        case MailState.FAILED:
            return gettext("Máy chủ thư không nhận: %(answer)s.", answer=message.mail_detail)
        case MailState.UNKNOWN:
            return gettext(
                "Thư đã chuyển đi nhưng máy chủ thư không trả lời. "
                "Hệ thống không tự gửi lại, để người nhận không bị hai thư giống nhau."
            )
        case _:
            return ""
