"""Nominations come out of movements that units launch; a movement's page shows what it has found."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from services.nomination.rules.dossier import Dossier, choice_faults
from services.nomination.rules.movements import Launched, with_launched
from shared.access.principal import Role
from shared.ids import new_id
from shared.plan import Plan
from tests.nomination.conftest import Somebody, begun, complete, events, filled
from tests.nomination.reading import words

OPEN = {"starts_on": "1/3/2025", "ends_on": "30/6/2025", "carries_out": "cultured_life"}
ENDED = {"starts_on": "1/1/2025", "ends_on": "26/3/2025", "carries_out": "thrift"}
ID = UUID("01a206ab-542c-73a5-81d5-2db3e74b392f")


def launched(somebody: Somebody, title: str = "Sạch làng, đẹp ngõ", **days: str) -> str:
    """The id of a movement of theirs."""
    browser = somebody.browser()
    assert browser.post("/phong-trao", data={"title": title} | (days or OPEN)).status_code == 303
    page = browser.get("/phong-trao").text + browser.get("/phong-trao?nhom=da-ket-thuc").text
    return page.partition(f'">{title}</a>')[0].rpartition("/phong-trao/")[2]


def nominated(somebody: Somebody, movement: str, name: str = "Lò Thị Ấm") -> Any:
    body = complete(movement=movement)
    body["nominee"] = body["nominee"] | {"name": name}
    return somebody.browser().post("/api/v1/nominations", json=body, headers={"idempotency-key": str(new_id())})


def test_a_form_offers_the_plans_movements_first_and_then_those_of_units(plan: Plan) -> None:
    village = plan.unit_by_key("village-1")

    offered = with_launched(plan, [Launched(ID, "Sạch làng", "thrift", village.id)]).movements

    assert offered[:-1] == plan.movements
    assert (offered[-1].id, str(offered[-1].title)) == (str(ID), "Sạch làng (Thôn 1)")


def test_only_ids_of_movements_are_left_to_the_moment_of_handing_in(plan: Plan) -> None:
    assert "movement" not in choice_faults(Dossier(movement=str(ID)), plan)
    assert choice_faults(Dossier(movement="dancing"), plan)["movement"].key == "choice.unknown"


def test_a_nomination_counts_to_the_movement_and_to_the_plans_it_is_tied_to(head: Somebody, database: Engine) -> None:
    movement = launched(head)

    assert nominated(head, movement).status_code == 201

    (submitted,), (found,) = events(database, "nomination.submitted"), events(database, "movement.found")
    assert submitted["movement"] == "cultured_life"
    assert (found["movement_id"], found["nomination_id"], found["title"]) == (
        movement,
        submitted["nomination_id"],
        "Sạch làng, đẹp ngõ",
    )


def test_the_form_offers_the_units_own_movement_and_hands_in_what_was_chosen(head: Somebody, database: Engine) -> None:
    movement = launched(head)
    browser = head.browser()

    sheet = browser.get(f"{begun(browser)}/viec")
    draft = filled(browser, viec={"movement": movement})
    check = words(browser.get(f"{draft}/kiem-tra"))
    browser.post(f"{draft}/kiem-tra")
    receipt = browser.get(draft)

    assert f'<option value="{movement}">Sạch làng, đẹp ngõ (Thôn 1)</option>' in sheet.text
    assert "Phong trào Sạch làng, đẹp ngõ (Thôn 1)" in check
    assert [one["movement_id"] for one in events(database, "movement.found")] == [movement]
    assert f'href="/phong-trao/{movement}"' in receipt.text


def test_the_whole_form_that_phones_keep_offers_it_too(head: Somebody) -> None:
    movement = launched(head)

    assert f'<option value="{movement}">' in head.browser().get("/de-cu/tren-may").text


def test_a_movement_that_ended_takes_no_nomination_and_says_until_when_it_ran(head: Somebody, database: Engine) -> None:
    movement = launched(head, **ENDED)
    browser = head.browser()

    refused = nominated(head, movement)
    check = browser.post(f"{filled(browser, viec={'movement': movement})}/kiem-tra")

    assert (refused.status_code, check.status_code) == (422, 422)
    for said in (refused.text, words(check)):
        assert "diễn ra từ 01/01/2025 đến hết 26/03/2025" in said
    assert events(database, "nomination.submitted") == []


def test_another_communes_movement_is_not_known_here(
    head: Somebody, other_plan: Plan, somebody: Callable[..., Somebody]
) -> None:
    movement = launched(somebody("village-1", under=other_plan))

    assert "không có phong trào" in nominated(head, movement).text
    assert head.browser().get(f"/phong-trao/{movement}").status_code == 404


def test_the_page_counts_for_everybody_and_names_only_to_those_who_may_see(
    head: Somebody, somebody: Callable[..., Somebody]
) -> None:
    movement = launched(head)
    neighbour = somebody("village-2")
    nominated(head, movement, "Lò Thị Ấm")
    nominated(neighbour, movement, "Hà Văn Bính")

    own, clerks = (
        words(one.browser().get(f"/phong-trao/{movement}")) for one in (head, somebody("commune", Role.CLERK))
    )

    assert "2 đề cử Đã gửi: 2" in own
    assert "Thôn 1 1 0 0 Thôn 2 1 0 0" in own
    assert "Lò Thị Ấm" in own
    assert "Hà Văn Bính" not in own
    assert "Lò Thị Ấm" in clerks
    assert "Hà Văn Bính" in clerks


def test_what_a_movement_found_is_paged(head: Somebody) -> None:
    movement = launched(head)
    for number in range(21):
        nominated(head, movement, f"Lò Thị Số {number}")
    browser = head.browser()

    first = browser.get(f"/phong-trao/{movement}")
    following = first.text.partition('rel="next" href="')[2].partition('"')[0]
    second = browser.get(following)

    assert (first.text.count("Lò Thị Số"), second.text.count("Lò Thị Số")) == (20, 1)


def test_the_list_says_what_runs_what_ended_and_how_many_each_found(head: Somebody) -> None:
    nominated(head, launched(head))
    launched(head, "Tiết kiệm điện nước", **ENDED)
    browser = head.browser()

    running, ended = words(browser.get("/phong-trao")), words(browser.get("/phong-trao?nhom=da-ket-thuc"))

    assert "Sạch làng, đẹp ngõ Thôn 1 · từ 01/03/2025 đến 30/06/2025 · phát hiện 1 gương Đang diễn ra" in running
    assert "Tiết kiệm điện nước" not in running
    assert "Tiết kiệm điện nước Thôn 1 · từ 01/01/2025 đến 26/03/2025 Đã kết thúc" in ended


def test_a_movement_is_tied_to_a_movement_of_the_plan(head: Somebody) -> None:
    response = head.browser().post("/phong-trao", data={"title": "Sạch làng", **OPEN, "carries_out": "marathon"})

    assert response.status_code == 422
    assert "Kế hoạch không có “marathon”" in words(response)


def test_the_chair_reads_movements_and_launches_none(head: Somebody, somebody: Callable[..., Somebody]) -> None:
    movement = launched(head)
    chair = somebody("commune", Role.CHAIR).browser()

    assert chair.get(f"/phong-trao/{movement}").status_code == 200
    assert "Phát động phong trào mới" not in words(chair.get("/phong-trao"))
    assert chair.post("/phong-trao", data={"title": "Sạch làng", **OPEN}).status_code == 403
