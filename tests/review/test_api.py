"""The JSON API: who gets in, what comes out, and what bad input is answered. Never a 5xx."""

from datetime import timedelta
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from shared.access.principal import Role
from shared.clock import today
from shared.errors import Conflict
from shared.ids import new_id
from shared.plan import Plan
from tests.review.conftest import OpensCase, Seats, nomination_under, told
from tests.worlds import Rows

CASES = "/api/v1/cases"


def sheet(plan: Plan, points: int = 8) -> dict[str, int]:
    return dict.fromkeys([*(each.id for each in plan.criteria), plan.fields[-1].id], points)


def test_without_signing_in_a_program_gets_a_problem_document(database, installation: None) -> None:
    from services.review.main import web  # noqa: PLC0415 -- settings must point to the test database first

    with TestClient(web, base_url="http://testserver") as nobody:
        answer = nobody.get(CASES)

    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert answer.json()["type"].endswith("access.sign_in_needed")


@pytest.mark.parametrize("role", [Role.NOMINATOR, Role.EDITOR, Role.AGGREGATOR_OFFICER, Role.ADMIN])
def test_other_roles_see_no_case(seats: Seats, opens_case: OpensCase, role: Role) -> None:
    case_id = opens_case()

    assert [seats(role).get(path).status_code for path in (CASES, f"{CASES}/{case_id}")] == [403, 403]


def test_a_commune_sees_its_own_cases_only(seats: Seats, opens_case: OpensCase, other_plan: Plan, rows: Rows) -> None:
    ours, theirs = opens_case(), opens_case(under=other_plan)
    clerk = seats(Role.CLERK)

    listed = clerk.get(CASES).json()["items"]

    assert rows('SELECT count(*) FROM review."case"') == [(2,)]
    assert [one["id"] for one in listed] == [str(ours)]
    assert clerk.get(f"{CASES}/{theirs}").status_code == 404
    assert clerk.get(f"{CASES}/{new_id()}").status_code == 404


@pytest.mark.parametrize(("method", "path", "body", "allowed"), [
    ("PUT", "scores", {"scores": {}}, Role.COUNCIL_MEMBER),
    ("POST", "decision", {"outcome": "recognised"}, Role.CHAIR),
    ("POST", "return", {"missing": "", "due_on": "2024-11-25"}, Role.CLERK),
    ("POST", "resume", None, Role.CLERK),
    ("POST", "hold", {"ground": "press", "reason": "", "until": "2024-11-25"}, Role.CLERK),
    ("POST", "release", None, Role.CLERK),
])  # fmt: skip
def test_each_step_is_for_its_own_role(
    seats: Seats, opens_case: OpensCase, method: str, path: str, body: dict[str, object] | None, allowed: Role
) -> None:
    address = f"{CASES}/{opens_case()}/{path}"

    answers = {
        role: seats(role).request(method, address, json=body).status_code
        for role in (Role.CLERK, Role.COUNCIL_MEMBER, Role.CHAIR)
    }

    assert answers == {role: 422 if role is allowed else 403 for role in answers}


def test_a_member_sees_the_others_sheets_after_handing_in_their_own(
    seats: Seats, opens_case: OpensCase, scored, plan: Plan
) -> None:
    case_id = opens_case()
    scored(case_id, 9)
    member = seats(Role.COUNCIL_MEMBER, number=2)

    before = member.get(f"{CASES}/{case_id}").json()
    after = member.put(f"{CASES}/{case_id}/scores", json={"scores": sheet(plan, 6), "note": "Đã hỏi bà con."}).json()

    assert (before["own_sheet"], before["sheets"], before["tally"]) == (None, None, None)
    assert [(one["member_name"], one["scores"], one["note"]) for one in after["sheets"]] == [
        ("Vi Thị Nga", sheet(plan, 9), ""),
        ("Lò Văn Bình", sheet(plan, 6), "Đã hỏi bà con."),
    ]
    assert after["tally"] == {
        "sheets": 2, "by_criterion": dict.fromkeys(sheet(plan), "15/2"), "average": "15/2", "advised": True,
    }  # fmt: skip


def test_the_chair_sees_the_sums_but_not_who_gave_what(seats: Seats, opens_case: OpensCase, scored) -> None:
    case_id = opens_case()
    scored(case_id, 9, 6, 6)

    seen = seats(Role.CHAIR).get(f"{CASES}/{case_id}").json()

    assert (seen["sheets"], seen["own_sheet"], seen["tally"]["average"]) == (None, None, "7")


