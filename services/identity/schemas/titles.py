"""What roles are called."""

from shared.access.principal import Office, Role
from shared.access.reach import Errand, Scope
from shared.access.words import ROLE_NAMES
from shared.plan import Plan, UnknownInPlan
from shared.plan.shelf import shelf
from shared.web.i18n import LazyText, current_language, lazy

#: {scope: what a program may do with it, in one's own words}
SCOPE_NAMES: dict[Scope, LazyText] = {
    Scope.NOMINATE: lazy("Gửi và rút đề cử"),
    Scope.READ: lazy("Xem"),
    Scope.REVIEW: lazy("Chấm điểm và quyết định"),
    Scope.PUBLISH: lazy("Duyệt bài đăng"),
}
SCOPE_HINTS: dict[Scope, LazyText] = {
    Scope.NOMINATE: lazy("Phần mềm gửi ảnh, hồ sơ đề cử và rút hồ sơ thay bạn."),
    Scope.READ: lazy("Phần mềm đọc những gì bạn đọc được: hồ sơ đã gửi, thông báo, số liệu."),
    Scope.REVIEW: lazy("Phần mềm ghi điểm và quyết định thay bạn."),
    Scope.PUBLISH: lazy("Phần mềm duyệt bài thay bạn."),
}
ERRAND_NAMES: dict[Errand, LazyText] = {
    Errand.SCORE: lazy("Chấm điểm một hồ sơ"),
    Errand.DECIDE: lazy("Quyết định một hồ sơ"),
}


def role_title(plan: Plan, role: Role) -> str:
    """The title that this plan gives the role, or the product's own where the plan gives none."""
    try:
        return plan.role(role.value).title.to(current_language())
    except UnknownInPlan:
        return str(ROLE_NAMES[role])


def office_title(office: Office) -> str:
    """The role and the unit for which it is held: "Cán bộ đầu mối, xã Bình Lương"."""
    plan = shelf().get(office.plan_id)
    if plan is None:
        return f"{ROLE_NAMES[office.role]}, {office.plan_id}"
    try:
        unit = plan.unit_by_id(office.unit_id).name.to(current_language())
    except UnknownInPlan:
        return role_title(plan, office.role)
    return f"{role_title(plan, office.role)}, {unit}"
