"""Communes in which everything has happened once for several units, and somebody in every role: real rows, real events.

Whatever belongs to a unit carries a word of its own, so that a page which shows it to a stranger gives itself away.
"""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image
from sqlalchemy import Engine, text

from services.identity.main import activate, enroll_person
from shared.access.principal import Office, Principal, Role
from shared.access.reach import Scope
from shared.access.rights import relation_of
from shared.access.verbs import Relation
from shared.bus.consume import consume
from shared.bus.record import act_as
from shared.clock import now, today
from shared.database import engine_of, transaction
from shared.effects.ledger import perform_all
from shared.ids import new_id
from shared.plan import Plan
from shared.plan.shelf import plan_of
from shared.settings import settings

HERE, NEXT_DOOR, FAR_AWAY = "binh-luong-2023-2025", "cat-van-2023-2025", "noi-xa-2023-2025"
NOW = datetime(2025, 5, 20, 3, 0, tzinfo=UTC)
HEARERS = ("review", "publish", "notify", "report")
#: (plan, unit, the word that gives its things away)
PLACES = (
    (HERE, "village-1", "Amlaa"),
    (HERE, "village-2", "Bonlee"),
    (HERE, "women", "Cuclii"),
    (HERE, "commune", "Dieloo"),
    (NEXT_DOOR, "village-1", "Emluu"),
    (FAR_AWAY, "village-1", "Giolyy"),
)
#: {role: the unit in which somebody holds it}; officers sit in some office of the commune and act for all of it.
SEATS = {
    Role.NOMINATOR: "village-1",
    Role.ORGANISATION: "women",
    Role.CLERK: "office",
    Role.COUNCIL_MEMBER: "emulation-council",
    Role.CHAIR: "commune",
    Role.EDITOR: "portal",
    Role.AGGREGATOR_OFFICER: "district",
    Role.ADMIN: "commune",
}
SHEETS = {
    "ai": {"subject_kind": ["individual"], "birth_year": ["1975"], "address": ["Thôn 1"]},
    "viec": {
        "field": ["F13"],
        "happened_on": ["10/2/2025"],
        "model_kind": ["good_deed"],
        "movement": ["new_countryside"],
        "areas": ["work"],
    },
    "anh": {"given_by": ["self"], "proof": ["spoken"], "publish": ["name", "story"]},
}


@dataclass(slots=True)
class Place:
    """A unit, and one of everything that belongs to it. `public` words are those of what is out on the portal."""

    plan: Plan
    unit_id: UUID
    word: str
    head: Principal
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def private(self) -> tuple[str, ...]:
        return f"{self.word}nhap", f"{self.word}gui", f"{self.word}duyet", f"{self.word}thu"

    @property
    def public(self) -> str:
        return f"{self.word}dang"


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person in a role, signed in; `own` stands for what is theirs and nobody else's."""

    principal: Principal
    secret: str
    own: Place


@dataclass(frozen=True, slots=True)
class World:
    people: Mapping[Role, Somebody]
    places: tuple[Place, ...]

    def seen_from(self, role: Role) -> dict[Relation, Place]:
        """{relation: the first place that stands so, as seen by the role}; relations without a place are absent."""
        found: dict[Relation, Place] = {}
        for place in self.places:
            found.setdefault(relation_of(self.people[role].principal, place.plan, place.unit_id), place)
        return found

    def standing(self, role: Role, relation: Relation) -> Iterator[Place]:
        """Every place that stands so, as seen by the role."""
        who = self.people[role].principal
        return (place for place in self.places if relation_of(who, place.plan, place.unit_id) is relation)


