"""What becomes of nominations when their commune ends."""

from uuid import uuid4

import pytest
from sqlalchemy import event as sqlalchemy_event

from services.nomination.commands.drafts import start_draft, submit
from services.nomination.commands.suggestions import receive
from services.nomination.commands.withdrawal import withdraw
from services.nomination.models import Nomination, PhotoRow
from services.nomination.queries.nominations import visible
from services.nomination.queries.worklist import Asked, Group, counts
from services.nomination.rules.suggestions import Told
from shared.access.principal import Role
from shared.clock import now, set_to, today
from shared.database import engine_of, transaction
from shared.errors import NotFound, Refused
from tests.merger.conftest import BINH_LUONG, HOA_QUY, MORNING, THE_DAY, clock_at, dissolution, say, somebody
from tests.merger.dossiers import SENT_ON, decided, decision, handed_in

PHOTO = "ab" * 32


@pytest.fixture
def plans_of(rows):
    return lambda: dict(rows("SELECT id, plan_id FROM nomination.nomination"))


def test_what_is_open_goes_to_the_heirs_and_what_is_finished_stays(former, successor, plans_of, hear_all, rows):
    with transaction(engine_of("nomination")) as session:
        draft = start_draft(session, somebody(former), former, SENT_ON)
    waiting, recognised = handed_in(former), decided(former, "recognised")
    nurtured, declined = decided(former, "nurtured"), decided(former, "declined")
    taken_back = handed_in(former)
    with transaction(engine_of("nomination")) as session:
        withdraw(session, somebody(former), taken_back, "Người được đề cử đổi ý")
    hear_all("nomination")

    say(former, dissolution(former, successor))
    hear_all("nomination")

    gone_on = {draft, waiting, recognised, nurtured}
    assert plans_of() == dict.fromkeys(gone_on, HOA_QUY) | dict.fromkeys({declined, taken_back}, BINH_LUONG)
    said = rows(
        "SELECT planid, data->>'nomination_id', data->>'code' <> '' FROM bus.event"
        " WHERE type LIKE '%nomination.transferred.v1'"
    )
    assert sorted(said) == sorted((HOA_QUY, str(id_), True) for id_ in gone_on - {draft})
    assert rows("SELECT DISTINCT plan_id FROM nomination.candidate") == [(HOA_QUY,)]
    assert rows("SELECT planid FROM bus.event WHERE type LIKE '%candidate.transferred%'") == [(HOA_QUY,)]


def test_an_end_told_twice_moves_nothing_twice(former, successor, hear_all, rows):
    handed_in(former)
    say(former, dissolution(former, successor), dissolution(former, successor))

    hear_all("nomination")

    assert rows("SELECT count(*) FROM bus.event WHERE type LIKE '%nomination.transferred%'") == [(1,)]
    assert rows("SELECT kind, detail FROM nomination.happening") == [("transferred", HOA_QUY)]


def test_a_photo_comes_along_and_code_and_day_stay(former, successor, hear_all, rows):
    village = somebody(former)
    with transaction(engine_of("nomination")) as session:
        session.add(
            PhotoRow(sha256=PHOTO, plan_id=former.id, unit_id=village.unit_id, width=640, height=400, widths=[320],
                     brought_at=now())
        )  # fmt: skip
    nomination_id = handed_in(former, photo=PHOTO)
    before = rows("SELECT code, submitted_on, answer_by, photo FROM nomination.nomination")

    say(former, dissolution(former, successor))
    hear_all("nomination")

    assert rows("SELECT code, submitted_on, answer_by, photo FROM nomination.nomination") == before
    assert rows("SELECT plan_id FROM nomination.photo ORDER BY 1") == [(BINH_LUONG,), (HOA_QUY,)]
    with transaction(engine_of("nomination")) as session:
        assert session.get_one(Nomination, nomination_id).origin == BINH_LUONG


def test_a_suggestion_that_nobody_answered_goes_on_with_the_village(former, successor, rows, hear_all):
    unit = former.unit_by_key("village-1")
    deed = "Bà nhặt rác ven suối mỗi buổi sáng."
    with clock_at(MORNING.replace(month=6)), transaction(engine_of("nomination")) as session:
        waiting = receive(session, former, Told("Lò Thị Ấm", deed, unit), today())
        answered = receive(session, former, Told("Hà Văn Sơn", deed, unit), today())
        answered.stage, answered.reason, answered.answered_on = "declined", "Bác xin thôi.", today()
    say(former, dissolution(former, successor))

    hear_all("nomination")

    found = dict(rows("SELECT id, plan_id FROM nomination.suggestion"))
    assert found == {waiting.id: HOA_QUY, answered.id: BINH_LUONG}


