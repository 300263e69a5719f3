"""One nomination by the pages alone: council, chair, editor, citizen; and what everybody can see of it afterwards."""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import expect

from shared.access.principal import Role
from shared.plan import Plan

from . import dossier
from .conftest import Open
from .dossier import Told
from .window import DESK, Window

NAME, HEADLINE = "Lò Thị Mẫu", "Mười năm nấu cháo cho người nghèo"


@pytest.fixture(scope="module")
def introduced_before(walk: Open) -> int:
    """How many role models the tier above counted before the journey began."""
    with walk(viewport=DESK) as window:
        return counted(window)


@pytest.fixture(scope="module")
def told(walk: Open, introduced_before: int) -> Told:
    """The nomination, carried by people's clicks to all channels."""
    nominated = nominate(walk)
    for turn in range(3):
        score(walk, nominated, turn=turn)
    recognise(walk, nominated)
    return publish(walk, nominated)


def nominate(walk: Open) -> Told:
    with walk() as window:
        window.act_as(Role.NOMINATOR)
        dossier.begin_form(window)
        dossier.fill_who(window, NAME)
        dossier.forward(window)
        dossier.fill_deed(window, HEADLINE)
        dossier.forward(window)
        dossier.fill_consent(window)
        expect(window.page.locator(".picked")).to_contain_text("KB")
        dossier.forward(window)
        receipt = dossier.sent(window)
        code = window.page.locator(".code").inner_text()
        return Told(UUID(receipt.rpartition("/")[2]), code, NAME, HEADLINE)


def open_case(window: Window, nominated: Told) -> None:
    window.wait_for(f"/xet-duyet?q={nominated.code}", f"a:text-is('{nominated.name}')").click()
    expect(window.page.get_by_role("heading", level=1)).to_have_text(nominated.name)
    window.page.wait_for_load_state()


def score(walk: Open, nominated: Told, *, turn: int) -> None:
    with walk(viewport=DESK) as window:
        window.act_as(Role.COUNCIL_MEMBER, turn=turn)
        open_case(window, nominated)
        sheet = window.page.locator("form[action$='phieu-cham']")
        for box in sheet.locator("input[inputmode=numeric]").all():
            box.fill("9")
        if turn == 0:
            window.require_good()
        sheet.get_by_role("button", name="Chỉ lưu phiếu chấm").click()
        expect(window.page.locator("[role=status]").first).to_be_visible()


def recognise(walk: Open, nominated: Told) -> None:
    with walk(viewport=DESK) as window:
        window.act_as(Role.CHAIR)
        open_case(window, nominated)
        decision = window.page.locator("#don-quyet-dinh")
        decision.get_by_role("radio").first.check()
        decision.get_by_label("Lý do gửi người đề cử").fill(dossier.WHY)
        expect(window.page.locator("#thu")).to_contain_text(dossier.WHY)  # what the nominator will read
        window.require_good()
        decision.get_by_role("button", name="Chỉ lưu quyết định").click()
        expect(window.page.locator("[role=status]").first).to_be_visible()
        window.require_good()


def publish(walk: Open, nominated: Told) -> Told:
    with walk(viewport=DESK) as window:
        window.act_as(Role.EDITOR)
        window.wait_for("/bien-tap", f"a:has-text('{nominated.name}')").click()
        window.page.wait_for_load_state()
        window.require_good()
        title = window.page.get_by_label("Tựa bài").input_value()
        window.page.get_by_role("button", name="Lưu và chọn kênh đăng").click()
        window.page.wait_for_load_state()
        for box in window.page.get_by_role("group", name="Đăng ở đâu").get_by_role("checkbox").all():
            box.check()
        window.require_good()
        window.page.get_by_role("button", name="Tiếp tục").click()
        window.require_good()
        window.page.get_by_role("button", name="Duyệt và đăng").click()
        window.page.wait_for_url("**/kenh*")
        channels = window.page.url.removeprefix(window.address).partition("?")[0]
        window.wait_for(channels, "table:not(:has(.info, .warn, .bad)) tr:nth-child(4) .tag.ok")
        window.require_good()
        window.page.get_by_role("link", name="Xem bài trên cổng").click()
        window.page.wait_for_url("**/guong/*")
        return Told(nominated.id, nominated.code, NAME, HEADLINE, window.page.url.rpartition("/")[2], title)


@pytest.fixture(scope="module")
def citizen(walk: Open) -> Iterator[Window]:
    with walk() as window:
        yield window


def test_a_citizen_reads_the_story_and_finds_it_by_words_without_accents(told: Told, citizen: Window) -> None:
    citizen.wait_for("/?q=lo+thi+mau", f"a[href='/guong/{told.slug}']").click()
    expect(citizen.page.get_by_role("heading", level=1)).to_have_text(told.title)
    photo = citizen.page.locator(".photo img")
    expect(photo).to_be_visible()
    assert photo.evaluate("image => image.decode().then(() => image.naturalWidth)") >= 320
    citizen.require_good()


