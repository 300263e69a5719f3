"""How each route that leaves an entry is made to: what comes before, and then the one request."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from uuid import UUID

from fastapi.testclient import TestClient
from httpx import Response

from gateway.demo.drive import dossier
from services.identity.main import enroll_person, issue_api_token
from shared.access.principal import Role
from shared.clock import today
from tests.audit.commune import ADMIN, PASSWORD, Commune, browser, handed_in, hear_all, one_value
from tests.evidence.corpus import picture

Act = Callable[[], Response]
Drive = Callable[[Commune], Act]
DRIVES: dict[str, Drive] = {}
FRESH = count(1)


def drive(route: str) -> Callable[[Drive], Drive]:
    def kept(prepare: Drive) -> Drive:
        DRIVES[route] = prepare
        return prepare

    return kept


def get(route: str, role: Role, path: Callable[[Commune], str]) -> None:
    """A route that is driven by opening it."""
    DRIVES[route] = lambda commune: lambda: commune.browser(role).get(path(commune))


get("GET /de-cu", Role.CLERK, lambda c: "/de-cu")
get("GET /de-cu/danh-sach.{form}", Role.NOMINATOR, lambda c: "/de-cu/danh-sach.csv?nhom=da-tra-loi")
get("GET /xet-duyet/danh-sach.{form}", Role.CLERK, lambda c: "/xet-duyet/danh-sach.xlsx?loc=duoc-cong-nhan")
get("GET /de-cu/{nomination_id:uuid}", Role.CLERK, lambda c: f"/de-cu/{c.nomination}")
get("GET /de-cu/trung", Role.CLERK, lambda c: "/de-cu/trung")
get("GET /de-cu/{nomination_id:uuid}/cac-lan", Role.CHAIR, lambda c: f"/de-cu/{c.nomination}/cac-lan")
get("GET /de-cu/{nomination_id:uuid}/phieu.pdf", Role.EDITOR, lambda c: f"/de-cu/{c.nomination}/phieu.pdf")
get("GET /de-cu/{nomination_id:uuid}/rut", Role.NOMINATOR, lambda c: f"/de-cu/{c.open_nomination}/rut")
get("GET /anh/{name}", Role.CLERK, lambda c: f"/anh/{c.photo}-320.webp")
get("GET /api/v1/nominations/{nomination_id}", Role.CHAIR, lambda c: f"/api/v1/nominations/{c.nomination}")
get("GET /api/v1/cases", Role.COUNCIL_MEMBER, lambda c: "/api/v1/cases?q=lo thi mau")
get("GET /api/v1/cases/{case_id}", Role.CLERK, lambda c: f"/api/v1/cases/{c.case}")
get("GET /xet-duyet", Role.CHAIR, lambda c: "/xet-duyet?loc=cho-xet&q=mau")
get("GET /xet-duyet/{case_id}", Role.COUNCIL_MEMBER, lambda c: f"/xet-duyet/{c.case}")
get("GET /xet-duyet/{case_id}/to-trinh.pdf", Role.CLERK, lambda c: f"/xet-duyet/{c.case}/to-trinh.pdf")
get("GET /bien-tap", Role.EDITOR, lambda c: "/bien-tap")
get("GET /bien-tap/{story_id}", Role.EDITOR, lambda c: f"/bien-tap/{c.story}")
get("GET /bien-tap/{story_id}/xuat-ban", Role.EDITOR, lambda c: f"/bien-tap/{c.story}/xuat-ban")
get("GET /bien-tap/{story_id}/kenh", Role.CLERK, lambda c: f"/bien-tap/{c.story}/kenh")
get("GET /bien-tap/{story_id}/xem/cong", Role.EDITOR, lambda c: f"/bien-tap/{c.story}/xem/cong")
get("GET /bien-tap/{story_id}/xem/truyen-thanh", Role.EDITOR, lambda c: f"/bien-tap/{c.story}/xem/truyen-thanh")
get("GET /bien-tap/{story_id}/xem/to-roi.pdf", Role.EDITOR, lambda c: f"/bien-tap/{c.story}/xem/to-roi.pdf")
get("GET /api/v1/stories", Role.CHAIR, lambda c: f"/api/v1/stories?nomination_id={c.nomination}")
get("GET /api/v1/stories/{story_id}", Role.CLERK, lambda c: f"/api/v1/stories/{c.story}")
get("GET /thong-bao/so-gui", Role.CLERK, lambda c: "/thong-bao/so-gui")
get("GET /thong-bao/so-gui/{message_id}", Role.CHAIR, lambda c: f"/thong-bao/so-gui/{c.message}")
get("GET /hanh-trinh/{nomination_id}", Role.AGGREGATOR_OFFICER, lambda c: f"/hanh-trinh/{c.nomination}")
get("GET /su-kien/{event_id}", Role.EDITOR, lambda c: f"/su-kien/{c.event}")
get("GET /tong-hop.csv", Role.AGGREGATOR_OFFICER, lambda c: "/tong-hop.csv")
get("GET /bao-cao/{deadline_id}.pdf", Role.CHAIR, lambda c: f"/bao-cao/{c.plan.deadlines[0].id}.pdf")
get("GET /api/v1/road/{nomination_id}", Role.NOMINATOR, lambda c: f"/api/v1/road/{c.nomination}")
get("GET /quan-tri/nhat-ky", Role.CHAIR, lambda c: "/quan-tri/nhat-ky?ve=Lò Thị Mẫu")
get("GET /quan-tri/nhat-ky/tai-ve.csv", Role.ADMIN, lambda c: "/quan-tri/nhat-ky/tai-ve.csv")
get("GET /quan-tri/nhat-ky/ai-da-xem", Role.CLERK, lambda c: f"/quan-tri/nhat-ky/ai-da-xem?ma={c.code}")
get(
    "GET /quan-tri/nhat-ky/ai-da-xem/ket-qua",
    Role.CLERK,
    lambda c: f"/quan-tri/nhat-ky/ai-da-xem/ket-qua?ho-so={c.nomination}",
)
get(
    "GET /quan-tri/nhat-ky/ai-da-xem/thu.pdf",
    Role.CLERK,
    lambda c: f"/quan-tri/nhat-ky/ai-da-xem/thu.pdf?ho-so={c.nomination}",
)


@drive("POST /quan-tri/nhat-ky/ai-da-xem/ket-qua")
def a_citizen_asks(commune: Commune) -> Act:
    typed = {"ho-so": commune.nomination, "ngay": "20/5/2025"}
    return lambda: commune.browser(Role.CLERK).post("/quan-tri/nhat-ky/ai-da-xem/ket-qua", data=typed)


@drive("POST /de-cu/trung/{one_id:uuid}/{other_id:uuid}")
def no_verdict(commune: Commune) -> Act:
    return lambda: commune.browser(Role.CLERK).post(pair_in(commune), data={"verdict": "perhaps"})


@drive("GET /de-cu/trung/{one_id:uuid}/{other_id:uuid}")
def two_side_by_side(commune: Commune) -> Act:
    return lambda: commune.browser(Role.CLERK).get(pair_in(commune))


get("GET /de-cu/goi-y", Role.CLERK, lambda c: "/de-cu/goi-y" if suggestion_in(c) else "")
get("GET /de-cu/goi-y/{suggestion_id:uuid}", Role.CLERK, lambda c: f"/de-cu/goi-y/{suggestion_in(c)}")


for step in ("khong-de-cu", "chuyen"):  # each refused: the page says why, and shows the suggestion
    DRIVES[f"POST /de-cu/goi-y/{{suggestion_id:uuid}}/{step}"] = lambda commune, step=step: (
        lambda: commune.browser(Role.CLERK).post(
            f"/de-cu/goi-y/{suggestion_in(commune)}/{step}", data={"unit": "no-such-unit"}
        )
    )


def suggestion_in(commune: Commune) -> UUID:
    """What a citizen told; told again, it is the same."""
    deed = {"name": "Bà Mẫu", "deed": "Bà nhặt rác ven suối mỗi buổi sáng.", "unit": ""}
    browser("").post(f"/goi-y?xa={commune.plan.id}", data=deed, follow_redirects=False)
    found: UUID = one_value("SELECT id FROM nomination.suggestion LIMIT 1")
    return found


def pair_in(commune: Commune) -> str:
    return f"/de-cu/trung/{commune.nomination}/{commune.open_nomination}"


def candidate_of(commune: Commune) -> str:
    """The address of a candidate of the village."""
    typed = {
        "name": f"Lò Thị Mẫu {next(FRESH)}",
        "field": "F13",
        "why": "Chăm chỉ, hay giúp người",
        "mentor": "Chi hội",
    }
    step = {"weakness": "Chưa quen kể chuyện", "detail": "Tập kể ở họp thôn", "due_on": f"{today():%d/%m/%Y}"}
    found: str = commune.browser(Role.NOMINATOR).post("/boi-duong/moi", data=typed | step).next_request.url.path
    return found


def step_of(candidate: str) -> str:
    """The address of the step that is planned for a candidate."""
    wanted = "SELECT id FROM nomination.measure WHERE candidate_id = %s LIMIT 1"
    return f"{candidate}/buoc/{one_value(wanted, candidate.rpartition('/')[2])}"


def opening(route: str, role: Role, path: Callable[[str], str]) -> None:
    """A route that is driven by opening it, with a candidate who is there before."""

    def prepared(commune: Commune) -> Act:
        address = path(candidate_of(commune))
        return lambda: commune.browser(role).get(address)

    DRIVES[route] = prepared


opening("GET /boi-duong", Role.CHAIR, lambda _: "/boi-duong")
opening("GET /boi-duong/danh-sach.{form}", Role.CLERK, lambda _: "/boi-duong/danh-sach.csv")
opening("GET /boi-duong/{candidate_id:uuid}", Role.COUNCIL_MEMBER, lambda candidate: candidate)
opening("GET /boi-duong/{candidate_id:uuid}/{deed}", Role.CLERK, lambda candidate: f"{candidate}/ho-tro")
opening(
    "GET /boi-duong/{candidate_id:uuid}/buoc/{measure_id:uuid}/{deed}",
    Role.NOMINATOR,
    lambda candidate: f"{step_of(candidate)}/xong",
)


@drive("POST /boi-duong/{candidate_id:uuid}/{deed}")
def support_without_words(commune: Commune) -> Act:
    path = f"{candidate_of(commune)}/ho-tro"
    return lambda: commune.browser(Role.NOMINATOR).post(path, data={"support": "moral", "detail": ""})


@drive("POST /boi-duong/{candidate_id:uuid}/buoc/{measure_id:uuid}/{deed}")
def a_step_without_words(commune: Commune) -> Act:
    path = f"{step_of(candidate_of(commune))}/xong"
    return lambda: commune.browser(Role.CLERK).post(path, data={"detail": ""})


@drive("GET /phong-trao/{movement_id:uuid}")
def what_a_movement_found(commune: Commune) -> Act:
    head, day = commune.browser(Role.NOMINATOR), f"{today():%d/%m/%Y}"
    head.post("/phong-trao", data={"title": "Sạch làng, đẹp ngõ", "starts_on": day, "ends_on": day})
    movement = one_value("SELECT id FROM nomination.movement LIMIT 1")
    number = next(FRESH)
    found = dossier(commune.plan, commune.photo) | {"movement": str(movement), "headline": f"Dọn ngõ lần thứ {number}"}
    handed_in(commune, found, key=f"in-a-movement-{number}")
    return lambda: head.get(f"/phong-trao/{movement}")


@drive("POST /de-cu/{nomination_id:uuid}/rut")
def withdrawal_without_a_reason(commune: Commune) -> Act:
    return lambda: commune.browser(Role.NOMINATOR).post(f"/de-cu/{commune.open_nomination}/rut", data={"reason": ""})


@drive("POST /api/v1/nominations/{nomination_id}/withdraw")
def withdrawal(commune: Commune) -> Act:
    fresh, _code = fresh_one(commune)
    path = f"/api/v1/nominations/{fresh}/withdraw"
    return lambda: commune.browser(Role.NOMINATOR).post(path, json={"reason": "Gia đình xin rút."})


@drive("POST /de-cu/da-de-cu")
def a_name_is_typed(commune: Commune) -> Act:
    return lambda: commune.browser(Role.NOMINATOR).post("/de-cu/da-de-cu", data={"name": "lo thi mau"})


def fresh_one(commune: Commune) -> tuple[str, str]:
    """(id, code) of a nomination of its own, about the same nominee as all the others."""
    number = next(FRESH)
    told = dossier(commune.plan, commune.photo) | {"headline": f"Việc tốt thứ {number}"}
    return handed_in(commune, told, key=f"fresh-{number}")


def draft_of_a_colleague(commune: Commune) -> tuple[TestClient, str]:
    """Somebody else of the village, and the address of a draft that the head began."""
    begun = commune.browser(Role.NOMINATOR).post("/de-cu/moi").headers["location"].rpartition("/")[0]
    typed = {"subject_kind": "individual", "name": "Lò Thị Mẫu", "birth_year": "1975", "address": "Thôn 1"}
    commune.browser(Role.NOMINATOR).post(f"{begun}/ai", data=typed)
    return commune.browser(Role.NOMINATOR, number=1), begun


@drive("GET /de-cu/{nomination_id:uuid}/kiem-tra")
def a_colleague_checks(commune: Commune) -> Act:
    colleague, begun = draft_of_another_name(commune)
    return lambda: colleague.get(f"{begun}/kiem-tra")


@drive("POST /de-cu/{nomination_id:uuid}/kiem-tra")
def a_colleague_sends_too_early(commune: Commune) -> Act:
    colleague, begun = draft_of_another_name(commune)
    return lambda: colleague.post(f"{begun}/kiem-tra")


def draft_of_another_name(commune: Commune) -> tuple[TestClient, str]:
    """As above, for somebody who was never nominated: no namesake is shown beside it."""
    colleague, begun = draft_of_a_colleague(commune)
    commune.browser(Role.NOMINATOR).post(f"{begun}/ai", data={"subject_kind": "individual", "name": "Vi Văn Mẫu"})
    return colleague, begun


@drive("GET /de-cu/{nomination_id:uuid}/{sheet}")
def a_colleague_opens_a_sheet(commune: Commune) -> Act:
    colleague, begun = draft_of_a_colleague(commune)
    return lambda: colleague.get(f"{begun}/ai")


@drive("POST /de-cu/{nomination_id:uuid}/{sheet}")
def a_colleague_sends_a_faulty_sheet(commune: Commune) -> Act:
    colleague, begun = draft_of_a_colleague(commune)
    return lambda: colleague.post(f"{begun}/ai", data={"subject_kind": "individual", "name": ""})


get("GET /de-cu/{nomination_id:uuid}/minh-chung", Role.CHAIR, lambda c: f"/de-cu/{c.nomination}/minh-chung")


@drive("POST /de-cu/{nomination_id:uuid}/minh-chung")
def a_file_too_late(commune: Commune) -> Act:
    path = f"/de-cu/{commune.nomination}/minh-chung"
    return lambda: commune.browser(Role.NOMINATOR).post(path, files={"file": ("a.txt", b"Xac nhan.", "text/plain")})


@drive("GET /de-cu/{nomination_id:uuid}/minh-chung/{evidence_id:uuid}")
def a_file_is_taken_out(commune: Commune) -> Act:
    path = evidence_sent(commune)
    return lambda: commune.browser(Role.CLERK).get(path)


@drive("GET /de-cu/{nomination_id:uuid}/minh-chung/{evidence_id:uuid}/xem.webp")
def a_file_is_looked_at(commune: Commune) -> Act:
    path = evidence_sent(commune)
    return lambda: commune.browser(Role.CLERK).get(f"{path}/xem.webp")


def evidence_sent(commune: Commune) -> str:
    """The address of a picture that went off with a supplement."""
    fresh, head = returned(commune), commune.browser(Role.NOMINATOR)
    head.post(f"/de-cu/{fresh}/minh-chung", files={"file": ("a.png", picture("PNG", 40), "image/png")})
    head.post(f"/de-cu/{fresh}/bo-sung", data={"addition": "Có xác nhận của thôn."})
    return (
        f"/de-cu/{fresh}/minh-chung/{one_value('SELECT id FROM nomination.evidence WHERE nomination_id = %s', fresh)}"
    )


def table_brought(commune: Commune) -> str:
    """The address of a table with one row, not examined yet."""
    heads = "Họ và tên,Việc đã làm,Lĩnh vực,Ai đồng ý,Đồng ý bằng cách nào,Đồng ý nêu tên,Đồng ý đăng bài"
    files = {"file": ("bảng.csv", f"{heads}\nLò Thị Mẫu,,,,,,\n".encode(), "text/csv")}
    return commune.browser(Role.NOMINATOR).post("/de-cu/nhap", files=files).headers["location"]


@drive("GET /de-cu/nhap/{run_id:uuid}")
def a_table_is_looked_at(commune: Commune) -> Act:
    path = table_brought(commune)
    return lambda: commune.browser(Role.NOMINATOR).get(path)


@drive("POST /de-cu/nhap/{run_id:uuid}")
def a_table_is_agreed_to_too_early(commune: Commune) -> Act:
    path = table_brought(commune)
    return lambda: commune.browser(Role.NOMINATOR).post(path)


@drive("GET /de-cu/nhap/{run_id:uuid}/loi.{form}")
def faulty_rows_are_taken_out(commune: Commune) -> Act:
    path = table_brought(commune)
    return lambda: commune.browser(Role.NOMINATOR).get(f"{path}/loi.csv")


@drive("GET /api/v1/imports/{run_id}/faults")
def a_program_reads_faults(commune: Commune) -> Act:
    path = table_brought(commune).replace("/de-cu/nhap", "/api/v1/imports")
    return lambda: commune.browser(Role.NOMINATOR).get(f"{path}/faults")


get("GET /de-cu/{nomination_id:uuid}/dong-y", Role.CLERK, lambda c: f"/de-cu/{c.nomination}/dong-y")
get(
    "GET /de-cu/{nomination_id:uuid}/dong-y/{party_id:uuid}/ghi",
    Role.NOMINATOR,
    lambda c: f"/de-cu/{c.open_nomination}/dong-y/{c.open_nomination}/ghi",
)


get("GET /de-cu/rut-dong-y", Role.CLERK, lambda c: "/de-cu/rut-dong-y")
get(
    "GET /de-cu/{nomination_id:uuid}/dong-y/{party_id:uuid}/rut",
    Role.NOMINATOR,
    lambda c: f"/de-cu/{c.open_nomination}/dong-y/{c.open_nomination}/rut",
)


@drive("POST /de-cu/{nomination_id:uuid}/dong-y/{party_id:uuid}/rut")
def nothing_is_taken_back(commune: Commune) -> Act:
    path = f"/de-cu/{commune.open_nomination}/dong-y/{commune.open_nomination}/rut"
    return lambda: commune.browser(Role.NOMINATOR).post(path, data={"proof": ""})


def taken_back(commune: Commune) -> str:
    """The address of a consent that was taken back."""
    fresh, _code = fresh_one(commune)
    path = f"/de-cu/{fresh}/dong-y/{fresh}/rut"
    commune.browser(Role.NOMINATOR).post(path, data={"proof": "spoken", "all": "1"})
    found = one_value("SELECT id FROM nomination.consent_withdrawal WHERE nomination_id = %s", fresh)
    return f"/de-cu/rut-dong-y/{found}"


@drive("GET /de-cu/rut-dong-y/{withdrawal_id:uuid}")
def a_withdrawal_is_opened(commune: Commune) -> Act:
    path = taken_back(commune)
    return lambda: commune.browser(Role.CLERK).get(path)


def says_too_little(step: str) -> None:
    """A form of that page, sent empty."""

    def prepared(commune: Commune) -> Act:
        path = taken_back(commune)
        return lambda: commune.browser(Role.CLERK).post(f"{path}/{step}")

    DRIVES[f"POST /de-cu/rut-dong-y/{{withdrawal_id:uuid}}/{step}"] = prepared


for each in ("tra-loi", "ben-thu-ba", "gia-han"):
    says_too_little(each)


@drive("POST /de-cu/{nomination_id:uuid}/dong-y")
def nobody_is_named(commune: Commune) -> Act:
    return lambda: commune.browser(Role.NOMINATOR).post(f"/de-cu/{commune.open_nomination}/dong-y", data={"name": ""})


@drive("POST /de-cu/{nomination_id:uuid}/dong-y/{party_id:uuid}/lien-ket")
def a_link_is_made(commune: Commune) -> Act:
    path = f"/de-cu/{commune.open_nomination}/dong-y/{commune.open_nomination}/lien-ket"
    return lambda: commune.browser(Role.CLERK).post(path)


@drive("POST /de-cu/{nomination_id:uuid}/dong-y/{party_id:uuid}/ghi")
def no_answer_is_recorded(commune: Commune) -> Act:
    path = f"/de-cu/{commune.open_nomination}/dong-y/{commune.open_nomination}/ghi"
    return lambda: commune.browser(Role.NOMINATOR).post(path, data={"answer": ""})


@drive("GET /de-cu/{nomination_id:uuid}/dong-y/{party_id:uuid}/ban-quet/{number}")
def a_signed_paper_is_taken_out(commune: Commune) -> Act:
    fresh, _code = fresh_one(commune)
    head, path = commune.browser(Role.NOMINATOR), f"/de-cu/{fresh}/dong-y"
    head.post(path, data={"name": "Vi Văn Mẫu", "capacity": "member"})
    party = one_value("SELECT id FROM nomination.consent_party WHERE nomination_id = %s AND id <> nomination_id", fresh)
    said = {"answer": "no", "proof": "signed_paper"}
    head.post(f"{path}/{party}/ghi", data=said, files={"file": ("phieu.png", picture("PNG", 40), "image/png")})
    return lambda: commune.browser(Role.CLERK).get(f"{path}/{party}/ban-quet/1")


@drive("GET /de-cu/{nomination_id:uuid}/bo-sung")
def a_dossier_that_came_back(commune: Commune) -> Act:
    fresh = returned(commune)
    return lambda: commune.browser(Role.NOMINATOR).get(f"/de-cu/{fresh}/bo-sung")


@drive("POST /de-cu/{nomination_id:uuid}/bo-sung")
def an_empty_supplement(commune: Commune) -> Act:
    fresh = returned(commune)
    return lambda: commune.browser(Role.NOMINATOR).post(f"/de-cu/{fresh}/bo-sung", data={"addition": ""})


@drive("POST /api/v1/nominations/{nomination_id}/supplement")
def a_supplement(commune: Commune) -> Act:
    path, added = f"/api/v1/nominations/{returned(commune)}/supplement", {"addition": "Có xác nhận của thôn."}
    return lambda: commune.browser(Role.NOMINATOR).post(path, json=added)


def returned(commune: Commune) -> str:
    """A dossier that the clerk sent back, known to its unit."""
    fresh, _code = fresh_one(commune)
    hear_all()
    case_id = one_value('SELECT id FROM review."case" WHERE nomination_id = %s', fresh)
    asked = {"missing": "Xin xác nhận của thôn.", "due_on": f"{today() + timedelta(days=5):%d/%m/%Y}"}
    commune.browser(Role.CLERK).post(f"/xet-duyet/{case_id}/tra-lai", data=asked)
    hear_all()
    return fresh


for step in (
    "tra-lai",
    "xet-tiep",
    "tam-dung",
    "bo-tam-dung",
    "cap-tren-tra-loi",
):  # each refused: the page says why, and shows the case
    DRIVES[f"POST /xet-duyet/{{case_id}}/{step}"] = lambda commune, step=step: (
        lambda: commune.browser(Role.CLERK).post(f"/xet-duyet/{commune.open_case}/{step}", data={})
    )


def fresh_case(commune: Commune, *before: str) -> str:
    """The API's address of a case of its own, after these steps."""
    fresh, _code = fresh_one(commune)
    hear_all()
    case_id = one_value('SELECT id FROM review."case" WHERE nomination_id = %s', fresh)
    path = f"/api/v1/cases/{case_id}"
    for step in before:
        assert commune.browser(Role.CLERK).post(f"{path}/{step}", json=resting(step)).status_code == 200
    return path


