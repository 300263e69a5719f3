"""Made-up people for demonstrations: one for each role and unit of a plan. Their names and e-mails say so."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, select

from services.identity.adapters.passwords import quick_hash_of
from services.identity.adapters.sealing import keyed
from services.identity.commands.cards import peppered
from services.identity.commands.people import enroll
from services.identity.models.cards import Card
from services.identity.queries.accounts import has_ended
from services.identity.rules.accounts import NOMINATING
from shared.access.principal import Office, Role
from shared.access.secret import hashed
from shared.ids import new_id
from shared.plan import Plan, Unit
from shared.settings import settings

DOMAIN = "mau.example"  # reserved by RFC 2606: no mail to it ever reaches anybody
SAMPLE_PIN = "246810"

#: What the head of a unit of each kind is called; `{unit}` follows where the title alone would not tell them apart.
HEADS = {
    "village": "Trưởng {unit} (mẫu)",
    "neighbourhood": "Tổ trưởng {unit} (mẫu)",
    "health_station": "Trạm trưởng {unit} (mẫu)",
    "police": "Trưởng {unit} (mẫu)",
    "school": "Hiệu trưởng {unit} (mẫu)",
    "organisation": "Đại diện {unit} (mẫu)",
}
NOMINATORS = frozenset({"village", "neighbourhood", "health_station", "police", "school"})
OWN_NAMES = frozenset({"health_station", "police", "organisation"})


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Somebody made up, as enrolled."""

    person_id: UUID
    name: str
    email: str
    role: Role
    unit: str  # its key in the plan


@dataclass(frozen=True, slots=True)
class SampleSession:
    """Somebody made up, signed in: `secret` is what the session cookie carries."""

    name: str
    office: Office
    secret: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part to be played."""

    name: str
    role: Role
    unit: str
    mailbox: str

    @property
    def email(self) -> str:
        return f"{self.mailbox}@{DOMAIN}"


def enroll_sample_people(session: Session, plan: Plan) -> tuple[SamplePerson, ...]:
    """Enrol the plan's sample people, in the order in which the role chooser offers them. Safe to call again.

    The officer of the aggregating tier is one person with an office in each commune's plan. There are as many council
    members as the plan wants scores. In a demonstration, whoever nominates has a card, its PIN is SAMPLE_PIN. Nobody,
    once the commune has ended.
    """
    if has_ended(session, plan.id):
        return ()
    people = enrolled(session, plan)
    if settings().demo:
        for person in people:
            if person.role in NOMINATING:
                give_sample_card(session, person.person_id)
    return people


def give_sample_card(session: Session, person_id: UUID) -> None:
    """A card that is started already, unless there is one; its address follows from the person's id."""
    if session.exec(select(Card.id).where(Card.person_id == person_id)).first() is not None:
        return
    card_id = new_id()
    session.add(
        Card(
            id=card_id,
            person_id=person_id,
            digest=hashed(sample_card_secret(person_id)),
            pin_hash=quick_hash_of(peppered(card_id, SAMPLE_PIN)),
            started_at=session.execute(select(func.now())).scalar_one(),
        )
    )
    session.flush()


def sample_card_secret(person_id: UUID) -> str:
    """The secret in the address of a made-up person's card: the demonstration shows it to anybody."""
    return keyed("card", purpose="sample-card", owner=str(person_id)).hex()


def enrolled(session: Session, plan: Plan) -> tuple[SamplePerson, ...]:
    return tuple(
        SamplePerson(
            enroll(session, plan, name=part.name, email=part.email, role=part.role, unit=part.unit, sample=True),
            part.name,
            part.email,
            part.role,
            part.unit,
        )
        for part in parts_of(plan)
    )


def parts_of(plan: Plan) -> Iterator[Part]:
    """Every part that the plan needs played."""
    for unit in plan.units:
        if unit.kind in HEADS and lies_within(plan, unit):
            role = Role.NOMINATOR if unit.kind in NOMINATORS else Role.ORGANISATION
            yield Part(HEADS[unit.kind].format(unit=said(unit)), role, unit.key, f"{unit.key}.{plan.id}")
    commune = plan.unit.key
    yield Part("Cán bộ đầu mối (mẫu)", Role.CLERK, commune, f"dau-moi.{plan.id}")
    for number in range(1, plan.review.members_needed + 1):
        yield Part(f"Ủy viên Hội đồng {number} (mẫu)", Role.COUNCIL_MEMBER, commune, f"uy-vien-{number}.{plan.id}")
    yield Part("Chủ tịch (mẫu)", Role.CHAIR, commune, f"chu-tich.{plan.id}")
    yield Part("Biên tập viên (mẫu)", Role.EDITOR, commune, f"bien-tap.{plan.id}")
    tier = plan.aggregator
    yield Part(f"Cán bộ {said(tier)} (mẫu)", Role.AGGREGATOR_OFFICER, tier.key, f"tong-hop.{tier.code or tier.key}")


def lies_within(plan: Plan, unit: Unit) -> bool:
    """Whether the unit belongs to the commune that issued the plan, at any depth."""
    above = unit.parent
    while above is not None and above != plan.unit.key:
        above = plan.unit_by_key(above).parent
    return above is not None


def said(unit: Unit) -> str:
    """The unit's name as it stands after a title: "thôn Mơ", but "Trạm Y tế xã", which is a name of its own."""
    name = str(unit.name)
    return name if unit.kind in OWN_NAMES else name[:1].lower() + name[1:]
