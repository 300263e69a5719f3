"""People and their offices as the pages of administrators show them. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from shared.access.principal import Office, Role
from shared.text.fold import folded

PER_PAGE = 25
MOST_WORDS = 6  # of a search


class View(StrEnum):
    """The filters of the list. Values are their names in the page's address."""

    SERVING = "dang-giu"
    AWAY = "dang-vang"
    LEAVING = "sap-thoi"
    UNSEEN = "chua-dang-nhap"
    FORMER = "da-thoi"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which people are asked for: of one plan ("": of all), in a role (None: in any), with these words."""

    plan_id: str
    role: Role | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """An office that a person holds, held, or will hold. `until` is exclusive, as in the table."""

    id: UUID
    office: Office
    since: datetime
    until: datetime | None
    state: str  # "now" | "ahead" | "over"
    ends_on: date | None = None  # the first day without it, when that is settled
    reason: str = ""
    successor_id: UUID | None = None
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A person in the list, with the offices that are not over."""

    id: UUID
    name: str
    email: str
    offices: tuple[Held, ...]
    away: bool


@dataclass(frozen=True, slots=True)
class Known:
    """All that an administrator sees of a person."""

    id: UUID
    name: str
    email: str
    signed_in_at: datetime | None
    has_password: bool
    offices: tuple[Held, ...]

    @property
    def living(self) -> tuple[Held, ...]:
        return tuple(held for held in self.offices if held.state != "over")


def counts(session: Session, asked: Asked) -> Mapping[View, int]:
    """{view: how many}, zeros included."""
    columns = ", ".join(f"count(*) FILTER (WHERE {CONDITIONS[view]}) AS {view.name}" for view in View)
    row = session.execute(
        text(f"SELECT {columns} FROM identity.person p WHERE {scope(asked)}"),  # noqa: S608 -- our own conditions
        values(asked),
    ).one()
    return dict(zip(View, row, strict=True))


def counts_by_role(session: Session, asked: Asked, view: View) -> Mapping[Role, int]:
    """{role: how many people of a view}, roles without anybody left out."""
    rows = session.execute(
        text(f"""
            SELECT o.role, count(DISTINCT p.id) AS people
            FROM identity.person p JOIN identity.office o ON o.person_id = p.id AND (:plan = '' OR o.plan_id = :plan)
            WHERE {scope(asked)} AND {CONDITIONS[view]} GROUP BY o.role
        """),  # noqa: S608 -- our own conditions
        values(asked),
    )
    found = {Role(row.role): row.people for row in rows}
    return {role: found[role] for role in Role if role in found}


def listed(session: Session, asked: Asked, view: View, *, page: int) -> tuple[Listed, ...]:
    """One page of a view, by name."""
    rows = session.execute(
        text(f"""
            SELECT p.id, p.name, p.email, {CONDITIONS[View.AWAY]} AS away FROM identity.person p
            WHERE {scope(asked)} AND {CONDITIONS[view]}
            ORDER BY p.search, p.id LIMIT {PER_PAGE} OFFSET :offset
        """),  # noqa: S608 -- our own conditions
        values(asked) | {"offset": (page - 1) * PER_PAGE},
    ).all()
    offices = offices_held(session, [row.id for row in rows])
    return tuple(
        Listed(
            row.id,
            row.name,
            row.email,
            tuple(held for held in offices.get(row.id, ()) if held.state != "over" or view is View.FORMER),
            row.away,
        )
        for row in rows
    )


def known_person(session: Session, person_id: UUID) -> Known | None:
    row = session.execute(
        text("""
            SELECT p.id, p.name, p.email, p.signed_in_at, c.person_id IS NOT NULL AS has_password
            FROM identity.person p LEFT JOIN identity.credential c ON c.person_id = p.id WHERE p.id = :id
        """),
        {"id": person_id},
    ).first()
    if row is None:
        return None
    return Known(
        id=row.id,
        name=row.name,
        email=row.email,
        signed_in_at=row.signed_in_at,
        has_password=row.has_password,
        offices=tuple(offices_held(session, [person_id]).get(person_id, ())),
    )


def holder_of(session: Session, office_id: UUID) -> tuple[Known, Held] | None:
    """Whose office it is, and the office."""
    owner = session.execute(
        text("SELECT person_id FROM identity.office WHERE id = :id"), {"id": office_id}
    ).scalar_one_or_none()
    person = known_person(session, owner) if owner else None
    return next(((person, held) for held in person.offices if held.id == office_id), None) if person else None


def colleagues(session: Session, plan_id: str, *, but: UUID) -> tuple[tuple[UUID, str, Role, UUID], ...]:
    """(person, name, role, unit) of everybody else who serves under the plan, once for each office, by name."""
    rows = session.execute(
        text("""
            SELECT p.id, p.name, o.role, o.unit_id FROM identity.office_in_force o
            JOIN identity.person p ON p.id = o.person_id
            WHERE o.plan_id = :plan AND p.id <> :but ORDER BY p.search, p.id, o.valid_from LIMIT 500
        """),
        {"plan": plan_id, "but": but},
    )
    return tuple((row.id, row.name, Role(row.role), row.unit_id) for row in rows)


