"""Whoever put a dossier forward neither scores nor decides it; and a decision says in whose stead it was made."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader

from services.review import commands
from services.review.handlers import ear
from services.review.queries.lists import Asked, View, counts
from services.review.rules.scores import measures_of
from services.review.rules.stages import Outcome
from shared.access.principal import Holder, Principal, Role
from shared.bus.consume import consume
from shared.bus.record import act_as, record
from shared.database import engine_of, transaction
from shared.errors import Refused
from shared.plan import Plan
from tests.worlds import Rows

from .conftest import nomination_under, person

DAY = date(2024, 11, 20)


@pytest.fixture
def case_by(database, plan: Plan, rows: Rows) -> Callable[[Principal], UUID]:
    """Opens a case that this person nominated."""

    def opened(nominator: Principal) -> UUID:
        with transaction(engine_of("nomination")) as session:
            act_as(session, nominator.person_id)
            said = nomination_under(plan)
            event_id = record(session, said, plan)
        consume(engine_of("review"), ear, [event_id])
        return rows("SELECT id FROM review.case WHERE nomination_id = :id", id=said.nomination_id)[0][0]

    return opened


def give(plan: Plan, who: Principal, case_id: UUID) -> None:
    with transaction(engine_of("review")) as session:
        sheet = {measure.id: 8 for measure in measures_of(plan, plan.fields[-1].id)}
        commands.score(session, who, case_id, points=sheet, note="")


def decide(who: Principal, case_id: UUID) -> None:
    with transaction(engine_of("review")) as session:
        commands.decide(session, who, case_id, outcome=Outcome.RECOGNISED, reason="", today=DAY)


def test_a_member_who_nominated_is_refused_and_the_plans_number_of_sheets_stays(
    plan: Plan, case_by: Callable[[Principal], UUID]
) -> None:
    member = person(plan, Role.COUNCIL_MEMBER, number=1)
    case_id = case_by(member)

    with pytest.raises(Refused) as refusal:
        give(plan, member, case_id)
    others = [person(plan, Role.COUNCIL_MEMBER, number=number) for number in range(2, plan.review.members_needed + 1)]
    for other in others:
        give(plan, other, case_id)
    with pytest.raises(Refused) as missing:
        decide(person(plan, Role.CHAIR), case_id)
    give(plan, person(plan, Role.COUNCIL_MEMBER, number=plan.review.members_needed + 1), case_id)
    decide(person(plan, Role.CHAIR), case_id)

    assert refusal.value.key == "case.own_nomination"
    assert (missing.value.key, missing.value.details["missing"]) == ("case.sheets_missing", 1)


def test_a_chair_who_nominated_lets_somebody_else_decide(
    plan: Plan, case_by: Callable[[Principal], UUID], scored, rows: Rows
) -> None:
    chair, deputy = person(plan, Role.CHAIR, number=1), person(plan, Role.CHAIR, number=2)
    case_id = case_by(chair)
    scored(case_id, *[8] * plan.review.members_needed)

    with pytest.raises(Refused) as refusal:
        decide(chair, case_id)
    decide(replace(deputy, on_behalf_of=Holder(chair.person_id, chair.name)), case_id)

    assert refusal.value.key == "case.own_nomination"
    assert rows("SELECT decided_by, decided_by_name, decided_on_behalf_of FROM review.case") == [
        (deputy.person_id, deputy.name, chair.name)
    ]


def test_a_delegate_who_nominated_may_not_decide_in_anybodys_stead(
    plan: Plan, case_by: Callable[[Principal], UUID], scored
) -> None:
    deputy = person(plan, Role.CHAIR, number=2)
    case_id = case_by(deputy)
    scored(case_id, *[8] * plan.review.members_needed)

    with pytest.raises(Refused):
        decide(replace(deputy, on_behalf_of=Holder(UUID(int=7), "Chủ tịch")), case_id)


def test_an_own_dossier_waits_for_the_others(plan: Plan, case_by: Callable[[Principal], UUID]) -> None:
    member, other = (person(plan, Role.COUNCIL_MEMBER, number=number) for number in (1, 2))
    case_by(member)

    with transaction(engine_of("review")) as session:
        assert counts(session, Asked(member, plan, DAY))[View.MINE] == 0
        assert counts(session, Asked(other, plan, DAY))[View.MINE] == 1
        assert counts(session, Asked(member, plan, DAY))[View.WAITING] == 1


def test_the_page_tells_a_recused_member_why_there_is_no_form(
    plan: Plan, case_by: Callable[[Principal], UUID], seats, rows: Rows
) -> None:
    browser = seats(Role.COUNCIL_MEMBER)
    (own,) = rows("SELECT person_id FROM identity.office WHERE role = 'council_member'")[0]
    case_id = case_by(replace(person(plan, Role.COUNCIL_MEMBER), person_id=own))

    page = browser.get(f"/xet-duyet/{case_id}").text
    answer = browser.post(f"/xet-duyet/{case_id}/phieu-cham", data={})

    assert "Bạn đã đề cử hồ sơ này" in page
    assert "/phieu-cham" not in page
    assert answer.status_code == 422


def test_the_page_and_the_paper_name_the_one_who_decided_and_for_whom(
    plan: Plan, case_by: Callable[[Principal], UUID], scored, seats
) -> None:
    case_id = case_by(person(plan, Role.NOMINATOR))
    scored(case_id, *[8] * plan.review.members_needed)
    deputy = person(plan, Role.CHAIR, number=2)
    decide(replace(deputy, on_behalf_of=Holder(UUID(int=7), "Lê Văn Chủ")), case_id)
    clerk = seats(Role.CLERK)
    clerk.post(f"/xet-duyet/{case_id}/trinh-khen-thuong", data={"track": "role_model_merit"})

    paper = PdfReader(BytesIO(clerk.get(f"/xet-duyet/{case_id}/to-trinh.pdf").content))

    assert f"{deputy.name}, thay mặt Lê Văn Chủ" in clerk.get(f"/xet-duyet/{case_id}").text
    assert f"{deputy.name} (ký thay Lê Văn Chủ)" in " ".join(paper.pages[0].extract_text().split())
