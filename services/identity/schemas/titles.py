"""What roles are called."""

from shared.access.principal import Role
from shared.access.words import ROLE_NAMES
from shared.plan import Plan, UnknownInPlan
from shared.web.i18n import current_language


def role_title(plan: Plan, role: Role) -> str:
    """The title that this plan gives the role, or the product's own where the plan gives none."""
    try:
        return plan.role(role.value).title.to(current_language())
    except UnknownInPlan:
        return str(ROLE_NAMES[role])
