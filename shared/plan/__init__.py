"""An official plan as data: frozen types, and answers to what services ask of it. `shelf` has the plans."""

from shared.plan.catalogue import (
    AchievementArea,
    ActivityKind,
    Channel,
    Criterion,
    Field,
    Group,
    ModelKind,
    Movement,
    Recipient,
    ReviewRule,
    Role,
    Signer,
    SubjectKind,
)
from shared.plan.clause import Clause, Realisation, Section
from shared.plan.faults import Fault, PlanFaults, describe
from shared.plan.loader import check, load
from shared.plan.names import Known
from shared.plan.period import Period, Quarter, Window
from shared.plan.plan import Plan, UnknownInPlan
from shared.plan.schedule import Deadline, Occasion, Quota, Yearbook
from shared.plan.text import Text
from shared.plan.unit import Unit

__all__ = [
    "AchievementArea",
    "ActivityKind",
    "Channel",
    "Clause",
    "Criterion",
    "Deadline",
    "Fault",
    "Field",
    "Group",
    "Known",
    "ModelKind",
    "Movement",
    "Occasion",
    "Period",
    "Plan",
    "PlanFaults",
    "Quarter",
    "Quota",
    "Realisation",
    "Recipient",
    "ReviewRule",
    "Role",
    "Section",
    "Signer",
    "SubjectKind",
    "Text",
    "Unit",
    "UnknownInPlan",
    "Window",
    "Yearbook",
    "check",
    "describe",
    "load",
]
