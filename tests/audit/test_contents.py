"""What stands in the trail, what never does, and who may read which part of it."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from typer.testing import CliRunner

from gateway.cli.main import app
from services.identity.main import web  # noqa: F401 -- the command line finds it loaded
from shared.access.principal import Role
from tests.audit.commune import ADMIN, NOMINEE, PASSWORD, browser
from tests.audit.drives import DRIVES

pytestmark = pytest.mark.xdist_group("audit")  # its commune is founded once


def test_no_name_text_search_word_or_secret_is_in_it(commune, trail):
    for route in (
        "GET /xet-duyet",
        "GET /xet-duyet/{case_id}",
        "POST /dang-nhap",
        "POST /tai-khoan/ma-api",
        "GET /quan-tri/nhat-ky/ai-da-xem",
        "GET /thong-bao/so-gui",
    ):
        act = DRIVES[route](commune)
        act()
    browser().post("/dang-nhap", data={"email": ADMIN, "password": "bí mật của tôi"})

    written = "\n".join(str(tuple(row)) for row in trail.rows())
    assert NOMINEE not in written
    for word in ("nấu cháo", "lo thi mau", ADMIN, PASSWORD, "bí mật", "gs_", "nha van hoa"):
        assert word not in written
    for secret in (one for secrets in commune.secrets.values() for one in secrets):
        assert secret not in written


def test_a_failed_try_is_kept_for_a_known_and_an_unknown_account_alike(commune, trail):
    for email in (ADMIN, "khong.ai@xa.example"):
        browser().post("/dang-nhap", data={"email": email, "password": "sai rồi sai rồi"})

    known, unknown = trail.rows()
    assert (known.action, unknown.action) == ("sign_in_failed", "sign_in_failed")
    assert known.detail["why"] == unknown.detail["why"] == "sign_in.wrong"
    assert (len(known.subjects), known.unit_id) == (1, commune.plan.unit.id)
    assert (unknown.subjects, unknown.unit_id.int, unknown.actor_id) == ([], 0, None)


def test_blocked_tries_do_not_flood_it(commune, trail):
    for _ in range(14):
        browser().post("/dang-nhap", data={"email": "tan.cong@xa.example", "password": "sai rồi sai rồi"})

    assert trail.said() == ["sign_in_failed account"] * 10 + ["sign_in_blocked account"]


def test_a_list_names_everybody_whose_data_it_showed(commune, trail):
    clerk = commune.browser(Role.CLERK)
    clerk.get("/de-cu")
    clerk.get("/de-cu?nhom=da-tra-loi")

    waiting, answered = trail.rows()
    assert commune.open_nomination in {str(subject) for subject in waiting.subjects}
    assert commune.nomination in {str(subject) for subject in answered.subjects}
    assert all(entry.detail["count"] == len(entry.subjects) for entry in (waiting, answered))


def test_clerk_and_chair_see_their_commune_and_the_administrator_all(commune, trail):
    DRIVES["GET /xet-duyet/{case_id}"](commune)()
    trail.tamper("UPDATE audit.entry SET unit_id = gen_random_uuid(), object_code = 'DC-2025-9999'")

    own, everything = (commune.browser(role).get("/quan-tri/nhat-ky").text for role in (Role.CLERK, Role.ADMIN))

    assert "DC-2025-9999" not in own
    assert "DC-2025-9999" in everything


def test_nobody_else_opens_it(commune, trail):
    for role in (Role.NOMINATOR, Role.EDITOR, Role.COUNCIL_MEMBER, Role.AGGREGATOR_OFFICER):
        assert commune.browser(role).get("/quan-tri/nhat-ky").status_code == 403
    assert browser().get("/quan-tri/nhat-ky").status_code == 303


def test_it_is_found_by_person_by_dossier_and_by_name(commune, trail):
    DRIVES["GET /xet-duyet/{case_id}"](commune)()
    clerk = commune.browser(Role.CLERK)

    for query in (f"ve={commune.code}", f"ve={quote(NOMINEE)}", "ve=lo thi mau", "ai=uy vien 1", "viec=opened"):
        assert f"xem hồ sơ xét duyệt {commune.code}" in clerk.get(f"/quan-tri/nhat-ky?{query}").text, query
    for query in ("ve=DC-1999-0001", "ai=khong ai", "viec=token_issued", "den=19/5/2025"):
        assert f"xem hồ sơ xét duyệt {commune.code}" not in clerk.get(f"/quan-tri/nhat-ky?{query}").text, query


def test_pages_follow_each_other_without_a_gap(commune, trail):
    trail.tamper(
        "INSERT INTO audit.entry SELECT gen_random_uuid(), timestamptz '2025-05-20 01:00Z' - (n / 2) * interval '1 s',"
        " 'opened', NULL, '', 'command_line', NULL, '', false, NULL, 'case', '', 'DC-2025-' || lpad(n::text, 4, '0'),"
        f" '{{}}', '{commune.plan.unit.id}', '', '', '{{}}' FROM generate_series(1, 120) AS n"
    )
    clerk, address, seen = commune.browser(Role.CLERK), "/quan-tri/nhat-ky?viec=opened", []

    while address:
        text = clerk.get(address).text
        seen += [part[:12] for part in text.split("xem hồ sơ xét duyệt ")[1:]]
        found = re.findall(r'<a[^>]*href="([^"]*)"[^>]*>(?:(?!</a>).)*Các mục cũ hơn', text, re.DOTALL)
        address = unescape(found[0]) if found else ""

    assert len(seen) == 120
    assert len(set(seen)) == 120


def test_the_command_line_reads_and_takes_it_on_the_record(commune, trail):
    DRIVES["GET /xet-duyet/{case_id}"](commune)()

    shown = CliRunner().invoke(app, ["audit", "show", "--object", commune.code, "--since", "2025-05-01"])
    taken = CliRunner().invoke(app, ["audit", "export"])

    assert f"xem hồ sơ xét duyệt {commune.code}" in shown.stdout
    assert f"xem hồ sơ xét duyệt {commune.code}" in taken.stdout
    assert trail.said() == ["opened case", "listed trail", "taken_out trail"]
