"""The merger driven through the public pages and API: before, on the day, after; printed, and checked to add up."""

import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from typing import Any

import httpx

from gateway.demo.drive import DriveFailed, dossier, expect
from gateway.demo.merge.calendar import FORMERS, SUCCESSOR, THE_DAY
from gateway.demo.merge.counts import Count, counted, faults, lines, waiting
from gateway.demo.merge.links import Link, old_links
from gateway.demo.people import Actor, actors, program_of
from gateway.demo.picture import sample_photo
from services.identity import main as identity
from shared.access.principal import Role
from shared.clock import VIETNAM, now, today
from shared.plan import Plan
from shared.plan.shelf import plan_of
from shared.settings import settings

WITHIN_S = 120.0
POLL_S = 0.25
QUIET_LOOKS = 4  # nothing waits to be heard for so many looks: then everything has been
PASSWORD = "thôn xóm vui ngày hội mới"  # noqa: S105 -- of a made-up administrator, in a demonstration
MERGE = "/don-vi/thay-doi/sap-nhap"
DIGEST = re.compile(r'name="dong-y" value="([^"]+)"')
QUESTION = re.compile(r'<select[^>]*name="([^"]+)".*?</select>', re.DOTALL)
OPTION = re.compile(r'<option[^>]*value="([^"]+)"')


def drive() -> None:
    """Drive, print, and end this process with 0, or with 1 and the reason."""
    say(f"Gương Sáng {settings().public_url}")
    try:
        drive_through()
    except (DriveFailed, httpx.HTTPError) as error:
        say(f"FAILED: {error}")
        sys.exit(1)
    say("\nEverything adds up, and every old link opens.")


def drive_through() -> None:
    formers = [plan_of(plan_id) for plan_id in FORMERS]
    with httpx.Client(base_url=settings().public_url, timeout=30) as client:
        people = {plan.id: actors(plan, Role, origin=settings().public_url) for plan in formers}
        if not people[FORMERS[0]][Role.CLERK]:
            raise DriveFailed("the communes of this var/ have merged already: begin with an empty one")
        kept = {plan.id: hand_in(client, plan, people[plan.id]) for plan in formers}
        before = settled()
        show("Before", before)
        ask_for_merger(client, formers)
        step("Midnight comes in", f"{seconds_until(THE_DAY):.0f} s")
        wait_for("the day of the merger", lambda: today() >= THE_DAY)
        wait_for("the end of both communes", lambda: not counted()["officers"].former)
        after = settled()
        show("After", after)
        if wrong := faults(before, after):
            raise DriveFailed("; ".join(wrong))
        for plan in formers:
            open_links(client, old_links(plan, people[plan.id][Role.NOMINATOR][0]))
            send_again(client, plan, kept[plan.id])
        appoint(plan_of(SUCCESSOR))
        compare_tables(client, actors(plan_of(SUCCESSOR), Role, origin=settings().public_url))


@dataclass(frozen=True, slots=True)
class Kept:
    """A request that a village's program sent on the eve, and the code that it got."""

    program: Actor
    asked: dict[str, Any]
    code: str


def hand_in(client: httpx.Client, plan: Plan, people: dict[Role, list[Actor]]) -> Kept:
    """On the eve a village begins a draft, and its program hands in a dossier with a photo; so does an organisation."""
    village, union = people[Role.NOMINATOR][0], people[Role.ORGANISATION][0]
    client.post("/de-cu/moi", headers=village.headers)
    program = program_of(plan, village)
    jpeg = {"Content-Type": "image/jpeg"}
    photo = expect(client.put("/api/v1/photos", content=sample_photo(), headers=program.headers | jpeg), 201)["photo"]
    asked = dossier(plan, photo)
    code = submit(client, program, asked, key=f"eve-{plan.id}")
    another = {"photo": None, "headline": "Dạy nghề đan lát cho chị em lúc nông nhàn"}
    submit(client, union, asked | another, key=f"eve-{plan.id}-union")
    step(f"{plan.unit.name.vi}: two nominations and a draft on the eve", code)
    return Kept(program, asked, code)


def submit(client: httpx.Client, who: Actor, asked: dict[str, Any], *, key: str) -> str:
    """The code of the nomination."""
    headers = who.headers | {"Idempotency-Key": key}
    return str(expect(client.post("/api/v1/nominations", json=asked, headers=headers), 201)["code"])