def test_a_citizen_hears_the_bulletin_and_opens_the_leaflet(told: Told, citizen: Window) -> None:
    citizen.go(f"/guong/{told.slug}")
    audio = citizen.page.locator("audio")
    seconds = audio.evaluate(
        """audio => new Promise((heard, failed) => {
            audio.addEventListener('loadedmetadata', () => heard(audio.duration));
            audio.addEventListener('error', () => failed(audio.error.message));
            audio.preload = 'metadata';
            audio.load();
        })"""
    )
    assert seconds > 10
    leaflet = citizen.fetch(f"/guong/{told.slug}/to-roi.pdf")
    assert leaflet.headers["content-type"] == "application/pdf"
    assert leaflet.body().startswith(b"%PDF")


def test_the_story_is_in_the_feed_with_its_sound(told: Told, citizen: Window) -> None:
    feed = citizen.hear("/atom.xml", f"/guong/{told.slug}")

    assert f"{told.slug}/truyen-thanh.mp3" in feed


def test_the_nominator_sees_the_decision_and_where_the_story_is(told: Told, walk: Open) -> None:
    with walk() as window:
        window.act_as(Role.NOMINATOR)
        window.wait_for(f"/de-cu/{told.id}", f".timeline a[href*='/guong/{told.slug}']")
        expect(window.page.locator(".timeline")).to_contain_text(dossier.WHY)
        window.require_good()

        window.wait_for("/thong-bao", f"a:has-text('{told.code} được công nhận')").click()
        expect(window.page.locator("main")).to_contain_text(dossier.WHY)
        window.require_good()


def test_the_letter_is_in_the_mail_catcher(told: Told, citizen: Window) -> None:
    citizen.wait_for("/thu-mau", f"a:has-text('{told.code} được công nhận')").click()
    citizen.page.wait_for_url("**/thu-mau/*")
    expect(citizen.page.locator(".card")).to_contain_text(dossier.WHY)
    citizen.require_good()
    citizen.go("/thu-mau")
    citizen.require_good()


def test_the_road_shows_every_step_with_its_clause_and_what_it_caused(told: Told, walk: Open) -> None:
    steps = (
        "Gửi đề cử",
        "Hội đồng nhận hồ sơ",
        "Thành viên Hội đồng chấm điểm",
        "Chủ tịch công nhận điển hình",
        "Viết bản thảo bài",
        "Duyệt bài",
        "Đăng bài trên một kênh",
        "Điển hình được giới thiệu với công chúng",
    )
    with walk(viewport=DESK) as window:
        window.act_as(Role.CLERK)
        window.wait_for(f"/hanh-trinh/{told.id}", ".stone:has-text('Điển hình được giới thiệu')")
        road = window.page.locator(".stone")
        for step in steps:
            expect(road.filter(has=window.page.get_by_role("heading", name=step)).first).to_be_visible()
        assert road.filter(has=window.page.get_by_role("heading", name="Đăng bài trên một kênh")).count() == 4
        sent = road.filter(has=window.page.get_by_role("heading", name="Gửi đề cử"))
        expect(sent.get_by_role("link", name="R23")).to_be_visible()
        expect(sent.locator(".led")).to_contain_text("Hội đồng nhận hồ sơ")
        expect(road.get_by_text(dossier.WHY)).to_be_visible()
        window.require_good()

        sent.get_by_role("heading").get_by_role("link").click()
        window.page.wait_for_url("**/su-kien/*")
        expect(window.page.get_by_text("nomination.submitted")).to_be_visible()
        expect(window.page.locator("main")).not_to_contain_text(NAME)  # report keeps no names of nominees
        window.require_good()


def test_the_living_plan_shows_the_proofs_and_leads_to_them(told: Told, walk: Open, plan: Plan) -> None:
    with walk() as window:
        window.act_as(Role.CLERK)
        window.wait_for("/ke-hoach", "#R69 .tag:text-is('Đang làm')")
        assert window.page.locator(".clause").count() == len(plan.clauses)
        for clause in ("R23", "R29", "R69"):
            expect(window.page.locator(f"#{clause} .tag")).to_have_text("Đang làm")
        expect(window.page.locator("#R71 .tag")).to_have_text("Còn 10 ngày")
        expect(window.page.locator("#R70 .tag")).to_contain_text("Quá hạn")
        window.require_good()

        window.page.get_by_role("link", name="Quá hạn").click()
        expect(window.page.locator("#R70")).to_be_visible()
        expect(window.page.locator("#R69")).to_have_count(0)
        window.require_good()

        window.go("/ke-hoach/R69")
        expect(window.page.locator(".clause-words")).to_contain_text("tối thiểu 01 điển hình")
        window.require_good()
        window.page.get_by_role("link", name="Điển hình được giới thiệu với công chúng").first.click()
        window.page.wait_for_url("**/su-kien/*")


def test_the_district_counts_one_more(told: Told, introduced_before: int, walk: Open, plan: Plan) -> None:
    with walk(viewport=DESK) as window:
        assert counted(window) == introduced_before + 1
        window.require_good()
        window.page.locator("table:not(.heat)").get_by_role("link", name=plan.unit.name.vi).click()
        expect(window.page.get_by_role("heading", level=1)).to_have_text(plan.unit.name.vi)
        window.require_good()


def counted(window: Window) -> int:
    """The plan's commune in the table of the tier above: how many it has introduced."""
    window.act_as(Role.AGGREGATOR_OFFICER)
    window.go("/tong-hop")
    row = window.page.locator("table:not(.heat) tr").filter(has_text=window.plan.unit.name.vi)
    shown = row.locator("[data-label='Đã giới thiệu']").inner_text()
    return int(re.sub(r"\D", "", shown))
