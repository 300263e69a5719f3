"""What a letter is about: the event, and what was known of the dossier."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shared.events.event import Event
from shared.plan import Plan


@dataclass(frozen=True, slots=True)
class DossierCopy:
    """What notify remembers of a nomination: whom to tell, and how to call it. Holds personal data."""

    nomination_id: UUID
    code: str
    unit_id: UUID
    nominator_id: UUID | None
    nominee: str


@dataclass(frozen=True, slots=True)
class Matter:
    """The one view that all letters are written from. `dossier` is None for what is about the plan as a whole."""

    said: Event
    plan: Plan
    dossier: DossierCopy | None = None

    @property
    def data(self) -> dict[str, Any]:
        """The event's data as plan files name them."""
        return self.said.model_dump(mode="json")

    @property
    def commune(self) -> str:
        return self.plan.unit.name.vi

    @property
    def code(self) -> str:
        return self.dossier.code if self.dossier else ""

    @property
    def nominee(self) -> str:
        """Only for letters to people who may know whom a dossier is about."""
        return self.dossier.nominee if self.dossier else ""

    @property
    def unit(self) -> str:
        """The name of the unit that the event or the dossier is about."""
        unit_id: UUID | None = getattr(self.said, "unit_id", None) or (self.dossier.unit_id if self.dossier else None)
        return self.plan.unit_by_id(unit_id).name.vi if unit_id else ""

    @property
    def office(self) -> str:
        """The office that the event is about: "Cán bộ đầu mối (Xã Bình Lương)"."""
        role = str(getattr(self.said, "role", ""))
        titles = {known.id: known.title.vi for known in self.plan.roles}
        return f"{titles.get(role, role)} ({self.unit})"

    @property
    def field(self) -> str:
        return self.plan.field(str(getattr(self.said, "field", ""))).title.vi

    @property
    def channel(self) -> str:
        return self.plan.channel(str(getattr(self.said, "channel", ""))).title.vi

    @property
    def quota(self) -> str:
        return self.plan.quota(str(getattr(self.said, "quota", ""))).title.vi

    @property
    def window(self) -> str:
        """The stretch of time that a quota event names: "quý IV/2025"."""
        quota, key = self.plan.quota(str(getattr(self.said, "quota", ""))), str(getattr(self.said, "quarter", ""))
        return next((window.label.vi for window in quota.windows(self.plan.period) if window.key == key), key)

    @property
    def window_first(self) -> str:
        """`window` at the beginning of a sentence."""
        return self.window[:1].upper() + self.window[1:]

    @property
    def left(self) -> str:
        """How long there is still time, from an event's `days_left`: "còn 6 ngày"."""
        days = int(getattr(self.said, "days_left", 0))
        return f"còn {days} ngày" if days else "hôm nay là ngày cuối"
