"""What nomination hears changes its stage and its timeline, once, and in any order."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from services.nomination.handlers import (
    begin_day,
    ear,
    note_case,
    note_introduction,
    note_nurture,
    note_publication,
    note_recognition,
    note_refusal,
    note_story_withdrawn,
)
from services.nomination.main import service
from shared.bus.ear import NotYet
from shared.bus.record import TOLD
from shared.bus.told import Told
from shared.database import engine_of, transaction
from shared.events.clock import DayBegan
from shared.events.event import Event
from shared.events.publish import RoleModelIntroduced, StoryPublished, StoryWithdrawn
from shared.events.review import CaseDeclined, CaseOpened, CaseRecognised, CaseSentToNurture
from shared.ids import new_id
from shared.plan import Plan
from tests.nomination.conftest import Somebody, complete, events, stage_of
from tests.nomination.reading import words

CASE = {"field": "F13", "subject_kind": "individual", "model_kind": "good_deed", "code": "DC-2025-0001"}


def hear(plan: Plan, handler: Callable[[Session, Told[Any]], None], event: Event, event_id: UUID | None = None) -> UUID:
    """Tell a handler one event, as the bus does."""
    told = Told(
        id=event_id or new_id(),
        data=event,
        source=f"/{event.SPEAKER}",
        subject=event.subject_path,
        subject_version=1,
        time=datetime(2025, 4, 2, 3, 0, tzinfo=UTC),
        plan_id=plan.id,
        step="",
        unit_id=plan.unit.id,
        actor_id=None,
        causation_id=None,
        correlation_id=new_id(),
        traceparent=None,
    )
    with transaction(engine_of("nomination")) as session:
        session.info[TOLD] = told
        handler(session, told)
    return told.id


def case_of(nomination_id: str, plan: Plan) -> dict[str, Any]:
    return CASE | {"case_id": uuid4(), "nomination_id": nomination_id, "unit_id": plan.unit.id}


def decided(nomination_id: str, plan: Plan, reason: str = "Việc làm thiết thực") -> dict[str, Any]:
    return case_of(nomination_id, plan) | {"decided_on": date(2025, 4, 2), "reason": reason}


def published(nomination_id: str, channel: str = "portal_commune") -> StoryPublished:
    return StoryPublished(
        story_id=uuid4(),
        nomination_id=UUID(nomination_id),
        channel=channel,
        kind="good_deed",
        title="Hiến đất làm đường",
        address="/guong/hien-dat-lam-duong",
        published_on=date(2025, 4, 3),
    )


def introduced(nomination_id: str, plan: Plan) -> RoleModelIntroduced:
    return RoleModelIntroduced(
        story_id=uuid4(),
        nomination_id=UUID(nomination_id),
        unit_id=plan.unit.id,
        field="F13",
        subject_kind="individual",
        model_kind="good_deed",
        direct_worker=True,
        title="Hiến đất làm đường",
        introduced_on=date(2025, 4, 3),
    )


def unpublished(nomination_id: str) -> StoryWithdrawn:
    return StoryWithdrawn(
        story_id=uuid4(), nomination_id=UUID(nomination_id), reason="Gia đình yêu cầu", cannot_recall=[]
    )


@pytest.fixture
def sent(head: Somebody) -> str:
    """The id of a nomination that was sent."""
    answer = head.browser().post("/api/v1/nominations", json=complete(), headers={"idempotency-key": "k"})
    found: str = answer.json()["id"]
    return found


def test_the_whole_way_to_publication_is_on_the_timeline(
    head: Somebody, plan: Plan, sent: str, database: Engine
) -> None:
    hear(plan, note_case, CaseOpened(**case_of(sent, plan), answer_by=date(2025, 4, 10)))
    hear(plan, note_recognition, CaseRecognised(**decided(sent, plan)))
    hear(plan, note_publication, published(sent))
    hear(plan, note_introduction, introduced(sent, plan))

    page = head.browser().get(f"/de-cu/{sent}")

    assert stage_of(database, sent) == "published"
    text = words(page)
    assert text.index("Đã gửi cho xã") < text.index("Xã đã tiếp nhận") < text.index("Việc làm thiết thực")
    assert 'href="/guong/hien-dat-lam-duong"' in page.text
    assert f'href="/hanh-trinh/{sent}"' in page.text


def test_a_candidate_to_nurture_is_named_once(head: Somebody, plan: Plan, sent: str, database: Engine) -> None:
    event = CaseSentToNurture(**decided(sent, plan, "Cần thêm kết quả cụ thể"))
    event_id = hear(plan, note_nurture, event)
    hear(plan, note_nurture, event, event_id)

    assert stage_of(database, sent) == "nurtured"
    said = events(database, "candidate.identified")
    assert [(one["nomination_id"], one["weaknesses"]) for one in said] == [(sent, "Cần thêm kết quả cụ thể")]
    page = words(head.browser().get(f"/de-cu/{sent}"))
    assert "Đơn vị hãy giúp người này tiến bộ về: Cần thêm kết quả cụ thể" in page


def test_a_refusal_comes_with_its_reason_but_not_to_the_public(
    head: Somebody, plan: Plan, sent: str, database: Engine
) -> None:
    hear(plan, note_refusal, CaseDeclined(**decided(sent, plan, "Trùng với hồ sơ năm trước")))
    code = events(database, "nomination.submitted")[0]["code"]

    own, public = head.browser().get(f"/de-cu/{sent}"), head.browser().get(f"/tra-cuu/{code}")

    assert stage_of(database, sent) == "declined"
    assert "Trùng với hồ sơ năm trước" in words(own)
    assert "Đã có kết quả xét chọn" in words(public)
    assert "Trùng với hồ sơ" not in words(public)
    assert "Chưa công nhận" not in words(public)


def test_news_of_the_story_may_overtake_the_decision(plan: Plan, sent: str, database: Engine) -> None:
    hear(plan, note_publication, published(sent))
    hear(plan, note_recognition, CaseRecognised(**decided(sent, plan)))

    assert stage_of(database, sent) == "published"


def test_a_story_taken_off_is_recognised_still(plan: Plan, sent: str, database: Engine) -> None:
    hear(plan, note_recognition, CaseRecognised(**decided(sent, plan)))
    hear(plan, note_publication, published(sent))
    hear(plan, note_story_withdrawn, unpublished(sent))

    assert stage_of(database, sent) == "recognised"


def test_the_same_news_again_changes_nothing(plan: Plan, sent: str, database: Engine) -> None:
    event_id = hear(plan, note_publication, published(sent))
    hear(plan, note_story_withdrawn, unpublished(sent))
    hear(plan, note_publication, published(sent), event_id)

    assert stage_of(database, sent) == "recognised"
    with database.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM nomination.happening").scalar() == 2


def test_a_decision_after_withdrawal_comes_too_late(head: Somebody, plan: Plan, sent: str, database: Engine) -> None:
    head.browser().post(f"/api/v1/nominations/{sent}/withdraw", json={"reason": "Rút lại sự đồng ý"})

    hear(plan, note_recognition, CaseRecognised(**decided(sent, plan)))
    hear(plan, note_nurture, CaseSentToNurture(**decided(sent, plan)))

    assert stage_of(database, sent) == "withdrawn"
    assert events(database, "candidate.identified") == []


def test_news_of_a_nomination_that_is_not_here_waits(plan: Plan, database: Engine) -> None:
    with pytest.raises(NotYet):
        hear(plan, note_publication, published(str(uuid4())))


def test_the_service_hears_what_is_addressed_to_it() -> None:
    from shared.events.catalogue import CATALOGUE  # noqa: PLC0415 -- importing it declares every event

    addressed = {event for event in CATALOGUE.values() if "nomination" in event.HEARD_BY}

    assert set(ear.handlers) == addressed
    assert service.ear is ear


@pytest.mark.parametrize(("days", "remembered"), [(30, True), (31, False)])
def test_a_request_is_known_again_for_thirty_days(
    head: Somebody, plan: Plan, sent: str, days: int, remembered: bool
) -> None:
    hear(plan, begin_day, DayBegan(day_id=uuid4(), day=date(2025, 3, 27) + timedelta(days=days)))

    again = head.browser().post("/api/v1/nominations", json=complete(), headers={"idempotency-key": "k"})

    assert (again.json().get("id") == sent) is remembered
    assert (again.status_code, "đã gửi đúng hồ sơ này" in again.text) == ((201, False) if remembered else (422, True))