def resting(step: str) -> dict[str, str] | None:
    day = (today() + timedelta(days=5)).isoformat()
    return {
        "return": {"missing": "Xin xác nhận của thôn.", "due_on": day},
        "hold": {"ground": "complaint", "reason": "Đang xác minh đơn thư.", "until": day},
    }.get(step)


for name, before in {"return": (), "resume": ("return",), "hold": (), "release": ("hold",)}.items():

    @drive(f"POST /api/v1/cases/{{case_id}}/{name}")
    def a_step_by_a_program(commune: Commune, name: str = name, before: tuple[str, ...] = before) -> Act:
        path = fresh_case(commune, *before)
        return lambda: commune.browser(Role.CLERK).post(f"{path}/{name}", json=resting(name))


@drive("PUT /api/v1/cases/{case_id}/scores")
def scores(commune: Commune) -> Act:
    member = commune.browser(Role.COUNCIL_MEMBER)
    criteria = member.get(f"/api/v1/cases/{commune.open_case}").json()["criteria"]
    return lambda: member.put(f"/api/v1/cases/{commune.open_case}/scores", json={"scores": dict.fromkeys(criteria, 7)})


@drive("POST /api/v1/cases/{case_id}/decision")
def decision(commune: Commune) -> Act:
    decided = {"outcome": "recognised", "reason": "Việc làm bền bỉ, được cả thôn xác nhận."}
    return lambda: commune.browser(Role.CHAIR).post(f"/api/v1/cases/{commune.case}/decision", json=decided)


