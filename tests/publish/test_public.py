"""What everybody may see: published stories, in the text that went out, and nothing else."""

from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from fastapi.testclient import TestClient

from services.publish.adapters import bulletins
from services.publish.queries.communes import communes
from shared.events.identity import PlanActivated
from shared.ids import new_id
from shared.plan import Plan
from tests.worlds import Rows

from .conftest import AGREED, EVERYWHERE, Drafts, approved, carried, told, withdrawal_of

ATOM = "{http://www.w3.org/2005/Atom}"
GONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
XSS = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def test_only_what_is_on_the_portal_is_shown(
    published: Drafts, drafts: Drafts, plan: Plan, web: TestClient, rows: Rows
) -> None:
    published(headline="Bài đã đăng")
    gone(rows, plan, published(headline="Bài đã rút"))
    drafts(headline="Bài nháp")
    approved(drafts(headline="Bài đã duyệt"), plan)  # nobody has carried it yet

    shown = web.get("/").text

    titles = ("bài đã đăng", "bài nháp", "bài đã duyệt", "bài đã rút")
    assert [title in shown for title in titles] == [True, False, False, False]


def test_a_story_shows_text_facts_audio_and_leaflet(published: Drafts, web: TestClient, rows: Rows) -> None:
    published(*EVERYWHERE, photo="ab" * 32)
    slug = slug_of(rows)

    page = web.get(f"/guong/{slug}")

    assert page.status_code == 200
    for part in (
        f'src="/guong/{slug}/truyen-thanh.mp3"',
        f'href="/guong/{slug}/to-roi.pdf"',
        f'href="/guong/{slug}/truyen-thanh.txt"',
        'property="og:title" content="Lò Thị Ấm: nồi cháo nghĩa tình mười năm ở trạm y tế xã"',
        'itemtype="https://schema.org/Article"',
        f"/anh/{'ab' * 32}-640.webp",
        'alt="Ảnh: Lò Thị Ấm"',
        "25/11/2024",
        'aria-label="Mã QR dẫn tới bài này"',
    ):
        assert part in page.text
    assert "<script>" not in page.text
    assert "style=" not in page.text


def test_what_was_not_agreed_is_on_no_page(published: Drafts, web: TestClient, rows: Rows) -> None:
    consent = AGREED.model_copy(update={"publish_name": False, "publish_photo": False})
    story_id = published("portal", "atom", "radio", consent=consent, photo="ab" * 32)
    slug = slug_of(rows)

    paths = ("/", f"/guong/{slug}", f"/guong/{slug}/truyen-thanh.txt", "/atom.xml", "/api/v1/stories")
    everything = "".join(web.get(path).text for path in (*paths, f"/api/v1/stories/{story_id}"))

    assert "một công dân thôn 1" in everything.lower()
    for private in ("Lò Thị Ấm", "1966", "Nà Phặc", "ab" * 32, "DC-2024-0147", "Việc làm bền bỉ"):
        assert private not in everything


def test_strings_that_would_be_code_are_text(published: Drafts, web: TestClient, rows: Rows) -> None:
    published(headline=f"Nấu cháo {XSS}", story=f"{{{{7*7}}}} {XSS}")

    for path in ("/", f"/guong/{slug_of(rows)}"):
        page = web.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;" in page
    assert "{{7*7}}" in web.get(f"/guong/{slug_of(rows)}").text
    assert "49" not in rows("SELECT body FROM publish.story")[0][0]
    content = ET.fromstring(web.get("/atom.xml").content).findtext(f"{ATOM}entry/{ATOM}content")
    assert content is not None
    assert "&lt;script&gt;" in content  # escaped as HTML inside the escaped XML


@pytest.mark.parametrize("words", ["noi chao", "NỒI CHÁO", "am lo", "thon 1 chao", "Lò Thị"])
def test_search_needs_no_accents_and_no_order(published: Drafts, web: TestClient, words: str) -> None:
    published()

    assert "Tìm thấy 1 tấm gương" in web.get("/", params={"q": words}).text


