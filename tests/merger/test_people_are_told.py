"""What people hear of the end of their commune."""

from datetime import date

import pytest

from services.identity import main as identity
from shared.access.principal import Role
from shared.events.report import QuotaAtRisk
from shared.ids import new_id
from tests.merger.conftest import BINH_LUONG, HOA_QUY, dissolution, hear, say, somebody
from tests.merger.dossiers import decision, handed_in

OFFICERS = (Role.CLERK, Role.CHAIR, Role.COUNCIL_MEMBER, Role.EDITOR)


@pytest.fixture
def enrolled(database, hear_all):
    def enrol(plan, role, unit=""):
        identity.activate(plan, today=plan.period.starts_on)
        key = unit or (plan.aggregator.key if role is Role.AGGREGATOR_OFFICER else plan.unit.key)
        email = f"{role}-{key}@{plan.id}.example"
        person_id = identity.enroll_person(plan, name=f"Người {role}", email=email, role=role, unit=key)
        hear_all("notify")
        return person_id

    return enrol


def told(rows):
    return {
        person_id: (letter, plan_id)
        for person_id, letter, plan_id in rows(
            "SELECT person_id, letter, plan_id FROM notify.message WHERE about = 'unit.dissolved'"
        )
    }


def test_everybody_concerned_is_told_once_what_happened(former, neighbour, successor, enrolled, merged, rows):
    village, clerk = enrolled(former, Role.NOMINATOR, "village-1"), enrolled(former, Role.CLERK)
    district, province = enrolled(former, Role.AGGREGATOR_OFFICER), enrolled(successor, Role.AGGREGATOR_OFFICER)
    new_clerk, new_village = enrolled(successor, Role.CLERK), enrolled(successor, Role.NOMINATOR, "binh-luong-2")

    say(former, dissolution(former, successor), dissolution(former, successor))
    merged()

    found = told(rows)
    assert found[village] == ("commune_ended_nominator", BINH_LUONG)
    assert found[clerk] == ("commune_ended", BINH_LUONG)
    assert found[district] == ("commune_ended", BINH_LUONG)
    assert found[new_clerk] == ("commune_ended", HOA_QUY)
    assert found[province] == ("commune_ended", HOA_QUY)
    assert new_village not in found
    ((body,),) = rows("SELECT DISTINCT body FROM notify.message WHERE letter = 'commune_ended_nominator'")
    assert "xã Bình Lương cũ đã sáp nhập; xã Hóa Quỳ mới tiếp nhận công việc" in body
    assert "Hồ sơ bạn đã gửi mà chưa xong" in body


def test_reminders_of_the_ended_plan_stop(former, successor, enrolled, hear_all, rows):
    enrolled(former, Role.CLERK)
    at_risk = QuotaAtRisk(
        quota_id=new_id(), quota=former.quotas[0].id, unit_id=former.unit.id, quarter="2025-Q3", counted=0, minimum=1,
        days_left=14,
    )  # fmt: skip
    say(former, dissolution(former, successor))
    hear_all("notify")

    say(former, at_risk)
    hear_all("notify")

    assert rows("SELECT count(*) FROM notify.message WHERE about = 'quota.at_risk'") == [(0,)]


@pytest.mark.parametrize("order", ["transfer first", "decision first"])
def test_a_former_decision_is_told_to_the_nominator_whatever_came_first(
    former, successor, enrolled, hear_all, rows, order
):
    village = enrolled(former, Role.NOMINATOR, "village-1")
    nomination_id = handed_in(former, who=somebody(former))
    hear_all("notify")
    rows("UPDATE notify.dossier SET nominator_id = :id", id=village)
    (recognised,) = say(former, decision(former, nomination_id, "recognised"))
    say(former, dissolution(former, successor))
    hear_all("nomination")
    (transfer,) = rows("SELECT id FROM bus.event WHERE type LIKE '%nomination.transferred%'")[0]

    for event_id in (transfer, recognised) if order == "transfer first" else (recognised, transfer):
        assert hear("notify", [event_id]) == 1

    assert rows(
        "SELECT letter FROM notify.message WHERE about = 'case.recognised' AND person_id = :id", id=village
    ) == [("recognised",)]
    assert rows("SELECT plan_id, origin FROM notify.dossier") == [(HOA_QUY, BINH_LUONG)]


def test_a_decision_of_the_new_council_is_told_under_the_new_plan(former, successor, enrolled, merged, hear_all, rows):
    village = enrolled(former, Role.NOMINATOR, "village-1")
    nomination_id = handed_in(former, who=somebody(former))
    merged()
    rows("UPDATE notify.dossier SET nominator_id = :id", id=village)

    say(successor, decision(successor, nomination_id, "recognised").model_copy(update={"decided_on": date(2025, 7, 4)}))
    hear_all("notify")

    assert (village, HOA_QUY) in rows("SELECT person_id, plan_id FROM notify.message WHERE about = 'case.recognised'")
