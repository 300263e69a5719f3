"""One nomination driven through the public API and pages, from the village to the last report, step by step."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from gateway.demo.people import Actor, actors, program_of
from gateway.demo.picture import sample_photo
from shared.access.principal import Role
from shared.clock import VIETNAM, now
from shared.plan import Plan
from shared.plan.shelf import plan_of, shelf
from shared.settings import settings

WITHIN_S = 60.0
POLL_S = 0.02
SOME_SOUND = 10_000  # bytes: a second or so of speech
ROLES = (
    Role.ORGANISATION,
    Role.COUNCIL_MEMBER,
    Role.CHAIR,
    Role.CLERK,
    Role.EDITOR,
    Role.AGGREGATOR_OFFICER,
)


class DriveFailed(Exception):
    """A step did not come about; the message says which, and what was there instead."""


@dataclass(slots=True)
class Road:
    """What is known of the nomination's events so far, and what was printed of them."""

    plan: Plan
    client: httpx.Client
    clerk: Actor
    nomination_id: UUID | None = None
    began: float = field(default_factory=time.perf_counter)
    last: float = field(default_factory=time.perf_counter)
    seen: dict[str, dict[str, Any]] = field(default_factory=dict)

    def wait_for(self, name: str, *, count: int = 1) -> dict[str, Any]:
        """The newest event of this name once there are `count`; every event is printed as it becomes known.

        Raises DriveFailed after WITHIN_S.
        """
        deadline = time.monotonic() + WITHIN_S
        while time.monotonic() < deadline:
            self.look()
            found = [step for step in self.seen.values() if step["type"] == name]
            if len(found) >= count:
                return found[-1]
            time.sleep(POLL_S)
        names = sorted({step["type"] for step in self.seen.values()})
        raise DriveFailed(f"{name} was not said {count} times within {WITHIN_S:.0f} s; said so far: {', '.join(names)}")

    def look(self) -> None:
        """Ask for the road, and print what is new on it."""
        answer = self.client.get(f"/api/v1/road/{self.nomination_id}", headers=self.clerk.headers)
        if answer.status_code == httpx.codes.NOT_FOUND:
            return  # report has not heard of it yet
        for step in expect(answer, 200)["steps"]:
            if step["event"] not in self.seen:
                self.seen[step["event"]] = step
                detail = " ".join(str(value) for value in step["data"].values())
                self.say(step["type"], step["section"], step["service"], f"{' '.join(step['clauses'][:6])}  {detail}")

    def act(self, what: str, who: Actor) -> None:
        """Print what a person does."""
        self.say(f"→ {what}", "", who.role.value, who.name)

    def say(self, what: str, section: str, service: str, more: str) -> None:
        moment = time.perf_counter()
        sys.stdout.write(f"{(moment - self.last) * 1000:7.0f} ms  {section:10} {service:18} {what:28} {more}\n")
        sys.stdout.flush()
        self.last = moment


def drive() -> None:
    """Drive, print, and end this process with 0, or with 1 and the reason."""
    sys.stdout.write(f"Gương Sáng {settings().public_url}\n")
    try:
        road = drive_through(next(iter(shelf().values())))
    except (DriveFailed, httpx.HTTPError) as error:
        sys.stdout.write(f"FAILED: {error}\n")
        sys.exit(1)
    touched = [clause.id for clause in plan_of(road.plan.id).clauses if clause.id in clauses_of(road)]
    sys.stdout.write(f"\n{len(road.seen)} events in {time.perf_counter() - road.began:.1f} s\n")
    sys.stdout.write(f"{len(touched)} clauses touched: {' '.join(touched)}\n")


def drive_through(plan: Plan) -> Road:
    """The whole road of one nomination."""
    people = actors(plan, ROLES, origin=settings().public_url)
    with httpx.Client(base_url=settings().public_url, timeout=30) as client:
        road = Road(plan, client, people[Role.CLERK][0])
        before = introduced(road, people[Role.AGGREGATOR_OFFICER][0])
        code = nominate(road, program_of(plan, people[Role.ORGANISATION][0]))
        review(road, people, code)
        story = publish(road, people[Role.EDITOR][0])
        check_outside(road, story)
        check_table(road, people[Role.AGGREGATOR_OFFICER][0], before)
        return road


