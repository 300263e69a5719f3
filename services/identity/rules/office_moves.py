"""What becomes of people's offices when units change."""

from collections.abc import Mapping
from uuid import UUID

from services.identity.rules.units import Change, Place
from shared.access.principal import Office, Role


def office_goes_to(office: Office, change: Change) -> Place | None:
    """Where the office is held afterwards: where it is, or for the same unit under another plan. None: it ends.

    Whoever holds an office in a unit that goes on keeps it. What is a commune's own (clerk, council, chair, editor)
    ends with the commune: the new one appoints. An administrator of the product goes along with the commune's heir,
    or nobody could appoint the others.
    """
    place = Place(office.plan_id, office.unit_id)
    heir = heirs_of(change).get(place)
    if heir is None:
        return None if office.unit_id in change.ends else place
    if heir.unit_id == place.unit_id or office.role is Role.ADMIN:
        return heir
    return None


def heirs_of(change: Change) -> Mapping[Place, Place]:
    """{unit: its heir} of every unit whose plan ends."""
    return {each.unit: each.heir for each in change.heirs}


def place_of_work(plan_id: str, unit_id: UUID, change: Change) -> Place:
    """Where an open nomination of the unit is decided afterwards.

    A commune that lives on decides what was handed to it, also for a village that leaves it.
    """
    place = Place(plan_id, unit_id)
    return heirs_of(change).get(place, place) if plan_id in change.ending_plans else place