@drive("POST /xet-duyet/{case_id}/phieu-cham")
def an_empty_sheet(commune: Commune) -> Act:
    return lambda: commune.browser(Role.COUNCIL_MEMBER).post(f"/xet-duyet/{commune.open_case}/phieu-cham", data={})


@drive("POST /xet-duyet/{case_id}/xem-truoc")
def a_preview(commune: Commune) -> Act:
    return lambda: commune.browser(Role.CHAIR).post(f"/xet-duyet/{commune.open_case}/xem-truoc", data={})


@drive("POST /xet-duyet/{case_id}/quyet-dinh")
def a_decision_without_an_outcome(commune: Commune) -> Act:
    return lambda: commune.browser(Role.CHAIR).post(f"/xet-duyet/{commune.open_case}/quyet-dinh", data={})


@drive("POST /bien-tap/{story_id}")
def an_empty_text(commune: Commune) -> Act:
    typed = {"version": "1", "title": "", "sapo": "", "body": ""}
    return lambda: commune.browser(Role.EDITOR).post(f"/bien-tap/{commune.story}", data=typed)


@drive("POST /bien-tap/{story_id}/xuat-ban")
def the_question_before_publishing(commune: Commune) -> Act:
    typed = {"version": "1", "channels": "portal"}
    return lambda: commune.browser(Role.EDITOR).post(f"/bien-tap/{commune.story}/xuat-ban", data=typed)