@pytest.mark.parametrize("words", ["xe đạp", "100%", "_", "\\", "'; DROP TABLE story; --", "\x00"])
def test_search_for_what_is_not_there_says_so(published: Drafts, web: TestClient, words: str) -> None:
    published()

    page = web.get("/", params={"q": words})

    assert page.status_code == 200
    assert "Không có tấm gương nào khớp" in page.text or words == "\x00"


def test_filters_are_links_with_counts(published: Drafts, plan: Plan, web: TestClient) -> None:
    first, last = plan.fields[3], plan.fields[-1]
    published("portal", field=first.id, headline="Trồng chè sạch")
    published("portal", field=last.id)

    page = web.get("/").text
    narrowed = web.get("/", params={"linh-vuc": first.id}).text
    of_unit = web.get("/", params={"don-vi": plan.units[4].key}).text

    assert f'href="/?linh-vuc={first.id}"' in page
    assert ("trồng chè sạch" in narrowed, "nồi cháo" in narrowed) == (True, False)
    assert "Tìm thấy 2 tấm gương" in of_unit
    assert web.get("/", params={"don-vi": "nobody"}).status_code == 404


def test_each_commune_has_a_portal_of_its_own(published: Drafts, plan: Plan, other_plan: Plan, web: TestClient) -> None:
    published("portal", headline="Việc của xã này")
    published("portal", under=other_plan, headline="Việc của xã kia")
    refs = {commune.id: commune.ref for commune in communes().values()}

    here, there = (web.get("/", params={"xa": refs[each.unit.id]}).text for each in (plan, other_plan))
    everywhere = web.get("/", params={"xa": "moi-xa"}).text

    assert ("việc của xã này" in here, "việc của xã kia" in here) == (True, False)
    assert ("việc của xã này" in there, "việc của xã kia" in there) == (False, True)
    assert ("việc của xã này" in everywhere, "việc của xã kia" in everywhere) == (True, True)
    assert web.get("/", params={"xa": "99999"}).status_code == 404


def test_more_than_a_page_is_leafed_through(published: Drafts, web: TestClient) -> None:
    for _ in range(13):
        published("portal")

    assert 'href="/?trang=2"' in web.get("/").text
    assert web.get("/", params={"trang": 2}).text.count('class="card story"') == 1
    assert web.get("/", params={"trang": 0}).status_code == 422


def test_a_withdrawn_story_is_gone_everywhere(published: Drafts, plan: Plan, web: TestClient, rows: Rows) -> None:
    story_id = published(*EVERYWHERE)
    slug = slug_of(rows)
    gone(rows, plan, story_id)

    paths = ("", "/truyen-thanh.mp3", "/truyen-thanh.txt", "/to-roi.pdf")
    answers = [web.get(f"/guong/{slug}{path}") for path in paths]

    assert [answer.status_code for answer in answers] == [410] * 4
    assert "Lò Thị Ấm" not in answers[0].text
    assert web.get(f"/api/v1/stories/{story_id}").status_code == 410
    assert web.get(f"/api/v1/stories/{story_id}").headers["content-type"] == "application/problem+json"
    assert web.get("/guong/nobody").status_code == 404