def others_in(session: Session, office: Office, *, but: UUID) -> int:
    """How many other people hold an office of the same role for the same unit, with no end settled."""
    return int(
        session.execute(
            text("""
                SELECT count(DISTINCT person_id) FROM identity.office_in_force
                WHERE role = :role AND unit_id = :unit AND plan_id = :plan AND valid_until IS NULL AND person_id <> :but
            """),
            {"role": office.role, "unit": office.unit_id, "plan": office.plan_id, "but": but},
        ).scalar_one()
    )


@dataclass(frozen=True, slots=True)
class Hanging:
    """What ends together with an office."""

    sessions: int
    tokens: int
    delegations: int


def hanging_on(session: Session, office_id: UUID) -> Hanging:
    """Living sessions and tokens in the office, and delegations of it that are not over."""
    row = session.execute(
        text("""
            SELECT (SELECT count(*) FROM identity.session WHERE office_id = :id AND expires_at > now()) AS sessions,
                   (SELECT count(*) FROM identity.api_token
                    WHERE office_id = :id AND expires_at > now() AND revoked_at IS NULL) AS tokens,
                   (SELECT count(*) FROM identity.delegation WHERE office_id = :id AND revoked_at IS NULL
                    AND last_day >= (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) AS delegations
        """),
        {"id": office_id},
    ).one()
    return Hanging(*row)


def offices_held(session: Session, person_ids: Sequence[UUID]) -> dict[UUID, list[Held]]:
    """{person: offices}, those of today first, then those ahead, then those that are over, the latest first."""
    rows = session.execute(text(HELD), {"people": list(person_ids)}).all()
    found: dict[UUID, list[Held]] = {}
    for row in rows:
        office = Office(Role(row.role), row.unit_id, row.plan_id)
        held = Held(row.id, office, row.valid_from, row.valid_until, row.state, row.on_day, row.reason or "",
                    row.successor_id, row.successor or "")  # fmt: skip
        found.setdefault(row.person_id, []).append(held)
    return found


def scope(asked: Asked) -> str:
    """SQL that holds for the people asked for; its values are `values`."""
    words = (f"strpos(p.search, :word{at}) > 0" for at in range(len(words_of(asked))))
    return " AND ".join([SCOPE, *words])


def values(asked: Asked) -> dict[str, object]:
    words = {f"word{at}": word for at, word in enumerate(words_of(asked))}
    return {"plan": asked.plan_id, "role": asked.role.value if asked.role else "", **words}


def words_of(asked: Asked) -> list[str]:
    return folded(asked.words.replace("\0", " ")).split()[:MOST_WORDS]


SCOPE = """EXISTS (SELECT FROM identity.office o WHERE o.person_id = p.id AND (:plan = '' OR o.plan_id = :plan)
                   AND (:role = '' OR o.role = :role))"""
SERVES = """EXISTS (SELECT FROM identity.office o WHERE o.person_id = p.id AND (:plan = '' OR o.plan_id = :plan)
                    AND (:role = '' OR o.role = :role) AND (o.valid_until IS NULL OR o.valid_until > now()))"""
CONDITIONS: Mapping[View, str] = {
    View.SERVING: SERVES,
    View.AWAY: """EXISTS (SELECT FROM identity.delegation_in_force d JOIN identity.office o ON o.id = d.office_id
                          WHERE o.person_id = p.id AND d.reason = 'leave')""",
    View.LEAVING: """EXISTS (SELECT FROM identity.ending e JOIN identity.office o ON o.id = e.office_id
                             WHERE o.person_id = p.id AND e.said_at IS NULL)""",
    View.UNSEEN: f"p.signed_in_at IS NULL AND {SERVES}",
    View.FORMER: f"NOT {SERVES}",
}
HELD = """
    SELECT o.id, o.person_id, o.role, o.unit_id, o.plan_id, o.valid_from, o.valid_until, e.on_day, e.reason,
           s.person_id AS successor_id, heir.name AS successor,
           CASE WHEN o.valid_until <= now() THEN 'over' WHEN o.valid_from > now() THEN 'ahead' ELSE 'now' END AS state
    FROM identity.office o
    LEFT JOIN identity.ending e ON e.office_id = o.id
    LEFT JOIN identity.office s ON s.id = e.successor_office_id
    LEFT JOIN identity.person heir ON heir.id = s.person_id
    WHERE o.person_id = ANY(:people)
    ORDER BY (o.valid_until <= now()) IS TRUE, o.valid_from > now(), o.valid_from, o.id
"""
