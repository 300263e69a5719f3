"""Who sends a request."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.access.principal import Principal, Role
from shared.plan.shelf import plan_of
from shared.web.i18n import current_language


class MeUnit(BaseModel):
    id: UUID
    key: str
    name: str


class Me(BaseModel):
    """Who sends the request, as identity sees it."""

    model_config = ConfigDict(extra="forbid")

    person_id: UUID
    name: str
    role: Role
    plan_id: str
    unit: MeUnit
    by_token: bool


def me(who: Principal) -> Me:
    unit = plan_of(who.plan_id).unit_by_id(who.unit_id)
    return Me(
        person_id=who.person_id,
        name=who.name,
        role=who.role,
        plan_id=who.plan_id,
        unit=MeUnit(id=unit.id, key=unit.key, name=unit.name.to(current_language())),
        by_token=who.by_token,
    )