def test_a_decision_sent_twice_is_answered_twice_and_made_once(
    seats: Seats, opens_case: OpensCase, scored, rows: Rows
) -> None:
    case_id = opens_case()
    scored(case_id, 8, 8, 8)
    chair = seats(Role.CHAIR)
    decision = {"outcome": "nurture", "reason": "Cần thêm thời gian.", "version": 1}

    first = chair.post(f"{CASES}/{case_id}/decision", json=decision)
    second = chair.post(f"{CASES}/{case_id}/decision", json=decision)

    assert (first.status_code, first.json()["stage"], first.json()["version"]) == (200, "nurture", 2)
    assert second.json() == first.json()
    assert rows("SELECT count(*) FROM bus.event WHERE type LIKE '%sent_to_nurture%'") == [(1,)]
    ((actor, person),) = rows(
        "SELECT actorid, decided_by FROM bus.event, review.\"case\" WHERE type LIKE '%sent_to_nurture%'"
    )
    assert isinstance(actor, UUID)
    assert actor == person


def test_the_second_chair_gets_a_conflict_that_names_the_first(seats: Seats, opens_case: OpensCase, scored) -> None:
    case_id = opens_case()
    scored(case_id, 8, 8, 8)
    seats(Role.CHAIR).post(f"{CASES}/{case_id}/decision", json={"outcome": "recognised"})

    late = seats(Role.CHAIR, number=2).post(
        f"{CASES}/{case_id}/decision", json={"outcome": "declined", "reason": "Chưa nêu kết quả."}
    )

    assert late.status_code == Conflict.status
    assert late.json()["detail"].startswith("Lê Văn Chủ đã công nhận hồ sơ này ngày ")


def test_missing_sheets_are_counted_in_the_refusal(seats: Seats, opens_case: OpensCase, scored) -> None:
    case_id = opens_case()
    scored(case_id, 8)

    refused = seats(Role.CHAIR).post(f"{CASES}/{case_id}/decision", json={"outcome": "recognised"})

    assert refused.status_code == 422
    assert refused.json()["detail"] == ("Còn thiếu 2 phiếu chấm (mới có 1 trên 3). Hãy chờ Hội đồng chấm xong.")


def test_the_list_goes_on_from_its_cursor_without_gap_or_double(seats: Seats, plan: Plan, rows: Rows) -> None:
    told(plan, *(nomination_under(plan, code=f"DC-2024-{number:04}") for number in range(7)))
    clerk = seats(Role.CLERK)
    codes: list[str] = []
    after: str | None = ""

    while after is not None:
        page = clerk.get(CASES, params={"limit": 3, "after": after}).json()
        codes += [one["code"] for one in page["items"]]
        after = page["next"]

    assert sorted(codes) == [f"DC-2024-{number:04}" for number in range(7)]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("words", "found"),
    [("lo thi am", 1), ("LÒ ẤM", 1), ("chao tram", 1), ("dc-2024-0147", 1), ("đồng", 0), ("%", 0), ("_", 0)],
)
def test_search_needs_no_accents_and_takes_signs_as_they_are(
    seats: Seats, opens_case: OpensCase, words: str, found: int
) -> None:
    opens_case()

    assert len(seats(Role.CLERK).get(CASES, params={"q": words}).json()["items"]) == found


BAD_LISTS = [
    {"stage": "lost"}, {"limit": "0"}, {"limit": "101"}, {"limit": "x"}, {"after": "không"}, {"after": "AAAA"},
    {"field": "F99"}, {"field": "\x00"}, {"q": "x" * 201}, {"after": "\ud7ff"},
]  # fmt: skip


@pytest.mark.parametrize("params", BAD_LISTS, ids=repr)
def test_a_list_asked_for_wrongly_is_refused_in_words(seats: Seats, params: dict[str, str], database) -> None:
    answer = seats(Role.CLERK).get(CASES, params=params)

    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert "%(" not in answer.text
    assert answer.json()["errors"] or answer.json()["detail"]


BAD_SHEETS = [
    {}, [], "x", {"scores": 1}, {"scores": {"G1": "8"}}, {"scores": {"G1": 8.5}}, {"scores": {"G1": True}},
    {"scores": {"G1": None}}, {"scores": {}}, {"scores": {"x" * 65: 1}}, {"scores": {str(n): 1 for n in range(60)}},
    {"scores": {"G1": 10**40}}, {"scores": {}, "note": "x" * 5000}, {"scores": {}, "extra": 1},
    {"scores": {"\x00": 1}},
]  # fmt: skip


