"""Nomination and review, walked at random with news that arrives late: whatever happens, in the end they agree."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import ClassVar
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine, text

from services.nomination.commands.supplement import resubmit
from services.nomination.commands.withdrawal import withdraw
from services.nomination.handlers import ear as nomination_ear
from services.nomination.models import Nomination
from services.review import commands
from services.review.handlers import ear as review_ear
from services.review.rules.resting import Ground
from services.review.rules.stages import Outcome
from shared.access.principal import Office, Principal, Role
from shared.bus.consume import consume
from shared.bus.record import record
from shared.clock import now
from shared.database import engine_of, transaction
from shared.errors import Conflict, Refused
from shared.plan import Plan
from tests.review.conftest import nomination_under, person

DAY = date(2024, 11, 18)
EARS = {"nomination": nomination_ear, "review": review_ear}
CODES = count(1)
#: {stage of the case: stage of the nomination}, once all is heard.
AGREED = {
    "open": "submitted",
    "returned": "returned",
    "recognised": "recognised",
    "nurture": "nurtured",
    "declined": "declined",
    "withdrawn": "withdrawn",
}


class Life(RuleBasedStateMachine):
    """One dossier in both services. Steps that the rules refuse change nothing; news waits until it is heard."""

    plan: ClassVar[Plan]
    database: ClassVar[Engine]

    def __init__(self) -> None:
        super().__init__()
        self.day = DAY
        said = nomination_under(self.plan, code=f"DC-2024-{next(CODES):04}")
        self.id = said.nomination_id
        office = Office(Role.NOMINATOR, said.unit_id, self.plan.id)
        self.head = Principal(UUID(int=7), "Trưởng thôn", office, (office,))
        self.clerk, self.chair = person(self.plan, Role.CLERK), person(self.plan, Role.CHAIR)
        moment = now()
        columns = said.model_dump(include=set(Nomination.model_fields)) | said.consent.model_dump()
        with transaction(engine_of("nomination")) as session:
            row = {key: value for key, value in columns.items() if key in Nomination.model_fields}
            session.add(
                Nomination(
                    **row,
                    id=self.id,
                    plan_id=self.plan.id,
                    person_id=self.head.person_id,
                    stage="submitted",
                    name=said.personal.name,
                    consent_text="1",
                    created_at=moment,
                    changed_at=moment,
                )
            )
            record(session, said, self.plan)
        self.hear_all("review")
        ((self.case_id,),) = self.rows('SELECT id FROM review."case" WHERE nomination_id = :id')
        for number in range(1, 4):
            member = person(self.plan, Role.COUNCIL_MEMBER, number=number)
            points = dict.fromkeys([*(each.id for each in self.plan.criteria), self.plan.fields[-1].id], 8)
            with transaction(engine_of("review")) as session:
                commands.score(session, member, self.case_id, points=points, note="")

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with self.database.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query), {"id": self.id})]

    def tried(self, service: str, act: Callable[..., object]) -> None:
        try:
            with transaction(engine_of(service)) as session:
                act(session)
        except (Refused, Conflict):
            pass

    @rule(hearer=st.sampled_from(sorted(EARS)))
    def hear_all(self, hearer: str) -> None:
        pending = self.rows(
            "SELECT delivery.event_id FROM bus.delivery JOIN bus.event ON event.id = delivery.event_id"
            f" WHERE hearer = '{hearer}' AND state = 'pending' AND correlationid = :id ORDER BY 1"
        )
        if pending:
            consume(engine_of(hearer), EARS[hearer], [event_id for (event_id,) in pending])

    @rule(days=st.integers(1, 9))
    def wait(self, days: int) -> None:
        self.day += timedelta(days=days)

    @rule(days=st.integers(1, 9))
    def ask(self, days: int) -> None:
        due_on = self.day + timedelta(days=days)
        words = {"missing": "Xin nêu rõ kết quả của việc làm.", "due_on": due_on, "today": self.day}
        self.tried("review", lambda session: commands.return_case(session, self.clerk, self.case_id, **words))

    @rule()
    def give(self) -> None:
        words = {"addition": "Mỗi tuần sáu mươi suất cháo.", "today": self.day}
        self.tried("nomination", lambda session: resubmit(session, self.head, self.id, **words))

    @rule()
    def go_on(self) -> None:
        self.tried("review", lambda session: commands.resume(session, self.clerk, self.case_id, today=self.day))

    @rule(days=st.integers(1, 9))
    def hold(self, days: int) -> None:
        words = {"ground": Ground.OTHER, "reason": "Xã đang xác minh.", "until": self.day + timedelta(days=days)}
        self.tried("review", lambda session: commands.hold(session, self.clerk, self.case_id, **words, today=self.day))

    @rule()
    def release(self) -> None:
        self.tried("review", lambda session: commands.release(session, self.clerk, self.case_id, today=self.day))

    @rule(outcome=st.sampled_from(Outcome))
    def decide(self, outcome: Outcome) -> None:
        words = {"outcome": outcome, "reason": "Đã xem xét kỹ.", "today": self.day}
        before = self.rows('SELECT stage, held_until FROM review."case" WHERE nomination_id = :id')
        self.tried("review", lambda session: commands.decide(session, self.chair, self.case_id, **words))
        if before[0][1] is not None or before[0][0] != "open":
            assert self.rows('SELECT stage, held_until FROM review."case" WHERE nomination_id = :id') == before

    @rule()
    def take_back(self) -> None:
        if self.day < DAY + timedelta(days=20):
            return  # else most walks would end here
        self.tried("nomination", lambda session: withdraw(session, self.head, self.id, "Gia đình không muốn nữa"))

    @invariant()
    def it_went_back_as_often_as_the_plan_allows(self) -> None:
        ((asked,),) = self.rows(
            'SELECT count(*) FROM review.supplement JOIN review."case" ON id = case_id WHERE nomination_id = :id'
        )
        assert asked <= self.plan.review.supplements_at_most

    @invariant()
    def it_is_held_exactly_while_a_hold_is_open(self) -> None:
        assert self.rows(
            'SELECT held_until IS NOT NULL = EXISTS (SELECT FROM review.hold WHERE case_id = "case".id'
            ' AND released_on IS NULL) FROM review."case" WHERE nomination_id = :id'
        ) == [(True,)]

    def teardown(self) -> None:
        """When all is heard, both services tell the same of the dossier."""
        for _ in range(2):
            for hearer in EARS:
                self.hear_all(hearer)
        case = self.rows(
            'SELECT stage, held_until, answer_by, taken_back_on FROM review."case" WHERE nomination_id = :id'
        )
        stage, held_until, answer_by, taken_back_on = case[0]
        known = self.rows("SELECT stage, held_until, answer_by FROM nomination.nomination WHERE id = :id")
        if taken_back_on is None:
            assert known == [(AGREED[str(stage)], held_until, answer_by)]
        else:
            assert known[0][:2] == ("withdrawn", None)
        asked = 'SELECT number, addition FROM review.supplement JOIN review."case" ON id = case_id'
        assert self.rows(f"{asked} WHERE nomination_id = :id") == self.rows(
            "SELECT number, nullif(addition, '') FROM nomination.supplement WHERE nomination_id = :id"
        )


def test_whatever_happens_both_services_agree_in_the_end(plan: Plan, database: Engine) -> None:
    run_state_machine_as_test(
        type("OurLife", (Life,), {"plan": plan, "database": database}),
        settings=settings(
            max_examples=12, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
