"""Every route of every service, as a request about a thing of a given place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from shared.access.door import Door, OpenDoor, door_of
from shared.bus.broker import SERVICES
from shared.ids import new_id
from shared.web.app import routes_of
from tests.authorisation.world import Place

Value = str | Callable[[Place], str]


@dataclass(frozen=True, slots=True)
class Ask:
    """How to fill a route in: `ids` for its parameters, `form` or `json` for its body.

    `fresh` names a draft that the request uses up; a `personal` thing is a person's own or another's, whatever unit;
    what `ends` a session is given one of its own.
    """

    ids: dict[str, Value] = field(default_factory=dict)
    form: dict[str, Any] | Callable[[Place], dict[str, Any]] | None = None
    json: dict[str, Any] | None = None
    query: Value = ""
    fresh: str = ""
    personal: bool = False
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    service: str
    web: FastAPI
    method: str
    path: str
    door: Door | OpenDoor
    ask: Ask

    @property
    def about_a_thing(self) -> bool:
        """Whether the address or the body names something of a unit; a list or a form does not."""
        return (
            any(callable(value) for value in self.ask.ids.values())
            or callable(self.ask.form)
            or callable(self.ask.query)
        )

    def address(self, place: Place | None) -> str:
        path = self.path
        for name, value in self.ask.ids.items():
            filled = value(place) if callable(value) and place else str(value)
            for shape in ("{" + name + "}", "{" + name + ":uuid}"):
                path = path.replace(shape, filled)
        assert "{" not in path, f"{self.path}: say in tests/authorisation/routes.py what stands for its parameters"
        query = self.ask.query
        if callable(query):
            query = query(place) if place else ""
        return path + query

    def body(self, place: Place | None) -> dict[str, Any]:
        if self.ask.json is not None:
            return {"json": self.ask.json}
        filled = self.ask.form(place) if callable(self.ask.form) and place else self.ask.form
        return {"data": filled} if filled else {}


def of(key: str) -> Callable[[Place], str]:
    return lambda place: place.ids[key]


CANDIDATE: dict[str, Value] = {"candidate_id": of("candidate")}
MEASURE: dict[str, Value] = CANDIDATE | {"measure_id": of("measure")}
SENT, DRAFT = {"nomination_id": of("sent")}, {"nomination_id": of("draft")}
SUGGESTION = {"suggestion_id": of("suggestion")}
PAIR = {"one_id": of("sent"), "other_id": of("recognised")}
EVIDENCE = SENT | {"evidence_id": of("evidence")}
IMPORT = {"run_id": of("import")}
PARTY = SENT | {"party_id": of("party")}
WITHDRAWAL = {"withdrawal_id": of("consent_withdrawal")}
CASE, RECOGNISED = {"case_id": of("case")}, {"case_id": of("case_recognised")}
STORY, MESSAGE = {"story_id": of("draft_story")}, {"message_id": of("message")}
SLUG = {"slug": of("slug")}
OFFICE = {"office_id": of("office")}
PERSON: dict[str, Value] = {"person_id": lambda place: str(place.head.person_id)}
SCORES = dict.fromkeys(("G1", "G2", "G3", "G4", "F13"), 5)
NOMINATION = {
    "nominee": {"name": "Lò Thị Mới"},
    "consent": {
        "given_by": "self",
        "proof": "spoken",
        "publish_name": True,
        "publish_story": True,
        "publish_photo": False,
    },
    "subject_kind": "individual",
    "model_kind": "good_deed",
    "field": "F13",
    "movement": "new_countryside",
    "headline": "Hiến đất làm đường thôn",
    "story": "Bà hiến 300 m2 đất làm đường thôn và vận động năm hộ cùng làm.",
    "happened_on": "2025-02-10",
    "areas": ["work"],
}
NO_ID = "00000000-0000-7000-8000-000000000001"  # nobody has it


def activity(place: Place) -> dict[str, Any]:
    return {
        "id": str(new_id()),
        "unit": str(place.unit_id),
        "kind": "talk",
        "title": "Tọa đàm tại nhà văn hóa",
        "held_on": "10/2/2025",
        "participants": "20",
        "cost": "0",
    }


#: {service: {"METHOD path": how to ask}}; a route without parameters and body needs no line.
ASKS: dict[str, dict[str, Ask]] = {
    "identity": {
        "POST /dang-xuat": Ask(ends=True),
        "POST /chon-vai": Ask(ends=True),
        "POST /doi-vai": Ask(form=lambda place: {"office": place.ids["office"]}, personal=True, ends=True),
        "POST /tai-khoan/ma-api/{token_id}/thu-hoi": Ask({"token_id": of("token")}, personal=True),
        "POST /tai-khoan/mat-khau": Ask(form={"current": "x", "new": "y", "again": "z"}),
        "GET /quan-tri/quyen": Ask(query="?ai=chair"),
        "GET /the/{secret}": Ask({"secret": "no-such-card"}),
        "POST /dang-nhap/nguoi": Ask(form={"ai": NO_ID}),
        "POST /the-thon/phat": Ask(form=lambda place: {"person": str(place.head.person_id)}),
        "POST /the-thon/thu-hoi": Ask(form=lambda place: {"person": str(place.head.person_id)}),
        "GET /lien-ket-duyet": Ask(query=f"?ho-so={NO_ID}"),
        "POST /lien-ket-duyet": Ask(form={"case": NO_ID, "office": NO_ID}),
        "GET /duyet/{signed}": Ask({"signed": "no-such-link"}),
        "POST /uy-quyen": Ask(form=lambda place: {"office": place.ids["office"]}, personal=True),
        "POST /uy-quyen/{delegation_id}/thu-hoi": Ask({"delegation_id": NO_ID}),
        "GET /quan-tri/nguoi/vai-tro/{office_id}/vang-mat": Ask(OFFICE),
        "POST /quan-tri/nguoi/vai-tro/{office_id}/vang-mat": Ask(OFFICE),
        "GET /quan-tri/nguoi/vai-tro/{office_id}/thoi-giu": Ask(OFFICE),
        "POST /quan-tri/nguoi/vai-tro/{office_id}/thoi-giu": Ask(OFFICE, form={"on": ""}),
        "POST /quan-tri/nguoi/vai-tro/{office_id}/giu-lai": Ask(OFFICE),
        "GET /quan-tri/nguoi/{person_id}": Ask(PERSON),
        "GET /quan-tri/nguoi/{person_id}/sua": Ask(PERSON),
        "POST /quan-tri/nguoi/{person_id}/sua": Ask(PERSON, form={"name": "", "email": ""}),
        "POST /quan-tri/nguoi/{person_id}/mat-khau": Ask(PERSON),
        "POST /quan-tri/nguoi/{person_id}/mat-khau/thu": Ask(PERSON),
        "GET /dat-mat-khau/{secret}": Ask({"secret": "no-such-link"}),
        "POST /dat-mat-khau/{secret}": Ask({"secret": "no-such-link"}),
        "POST /don-vi/thay-doi/huy/{change_id}": Ask({"change_id": NO_ID}),
        "GET /don-vi/thay-doi/{kind}": Ask({"kind": "doi-ten"}),
        "POST /don-vi/thay-doi/{kind}": Ask({"kind": "doi-ten"}),
        "GET /don-vi/{unit_id}": Ask({"unit_id": lambda place: str(place.unit_id)}),
        "GET /api/v1/units/{unit_id}": Ask({"unit_id": lambda place: str(place.unit_id)}),
        "GET /quan-tri/nhat-ky/ai-da-xem/ket-qua": Ask(query=lambda place: f"?ho-so={place.ids['sent']}"),
        "POST /quan-tri/nhat-ky/ai-da-xem/ket-qua": Ask(form=lambda place: {"ho-so": place.ids["sent"], "ngay": ""}),
        "GET /quan-tri/nhat-ky/ai-da-xem/thu.pdf": Ask(query=lambda place: f"?ho-so={place.ids['sent']}"),
    },
    "nomination": {
        "POST /de-cu/da-de-cu": Ask(form=lambda place: {"name": f"Lò Thị {place.private[1]}"}),
        "POST /de-cu/gui": Ask(form=lambda place: {"person": str(place.head.person_id)}),
        "POST /de-cu/tu-giay": Ask(form={"id": NO_ID}),
        "GET /de-cu/nhap/mau.{form}": Ask({"form": "csv"}),
        "GET /de-cu/nhap/{run_id:uuid}": Ask(IMPORT),
        "POST /de-cu/nhap/{run_id:uuid}": Ask(IMPORT),
        "GET /de-cu/nhap/{run_id:uuid}/loi.{form}": Ask(IMPORT | {"form": "csv"}),
        "GET /api/v1/imports/{run_id}": Ask(IMPORT),
        "GET /api/v1/imports/{run_id}/faults": Ask(IMPORT),
        "POST /api/v1/imports/{run_id}/confirm": Ask(IMPORT),
        "GET /de-cu/ban-giao/{person_id}": Ask(PERSON),
        "GET /de-cu/danh-sach.{form}": Ask({"form": "csv"}),
        "GET /de-cu/{nomination_id:uuid}": Ask(SENT),
        "GET /de-cu/{nomination_id:uuid}/phieu.pdf": Ask(SENT),
        "GET /de-cu/{nomination_id:uuid}/rut": Ask(SENT),
        "POST /de-cu/{nomination_id:uuid}/rut": Ask(SENT, form={"reason": ""}),
        "GET /de-cu/{nomination_id:uuid}/bo-sung": Ask(SENT),
        "POST /de-cu/{nomination_id:uuid}/bo-sung": Ask(SENT, form={"addition": ""}),
        "GET /de-cu/{nomination_id:uuid}/minh-chung": Ask(SENT),
        "POST /de-cu/{nomination_id:uuid}/minh-chung": Ask(SENT),
        "GET /de-cu/{nomination_id:uuid}/minh-chung/{evidence_id:uuid}": Ask(EVIDENCE),
        "GET /de-cu/{nomination_id:uuid}/minh-chung/{evidence_id:uuid}/xem.webp": Ask(EVIDENCE),
        "POST /de-cu/{nomination_id:uuid}/minh-chung/{evidence_id:uuid}/bo": Ask(EVIDENCE),
        "GET /goi-y/{code}": Ask({"code": of("suggestion_code")}),
        "GET /de-cu/goi-y/{suggestion_id:uuid}": Ask(SUGGESTION),
        "POST /de-cu/goi-y/{suggestion_id:uuid}/de-cu": Ask(SUGGESTION),
        "POST /de-cu/goi-y/{suggestion_id:uuid}/khong-de-cu": Ask(SUGGESTION, form={"reason": ""}),
        "POST /de-cu/goi-y/{suggestion_id:uuid}/chuyen": Ask(SUGGESTION, form={"unit": "no-such-unit"}),
        "GET /de-cu/trung/{one_id:uuid}/{other_id:uuid}": Ask(PAIR),
        "POST /de-cu/trung/{one_id:uuid}/{other_id:uuid}": Ask(PAIR, form={"verdict": "perhaps"}),
        "GET /de-cu/{nomination_id:uuid}/cac-lan": Ask(SENT),
        "GET /de-cu/{nomination_id:uuid}/dong-y": Ask(SENT),
        "POST /de-cu/{nomination_id:uuid}/dong-y": Ask(SENT, form={"name": ""}),
        "POST /de-cu/{nomination_id:uuid}/dong-y/{party_id:uuid}/lien-ket": Ask(PARTY),
        "GET /de-cu/{nomination_id:uuid}/dong-y/{party_id:uuid}/ghi": Ask(PARTY),
        "POST /de-cu/{nomination_id:uuid}/dong-y/{party_id:uuid}/ghi": Ask(PARTY, form={"answer": ""}),
        "GET /de-cu/{nomination_id:uuid}/dong-y/{party_id:uuid}/ban-quet/{number}": Ask(PARTY | {"number": "1"}),
        "GET /de-cu/{nomination_id:uuid}/dong-y/{party_id:uuid}/rut": Ask(PARTY),
        "POST /de-cu/{nomination_id:uuid}/dong-y/{party_id:uuid}/rut": Ask(PARTY, form={"proof": ""}),
        "GET /de-cu/rut-dong-y/{withdrawal_id:uuid}": Ask(WITHDRAWAL),
        "POST /de-cu/rut-dong-y/{withdrawal_id:uuid}/tra-loi": Ask(WITHDRAWAL, form={"answer": ""}),
        "POST /de-cu/rut-dong-y/{withdrawal_id:uuid}/ben-thu-ba": Ask(WITHDRAWAL, form={"note": ""}),
        "POST /de-cu/rut-dong-y/{withdrawal_id:uuid}/gia-han": Ask(WITHDRAWAL, form={"days": ""}),
        "POST /rut-dong-y": Ask(form={"ma": "", "so": ""}),
        "POST /dong-y/{secret}/rut": Ask({"secret": "no-such-link"}),
        "GET /dong-y/{secret}": Ask({"secret": "no-such-link"}),
        "POST /dong-y/{secret}": Ask({"secret": "no-such-link"}),
        "GET /dong-y/{secret}/phieu.pdf": Ask({"secret": "no-such-link"}),
        "GET /de-cu/{nomination_id:uuid}/kiem-tra": Ask(DRAFT),
        "POST /de-cu/{nomination_id:uuid}/kiem-tra": Ask({"nomination_id": of("to_send")}, fresh="to_send"),
        "POST /de-cu/{nomination_id:uuid}/bo-nhap": Ask({"nomination_id": of("to_discard")}, fresh="to_discard"),
        "GET /de-cu/{nomination_id:uuid}/{sheet}": Ask(DRAFT | {"sheet": "ai"}),
        "POST /de-cu/{nomination_id:uuid}/{sheet}": Ask(DRAFT | {"sheet": "viec"}, form={"movement": "own"}),
        "GET /boi-duong/danh-sach.{form}": Ask({"form": "csv"}),
        "POST /boi-duong/moi": Ask(form={"name": ""}),
        "GET /boi-duong/{candidate_id:uuid}": Ask(CANDIDATE),
        "POST /boi-duong/{candidate_id:uuid}/de-cu": Ask(CANDIDATE),
        "GET /boi-duong/{candidate_id:uuid}/{deed}": Ask(CANDIDATE | {"deed": "ho-tro"}),
        "POST /boi-duong/{candidate_id:uuid}/{deed}": Ask(CANDIDATE | {"deed": "ho-tro"}, form={"detail": ""}),
        "GET /boi-duong/{candidate_id:uuid}/buoc/{measure_id:uuid}/{deed}": Ask(MEASURE | {"deed": "xong"}),
        "POST /boi-duong/{candidate_id:uuid}/buoc/{measure_id:uuid}/{deed}": Ask(
            MEASURE | {"deed": "xong"}, form={"detail": ""}
        ),
        "GET /phong-trao/{movement_id:uuid}": Ask({"movement_id": of("movement")}),
        "POST /phong-trao": Ask(form={"title": ""}),
        "GET /tra-cuu/{code}": Ask({"code": of("code")}),
        "GET /anh/{name}": Ask({"name": lambda place: f"{place.ids['photo']}.jpg"}),
        "POST /api/v1/nominations": Ask(json=NOMINATION),
        "GET /api/v1/nominations/{nomination_id}": Ask(SENT),
        "POST /api/v1/nominations/{nomination_id}/withdraw": Ask(SENT, json={"reason": ""}),
        "POST /api/v1/nominations/{nomination_id}/supplement": Ask(SENT, json={"addition": ""}),
    },
    "review": {
        "GET /xet-duyet/danh-sach.{form}": Ask({"form": "xlsx"}),
        "GET /xet-duyet/{case_id}": Ask(CASE),
        "POST /xet-duyet/{case_id}/tra-lai": Ask(CASE),
        "POST /xet-duyet/{case_id}/xet-tiep": Ask(CASE),
        "POST /xet-duyet/{case_id}/tam-dung": Ask(CASE),
        "POST /xet-duyet/{case_id}/bo-tam-dung": Ask(CASE),
        "POST /xet-duyet/{case_id}/phieu-cham": Ask(CASE, form={"note": ""}),
        "POST /xet-duyet/{case_id}/xem-truoc": Ask(CASE, form={"outcome": "declined", "reason": "Chưa rõ"}),
        "POST /xet-duyet/{case_id}/quyet-dinh": Ask(CASE, form={"outcome": "declined", "reason": ""}),
        "POST /xet-duyet/{case_id}/trinh-khen-thuong": Ask(RECOGNISED),
        "POST /xet-duyet/{case_id}/gioi-thieu": Ask(RECOGNISED),
        "POST /xet-duyet/{case_id}/cap-tren-tra-loi": Ask(RECOGNISED, form={"answer": ""}),
        "GET /xet-duyet/{case_id}/to-trinh.pdf": Ask(RECOGNISED),
        "GET /api/v1/cases/{case_id}": Ask(CASE),
        "PUT /api/v1/cases/{case_id}/scores": Ask(CASE, json={"scores": SCORES}),
        "POST /api/v1/cases/{case_id}/decision": Ask(CASE, json={"outcome": "declined", "reason": ""}),
        "POST /api/v1/cases/{case_id}/return": Ask(CASE, json={"missing": "", "due_on": "2025-05-21"}),
        "POST /api/v1/cases/{case_id}/resume": Ask(CASE),
        "POST /api/v1/cases/{case_id}/hold": Ask(CASE, json={"ground": "other", "reason": "", "until": "2025-05-21"}),
        "POST /api/v1/cases/{case_id}/release": Ask(CASE),
    },
    "publish": {
        "GET /guong/{slug}": Ask(SLUG),
        "GET /guong/{slug}/truyen-thanh.mp3": Ask(SLUG),
        "GET /guong/{slug}/truyen-thanh.txt": Ask(SLUG),
        "GET /guong/{slug}/to-roi.pdf": Ask(SLUG),
        "GET /bien-tap/{story_id}": Ask(STORY),
        "POST /bien-tap/{story_id}": Ask(STORY, form={"version": "1", "title": ""}),
        "GET /bien-tap/{story_id}/xuat-ban": Ask(STORY),
        "POST /bien-tap/{story_id}/xuat-ban": Ask(STORY, form={"version": "1"}),
        "GET /bien-tap/{story_id}/kenh": Ask(STORY),
        "POST /bien-tap/{story_id}/kenh/{channel}/gui-lai": Ask(
            {"story_id": of("story"), "channel": "portal"},
        ),
        "GET /bien-tap/{story_id}/xem/cong": Ask(STORY),
        "GET /bien-tap/{story_id}/xem/truyen-thanh": Ask(STORY),
        "GET /bien-tap/{story_id}/xem/to-roi.pdf": Ask(STORY),
        "POST /hoat-dong/moi": Ask(form=activity),
        "GET /api/v1/stories/{story_id}": Ask(STORY),
        "POST /api/v1/stories/{story_id}/approval": Ask(STORY, json={"channels": []}),
    },
    "notify": {
        "GET /thong-bao/so-gui/{message_id}": Ask(MESSAGE),
        "POST /thong-bao/so-gui/{message_id}/gui-lai": Ask(MESSAGE),
        "GET /thong-bao/{message_id}": Ask(MESSAGE, personal=True),
        "POST /thong-bao/{message_id}/da-doc": Ask(MESSAGE, personal=True),
        "POST /thong-bao/da-doc": Ask(form={"cuoi": NO_ID}),
        "GET /api/v1/messages/{message_id}": Ask(MESSAGE, personal=True),
        "POST /api/v1/messages/{message_id}/read": Ask(MESSAGE, personal=True),
    },
    "report": {
        "GET /ke-hoach/{clause_id}": Ask({"clause_id": "R14"}),
        "GET /hanh-trinh/{nomination_id}": Ask(SENT),
        "GET /su-kien/{event_id}": Ask({"event_id": of("event")}),
        "GET /tong-hop/{plan_id}": Ask({"plan_id": lambda place: place.plan.id}),
        "GET /bao-cao/{deadline_id}.pdf": Ask({"deadline_id": "final_report"}),
        "POST /bao-cao/{deadline_id}": Ask({"deadline_id": "interim_report"}),
        "GET /api/v1/road/{nomination_id}": Ask(SENT),
    },
}


@cache
def routes(service: str) -> tuple[Route, ...]:
    """The routes of a service, in the order in which they are declared."""
    return tuple(declared(service))


def declared(service: str) -> Iterator[Route]:
    web = import_module(f"services.{service}.main").web
    for route in routes_of(web.state.routers):
        assert isinstance(route, APIRoute)
        door = door_of(route.dependant)
        assert door is not None
        for method in sorted(route.methods - {"HEAD"}):
            ask = ASKS[service].get(f"{method} {route.path}", Ask())
            yield Route(service, web, method, route.path, door, ask)


def all_routes() -> list[Route]:
    return [route for service in SERVICES for route in routes(service)]
