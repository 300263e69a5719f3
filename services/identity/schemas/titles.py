"""What roles are called."""

from shared.access.principal import Role
from shared.plan import Plan, UnknownInPlan
from shared.web.i18n import LazyText, current_language, lazy

ROLE_NAMES: dict[Role, LazyText] = {
    Role.NOMINATOR: lazy("Trưởng thôn, thủ trưởng đơn vị"),
    Role.ORGANISATION: lazy("Đoàn thể"),
    Role.CLERK: lazy("Cán bộ đầu mối"),
    Role.COUNCIL_MEMBER: lazy("Thành viên Hội đồng"),
    Role.CHAIR: lazy("Chủ tịch"),
    Role.EDITOR: lazy("Biên tập viên"),
    Role.AGGREGATOR_OFFICER: lazy("Cán bộ cấp tổng hợp"),
    Role.ADMIN: lazy("Quản trị"),
}


def role_title(plan: Plan, role: Role) -> str:
    """The title that this plan gives the role, or the product's own where the plan gives none."""
    try:
        return plan.role(role.value).title.to(current_language())
    except UnknownInPlan:
        return str(ROLE_NAMES[role])