@pytest.mark.parametrize("body", BAD_SHEETS, ids=lambda body: repr(body)[:40])
def test_a_bad_sheet_is_refused_in_words_and_nothing_is_kept(
    seats: Seats, opens_case: OpensCase, rows: Rows, body: object
) -> None:
    answer = seats(Role.COUNCIL_MEMBER).put(f"{CASES}/{opens_case()}/scores", json=body)

    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert "%(" not in answer.text
    assert rows("SELECT count(*) FROM review.sheet") == [(0,)]


def test_points_out_of_the_scale_are_told_with_the_scale(seats: Seats, opens_case: OpensCase, plan: Plan) -> None:
    points = sheet(plan) | {"G1": 11, "G2": -1}

    answer = seats(Role.COUNCIL_MEMBER).put(f"{CASES}/{opens_case()}/scores", json={"scores": points})

    assert answer.json()["errors"] == [
        {
            "field": "scores.G1",
            "detail": "Điểm 11 cho “Gương mẫu chấp hành” nằm ngoài thang điểm. Hãy cho từ 0 đến 10.",
        },
        {
            "field": "scores.G2",
            "detail": "Điểm -1 cho “Hoàn thành xuất sắc nhiệm vụ” nằm ngoài thang điểm. Hãy cho từ 0 đến 10.",
        },
    ]


BAD_DECISIONS = [
    {}, {"outcome": "maybe"}, {"outcome": "nurture"}, {"outcome": "declined", "reason": " "},
    {"outcome": "declined", "reason": "a\x00b"}, {"outcome": "declined", "reason": "x" * 2001},
    {"outcome": "recognised", "version": "1"}, {"outcome": "recognised", "by": "me"},
    {"outcome": "declined", "reason": "x" * 4001},
]  # fmt: skip


@pytest.mark.parametrize("body", BAD_DECISIONS, ids=lambda body: repr(body)[:40])
def test_a_bad_decision_is_refused_in_words_and_the_case_stays_open(
    seats: Seats, opens_case: OpensCase, scored, rows: Rows, body: object
) -> None:
    case_id = opens_case()
    scored(case_id, 8, 8, 8)

    answer = seats(Role.CHAIR).post(f"{CASES}/{case_id}/decision", json=body)

    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert "%(" not in answer.text
    assert rows('SELECT stage FROM review."case"') == [("open",)]


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b'{"scores": NaN}', b'{"note": "\\ud800"}', b"[" * 50_000])
def test_a_body_that_is_no_json_is_refused(seats: Seats, opens_case: OpensCase, raw: bytes) -> None:
    answer = seats(Role.COUNCIL_MEMBER).put(
        f"{CASES}/{opens_case()}/scores", content=raw, headers={"content-type": "application/json"}
    )

    assert answer.status_code in {400, 422}


def test_a_body_of_half_a_megabyte_is_refused(seats: Seats, opens_case: OpensCase) -> None:
    answer = seats(Role.CHAIR).post(
        f"{CASES}/{opens_case()}/decision", json={"outcome": "declined", "reason": "x" * 500_000}
    )

    assert answer.status_code == 413


def test_a_case_id_that_is_none_is_refused(seats: Seats, database) -> None:
    assert seats(Role.CLERK).get(f"{CASES}/không-phải").status_code == 422


def test_a_program_lets_a_case_rest_and_go_on(seats: Seats, opens_case: OpensCase) -> None:
    case, clerk = f"{CASES}/{opens_case()}", seats(Role.CLERK)
    day = (today() + timedelta(days=5)).isoformat()
    returned = {"missing": "Xin nêu rõ bao nhiêu suất cháo mỗi tuần.", "due_on": day}
    held = {"ground": "complaint", "reason": "Có đơn phản ánh, xã đang xác minh.", "until": day}

    answers = [
        clerk.post(f"{case}/{step}", json=body).json()
        for step, body in (
            ("return", returned),
            ("return", returned),
            ("resume", None),
            ("hold", held),
            ("hold", held),
            ("release", None),
        )
    ]
    wrong = clerk.post(f"{case}/hold", json=held | {"reason": "Ngắn", "until": "2020-01-01"})

    assert [(answer["stage"], answer["held_until"]) for answer in answers] == [
        ("returned", None),
        ("returned", None),
        ("open", None),
        ("open", day),
        ("open", day),
        ("open", None),
    ]
    assert [fault["field"] for fault in wrong.json()["errors"]] == ["hold_reason"]