def nominate(road: Road, organisation: Actor) -> str:
    """An organisation nominates, with a photo; the code on the receipt."""
    photo = expect(
        road.client.put(
            "/api/v1/photos",
            content=sample_photo(),
            headers=organisation.headers | {"Content-Type": "image/jpeg"},
        ),
        201,
    )["photo"]
    road.act("PUT /api/v1/photos", organisation)
    key = f"drive-{time.time_ns()}"
    headers = organisation.headers | {"Idempotency-Key": key}
    asked = dossier(road.plan, photo)
    asked["headline"] += f" ({now().astimezone(VIETNAM):%d/%m/%Y %H:%M:%S})"  # the very same is not taken twice
    receipt = expect(road.client.post("/api/v1/nominations", json=asked, headers=headers), 201)
    road.nomination_id = UUID(receipt["id"])
    road.act("POST /api/v1/nominations", organisation)
    again = expect(road.client.post("/api/v1/nominations", json=asked, headers=headers), 201)
    if again["id"] != receipt["id"]:
        raise DriveFailed(f"the same Idempotency-Key made two nominations: {receipt['id']} and {again['id']}")
    road.act(f"{receipt['code']}, sent twice, is one", organisation)
    return str(receipt["code"])


def dossier(plan: Plan, photo: str) -> dict[str, Any]:
    """A sample nomination that the plan takes, whatever plan it is."""
    return {
        "nominee": {"name": "Lò Thị Mẫu", "birth_year": 1968, "address": "nhà văn hóa thôn"},
        "consent": {
            "given_by": "self",
            "proof": "signed_paper",
            "publish_name": True,
            "publish_story": True,
            "publish_photo": True,
        },
        "subject_kind": plan.subject_kinds[0].id,
        "model_kind": plan.model_kinds[0].id,
        "field": next((one.id for one in plan.fields if not one.checks), plan.fields[0].id),
        "movement": plan.movements[0].id,
        "areas": [plan.achievement_areas[0].id],
        "headline": "Mười năm nấu cháo miễn phí cho bệnh nhân nghèo",
        "story": (
            "Từ năm 2015, mỗi tuần hai buổi, bà dậy từ 3h30 để nấu 60 suất cháo cho bệnh nhân nghèo ở trạm y tế xã. "
            "Gạo và củi đều do bà tự lo, về sau có thêm 12 hộ trong thôn cùng góp. "
            "Đến nay nồi cháo đã giúp hơn 4.000 lượt người bệnh."
        ),
        "initiative": True,
        "direct_worker": True,
        "photo": photo,
    }


def review(road: Road, people: dict[Role, list[Actor]], code: str) -> None:
    """The council scores, the chair recognises."""
    road.wait_for("case.opened")
    chair = people[Role.CHAIR][0]
    found = expect(road.client.get("/api/v1/cases", params={"q": code}, headers=chair.headers), 200)["items"]
    case = expect(road.client.get(f"/api/v1/cases/{found[0]['id']}", headers=chair.headers), 200)
    points = dict.fromkeys(case["criteria"], road.plan.review.maximum - 1)
    members = people[Role.COUNCIL_MEMBER][: max(road.plan.review.members_needed, 1)]
    for member in members:
        expect(
            road.client.put(f"/api/v1/cases/{case['id']}/scores", json={"scores": points}, headers=member.headers), 200
        )
        road.act("PUT /api/v1/cases/…/scores", member)
    road.wait_for("case.scored", count=len(members))
    decision = {"outcome": "recognised", "reason": "Việc làm thiết thực, bền bỉ, được nhiều người noi theo."}
    expect(road.client.post(f"/api/v1/cases/{case['id']}/decision", json=decision, headers=chair.headers), 200)
    road.act("POST /api/v1/cases/…/decision", chair)
    road.wait_for("case.recognised")