def test_thousands_move_in_a_few_statements(former, successor, rows, hear_all):
    handed_in(former)
    rows("""
        INSERT INTO nomination.nomination
        SELECT (jsonb_populate_record(NULL::nomination.nomination,
            to_jsonb(one) || jsonb_build_object('id', gen_random_uuid(), 'code', 'DC-2025-' || 100000 + number,
                'fingerprint', gen_random_uuid()))).*
        FROM nomination.nomination AS one, generate_series(1, 2499) AS number
    """)
    statements = []
    engine = engine_of("nomination")
    sqlalchemy_event.listen(engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    say(former, dissolution(former, successor))

    hear_all("nomination")

    assert rows("SELECT count(*) FROM bus.event WHERE type LIKE '%nomination.transferred%'") == [(2500,)]
    assert rows("SELECT count(*) FROM bus.delivery WHERE hearer = 'review' AND subject LIKE 'nomination/%'") == [
        (2501,)
    ]
    assert len(statements) < 60, len(statements)


@pytest.mark.parametrize("outcome", ["recognised", "declined", "nurtured"])
def test_a_decision_that_arrives_after_the_transfer_is_noted(former, successor, hear_all, rows, outcome):
    nomination_id = handed_in(former)
    say(former, dissolution(former, successor))
    hear_all("nomination")

    say(former, decision(former, nomination_id, outcome))
    hear_all("nomination")

    assert rows("SELECT stage, plan_id FROM nomination.nomination") == [(outcome, HOA_QUY)]
    identified = rows("SELECT planid FROM bus.event WHERE type LIKE '%candidate.identified%'")
    assert identified == ([(HOA_QUY,)] if outcome == "nurtured" else [])


def test_nobody_submits_under_an_ended_plan_and_the_draft_is_with_the_heir(former, successor, hear_all):
    stayed_behind = somebody(former)
    with transaction(engine_of("nomination")) as session:
        draft = start_draft(session, stayed_behind, former, SENT_ON)
    say(former, dissolution(former, successor))
    hear_all("nomination")

    for attempt in (
        lambda session: start_draft(session, stayed_behind, former, THE_DAY),
        lambda session: submit(session, stayed_behind, draft, former, THE_DAY),
    ):
        with pytest.raises(Refused) as refused, transaction(engine_of("nomination")) as session:
            attempt(session)
        assert refused.value.key == "nomination.commune_ended"
        assert refused.value.details["successor"] == "xã Hóa Quỳ"
    with pytest.raises(Refused, match="commune_ended"):
        handed_in(former)
    with transaction(engine_of("nomination")) as session:
        assert visible(session, somebody(successor, unit="binh-luong-1"), draft).unit_id == stayed_behind.unit_id


def test_what_was_handed_in_just_before_is_moved_not_stranded(former, successor, rows, hear_all):
    """The end waits for a request that is under way."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 -- here only

    with ThreadPoolExecutor(2) as pool:
        pending = [pool.submit(handed_in, former) for _ in range(6)]
        say(former, dissolution(former, successor))
        hear_all("nomination")
        for one in pending:
            one.exception()
    assert rows("SELECT count(*) FROM nomination.nomination WHERE plan_id = :plan", plan=BINH_LUONG) == [(0,)]


def test_an_old_idempotency_key_is_answered_as_it_was(former, successor, seat, hear_all):
    from tests.nomination.conftest import complete  # noqa: PLC0415 -- its fixtures are not for here

    with clock_at(MORNING.replace(month=6)):
        program = seat("nomination", former, Role.ORGANISATION, "women")
        key = {"Idempotency-Key": "hoi-phu-nu-1"}
        first = program.post("/api/v1/nominations", json=complete(), headers=key)
        assert first.status_code == 201, first.text
    with clock_at(MORNING):
        say(former, dissolution(former, successor))
        hear_all("nomination")

        again = program.post("/api/v1/nominations", json=complete(), headers=key)
        fresh = program.post("/api/v1/nominations", json=complete(), headers={"Idempotency-Key": str(uuid4())})

    assert (again.status_code, again.json()) == (201, first.json())
    assert fresh.status_code == 422
    assert "xã Hóa Quỳ mới" in fresh.json()["detail"]
    assert f"/ke-hoach?xa={HOA_QUY}" in fresh.json()["detail"]


def test_old_receipts_and_codes_open_and_say_where_the_dossier_went(former, successor, seat, hear_all, rows):
    with clock_at(MORNING):
        waiting, declined = handed_in(former), decided(former, "declined")
        hear_all("nomination")
        village, clerk = seat("nomination", successor, unit="binh-luong-1"), seat("nomination", successor, Role.CLERK)
        say(former, dissolution(former, successor))
        hear_all("nomination")

        moved = "Hồ sơ đã chuyển về xã Hóa Quỳ ngày 01/07/2025 do sáp nhập"
        ended = "Từ ngày 01/07/2025, xã Bình Lương cũ đã sáp nhập vào xã Hóa Quỳ mới."
        codes = dict(rows("SELECT id, code FROM nomination.nomination"))
        for browser in (village, clerk):
            assert moved in browser.get(f"/de-cu/{waiting}").text
            assert ended in browser.get(f"/de-cu/{declined}").text
            assert codes[declined] in browser.get("/de-cu?nhom=da-tra-loi").text
        anybody = seat("nomination")
        assert moved in anybody.get(f"/tra-cuu/{codes[waiting]}").text
        assert ended in anybody.get(f"/tra-cuu/{codes[declined]}").text
        assert village.get(f"/de-cu/{waiting}/phieu.pdf").status_code == 200


def test_a_village_of_the_other_former_commune_sees_none_of_it(former, neighbour, successor, merged):
    nomination_id = handed_in(former)
    merged()

    with transaction(engine_of("nomination")) as session:
        with pytest.raises(NotFound):
            visible(session, somebody(successor, unit="hoa-quy-1"), nomination_id)
        assert counts(session, Asked(somebody(successor, unit="binh-luong-1")))[Group.WAITING] == 1
        assert counts(session, Asked(somebody(successor, Role.CLERK)))[Group.WAITING] == 1


def test_consent_can_be_taken_back_after_the_commune_has_ended(former, successor, rows, hear_all):
    declined = decided(former, "declined")
    hear_all("nomination")
    say(former, dissolution(former, successor))
    hear_all("nomination")

    with set_to(MORNING), transaction(engine_of("nomination")) as session:
        withdraw(session, somebody(successor, unit="binh-luong-1"), declined, "Gia đình không muốn nêu tên")

    assert rows("SELECT planid FROM bus.event WHERE type LIKE '%nomination.withdrawn%'") == [(BINH_LUONG,)]
