"""A recognised model climbs the plan's ladder, rung by rung, each with what came of it."""

from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import pytest

from services.review import commands
from services.review.rules.ladder import Answer, checked_answer, standing
from shared.access.principal import Role
from shared.database import engine_of, transaction
from shared.errors import Invalid, Refused
from shared.events.nomination import ConsentGiven
from shared.ids import new_id
from shared.plan import Plan
from shared.plan.ladder import tiers_on
from tests.review.conftest import OpensCase, person
from tests.worlds import Rows

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)  # the last day of the district tier, and the first without it


@dataclass(frozen=True)
class Climb:
    rung: str
    put_forward_on: date = BEFORE
    answer: str | None = "recognised"
    to_unit_id: UUID | None = None


def following(plan: Plan, *climbs: Climb, today: date) -> str | None:
    found = standing(plan, climbs, today).following
    return found.rung.id if found else None


def test_the_tiers_of_a_day_follow_from_the_plan_and_its_units(plan: Plan) -> None:
    assert [tier.rung.id for tier in tiers_on(plan, BEFORE)] == ["district", "province", "nation"]
    assert [tier.rung.id for tier in tiers_on(plan, AFTER)] == ["province", "nation"]
    assert [tier.unit.name.vi if tier.unit else "" for tier in tiers_on(plan, AFTER)] == ["Tỉnh Thanh Hóa", ""]


def test_a_commune_right_below_its_province_has_no_district_rung(plan: Plan) -> None:
    commune = replace(plan.unit, parent="province")

    assert [tier.rung.id for tier in tiers_on(replace(plan, unit=commune), BEFORE)] == ["province", "nation"]


def test_a_plan_without_a_ladder_has_the_tier_of_its_reports(plan: Plan) -> None:
    (only,) = tiers_on(replace(plan, ladder=()), BEFORE)

    assert only.unit == plan.aggregator
    assert following(replace(plan, ladder=()), today=BEFORE) == "district"
    assert following(replace(plan, ladder=()), Climb("district"), today=BEFORE) is None


def test_the_next_rung_is_the_lowest_that_there_is_above_the_last_one(plan: Plan) -> None:
    assert following(plan, today=BEFORE) == "district"
    assert following(plan, today=AFTER) == "province"
    assert following(plan, Climb("district"), today=BEFORE) == "province"
    assert following(plan, Climb("district"), today=AFTER) == "province"
    assert following(plan, Climb("district"), Climb("province"), today=AFTER) == "nation"
    assert following(plan, Climb("district"), Climb("province"), Climb("nation", AFTER), today=AFTER) is None


def test_while_an_answer_is_awaited_or_after_a_no_nothing_follows(plan: Plan) -> None:
    awaited = standing(plan, [Climb("district", answer=None)], BEFORE)

    assert awaited.awaited is not None
    assert (awaited.awaited.rung.id, awaited.following) == ("district", None)
    assert following(plan, Climb("district", answer="declined"), today=BEFORE) is None


def test_an_old_row_names_its_unit_alone(plan: Plan) -> None:
    assert following(plan, Climb("", to_unit_id=plan.unit_by_key("district").id), today=BEFORE) == "province"


@pytest.mark.parametrize(
    ("answer", "words"), [("", "Quyết định số 12"), ("maybe", "Quyết định số 12"), ("declined", " ")]
)
def test_an_answer_says_what_and_by_which_paper(answer: str, words: str) -> None:
    with pytest.raises(Invalid):
        checked_answer(answer, words)


@pytest.mark.parametrize(
    ("agreed", "waiting", "goes_up"),
    [(["name", "upward"], 0, True), (["name", "story"], 0, False), (["name", "upward"], 1, False), ([], 1, False)],
)
def test_whoever_was_asked_decides_whether_the_dossier_goes_up(
    plan: Plan, opens_case: OpensCase, scored, decided, rows: Rows, agreed: list[str], waiting: int, goes_up: bool
) -> None:
    case_id = opens_case()
    scored(case_id, 8, 8, 8)
    decided(case_id, "recognised")
    ((nomination_id, code, unit_id),) = rows('SELECT nomination_id, code, unit_id FROM review."case"')
    said = ConsentGiven(
        nomination_id=nomination_id,
        code=code,
        party_id=new_id(),
        unit_id=unit_id,
        capacity="self",
        uses=agreed,
        proof="digital",
        way="link",
        text_version="1",
        agreed=agreed,
        waiting=waiting,
    )
    with transaction(engine_of("review")) as session:
        commands.keep_consent(session, said)

    with (
        transaction(engine_of("review")) as session,
        nullcontext() if goes_up else pytest.raises(Refused, match=r"ladder\.not_agreed"),
    ):
        commands.put_forward(session, person(plan, Role.CLERK), case_id, today=BEFORE)

    assert rows("SELECT count(*) FROM review.put_forward") == [(int(goes_up),)]


def test_a_model_climbs_rung_by_rung_and_each_step_is_said(
    plan: Plan, opens_case: OpensCase, scored, decided, rows: Rows
) -> None:
    case_id = opens_case()
    scored(case_id, 8, 8, 8)
    decided(case_id, "recognised")
    clerk = person(plan, Role.CLERK)

    def put(on: date) -> None:
        with transaction(engine_of("review")) as session:
            commands.put_forward(session, clerk, case_id, today=on)

    def answered(on: date, answer: Answer = Answer.RECOGNISED) -> None:
        with transaction(engine_of("review")) as session:
            commands.note_answer(session, clerk, case_id, answer, words="Quyết định số 12", today=on)

    put(BEFORE)
    with pytest.raises(Refused, match=r"ladder\.awaited"):
        put(AFTER)
    for _ in range(2):
        answered(AFTER)
    with pytest.raises(Refused, match=r"ladder\.nothing_awaited"):
        answered(date(2025, 7, 2), Answer.DECLINED)
    put(date(2025, 7, 3))
    answered(date(2025, 8, 1))
    put(date(2025, 8, 2))
    answered(date(2025, 9, 1), Answer.DECLINED)
    with pytest.raises(Refused, match=r"ladder\.at_the_end"):
        put(date(2025, 9, 2))

    said = rows(
        "SELECT type, data ->> 'level', data ->> 'answer', data ->> 'to_unit_id' FROM bus.event"
        " WHERE type LIKE '%role_model%' ORDER BY id"
    )
    district, province = (str(plan.unit_by_key(key).id) for key in ("district", "province"))
    name = "vn.guongsang.role_model"
    assert said == [
        (f"{name}.put_forward.v1", None, None, district),
        (f"{name}.tier_answered.v1", "district", "recognised", district),
        (f"{name}.escalated.v1", "province", None, province),
        (f"{name}.tier_answered.v1", "province", "recognised", province),
        (f"{name}.escalated.v1", "nation", None, None),
        (f"{name}.tier_answered.v1", "nation", "declined", None),
    ]
