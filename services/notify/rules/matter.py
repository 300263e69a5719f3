"""What a letter is about: the event, and what was known of the dossier."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shared.events.event import Event
from shared.plan import Plan, UnknownInPlan
from shared.plan.carried import plan_for
from shared.plan.shelf import plan_of, shelf

#: {duty of `consent.stop_due`: its words}
DUTIES = {
    "answer": "trả lời người đã rút",
    "stop": "dừng và gỡ khỏi các kênh của xã",
    "third_parties": "báo các bên đang giữ bản phát, bản in ngừng dùng",
}


@dataclass(frozen=True, slots=True)
class DossierCopy:
    """What notify remembers of a nomination: whom to tell, and how to call it. Holds personal data."""

    nomination_id: UUID
    code: str
    unit_id: UUID
    nominator_id: UUID | None
    nominee: str
    plan_id: str
    origin: str | None = None  # the plan under which it was sent, once it goes on elsewhere

    def plan_under(self, plan_id: str) -> Plan:
        """The plan, with the words of the other one under which the dossier has stood.

        News of a former commune may come when the dossier has gone on already.
        """
        return plan_for(plan_id, self.origin if self.plan_id == plan_id else self.plan_id)


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
    def nominator_id(self) -> UUID | None:
        """Whoever handed in the dossier, or the table of them."""
        return self.dossier.nominator_id if self.dossier else getattr(self.said, "nominator_id", None)

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
    def rung(self) -> str:
        """The rung of the ladder that an event names."""
        level = str(getattr(self.said, "level", ""))
        return next((rung.title.vi for rung in self.plan.ladder if rung.id == level), level)

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

    @property
    def duty(self) -> str:
        """What is owed after a consent was taken back, inside a sentence."""
        return DUTIES[str(getattr(self.said, "duty", ""))]

    def name_of(self, unit_id: UUID) -> str:
        """A unit by its name under this plan, or under another: its former parent may stand in no plan of today."""
        for plan in (self.plan, *shelf().values()):
            try:
                return plan.unit_by_id(unit_id).name.vi
            except UnknownInPlan:
                continue
        return str(unit_id)

    @property
    def former(self) -> str:
        """The commune that ended, as an event of its end names it."""
        return within(plan_of(str(getattr(self.said, "plan", ""))))

    @property
    def successors(self) -> str:
        """Who goes on for a commune that ended: "xã Hóa Quỳ"."""
        plans = dict.fromkeys(heir.plan for heir in getattr(self.said, "heirs", ()))
        return ", ".join(within(plan_of(plan_id)) for plan_id in plans)


def within(plan: Plan) -> str:
    """The commune's name inside a sentence."""
    name = plan.unit.name.vi
    return name[:1].lower() + name[1:]
