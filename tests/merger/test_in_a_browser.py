"""What people see after a merger, on a phone and on a desk: readable, accessible, nothing sticks out."""

from collections.abc import Iterator

import pytest

from shared.access.principal import Role
from shared.database import engine_of, transaction
from tests.merger.conftest import BINH_LUONG, HOA_QUY, MORNING, carry_effects, clock_at, somebody
from tests.merger.dossiers import decided, handed_in
from tests.merger.test_cases_go_on import score
from tests.merger.test_channels_close import approved
from tests.serving import serving
from tests.sound import require_sound

SCREENS = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1366, "height": 850}}


@pytest.fixture
def address(shelf_of_the_merger: None) -> Iterator[str]:
    """The whole product behind a real port, on the morning of the merger."""
    from gateway.app import gateway_app  # noqa: PLC0415 -- settings must point to the test database first

    with clock_at(MORNING), serving(gateway_app()) as found:
        yield found


def test_pages_after_a_merger(chromium, address, former, neighbour, successor, merged, hear_all, rows, seat):
    published, waiting, declined = decided(former, "recognised"), handed_in(former), decided(former, "declined")
    decided(neighbour, "recognised")
    hear_all()
    (story_id, nomination_id) = rows("SELECT id, nomination_id FROM publish.story WHERE plan_id = :p", p=BINH_LUONG)[0]
    assert nomination_id == published
    approved(former, story_id, "portal", "atom")
    carry_effects(rows)
    hear_all()
    (case_id,) = rows('SELECT id FROM review."case" WHERE nomination_id = :id', id=waiting)[0]
    score(former, case_id, 9, 1, 2)
    with transaction(engine_of("nomination")) as session:
        from services.nomination.commands.drafts import start_draft  # noqa: PLC0415 -- settings first

        start_draft(session, somebody(former), former, MORNING.date())
    stayed = seat("nomination", former, Role.ORGANISATION, "women")
    merged()
    (slug,) = rows("SELECT slug FROM publish.story WHERE id = :id", id=story_id)[0]
    (code,) = rows("SELECT code FROM nomination.nomination WHERE id = :id", id=waiting)[0]
    village = seat("nomination", successor, unit="binh-luong-1")
    clerk, editor = seat("review", successor, Role.CLERK), seat("publish", successor, Role.EDITOR)
    officer = seat("report", successor, Role.AGGREGATOR_OFFICER, successor.aggregator.key)
    pages = {
        None: ["/?xa=16204", f"/guong/{slug}", f"/tra-cuu/{code}", f"/ke-hoach?xa={BINH_LUONG}"],
        stayed: ["/de-cu"],
        village: ["/de-cu", f"/de-cu/{waiting}", f"/de-cu/{declined}", f"/hanh-trinh/{waiting}"],
        clerk: [f"/xet-duyet/{case_id}", "/bao-cao"],
        editor: ["/bien-tap"],
        officer: ["/tong-hop", "/tong-hop?theo=hien-nay", f"/tong-hop/{BINH_LUONG}", f"/tong-hop/{HOA_QUY}"],
    }

    for who, paths in pages.items():
        context = chromium.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
        if who is not None:
            context.add_cookies([{"name": one.name, "value": one.value, "url": address} for one in who.cookies.jar])
        page = context.new_page()
        page.set_default_timeout(20_000)
        for path in paths:
            answer = page.goto(address + path)
            assert answer is not None
            assert answer.status == 200, f"{path}: {page.inner_text('main')[:500]}"
            for size in SCREENS.values():
                page.set_viewport_size(size)
                require_sound(page, path.strip("/").replace("/", "-").replace("?", "-")[:50])
        context.close()