def ask_for_merger(client: httpx.Client, formers: list[Plan]) -> None:
    """An administrator looks at the preview, answers what the product cannot know, and agrees."""
    email = "quan-tri@mau.example"
    identity.enroll_person(
        formers[0], name="Quản trị (mẫu)", email=email, role=Role.ADMIN, unit=formers[0].unit.key, password=PASSWORD
    )
    client.headers["Origin"] = settings().public_url
    client.post("/dang-nhap", data={"email": email, "password": PASSWORD})
    form: dict[str, Any] = {"ke-hoach": list(FORMERS), "ke-hoach-moi": SUCCESSOR, "ngay": f"{THE_DAY:%d/%m/%Y}"}
    page = page_of(client.post(MERGE, data=form))
    for found in QUESTION.finditer(page):
        form[found[1]] = unescape(OPTION.findall(found[0])[-1])
    if len(form) > 3:  # noqa: PLR2004 -- something was asked
        page = page_of(client.post(MERGE, data=form))
    digest = DIGEST.search(page)
    if digest is None:
        raise DriveFailed(f"the preview of the merger asks for no agreement: {page[:500]}")
    answer = client.post(MERGE, data=form | {"dong-y": digest[1]})
    if answer.status_code != httpx.codes.SEE_OTHER:
        raise DriveFailed(f"POST {MERGE} answered {answer.status_code}: {answer.text[:500]}")
    client.cookies.clear()
    step("The administrator agrees to the merger", f"on {THE_DAY:%d/%m/%Y}")


def page_of(answer: httpx.Response) -> str:
    if answer.status_code != httpx.codes.OK:
        raise DriveFailed(f"{answer.request.url.path} answered {answer.status_code}: {answer.text[:500]}")
    return answer.text


def appoint(plan: Plan) -> None:
    """The new commune appoints its officers; its villages' people have come along."""
    people = identity.enroll_sample_people(plan)
    step(f"{plan.unit.name.vi} appoints", f"{len(people)} offices")


def open_links(client: httpx.Client, links: list[Link]) -> None:
    """Each old address answers and says what it must."""
    for link in links:
        answer = client.get(link.path, headers=link.who.headers if link.who else {})
        if answer.status_code != httpx.codes.OK or link.says not in unescape(answer.text):
            raise DriveFailed(f"GET {link.path} answered {answer.status_code} without {link.says!r}")
        step(f"GET {link.path[:64]}", link.who.name if link.who else "anybody")


def send_again(client: httpx.Client, plan: Plan, kept: Kept) -> None:
    """With its old key the program gets its old receipt; with a fresh one it nominates under the new plan."""
    again = submit(client, kept.program, kept.asked, key=f"eve-{plan.id}")
    if again != kept.code:
        raise DriveFailed(f"the key of {kept.code} made {again}")
    step("The same Idempotency-Key gets the same receipt", again)
    another = {"photo": None, "headline": "Hiến đất mở rộng đường vào nhà văn hóa thôn"}
    fresh = submit(client, kept.program, kept.asked | another, key=f"day-{plan.id}")
    step("The village's program nominates under the new plan", fresh)


def compare_tables(client: httpx.Client, people: dict[Role, list[Actor]]) -> None:
    """The province sees the same sums as at the time and rolled up to today's communes."""
    officer = people[Role.AGGREGATOR_OFFICER][0]
    sums = {}
    for by in ("luc-do", "hien-nay"):
        found = expect(client.get(f"/api/v1/summary?theo={by}", headers=officer.headers), 200)["communes"]
        sums[by] = tuple(sum(one[name] for one in found) for name in ("nominated", "introduced", "open"))
        step(f"GET /api/v1/summary?theo={by}", f"{len(found)} communes, sums {sums[by]}")
    if sums["luc-do"] != sums["hien-nay"]:
        raise DriveFailed(f"the tables differ: {sums}")


def settled() -> dict[str, Count]:
    """The counts, once everything that was said has been heard. Raises DriveFailed after WITHIN_S."""
    quiet, deadline = 0, time.monotonic() + WITHIN_S
    while quiet < QUIET_LOOKS:
        if time.monotonic() > deadline:
            raise DriveFailed(f"{waiting()} events were not heard within {WITHIN_S:.0f} s")
        time.sleep(POLL_S)
        quiet = 0 if waiting() else quiet + 1
    return counted()


def seconds_until(day: date) -> float:
    """Until the day begins, by the product's clock; 0 once it has."""
    return max(0.0, (datetime.combine(day, datetime.min.time(), VIETNAM) - now()).total_seconds())


def wait_for(what: str, holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WITHIN_S
    while not holds():
        if time.monotonic() > deadline:
            raise DriveFailed(f"{what} did not come within {WITHIN_S:.0f} s")
        time.sleep(POLL_S)
    step(f"{what[:1].upper()}{what[1:]}", "")


def show(when: str, found: dict[str, Count]) -> None:
    say(f"\n{when} ({now().astimezone(VIETNAM):%d/%m/%Y %H:%M})")
    for line in lines(found):
        say(f"  {line}")
    say("")


def step(what: str, more: str) -> None:
    say(f"{what:72} {more}")


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