@drive("POST /api/v1/stories/{story_id}/approval")
def approval(commune: Commune) -> Act:
    field = commune.plan.field(one_value("SELECT field FROM publish.story WHERE id = %s", commune.story))
    asked = {"channels": ["leaflet"], "checks": list(field.checks)}
    return lambda: commune.browser(Role.EDITOR).post(f"/api/v1/stories/{commune.story}/approval", json=asked)


def somebody(commune: Commune) -> tuple[str, TestClient]:
    """(e-mail, browser) of a fresh person who nominates, signed in with their password."""
    email = f"nguoi-moi-{next(FRESH)}@mau.example"
    enroll_person(
        commune.plan,
        name="Người Mới (mẫu)",
        email=email,
        role=Role.NOMINATOR,
        unit=commune.village.key,
        password=PASSWORD,
    )
    window = browser()
    window.post("/dang-nhap", data={"email": email, "password": PASSWORD})
    return email, window


@drive("POST /dang-nhap")
def signing_in(commune: Commune) -> Act:
    return lambda: browser().post("/dang-nhap", data={"email": ADMIN, "password": PASSWORD})


@drive("POST /dang-xuat")
def signing_out(commune: Commune) -> Act:
    _, window = somebody(commune)
    return lambda: window.post("/dang-xuat")


