"""Which clauses an event proves, and which step of the plan it is."""

from enum import StrEnum

import pytest

from shared.plan import Plan
from shared.plan.matching import holds

NOMINATION: dict[str, object] = {
    "subject_kind": "household",
    "model_kind": "good_deed",
    "field": "F04",
    "movement": "new_countryside",
    "areas": ["work"],
    "source": "village",
    "initiative": False,
    "direct_worker": True,
}


def proved(plan: Plan, event: str, data: dict[str, object]) -> list[str]:
    return [clause.id for clause in plan.clauses_proved_by(event, data)]


def test_the_most_specific_clause_comes_first_then_the_plans_order(binh_luong: Plan) -> None:
    assert proved(binh_luong, "nomination.submitted", NOMINATION) == ["R23", "R55", "R06", "R14", "R15", "R17"]


def test_a_nominations_step_is_finding_models_through_movements(binh_luong: Plan) -> None:
    assert binh_luong.step_of("nomination.submitted", NOMINATION) == "II.2.c"
    assert binh_luong.step_of("nomination.submitted", {**NOMINATION, "source": "media"}) == "V.3"


def test_flags_and_empty_lists_decide(binh_luong: Plan) -> None:
    data = {**NOMINATION, "initiative": True, "areas": []}

    found = proved(binh_luong, "nomination.submitted", data)

    assert "R16" in found
    assert "R15" not in found


@pytest.mark.parametrize(
    ("event", "data", "step", "first"),
    [
        ("case.opened", {"field": "F04"}, "II.2.c", []),
        ("case.scored", {"scores": {"G1": 8, "F04": 9}}, "II.2.b", ["R18"]),
        ("case.recognised", {"field": "F09"}, "III.9", ["R60", "R67", "R78"]),
        ("story.published", {"channel": "portal", "kind": "role_model"}, "II.3.a", ["R29", "R76", "R13"]),
        ("story.published", {"channel": "leaflet", "kind": "good_deed"}, "II.3.c", ["R45", "R44", "R13"]),
        ("story.published", {"channel": "radio", "kind": "role_model"}, "V.3", ["R76", "R13"]),
        ("role_model.introduced", {"field": "F04", "direct_worker": True}, "V.1", ["R69", "R78"]),
        ("message.sent", {"recipient": "home_affairs", "channel": "mail"}, "recipients", ["R90", "R80"]),
        ("message.sent", {"recipient": "nominator", "channel": "mail"}, "V.4", ["R80"]),
        ("report.submitted", {"report": "interim"}, "V.1", ["R70", "R86"]),
        ("report.submitted", {"report": "quarter"}, "V.4", ["R86"]),
        ("commendation.proposed", {"track": "publicity_merit"}, "V.4", ["R84", "R50"]),
        ("activity.recorded", {"activity_kind": "talk", "clause_id": ""}, "II.3.b", ["R37"]),
        ("clock.day_began", {}, "", []),
    ],
)
def test_the_road_of_a_role_model(
    binh_luong: Plan, event: str, data: dict[str, object], step: str, first: list[str]
) -> None:
    assert binh_luong.step_of(event, data) == step
    assert proved(binh_luong, event, data) == first


def test_an_event_of_alarm_belongs_to_its_clause_and_does_not_prove_it(binh_luong: Plan) -> None:
    data: dict[str, object] = {"quota": "role_model_each_quarter"}

    assert binh_luong.step_of("quota.missed", data) == "V.1"
    assert [clause.id for clause in binh_luong.clauses_touched_by("quota.missed", data)] == ["R69"]
    assert proved(binh_luong, "quota.missed", data) == []
    assert proved(binh_luong, "quota.met", data) == ["R69"]


def test_a_recorded_activity_proves_the_clause_it_names_before_all_others(binh_luong: Plan) -> None:
    data: dict[str, object] = {"activity_kind": "honour", "clause_id": "R82"}

    assert proved(binh_luong, "activity.recorded", data) == ["R82", "R49"]
    assert binh_luong.step_of("activity.recorded", data) == "V.4"


def test_a_clause_nobody_knows_is_passed_over(binh_luong: Plan) -> None:
    assert proved(binh_luong, "activity.recorded", {"activity_kind": "talk", "clause_id": "R99"}) == ["R37"]


def test_every_event_of_a_commune_but_the_clocks_is_a_step(binh_luong: Plan) -> None:
    from shared.events.catalogue import event_names  # noqa: PLC0415 -- only this test looks at the catalogue

    data: dict[str, object] = {"activity_kind": "talk", "role": "clerk", "report": "interim"}
    without = {name for name in event_names() if not binh_luong.step_of(name, {**NOMINATION, **data})}

    assert without <= {"clock.day_began", "case.scored"}


class Kind(StrEnum):
    TALK = "talk"


@pytest.mark.parametrize(
    ("where", "data", "holding"),
    [
        ({"a": "x"}, {"a": "x"}, True),
        ({"a": "x"}, {"a": "y"}, False),
        ({"a": "x"}, {}, False),
        ({"a": "x"}, {"a": ["w", "x"]}, True),
        ({"a": "x"}, {"a": {"x": 1}}, True),
        ({"a": "talk"}, {"a": Kind.TALK}, True),
        ({"a": "true"}, {"a": True}, True),
        ({"a": "true"}, {"a": False}, False),
        ({"a": "3"}, {"a": 3}, True),
        ({"a": "*"}, {"a": 0}, True),
        ({"a": "*"}, {"a": ""}, False),
        ({"a": "*"}, {"a": None}, False),
        ({"a": "*"}, {"a": []}, False),
        ({}, {}, True),
    ],
)
def test_conditions_compare_words(where: dict[str, str], data: dict[str, object], holding: bool) -> None:
    assert holds(where, data) is holding
