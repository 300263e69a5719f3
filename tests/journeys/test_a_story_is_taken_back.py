"""A family changes its mind after publication: the story goes from every place that can be taken back."""

from playwright.sync_api import expect

from shared.access.principal import Role

from . import dossier
from .conftest import Open
from .dossier import Told
from .window import Window


def test_withdrawal_after_publication_takes_the_story_off(walk: Open) -> None:
    with walk() as window:
        told = dossier.nominate_by_program(window, name="Vi Thị Rút", headline="Đan rọ tre giữ bờ suối")
        decide(window, told)
        slug = publish(window, told)
        window.hear("/atom.xml", f"/guong/{slug}")

        window.act_as(Role.NOMINATOR)
        window.go(f"/de-cu/{told.id}")
        window.page.get_by_role("link", name="Rút đề cử").click()
        window.require_good()
        window.page.get_by_label("Lý do rút").fill("Gia đình không muốn nêu tên nữa.")
        window.page.get_by_role("button", name="Rút đề cử").click()
        window.page.wait_for_url(f"**/de-cu/{told.id}*")

        feed = window.hear("/atom.xml", "deleted-entry")
        assert f"/guong/{slug}" not in feed
        window.go(f"/guong/{slug}", status=410)
        expect(window.page.get_by_role("heading", level=1)).to_have_text("Bài đã được gỡ")
        expect(window.page.locator("main")).not_to_contain_text(told.name)
        window.require_good()
        window.go("/?q=vi+thi+rut")
        expect(window.page.locator(f"a[href='/guong/{slug}']")).to_have_count(0)
        window.require_good()

        window.go(f"/de-cu/{told.id}")
        expect(window.page.get_by_role("link", name="Rút đề cử")).to_have_count(0)


def decide(window: Window, told: Told) -> None:
    """Three members score, the chair recognises; by program."""
    window.act_as(Role.CHAIR)
    window.hear(f"/api/v1/cases?q={told.code}", told.code)
    case = window.call("GET", f"/api/v1/cases?q={told.code}")["items"][0]["id"]
    points = dict.fromkeys(window.call("GET", f"/api/v1/cases/{case}")["criteria"], 9)
    for turn in range(window.plan.review.members_needed):
        window.act_as(Role.COUNCIL_MEMBER, turn=turn)
        window.call("PUT", f"/api/v1/cases/{case}/scores", data={"scores": points})
    window.act_as(Role.CHAIR)
    window.call("POST", f"/api/v1/cases/{case}/decision", data={"outcome": "recognised", "reason": dossier.WHY})


def publish(window: Window, told: Told) -> str:
    """The editor approves it for portal and feed; the name of its page, once that is there."""
    window.act_as(Role.EDITOR)
    asked = f"/api/v1/stories?nomination_id={told.id}"
    window.hear(asked, '"slug"')
    draft = window.call("GET", asked)["items"][0]
    approval = {"channels": ["portal", "atom"], "checks": []}
    window.call("POST", f"/api/v1/stories/{draft['id']}/approval", data=approval)
    slug = str(window.call("GET", asked)["items"][0]["slug"])
    window.wait_for(f"/guong/{slug}", "article")
    return slug
