"""Two people at the same moment: one order, one decision, nothing lost in between."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from services.review import commands
from services.review.rules.stages import Outcome
from shared.access.principal import Role
from shared.database import engine_of, transaction
from shared.errors import Conflict, Refused
from shared.plan import Plan
from tests.review.conftest import OpensCase, person
from tests.review.test_commands import full
from tests.worlds import Rows

DAY = date(2024, 11, 20)


def test_of_eight_decisions_at_the_same_moment_one_wins(plan: Plan, opens_case: OpensCase, scored, rows: Rows) -> None:
    case_id = opens_case()
    scored(case_id, 8, 8, 8)
    together = Barrier(8)

    def decide(number: int) -> str:
        chair = person(plan, Role.CHAIR, number=1 + number % 2)
        outcome = list(Outcome)[number % 3]
        together.wait()
        try:
            with transaction(engine_of("review")) as session:
                commands.decide(session, chair, case_id, outcome=outcome, reason=f"Lý do {number}.", today=DAY)
        except Conflict as lost:
            return lost.key
        return outcome.value

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(decide, range(8)))

    ((stage,),) = rows('SELECT stage FROM review."case"')
    assert sorted(results) == sorted([stage] + [f"case.decided_already.{stage}"] * 7)
    decisions = (
        "('vn.guongsang.case.recognised.v1', 'vn.guongsang.case.sent_to_nurture.v1', 'vn.guongsang.case.declined.v1')"
    )
    assert rows(f"SELECT count(*) FROM bus.event WHERE type IN {decisions}") == [(1,)]


def test_a_sheet_and_a_decision_at_the_same_moment_do_not_cross(
    plan: Plan, opens_case: OpensCase, scored, rows: Rows
) -> None:
    for _ in range(5):
        case_id = opens_case()
        scored(case_id, 8, 8, 8)
        together = Barrier(2)

        def score(case_id=case_id, together=together) -> bool:
            member = person(plan, Role.COUNCIL_MEMBER, number=4)
            together.wait()
            try:
                with transaction(engine_of("review")) as session:
                    commands.score(session, member, case_id, points=full(plan, 2), note="")
            except Refused:
                return False
            return True

        def decide(case_id=case_id, together=together) -> bool:
            chair = person(plan, Role.CHAIR)
            together.wait()
            with transaction(engine_of("review")) as session:
                commands.decide(session, chair, case_id, outcome=Outcome.RECOGNISED, reason="", today=DAY)
            return True

        with ThreadPoolExecutor(2) as pool:
            first, second = pool.submit(score), pool.submit(decide)
            was_scored, was_decided = first.result(), second.result()

        order = rows(
            "SELECT data ? 'scores' FROM bus.event WHERE subject = :subject ORDER BY subjectversion",
            subject=f"case/{case_id}",
        )
        assert was_decided
        assert order == [(False,), (True,), (True,), (True,), *([(True,)] if was_scored else []), (False,)]
