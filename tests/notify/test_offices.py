"""Offices end, are handed over and lent: who is told from then on, and what moves."""

from datetime import date
from typing import Any
from uuid import UUID

from services.notify.handlers import ear
from shared.access.principal import Role
from shared.bus.consume import consume
from shared.database import engine_of
from shared.events.event import Event
from shared.events.identity import OfficeDelegated, OfficeDelegationRevoked, OfficeEnded, OfficeHandedOver
from shared.ids import new_id
from shared.plan import Plan, Unit
from tests.worlds import Rows

from .conftest import Enrol, Say, submitted, tell_again

DAY = date(2025, 11, 20)
OfficeOf = dict[Role, UUID]


def unread(rows: Rows, person: UUID) -> list[tuple[str, ...]]:
    found = rows("SELECT letter FROM notify.message WHERE person_id = :p AND read_at IS NULL ORDER BY letter", p=person)
    return [letter for (letter,) in found]


def of(leaver: UUID, role: Role, unit: UUID, **more: Any) -> dict[str, Any]:
    return {"person_id": leaver, "office_id": new_id(), "role": role, "unit_id": unit, "on": DAY, **more}


def test_who_left_an_office_is_told_no_more_and_keeps_a_name(
    plan: Plan, office: OfficeOf, say: Say, rows: Rows
) -> None:
    say(OfficeEnded(**of(office[Role.CLERK], Role.CLERK, plan.unit.id, reason="transfer")))
    say(submitted(plan), by=office[Role.NOMINATOR])

    assert "new_dossier" not in unread(rows, office[Role.CLERK])
    assert "new_dossier" in unread(rows, office[Role.COUNCIL_MEMBER])
    assert rows("SELECT name, left_on FROM notify.contact WHERE role = 'clerk'") == [
        (f"{Role.CLERK} {plan.unit.key}", DAY)
    ]


def test_who_comes_back_is_told_again(plan: Plan, office: OfficeOf, enrol: Enrol, say: Say, rows: Rows) -> None:
    say(OfficeEnded(**of(office[Role.CLERK], Role.CLERK, plan.unit.id, reason="transfer")))
    rows("UPDATE identity.office SET valid_until = now() WHERE role = 'clerk'")
    enrol(Role.CLERK)

    say(submitted(plan), by=office[Role.NOMINATOR])

    assert "new_dossier" in unread(rows, office[Role.CLERK])


def test_the_successor_hears_of_the_units_dossiers_and_reads_what_lay_unread_once(
    plan: Plan, office: OfficeOf, village: Unit, enrol: Enrol, say: Say, rows: Rows
) -> None:
    nomination = submitted(plan)
    leaver = office[Role.NOMINATOR]
    say(nomination, by=leaver)
    before = unread(rows, leaver)
    successor = enrol(Role.NOMINATOR, village, email="moi@xa.example", name="Trưởng thôn mới")
    told_as_newcomer = unread(rows, successor)
    total = rows("SELECT count(*) FROM notify.message")[0][0]

    say(OfficeEnded(**of(leaver, Role.NOMINATOR, village.id, reason="transfer")))
    say(OfficeHandedOver(**of(leaver, Role.NOMINATOR, village.id, successor_id=successor)))
    tell_again(rows)

    assert "receipt" in before
    assert unread(rows, leaver) == [letter for letter in before if letter in told_as_newcomer]
    assert {"receipt", "office_handed_over"} <= set(unread(rows, successor))
    assert len(unread(rows, successor)) == len(set(unread(rows, successor)))
    assert rows("SELECT count(*) FROM notify.message") == [(total + 1,)]
    assert rows("SELECT nominator_id FROM notify.dossier") == [(successor,)]


def test_who_keeps_another_office_keeps_the_inbox(
    plan: Plan, office: OfficeOf, enrol: Enrol, say: Say, rows: Rows
) -> None:
    leaver, successor = office[Role.CLERK], office[Role.EDITOR]
    enrol(Role.COUNCIL_MEMBER, email=f"{Role.CLERK}-{plan.unit.key}@xa.example", name=f"{Role.CLERK} {plan.unit.key}")
    say(submitted(plan), by=office[Role.NOMINATOR])
    before = unread(rows, leaver)

    say(OfficeEnded(**of(leaver, Role.CLERK, plan.unit.id, reason="transfer")))
    say(OfficeHandedOver(**of(leaver, Role.CLERK, plan.unit.id, successor_id=successor)))

    assert "new_dossier" in before
    assert unread(rows, leaver) == before


def test_a_hand_over_waits_until_the_successor_is_known(plan: Plan, office: OfficeOf, say: Say, rows: Rows) -> None:
    (said,) = say(OfficeHandedOver(**of(office[Role.CLERK], Role.CLERK, plan.unit.id, successor_id=new_id())))

    assert consume(engine_of("notify"), ear, [said]) == 0
    assert rows("SELECT state, started_count FROM bus.delivery WHERE hearer = 'notify' AND state <> 'done'") == [
        ("pending", 0)
    ]


def test_whoever_acts_for_another_is_told_so_and_told_when_it_is_over(
    plan: Plan, office: OfficeOf, say: Say, rows: Rows
) -> None:
    lent: dict[str, Any] = {
        "person_id": office[Role.CHAIR],
        "delegation_id": new_id(),
        "delegate_id": office[Role.EDITOR],
        "role": Role.CHAIR,
        "unit_id": plan.unit.id,
    }
    events: list[Event] = [
        OfficeDelegated(**lent, reason="leave", first_day=DAY, last_day=DAY),
        OfficeDelegationRevoked(**lent),
    ]
    say(*events, by=office[Role.CHAIR])

    letters = dict(rows("SELECT letter, body FROM notify.message WHERE letter LIKE 'office%'"))
    assert set(letters) == {"office_delegated", "office_delegation_revoked"}
    assert "từ ngày 20/11/2025 đến hết ngày 20/11/2025" in letters["office_delegated"].replace("Từ", "từ")
    assert "nghỉ" in letters["office_delegated"]
    assert rows("SELECT DISTINCT person_id, recipients FROM notify.message WHERE letter LIKE 'office%'") == [
        (office[Role.EDITOR], ["stepping_in"])
    ]
