"""A successor goes on with the drafts of whoever left, and a substitute with those of whoever is away."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

from sqlalchemy import Engine, text

from services.nomination.main import service
from services.nomination.queries.worklist import Asked, urgent
from shared.access.principal import Holder, Principal, Role
from shared.bus.consume import consume
from shared.bus.record import record
from shared.database import engine_of, transaction
from shared.events.identity import OfficeHandedOver
from shared.plan import Plan

from .conftest import NOW, Somebody


def hand_over(plan: Plan, leaver: Somebody, successor: Somebody, *, unit: UUID, times: int = 1) -> None:
    """Say it and let nomination hear it."""
    with transaction(engine_of("identity")) as session:
        said = OfficeHandedOver(
            person_id=leaver.principal.person_id,
            office_id=uuid4(),
            successor_id=successor.principal.person_id,
            role=leaver.principal.role,
            unit_id=unit,
            on=NOW.date(),
        )
        ids = [record(session, said, plan) for _ in range(times)]
    for event_id in ids:
        consume(engine_of("nomination"), service.ear, [event_id])


def drafts_of(who: Principal) -> set[UUID]:
    with transaction(engine_of("nomination")) as session:
        return {draft.id for draft, _ in urgent(session, Asked(who))}


def test_a_clerks_drafts_go_to_the_successor_once_and_nobody_elses_do(
    plan: Plan, somebody: Callable[..., Somebody], database: Engine
) -> None:
    leaver, other = somebody("commune", Role.CLERK), somebody("village-1")
    successor = somebody("commune", Role.CHAIR)
    for one in (leaver, leaver, other):
        assert one.browser().post("/de-cu/moi").status_code == 303
    before, others = drafts_of(leaver.principal), drafts_of(other.principal)
    as_clerk = replace(successor.principal, office=leaver.principal.office)
    assert (len(before), len(others), drafts_of(as_clerk)) == (2, 1, set())

    hand_over(plan, leaver, successor, unit=plan.unit.id, times=2)

    assert drafts_of(as_clerk) == before
    assert drafts_of(leaver.principal) == set()
    assert drafts_of(other.principal) == others
    with database.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM nomination.nomination")).scalar_one() == 3


def test_a_hand_over_of_one_unit_leaves_the_drafts_for_another(plan: Plan, somebody: Callable[..., Somebody]) -> None:
    leaver, successor = somebody("commune", Role.CLERK), somebody("village-1")
    leaver.browser().post("/de-cu/moi")

    hand_over(plan, leaver, successor, unit=plan.unit_by_key("village-1").id)

    assert len(drafts_of(leaver.principal)) == 1


def test_a_substitute_goes_on_with_the_clerks_drafts_and_leaves_their_own_to_the_clerk(
    plan: Plan, somebody: Callable[..., Somebody]
) -> None:
    clerk, editor = somebody("commune", Role.CLERK), somebody("commune", Role.EDITOR)
    clerk.browser().post("/de-cu/moi")
    substitute = replace(
        editor.principal,
        office=clerk.principal.office,
        on_behalf_of=Holder(clerk.principal.person_id, clerk.principal.name),
    )

    assert drafts_of(substitute) == drafts_of(clerk.principal) != set()
    assert drafts_of(replace(editor.principal, office=clerk.principal.office)) == set()


def test_the_preview_counts_drafts_and_shows_none(
    plan: Plan, somebody: Callable[..., Somebody], other_plan: Plan
) -> None:
    clerk, chair = somebody("commune", Role.CLERK), somebody("commune", Role.CHAIR)
    stranger = somebody("commune", Role.CLERK, other_plan)
    clerk.browser().post("/de-cu/moi")
    path = f"/de-cu/ban-giao/{clerk.principal.person_id}"

    assert '<td class="n" data-label="Số bản nháp">1</td>' in clerk.browser().get(path).text
    assert "Không có bản nháp nào." in stranger.browser().get(path).text
    assert chair.browser().get(path).status_code == 403