def test_the_feed_is_atom_with_tombstones(published: Drafts, plan: Plan, web: TestClient, rows: Rows) -> None:
    kept = published(*EVERYWHERE)
    taken = published(*EVERYWHERE)
    before = ET.fromstring(web.get("/atom.xml").content)
    gone(rows, plan, taken)

    answer = web.get("/atom.xml", params={"xa": plan.unit.code})
    feed = ET.fromstring(answer.content)

    assert answer.headers["content-type"] == "application/atom+xml"
    assert len(before.findall(f"{ATOM}entry")) == 2
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == f"tag:guongsang.vn,2026:story:{kept}"
    assert feed.findtext(f"{ATOM}id") == f"tag:guongsang.vn,2026:feed:{plan.unit.id}"
    assert {link.get("rel") for link in feed.findall(f"{ATOM}link")} == {"self", "alternate"}
    assert all(feed.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    assert all(entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated", "published", "content"))
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Xã Bình Lương"
    links = {link.get("rel"): link for link in entry.findall(f"{ATOM}link")}
    assert links["enclosure"].get("type") == "audio/mpeg"
    assert int(links["enclosure"].get("length") or 0) > 100_000
    (stone,) = feed.findall(GONE)
    assert stone.get("ref") == f"tag:guongsang.vn,2026:story:{taken}"
    assert (stone.get("when") or "").endswith("Z")


def test_an_empty_feed_is_a_feed(web: TestClient) -> None:
    feed = ET.fromstring(web.get("/atom.xml").content)

    assert feed.findtext(f"{ATOM}updated") == "2026-01-01T00:00:00Z"


def test_readers_who_have_it_get_304(published: Drafts, web: TestClient, rows: Rows) -> None:
    published(*EVERYWHERE)
    slug = slug_of(rows)

    for path in ("/", f"/guong/{slug}", "/atom.xml", f"/guong/{slug}/truyen-thanh.mp3", f"/guong/{slug}/to-roi.pdf"):
        first = web.get(path)
        second = web.get(path, headers={"if-none-match": first.headers["etag"]})
        assert (path, second.status_code, second.content) == (path, 304, b"")
    feed = web.get("/atom.xml")
    assert web.get("/atom.xml", headers={"if-modified-since": feed.headers["last-modified"]}).status_code == 304


def test_players_may_jump_in_the_audio(published: Drafts, web: TestClient, rows: Rows) -> None:
    published("portal", "radio")
    path = f"/guong/{slug_of(rows)}/truyen-thanh.mp3"

    part = web.get(path, headers={"range": "bytes=1000-1099"})

    assert (part.status_code, len(part.content)) == (206, 100)
    assert web.head(path).headers["content-type"] == "audio/mpeg"


def test_a_file_that_was_lost_is_not_there_rather_than_an_error(published: Drafts, web: TestClient, rows: Rows) -> None:
    published("portal", "radio")
    bulletins.remove(rows("SELECT content FROM publish.publication WHERE channel = 'radio'")[0][0])

    assert web.get(f"/guong/{slug_of(rows)}/truyen-thanh.mp3").status_code == 404


def test_a_plan_in_force_stands_on_the_portal(plan: Plan, web: TestClient) -> None:
    assert "Kế hoạch đang thực hiện" not in web.get("/").text

    told(
        plan,
        PlanActivated(
            plan_id=new_id(),
            key=plan.id,
            title=str(plan.title),
            starts_on=plan.period.starts_on,
            ends_on=plan.period.ends_on,
        ),
    )

    page = web.get("/").text
    assert "Kế hoạch đang thực hiện" in page
    assert 'href="/ke-hoach"' in page


def test_the_public_api_leafs_by_cursor(published: Drafts, web: TestClient) -> None:
    ids = [str(published("portal")) for _ in range(3)]

    first = web.get("/api/v1/stories", params={"limit": 2}).json()
    second = web.get("/api/v1/stories", params={"limit": 2, "after": first["next"]}).json()

    assert [item["id"] for page in (first, second) for item in page["items"]] == ids[::-1]
    assert second["next"] is None
    assert web.get("/api/v1/stories", params={"after": "nonsense"}).status_code == 422


def slug_of(rows: Rows) -> str:
    slug: Any = rows("SELECT slug FROM publish.story ORDER BY id DESC LIMIT 1")[0][0]
    return str(slug)


def gone(rows: Rows, plan: Plan, story_id: UUID) -> None:
    ((nomination_id,),) = rows("SELECT nomination_id FROM publish.story WHERE id = :id", id=story_id)
    told(plan, withdrawal_of(nomination_id, plan))
    carried(rows)