@drive("POST /chon-vai")
def playing_a_part(commune: Commune) -> Act:
    find = "SELECT o.id FROM identity.office o JOIN identity.person p ON p.id = o.person_id WHERE p.sample LIMIT 1"
    office = str(one_value(find))
    return lambda: browser().post("/chon-vai", data={"office": office})


@drive("POST /doi-vai")
def switching(commune: Commune) -> Act:
    email, window = somebody(commune)
    enroll_person(commune.plan, name="Người Mới (mẫu)", email=email, role=Role.CLERK, unit=commune.plan.unit.key)
    find = (
        "SELECT o.id FROM identity.office o JOIN identity.person p ON p.id = o.person_id"
        " WHERE p.email = %s AND o.role = 'clerk'"
    )
    office = str(one_value(find, email))
    return lambda: window.post("/doi-vai", data={"office": office})


@drive("POST /tai-khoan/mat-khau")
def changing_the_password(commune: Commune) -> Act:
    _, window = somebody(commune)
    typed = {"current": PASSWORD, "new": "gió mát bên bờ suối", "again": "gió mát bên bờ suối"}
    return lambda: window.post("/tai-khoan/mat-khau", data=typed)


@drive("POST /tai-khoan/ma-api")
def issuing_a_token(commune: Commune) -> Act:
    _, window = somebody(commune)
    return lambda: window.post("/tai-khoan/ma-api", data={"name": "Phần mềm của thôn", "days": "90", "scopes": "read"})


@drive("POST /tai-khoan/ma-api/{token_id}/thu-hoi")
def revoking_a_token(commune: Commune) -> Act:
    email, window = somebody(commune)
    token: UUID = issue_api_token(
        commune.plan, email=email, role=Role.NOMINATOR, unit=commune.village.key, name="Phần mềm"
    ).id
    return lambda: window.post(f"/tai-khoan/ma-api/{token}/thu-hoi")
