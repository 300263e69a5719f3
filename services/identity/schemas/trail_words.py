"""Entries of the audit trail as sentences: who, in which office, did what, when."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.identity.queries.trail import Line
from services.identity.schemas.titles import role_title
from shared.access.principal import Role
from shared.audit.entry import COMMAND_LINE, Action
from shared.plan import Plan, UnknownInPlan
from shared.plan.shelf import shelf
from shared.text.dates import shown_day
from shared.web.filters import clock_time, day
from shared.web.i18n import LazyText, current_language, gettext, lazy

#: {(action, kind of thing): the sentence}
LOOKS: dict[tuple[str, str], LazyText] = {
    ("opened", "nomination"): lazy("%(who)s xem đề cử %(code)s lúc %(time)s ngày %(day)s."),
    ("opened", "draft"): lazy("%(who)s xem một đề cử đang viết dở lúc %(time)s ngày %(day)s."),
    ("opened", "import"): lazy("%(who)s xem kết quả kiểm tra một bảng đề cử lúc %(time)s ngày %(day)s."),
    ("opened", "photo"): lazy("%(who)s xem một ảnh chưa đăng lúc %(time)s ngày %(day)s."),
    ("opened", "case"): lazy("%(who)s xem hồ sơ xét duyệt %(code)s lúc %(time)s ngày %(day)s."),
    ("opened", "story"): lazy("%(who)s xem bài viết về hồ sơ %(code)s lúc %(time)s ngày %(day)s."),
    ("opened", "message"): lazy("%(who)s xem một tin đã gửi lúc %(time)s ngày %(day)s."),
    ("opened", "road"): lazy("%(who)s xem hành trình của hồ sơ %(code)s lúc %(time)s ngày %(day)s."),
    ("opened", "event"): lazy("%(who)s xem chi tiết một sự kiện lúc %(time)s ngày %(day)s."),
    ("opened", "answer"): lazy("%(who)s tra ai đã xem hồ sơ %(code)s lúc %(time)s ngày %(day)s."),
    ("opened", "person"): lazy("%(who)s xem trang của một người giữ vai trò lúc %(time)s ngày %(day)s."),
    ("opened", "unit_change"): lazy("%(who)s xem trước một thay đổi đơn vị lúc %(time)s ngày %(day)s."),
    ("opened", "candidate"): lazy("%(who)s xem một nhân tố được bồi dưỡng lúc %(time)s ngày %(day)s."),
    ("listed", "candidates"): lazy("%(who)s xem danh sách %(count)s nhân tố được bồi dưỡng lúc %(time)s ngày %(day)s."),
    ("taken_out", "candidates"): lazy("%(who)s tải danh sách nhân tố được bồi dưỡng lúc %(time)s ngày %(day)s."),
    ("listed", "people"): lazy("%(who)s xem danh sách %(count)s người giữ vai trò lúc %(time)s ngày %(day)s."),
    ("listed", "cards"): lazy("%(who)s xem danh sách thẻ của %(count)s người lúc %(time)s ngày %(day)s."),
    ("listed", "nominations"): lazy("%(who)s xem danh sách %(count)s đề cử lúc %(time)s ngày %(day)s."),
    ("listed", "withdrawals"): lazy("%(who)s xem danh sách %(count)s lời rút đồng ý lúc %(time)s ngày %(day)s."),
    ("listed", "namesakes"): lazy("%(who)s được nhắc %(count)s đề cử trùng tên lúc %(time)s ngày %(day)s."),
    ("listed", "suggestions"): lazy("%(who)s xem danh sách %(count)s gợi ý lúc %(time)s ngày %(day)s."),
    ("opened", "suggestion"): lazy("%(who)s xem một gợi ý lúc %(time)s ngày %(day)s."),
    ("listed", "cases"): lazy("%(who)s xem danh sách %(count)s hồ sơ xét duyệt lúc %(time)s ngày %(day)s."),
    ("listed", "stories"): lazy("%(who)s xem danh sách %(count)s bài viết lúc %(time)s ngày %(day)s."),
    ("listed", "messages"): lazy("%(who)s xem sổ gửi tin lúc %(time)s ngày %(day)s."),
    ("listed", "trail"): lazy("%(who)s xem nhật ký truy cập lúc %(time)s ngày %(day)s."),
    ("listed", "dossiers"): lazy(
        "%(who)s tìm hồ sơ của một công dân, thấy %(count)s hồ sơ, lúc %(time)s ngày %(day)s."
    ),
    ("taken_out", "worklist"): lazy("%(who)s tải danh sách đề cử lúc %(time)s ngày %(day)s."),
    ("taken_out", "import"): lazy("%(who)s tải các dòng cần sửa của một bảng đề cử lúc %(time)s ngày %(day)s."),
    ("taken_out", "case_list"): lazy("%(who)s tải danh sách hồ sơ xét duyệt lúc %(time)s ngày %(day)s."),
    ("taken_out", "evidence"): lazy("%(who)s tải tệp minh chứng của hồ sơ %(code)s lúc %(time)s ngày %(day)s."),
    ("taken_out", "receipt"): lazy("%(who)s in phiếu đề cử %(code)s lúc %(time)s ngày %(day)s."),
    ("taken_out", "proposal"): lazy("%(who)s in tờ trình khen thưởng %(code)s lúc %(time)s ngày %(day)s."),
    ("taken_out", "leaflet_preview"): lazy("%(who)s in thử tờ rơi về hồ sơ %(code)s lúc %(time)s ngày %(day)s."),
    ("taken_out", "summary_table"): lazy("%(who)s tải bảng tổng hợp lúc %(time)s ngày %(day)s."),
    ("taken_out", "progress_report"): lazy("%(who)s in báo cáo thực hiện kế hoạch lúc %(time)s ngày %(day)s."),
    ("taken_out", "card_sheet"): lazy("%(who)s in tờ thẻ lúc %(time)s ngày %(day)s."),
    ("taken_out", "trail"): lazy("%(who)s tải nhật ký truy cập lúc %(time)s ngày %(day)s."),
    ("taken_out", "answer"): lazy("%(who)s in thư trả lời ai đã xem hồ sơ %(code)s lúc %(time)s ngày %(day)s."),
    ("signed_in", "approval_link"): lazy("%(who)s vào bằng liên kết duyệt lúc %(time)s ngày %(day)s."),
    ("sign_in_failed", "card"): lazy("%(who)s dùng thẻ không thành lúc %(time)s ngày %(day)s."),
    ("sign_in_failed", "approval_link"): lazy("%(who)s dùng liên kết duyệt không thành lúc %(time)s ngày %(day)s."),
    ("sign_in_blocked", "approval_link"): lazy(
        "%(who)s bị chặn vì nhập sai mã của liên kết duyệt quá nhiều lần lúc %(time)s ngày %(day)s."
    ),
    ("sign_in_blocked", "card"): lazy("%(who)s bị chặn vì thử thẻ quá nhiều lần lúc %(time)s ngày %(day)s."),
}
#: {action: the sentence}, where the kind of thing adds nothing
DEEDS: dict[str, LazyText] = {
    "opened": lazy("%(who)s mở một mục có dữ liệu cá nhân lúc %(time)s ngày %(day)s."),
    "listed": lazy("%(who)s xem một danh sách có dữ liệu cá nhân lúc %(time)s ngày %(day)s."),
    "taken_out": lazy("%(who)s tải một tệp lúc %(time)s ngày %(day)s."),
    "answer_asked": lazy("%(who)s ghi nhận yêu cầu của công dân về hồ sơ %(code)s lúc %(time)s ngày %(day)s."),
    "signed_in": lazy("%(who)s đăng nhập lúc %(time)s ngày %(day)s."),
    "sign_in_failed": lazy("%(who)s đăng nhập không thành lúc %(time)s ngày %(day)s."),
    "sign_in_blocked": lazy("%(who)s bị chặn vì thử đăng nhập quá nhiều lần lúc %(time)s ngày %(day)s."),
    "signed_out": lazy("%(who)s đăng xuất lúc %(time)s ngày %(day)s."),
    "office_switched": lazy("%(who)s đổi sang vai trò này lúc %(time)s ngày %(day)s."),
    "office_given": lazy("%(who)s giao một vai trò lúc %(time)s ngày %(day)s."),
    "office_ended": lazy("%(who)s cho thôi một vai trò lúc %(time)s ngày %(day)s."),
    "office_kept": lazy("%(who)s hủy việc thôi giữ một vai trò lúc %(time)s ngày %(day)s."),
    "office_lent": lazy("%(who)s ghi việc làm thay một vai trò lúc %(time)s ngày %(day)s."),
    "office_taken_back": lazy("%(who)s thu hồi việc làm thay một vai trò lúc %(time)s ngày %(day)s."),
    "contact_corrected": lazy("%(who)s sửa tên hoặc thư điện tử của một người lúc %(time)s ngày %(day)s."),
    "card_issued": lazy("%(who)s phát thẻ lúc %(time)s ngày %(day)s."),
    "card_revoked": lazy("%(who)s thu hồi một thẻ lúc %(time)s ngày %(day)s."),
    "second_factor_added": lazy("%(who)s bật mã xác thực lúc %(time)s ngày %(day)s."),
    "second_factor_removed": lazy("%(who)s bỏ mã xác thực của một tài khoản lúc %(time)s ngày %(day)s."),
    "recovery_codes_drawn": lazy("%(who)s lấy mã dự phòng mới lúc %(time)s ngày %(day)s."),
    "provider_linked": lazy("%(who)s liên kết với tài khoản ở hệ thống khác lúc %(time)s ngày %(day)s."),
    "provider_unlinked": lazy("%(who)s bỏ liên kết với tài khoản ở hệ thống khác lúc %(time)s ngày %(day)s."),
    "approval_link_made": lazy("%(who)s lập một liên kết duyệt lúc %(time)s ngày %(day)s."),
    "units_changed": lazy("%(who)s xác nhận một thay đổi đơn vị lúc %(time)s ngày %(day)s."),
    "unit_change_cancelled": lazy("%(who)s hủy một thay đổi đơn vị lúc %(time)s ngày %(day)s."),
    "units_imported": lazy("%(who)s nhập một danh sách đơn vị lúc %(time)s ngày %(day)s."),
    "token_issued": lazy("%(who)s lập một mã API lúc %(time)s ngày %(day)s."),
    "token_revoked": lazy("%(who)s thu hồi một mã API lúc %(time)s ngày %(day)s."),
    "password_changed": lazy("%(who)s đổi mật khẩu lúc %(time)s ngày %(day)s."),
    "password_reset": lazy("%(who)s đặt lại mật khẩu cho một người lúc %(time)s ngày %(day)s."),
    "password_link_made": lazy("%(who)s lập liên kết đặt mật khẩu cho một người lúc %(time)s ngày %(day)s."),
    "password_link_mailed": lazy("%(who)s gửi thư có liên kết đặt mật khẩu cho một người lúc %(time)s ngày %(day)s."),
}
ACTIONS: dict[Action, LazyText] = {
    Action.OPENED: lazy("Xem một mục"),
    Action.LISTED: lazy("Xem danh sách"),
    Action.TAKEN_OUT: lazy("In hoặc tải về"),
    Action.ANSWER_ASKED: lazy("Yêu cầu của công dân"),
    Action.SIGNED_IN: lazy("Đăng nhập"),
    Action.SIGN_IN_FAILED: lazy("Đăng nhập không thành"),
    Action.SIGN_IN_BLOCKED: lazy("Bị chặn đăng nhập"),
    Action.SIGNED_OUT: lazy("Đăng xuất"),
    Action.OFFICE_SWITCHED: lazy("Đổi vai trò"),
    Action.OFFICE_GIVEN: lazy("Giao vai trò"),
    Action.OFFICE_ENDED: lazy("Thôi vai trò"),
    Action.OFFICE_KEPT: lazy("Hủy việc thôi vai trò"),
    Action.OFFICE_LENT: lazy("Giao người làm thay"),
    Action.OFFICE_TAKEN_BACK: lazy("Thu hồi việc làm thay"),
    Action.CONTACT_CORRECTED: lazy("Sửa tên, thư điện tử"),
    Action.CARD_ISSUED: lazy("Phát thẻ"),
    Action.CARD_REVOKED: lazy("Thu hồi thẻ"),
    Action.SECOND_FACTOR_ADDED: lazy("Bật mã xác thực"),
    Action.SECOND_FACTOR_REMOVED: lazy("Bỏ mã xác thực"),
    Action.RECOVERY_CODES_DRAWN: lazy("Lấy mã dự phòng mới"),
    Action.PROVIDER_LINKED: lazy("Liên kết tài khoản"),
    Action.PROVIDER_UNLINKED: lazy("Bỏ liên kết tài khoản"),
    Action.APPROVAL_LINK_MADE: lazy("Lập liên kết duyệt"),
    Action.UNITS_CHANGED: lazy("Thay đổi đơn vị"),
    Action.UNIT_CHANGE_CANCELLED: lazy("Hủy thay đổi đơn vị"),
    Action.UNITS_IMPORTED: lazy("Nhập danh sách đơn vị"),
    Action.TOKEN_ISSUED: lazy("Lập mã API"),
    Action.TOKEN_REVOKED: lazy("Thu hồi mã API"),
    Action.PASSWORD_CHANGED: lazy("Đổi mật khẩu"),
    Action.PASSWORD_RESET: lazy("Đặt lại mật khẩu"),
    Action.PASSWORD_LINK_MADE: lazy("Lập liên kết đặt mật khẩu"),
    Action.PASSWORD_LINK_MAILED: lazy("Gửi liên kết đặt mật khẩu qua thư"),
}


class Said(NamedTuple):
    """An entry in words: the sentence, and what else is known of it."""

    sentence: str
    detail: str


def said(line: Line) -> Said:
    return Said(sentence_of(line), detail_of(line))


def sentence_of(line: Line) -> str:
    words = LOOKS.get((line.action, line.object_kind)) or DEEDS[line.action]
    return gettext(
        words.message,
        who=who_of(line),
        code=line.object_code or gettext("(không có mã)"),
        count=line.detail.get("count", 0),
        time=clock_time(line.at),
        day=day(line.at),
    )


def who_of(line: Line) -> str:
    """Name, title and unit; a token says so."""
    if line.role == COMMAND_LINE.role:
        return gettext("Người quản trị tại máy chủ")
    if not line.role:
        return gettext("Một người chưa đăng nhập")
    office = office_words(line.role, line.office_unit_id, line.plan_id)
    if line.by_token:
        return gettext("%(name)s, %(office)s, bằng mã API,", name=line.actor_name, office=office)
    if line.on_behalf_of:
        return gettext("%(name)s, làm thay %(office)s,", name=line.actor_name, office=office)
    return gettext("%(name)s, %(office)s,", name=line.actor_name, office=office)


def office_words(role: str, unit_id: object, plan_id: str) -> str:
    """An office in words: its title and its unit, as far as they are still known."""
    plan = shelf().get(plan_id)
    if plan is None or role not in set(Role):
        return role or gettext("không rõ vai trò")
    unit = unit_words(plan, unit_id)
    title = role_title(plan, Role(role))
    return gettext("%(title)s, %(unit)s", title=title, unit=unit) if unit else title


def unit_words(plan: Plan, unit_id: object) -> str:
    try:
        return next(unit for unit in plan.units if unit.id == unit_id).name.to(current_language())
    except (StopIteration, UnknownInPlan):
        return ""


def detail_of(line: Line) -> str:
    """What narrows it down: a search, where a try came from, which office was given."""
    known = line.detail
    parts = [
        gettext("Có từ tìm kiếm.") if known.get("searched") else "",
        gettext("Từ mạng %(network)s.", network=known["network"]) if known.get("network") else "",
        gettext("Bằng thẻ.") if known.get("card") else "",
        gettext("Có xác thực hai bước.") if known.get("second_factor") else "",
        gettext("Hạn trả lời: hết ngày %(day)s.", day=day_words(known["answer_by"])) if "answer_by" in known else "",
        gettext("Vai trò: %(office)s.", office=given_office(line)) if "role" in known else "",
        gettext("Từ ngày %(day)s.", day=day_words(known["on"])) if "on" in known else "",
    ]
    return " ".join(part for part in parts if part)


def day_words(written: str) -> str:
    """A day as an entry's detail holds it, for readers."""
    return shown_day(date.fromisoformat(written))


def given_office(line: Line) -> str:
    """The office that was given or ended; the commune's plan is the one that knows its unit."""
    unit_id = UUID(line.detail["unit"])
    plan_id = next((plan.id for plan in shelf().values() if plan.unit.id == line.unit_id), "")
    return office_words(line.detail["role"], unit_id, plan_id)
