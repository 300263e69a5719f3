"""The life of a nomination, walked at random against its commands and a real database."""

from datetime import date
from types import SimpleNamespace
from typing import Any, ClassVar, cast

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import Engine

from services.nomination.commands.drafts import save_sheet, start_draft, submit
from services.nomination.commands.news import note
from services.nomination.commands.withdrawal import withdraw
from services.nomination.rules.fault import Incomplete
from services.nomination.rules.stages import STEPS, Stage, Step
from services.nomination.rules.typed import Sheet
from shared.access.principal import Principal
from shared.bus.told import Told
from shared.clock import now
from shared.database import engine_of, transaction
from shared.errors import Refused
from shared.ids import new_id
from shared.plan import Plan
from tests.nomination.conftest import TYPED, Somebody

TODAY = date(2025, 3, 27)
NEWS = {
    "returned": Step.RETURN,
    "resumed": Step.RESUME,
    "recognised": Step.RECOGNISE,
    "nurtured": Step.NURTURE,
    "declined": Step.DECLINE,
    "published": Step.PUBLISH,
    "unpublished": Step.UNPUBLISH,
}


def typed(sheet: Sheet) -> dict[str, list[str]]:
    return {box: value if isinstance(value, list) else [value] for box, value in TYPED[sheet.value].items()}


class Life(RuleBasedStateMachine):
    """One nomination and what it should be; the subclass says whose, under which plan, in which database."""

    who: ClassVar[Principal]
    plan: ClassVar[Plan]
    database: ClassVar[Engine]

    def __init__(self) -> None:
        super().__init__()
        with transaction(engine_of("nomination")) as session:
            self.id = start_draft(session, self.who, self.plan, TODAY)
        self.stage = Stage.DRAFT
        self.sheets: set[Sheet] = set()

    def named(self, sheet: Sheet) -> dict[str, list[str]]:
        """Each walk is about somebody else: the very same dossier is not taken twice."""
        return {"name": [f"Lò Thị {self.id}"]} if sheet is Sheet.WHO else {}

    @rule(sheet=st.sampled_from(Sheet))
    def write(self, sheet: Sheet) -> None:
        def act() -> None:
            with transaction(engine_of("nomination")) as session:
                save_sheet(session, self.who, self.id, sheet, typed(sheet) | self.named(sheet))

        if self.stage is not Stage.DRAFT:
            with pytest.raises(Refused):
                act()
            return
        act()
        self.sheets.add(sheet)

    @rule()
    def send(self) -> None:
        def act() -> None:
            with transaction(engine_of("nomination")) as session:
                submit(session, self.who, self.id, self.plan, TODAY)

        if self.stage is Stage.WITHDRAWN:
            with pytest.raises(Refused):
                act()
        elif self.stage is Stage.DRAFT and len(self.sheets) < len(Sheet):
            with pytest.raises(Incomplete):
                act()
        else:
            act()
            self.stage = Stage.SUBMITTED if self.stage is Stage.DRAFT else self.stage

    @rule()
    def take_back(self) -> None:
        def act() -> None:
            with transaction(engine_of("nomination")) as session:
                withdraw(session, self.who, self.id, "Gia đình không muốn nêu tên")

        if self.stage is Stage.DRAFT:
            with pytest.raises(Refused):
                act()
            return
        act()
        self.stage = Stage.WITHDRAWN

    @precondition(lambda self: self.stage is not Stage.DRAFT)
    @rule(kind=st.sampled_from(sorted(NEWS)))
    def hear(self, kind: str) -> None:
        with transaction(engine_of("nomination")) as session:
            news = SimpleNamespace(id=new_id(), time=now(), data=SimpleNamespace(nomination_id=self.id))
            note(session, cast("Told[Any]", news), kind, step=NEWS[kind])
        self.stage = STEPS.get((self.stage, NEWS[kind]), self.stage)

    @invariant()
    def the_row_stands_where_the_table_says(self) -> None:
        with self.database.connect() as connection:
            row = connection.exec_driver_sql(
                "SELECT stage, code FROM nomination.nomination WHERE id = %s", (self.id,)
            ).one()
        assert row.stage == self.stage
        assert (row.code is None) == (self.stage is Stage.DRAFT)

    @invariant()
    def each_fact_is_said_at_most_once(self) -> None:
        with self.database.connect() as connection:
            said = connection.exec_driver_sql(
                "SELECT type FROM bus.event WHERE subject = %s ORDER BY subjectversion", (f"nomination/{self.id}",)
            ).scalars()
            names = [each.split(".")[3] for each in said]
        assert names == ["submitted", "withdrawn"][: len(names)]
        assert bool(names) == (self.stage is not Stage.DRAFT)


def test_no_walk_leaves_the_table_of_steps(head: Somebody, plan: Plan, database: Engine) -> None:
    run_state_machine_as_test(
        type("OurLife", (Life,), {"who": head.principal, "plan": plan, "database": database}),
        settings=settings(
            max_examples=25, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