def publish(road: Road, editor: Actor) -> dict[str, Any]:
    """The editor approves the drafted story for every active channel; the story as it then stands."""
    road.wait_for("story.drafted")
    asked = {"nomination_id": str(road.nomination_id)}
    draft = expect(road.client.get("/api/v1/stories", params=asked, headers=editor.headers), 200)["items"][0]
    channels = [channel.id for channel in road.plan.channels if channel.active]
    approval = {"channels": channels, "checks": list(road.plan.field(draft["field"]).checks)}
    expect(road.client.post(f"/api/v1/stories/{draft['id']}/approval", json=approval, headers=editor.headers), 200)
    road.act("POST /api/v1/stories/…/approval", editor)
    road.wait_for("story.published", count=len(channels))
    road.wait_for("role_model.introduced")
    return dict(expect(road.client.get("/api/v1/stories", params=asked, headers=editor.headers), 200)["items"][0])


def check_outside(road: Road, story: dict[str, Any]) -> None:
    """What citizens find on each channel; the letters that went; the plan with its states."""
    page = f"/guong/{story['slug']}"
    found: dict[str, tuple[str, Callable[[httpx.Response], bool]]] = {
        "portal": (page, lambda answer: story["title"] in answer.text),
        "atom": ("/atom.xml", lambda answer: page in answer.text),
        "radio": (f"{page}/truyen-thanh.mp3", lambda answer: len(answer.content) > SOME_SOUND),
        "leaflet": (f"{page}/to-roi.pdf", lambda answer: answer.content.startswith(b"%PDF")),
    }
    for channel in road.plan.channels:
        if channel.active:
            seen(road, *found[channel.id])
    code = road_code(road)
    seen(road, f"/tra-cuu/{code}", lambda answer: code in answer.text)
    road.wait_for("message.sent", count=3)
    seen(road, "/thu-mau", lambda answer: code in answer.text or story["title"] in answer.text)
    seen(road, "/ke-hoach", lambda answer: road.plan.clauses[-1].id in answer.text)


def road_code(road: Road) -> str:
    """The code of the receipt, as report knows it."""
    return str(expect(road.client.get(f"/api/v1/road/{road.nomination_id}", headers=road.clerk.headers), 200)["code"])


def seen(road: Road, path: str, holds: Callable[[httpx.Response], bool]) -> None:
    """A page that holds what it must, within WITHIN_S."""
    deadline = time.monotonic() + WITHIN_S
    while time.monotonic() < deadline:
        answer = road.client.get(path)
        if answer.status_code == httpx.codes.OK and holds(answer):
            road.say(f"GET {path[:60]}", "", "citizen", f"{len(answer.content):,} bytes".replace(",", " "))
            return
        time.sleep(POLL_S)
    raise DriveFailed(f"GET {path} answered {answer.status_code} without what it must hold: {answer.text[:200]!r}")


def introduced(road: Road, officer: Actor) -> int:
    """How many role models the tier above counts for this commune."""
    communes = expect(road.client.get("/api/v1/summary", headers=officer.headers), 200)["communes"]
    return next(int(one["introduced"]) for one in communes if one["plan"] == road.plan.id)


def check_table(road: Road, officer: Actor, before: int) -> None:
    """The tier above sees one more."""
    deadline = time.monotonic() + WITHIN_S
    while (now := introduced(road, officer)) <= before:
        if time.monotonic() > deadline:
            raise DriveFailed(f"the table of communes still counts {now}")
        time.sleep(POLL_S)
    road.act(f"GET /api/v1/summary: {before} → {now}", officer)
    road.look()


def clauses_of(road: Road) -> set[str]:
    return {clause for step in road.seen.values() for clause in step["clauses"]}


def expect(answer: httpx.Response, status: int) -> Any:
    """The JSON of an answer. Raises DriveFailed for another status."""
    if answer.status_code != status:
        request = f"{answer.request.method} {answer.request.url.path}"
        raise DriveFailed(f"{request} answered {answer.status_code}, not {status}: {answer.text[:500]}")
    return answer.json()