@contextmanager
def plans(folder: Path) -> Iterator[None]:
    """The plans of a demonstration and one of another district, on a day within their period."""
    source = Path(__file__).parents[2] / "plans"
    (folder / "samples").mkdir()
    for path in source.rglob("*.yaml"):
        (folder / path.relative_to(source)).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    neighbour = (source / "samples" / f"{NEXT_DOOR}.yaml").read_text(encoding="utf-8")
    elsewhere = neighbour.replace('"402"', '"404"').replace('"16195"', '"16999"').replace(NEXT_DOOR, FAR_AWAY)
    (folder / "samples" / f"{FAR_AWAY}.yaml").write_text(elsewhere, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUONGSANG_PLANS_DIR", str(folder))
        patch.setenv("GUONGSANG_DEMO", "1")
        patch.setenv("GUONGSANG_CLOCK_OFFSET_S", str((NOW - datetime.now(UTC)).total_seconds()))
        settings.cache_clear()
        yield
    settings.cache_clear()


def built(owner: Engine) -> World:
    """Everything, by the product's own commands and handlers."""
    for plan_id in (HERE, NEXT_DOOR, FAR_AWAY):
        activate(plan_of(plan_id))
    people = {role: somebody(role, unit) for role, unit in SEATS.items()}
    places = tuple(place_of(*place) for place in PLACES)
    hear(owner)
    for place in places:
        nominated(place)
    hear(owner)
    for place in places:
        judged(owner, place)
    hear(owner)
    for place in places:
        published(owner, place)
    hear(owner)
    for place in places:
        completed(owner, place)
    for belongings in (*places, *(person.own for person in people.values())):
        told_and_given(belongings)
    return World(people, places)


def somebody(role: Role, unit: str) -> Somebody:
    plan = plan_of(HERE)
    person_id = enroll_person(plan, name=f"Người {role}", email=f"{role}@mau.example", role=role, unit=unit)
    office = Office(role, plan.unit_by_key(unit).id, plan.id)
    principal = Principal(person_id, f"Người {role}", office, (office,))
    return Somebody(principal, session_for(person_id), Place(plan, office.unit_id, "Rieng", principal))


def session_for(person_id: UUID) -> str:
    """The secret of a fresh session of the person."""
    from services.identity.commands.sessions import open_session  # noqa: PLC0415 -- settings first

    with transaction(engine_of("identity")) as session:
        return open_session(session, person_id).secret


def place_of(plan_id: str, unit: str, word: str) -> Place:
    """The place with a head of its own, who puts forward whatever comes from there."""
    plan = plan_of(plan_id)
    email = f"{word.lower()}@mau.example"
    head = enroll_person(plan, name=f"Người {word}thu", email=email, role=Role.NOMINATOR, unit=unit)
    office = Office(Role.NOMINATOR, plan.unit_by_key(unit).id, plan.id)
    return Place(plan, office.unit_id, word, Principal(head, f"Người {word}thu", office, (office,)))


def hear(owner: Engine) -> None:
    """Let every service hear all that waits for it, until nothing does."""
    while sum(heard(owner, service) for service in HEARERS):
        pass


def heard(owner: Engine, service: str) -> int:
    ear = import_module(f"services.{service}.handlers").ear
    with owner.begin() as connection:
        waiting = connection.execute(
            text("SELECT event_id FROM bus.delivery WHERE hearer = :hearer AND state = 'pending' ORDER BY event_id"),
            {"hearer": service},
        )
        ids = list(waiting.scalars())
    return consume(engine_of(service), ear, ids) if ids else 0


def nominated(place: Place) -> None:
    """A draft, a dossier that waits, one to be recognised and one to be published; a photo and a movement."""
    place.ids["draft"] = str(drafted(place, place.private[0]))
    for key, word in (("sent", place.private[1]), ("recognised", place.private[2]), ("published", place.public)):
        place.ids[key] = str(sent(place, word))
    place.ids["photo"] = photographed(place)
    place.ids["import"] = str(tabled(place))
    launched(place)
    place.ids["candidate"], place.ids["measure"] = nurtured(place)


def drafted(place: Place, word: str) -> UUID:
    from services.nomination.commands.drafts import save_sheet, start_draft  # noqa: PLC0415 -- settings first
    from services.nomination.rules.typed import Sheet  # noqa: PLC0415

    words = {
        "ai": {"name": [f"Lò Thị {word}"]},
        "viec": {
            "story": [f"Bà {word} hiến 300 m2 đất làm đường thôn cho mọi người cùng đi."],
            "headline": [f"Đất {word}"],
        },
    }
    with transaction(engine_of("nomination")) as session:
        draft_id = start_draft(session, place.head, place.plan, today())
        session.flush()
        for sheet, typed in SHEETS.items():
            save_sheet(session, place.head, draft_id, Sheet(sheet), typed | words.get(sheet, {}))
    return draft_id


def sent(place: Place, word: str) -> UUID:
    from services.nomination.commands.drafts import submit  # noqa: PLC0415 -- settings first
    from services.nomination.commands.evidence import bring  # noqa: PLC0415
    from shared.evidence.evidence import remade  # noqa: PLC0415

    draft_id = drafted(place, word)
    with transaction(engine_of("nomination")) as session:
        bring(session, place.head, draft_id, remade(picture_in(place), f"{word}.jpg"))
    with transaction(engine_of("nomination")) as session:
        act_as(session, place.head.person_id)
        submit(session, place.head, draft_id, place.plan, today())
    return draft_id


def tabled(place: Place) -> UUID:
    """A table with one faulty row, which was examined."""
    from services.nomination.commands.import_batches import examine_batch  # noqa: PLC0415 -- settings first
    from services.nomination.commands.importing import bring_table  # noqa: PLC0415
    from services.nomination.models import ImportRun  # noqa: PLC0415
    from services.nomination.rules.import_rows import COLUMNS  # noqa: PLC0415

    heads = [column.head for column in COLUMNS]
    row = [f"Lò Thị {place.private[0]}", *[""] * (len(COLUMNS) - 1)]
    with transaction(engine_of("nomination")) as session:
        file_name = f"{place.private[0]}.csv"
        run_id = bring_table(session, place.head, place.plan, [(1, heads), (2, row)], file_name=file_name)
        examine_batch(session, session.get_one(ImportRun, run_id), place.plan, today())
    return run_id


def picture_in(place: Place) -> bytes:
    """A picture in the place's own colour."""
    picture = io.BytesIO()
    Image.new("RGB", (640, 400), tuple(place.unit_id.bytes[:3])).save(picture, "JPEG")
    return picture.getvalue()


def photographed(place: Place) -> str:
    from services.nomination.commands.photos import keep_photo  # noqa: PLC0415
    from shared.photos.photo import reencoded  # noqa: PLC0415 -- settings first

    with transaction(engine_of("nomination")) as session:
        return keep_photo(session, place.head, reencoded(picture_in(place))).address


def launched(place: Place) -> None:
    from services.nomination.commands.movements import launch_movement  # noqa: PLC0415 -- settings first
    from services.nomination.rules.movements import Launch  # noqa: PLC0415

    launch = Launch(title=f"Phong trào {place.word}trao", starts_on=today(), ends_on=today(), carries_out="own")
    with transaction(engine_of("nomination")) as session:
        launch_movement(session, place.head, place.plan, launch)


def nurtured(place: Place) -> tuple[str, str]:
    """A candidate of the place, and the step that is planned for them."""
    from services.nomination.commands.nurture import choose  # noqa: PLC0415 -- settings first
    from services.nomination.queries.nurture import measures_of  # noqa: PLC0415
    from services.nomination.rules.nurture import Measure, Naming  # noqa: PLC0415

    measure = Measure("Chưa quen kể về việc mình làm", "Tập kể ở buổi họp thôn", today())
    naming = Naming(f"Lò Thị {place.private[1]}", "individual", "F13", "Chăm chỉ, hay giúp người", "Chi hội", measure)
    with transaction(engine_of("nomination")) as session:
        unit = place.plan.unit_by_id(place.unit_id)
        candidate_id = choose(session, place.head, place.plan, unit, naming, today=today())
        return str(candidate_id), str(measures_of(session, candidate_id)[0].id)


def judged(owner: Engine, place: Place) -> None:
    """Two of the dossiers are scored and recognised; one of them is submitted for commendation."""
    from services.review import commands  # noqa: PLC0415 -- settings first
    from services.review.rules.awards import Track  # noqa: PLC0415
    from services.review.rules.scores import measures_of  # noqa: PLC0415
    from services.review.rules.stages import Outcome  # noqa: PLC0415

    place.ids["case"] = case_of(owner, place.ids["sent"])
    for key in ("recognised", "published"):
        case_id = UUID(case_of(owner, place.ids[key]))
        place.ids[f"case_{key}"] = str(case_id)
        with transaction(engine_of("review")) as session:
            for number in range(place.plan.review.members_needed):
                points = {each.id: place.plan.review.maximum for each in measures_of(place.plan, "F13")}
                commands.score(session, official(place, Role.COUNCIL_MEMBER, number), case_id, points=points, note="")
                session.flush()
            chair = official(place, Role.CHAIR)
            commands.decide(
                session, chair, case_id, outcome=Outcome.RECOGNISED, reason=f"Bền bỉ {place.private[2]}", today=today()
            )
            commands.propose_commendation(
                session, official(place, Role.CLERK), case_id, track=Track.ROLE_MODEL_MERIT, today=today()
            )


def official(place: Place, role: Role, number: int = 0) -> Principal:
    office = Office(role, place.plan.unit.id, place.plan.id)
    return Principal(UUID(int=1000 + number), f"Cán bộ {role}", office, (office,))


def case_of(owner: Engine, nomination_id: str) -> str:
    return one(owner, 'SELECT id FROM review."case" WHERE nomination_id = :id', id=nomination_id)


def published(owner: Engine, place: Place) -> None:
    """One story is out on the portal, the other is still a draft."""
    from services.publish.commands.approving import Approval, approve  # noqa: PLC0415 -- settings first
    from services.publish.commands.carrying import PERFORMERS  # noqa: PLC0415

    find = "SELECT id FROM publish.story WHERE nomination_id = :id"
    place.ids["draft_story"] = one(owner, find, id=place.ids["recognised"])
    place.ids["story"] = one(owner, find, id=place.ids["published"])
    with transaction(engine_of("publish")) as session:
        approval = Approval(("portal", "atom"), frozenset(place.plan.field("F13").checks))
        approve(session, UUID(place.ids["story"]), approval, who=official(place, Role.EDITOR))
    with owner.begin() as connection:
        planned = "SELECT key FROM bus.effect WHERE service = 'publish' AND state = 'planned'"
        keys = list(connection.execute(text(planned)).scalars())
    perform_all(engine_of("publish"), PERFORMERS, keys)
    place.ids["slug"] = one(owner, "SELECT slug FROM publish.story WHERE id = :id", id=place.ids["story"])


def completed(owner: Engine, place: Place) -> None:
    """What is asked for by its own id."""
    movement = "SELECT id FROM nomination.movement WHERE plan_id = :plan AND unit_id = :unit"
    place.ids["movement"] = one(owner, movement, plan=place.plan.id, unit=place.unit_id)
    place.ids["code"] = one(owner, "SELECT code FROM nomination.nomination WHERE id = :id", id=place.ids["sent"])
    evidence = "SELECT id FROM nomination.evidence WHERE nomination_id = :id"
    place.ids["evidence"] = one(owner, evidence, id=place.ids["sent"])
    pair(place)
    place.ids["suggestion"], place.ids["suggestion_code"] = suggested(place)
    place.ids["party"] = consented(place)
    place.ids["event"] = one(
        owner,
        "SELECT event_id FROM report.step WHERE correlation_id = :id ORDER BY event_id LIMIT 1",
        id=place.ids["sent"],
    )


def suggested(place: Place) -> tuple[str, str]:
    """(id, code) of what a citizen told the place of."""
    from services.nomination.commands.suggestions import receive  # noqa: PLC0415 -- settings first
    from services.nomination.rules.suggestions import Told  # noqa: PLC0415

    unit = place.plan.unit_by_id(place.unit_id)
    told = Told(f"Bà {place.private[1]}", f"Bà {place.private[1]} nhặt rác ven suối mỗi sáng.", unit)
    with transaction(engine_of("nomination")) as session:
        suggestion = receive(session, place.plan, told, today())
        return str(suggestion.id), suggestion.code


def pair(place: Place) -> None:
    """Two of the place's dossiers that somebody has to tell apart."""
    from services.nomination.models import Pairing  # noqa: PLC0415 -- settings first

    earlier, later = sorted((UUID(place.ids["sent"]), UUID(place.ids["recognised"])))
    told = {"level": "possible", "reasons": ["same_name"], "same_deed": False, "found_at": now()}
    with transaction(engine_of("nomination")) as session:
        session.add(Pairing(earlier_id=earlier, later_id=later, plan_id=place.plan.id, **told))


def consented(place: Place) -> str:
    """Somebody who agreed on paper beside the nominee, and took a part of it back."""
    from services.nomination.commands.answering import Word, record_answer  # noqa: PLC0415 -- settings first
    from services.nomination.commands.asking import Asked, add_party  # noqa: PLC0415
    from services.nomination.commands.keeping import Known  # noqa: PLC0415
    from services.nomination.commands.taking_back import TakenBack, record_taking_back  # noqa: PLC0415
    from services.nomination.rules.consent import Proof  # noqa: PLC0415
    from shared.evidence.evidence import remade  # noqa: PLC0415

    sent_id, name = UUID(place.ids["sent"]), f"Lò Thị {place.private[1]}"
    scan = remade(picture_in(place), "phieu.jpg")
    with transaction(engine_of("nomination")) as session:
        party = add_party(session, place.head, sent_id, Asked(name, "member"))
        known = Known("officer", Proof.SIGNED_PAPER, place.head, scan)
        word = Word(agrees=True, uses=("name", "story", "portal"))
        record_answer(session, place.head, sent_id, party.id, word, known, today=today())
        wanted = TakenBack(("name",))
        withdrawal = record_taking_back(session, place.head, sent_id, party.id, wanted, known, today=today())
        place.ids["consent_withdrawal"] = str(withdrawal.id)
        return str(party.id)


def told_and_given(place: Place) -> None:
    """A message to the head of the place, and a token for a program of theirs."""
    from services.identity.commands.tokens import held_office, issue_token  # noqa: PLC0415 -- settings first
    from services.notify.models import Message  # noqa: PLC0415

    who, message_id = place.head, new_id()
    with transaction(engine_of("notify")) as session:
        session.add(
            Message(
                id=message_id,
                event_id=new_id(),
                person_id=who.person_id,
                is_mailbox=False,
                plan_id=place.plan.id,
                recipients=["nominator"],
                about="case.opened",
                letter="case_opened",
                subject=f"Thư {place.private[3]}",
                body=f"Thư {place.private[3]}",
                link="/de-cu",
                created_at=now(),
                mail_state="none",
            )
        )
    with transaction(engine_of("identity")) as session:
        token = issue_token(
            session, person_id=who.person_id, office=who.office, name="Phần mềm", days=30, scopes=[Scope.READ]
        )
        office = held_office(session, who.person_id, who.office)
    place.ids |= {"message": str(message_id), "token": str(token.id), "office": str(office.id)}


def one(owner: Engine, query: str, **values: str) -> str:
    with owner.begin() as connection:
        return str(connection.execute(text(query), values).scalar_one())
