"""Loads sample nominations, each on its own day, through the same doors that people use."""

import asyncio
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import yaml

from gateway.app import gateway_app, services
from gateway.demo.people import Actor, actors
from gateway.demo.picture import sample_photo
from shared.access.principal import Role
from shared.bus.consume import consume
from shared.clock import VIETNAM, set_to
from shared.database import engine_of, owner_engine
from shared.effects.ledger import perform
from shared.plan import Plan
from shared.plan.shelf import shelf
from shared.service import Service

DOSSIERS = Path(__file__).parent / "dossiers.yaml"
PICTURED_EVERY = 3  # the rest get the pattern that is drawn from a name
OTHERS_TAKE = 5  # every fifth deed is also told of in each other sample commune
ADDRESS = "http://sample.invalid"
LATER_CHANNELS = {"mail"}  # left to the workers, who are not there yet
DECIDED_AFTER = timedelta(days=6)
PUBLISHED_AFTER = timedelta(days=9)
WHY = "Việc làm thiết thực, có kết quả rõ, được bà con tin và làm theo."


@dataclass(slots=True)
class Loader:
    """A plan whose sample is being loaded, with everybody who acts in it."""

    plan: Plan
    client: httpx.AsyncClient
    people: dict[Role, list[Actor]]
    services: list[Service]
    cases: dict[UUID, str] = field(default_factory=dict)

    def nominator(self, dossier: dict[str, Any]) -> Actor:
        """The head of the nominating unit, or the clerk for leads of the media and the office."""
        if dossier.get("role") == "clerk":
            return self.people[Role.CLERK][0]
        heads = (*self.people[Role.NOMINATOR], *self.people[Role.ORGANISATION])
        return next((head for head in heads if head.unit == dossier["by"]), heads[0])

    async def call(self, method: str, path: str, who: Actor, **request: Any) -> Any:
        """The JSON of an answer. Raises RuntimeError with the problem in words."""
        headers = who.headers | request.pop("headers", {})
        answer = await self.client.request(method, path, headers=headers, **request)
        if answer.status_code >= httpx.codes.BAD_REQUEST:
            raise RuntimeError(f"{method} {path} answered {answer.status_code}: {answer.text[:500]}")
        return answer.json()


def load_sample() -> None:
    """Load the sample of every plan on the shelf, or what is missing of one whose loading was cut off."""
    with owner_engine().begin() as connection:
        rows = connection.exec_driver_sql("SELECT plan_id, count(*) FROM nomination.nomination GROUP BY plan_id")
        known = {plan_id: int(count) for plan_id, count in rows}
    missing = {plan: share for plan, share in shares(list(shelf().values())) if known.get(plan.id, 0) < len(share)}
    if missing:
        asyncio.run(load(missing, known))


def shares(plans: list[Plan], *, since: date = date.min) -> Iterator[tuple[Plan, list[dict[str, Any]]]]:
    """Every plan's share of the deeds that were nominated since a day: the first gets all of them."""
    deeds = [deed for deed in yaml.safe_load(DOSSIERS.read_text(encoding="utf-8")) if deed["day"] >= since]
    for number, plan in enumerate(plans):
        share = deeds if number == 0 else moved(deeds[number % OTHERS_TAKE :: OTHERS_TAKE], number)
        yield plan, [deed for deed in share if plan.period.contains(deed["day"])]


async def load(missing: dict[Plan, list[dict[str, Any]]], known: dict[str, int]) -> None:
    """One plan after the other. The last nomination that is there may not have come to its end: it is taken again."""
    front_doors = services()
    transport = httpx.ASGITransport(app=gateway_app(), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS, timeout=60) as client:
        drain(front_doors)
        for plan, share in missing.items():
            loader = Loader(plan, client, actors(plan, Role, origin=ADDRESS), front_doors)
            await load_plan(loader, share, begin=max(0, known.get(plan.id, 0) - 1))
            sys.stderr.write(f"Dữ liệu mẫu: {plan.unit.name.vi}, {len(share)} đề cử\n")


def moved(deeds: list[dict[str, Any]], number: int) -> list[dict[str, Any]]:
    """The same deeds on days of another commune."""
    return [deed | {"day": deed["day"] - timedelta(days=7 * number), "radio": False} for deed in deeds]


async def load_plan(loader: Loader, deeds: list[dict[str, Any]], *, begin: int) -> None:
    """Each deed from number `begin` on, to the end that it has."""
    for number, deed in enumerate(deeds[begin:], begin):
        with set_to(morning(deed["day"])):
            nomination = await nominate(loader, deed, number)
            drain(loader.services)
        await carry_on(loader, deed, nomination)


async def nominate(loader: Loader, deed: dict[str, Any], number: int) -> dict[str, Any]:
    who = loader.nominator(deed)
    photo = None
    if number % PICTURED_EVERY == 0:
        headers = {"Content-Type": "image/jpeg"}
        kept = await loader.call("PUT", "/api/v1/photos", who, content=sample_photo(number % 60), headers=headers)
        photo = kept["photo"]
    key = {"Idempotency-Key": f"sample-{loader.plan.id}-{number}"}
    body = dossier_of(loader.plan, deed, photo, unit=deed["by"] if who.role is Role.CLERK else "")
    receipt: dict[str, Any] = await loader.call("POST", "/api/v1/nominations", who, json=body, headers=key)
    return receipt


def dossier_of(plan: Plan, deed: dict[str, Any], photo: str | None, *, unit: str) -> dict[str, Any]:
    """The deed as the API takes it."""
    return {
        "nominee": {"name": deed["who"], "birth_year": deed.get("born"), "address": ""},
        "consent": {
            "given_by": "self" if deed.get("subject", "individual") == "individual" else "representative",
            "proof": "signed_paper",
            "publish_name": True,
            "publish_story": True,
            "publish_photo": True,
        },
        "subject_kind": deed.get("subject", "individual"),
        "model_kind": deed["kind"],
        "field": deed["field"],
        "movement": deed["movement"],
        "areas": [plan.achievement_areas[0].id],
        "headline": deed["head"],
        "story": deed["story"],
        "initiative": deed["kind"] in {"new_model", "new_factor"},
        "direct_worker": deed["worker"],
        "photo": photo,
        **({"unit": unit} if unit else {}),
    }


async def carry_on(loader: Loader, deed: dict[str, Any], nomination: dict[str, Any]) -> None:
    """What became of the nomination, as far as it has not come about already."""
    end = deed["end"]
    path = f"/api/v1/nominations/{nomination['id']}"
    stage = (await loader.call("GET", path, loader.nominator(deed)))["stage"]
    if end == "withdrawn" and stage != "withdrawn":
        with set_to(morning(deed["day"] + timedelta(days=2))):
            await loader.call("POST", f"{path}/withdraw", loader.nominator(deed), json={"reason": deed["reason"]})
            drain(loader.services)
    if end not in {"withdrawn", "open"} and stage == "submitted":
        with set_to(morning(deed["day"] + DECIDED_AFTER)):
            await judge(loader, deed, nomination)
            drain(loader.services)
    if end == "published" and stage != "published":
        with set_to(morning(deed["day"] + PUBLISHED_AFTER)):
            await publish(loader, deed, nomination)
            drain(loader.services)


async def judge(loader: Loader, deed: dict[str, Any], nomination: dict[str, Any]) -> None:
    """The council scores; where the deed has an end, the chair decides."""
    chair = loader.people[Role.CHAIR][0]
    found = await loader.call("GET", "/api/v1/cases", chair, params={"q": nomination["code"]})
    case = await loader.call("GET", f"/api/v1/cases/{found['items'][0]['id']}", chair)
    needed = max(loader.plan.review.members_needed, 1)
    judging = 1 if deed["end"] == "scored" else needed
    for number, member in enumerate(loader.people[Role.COUNCIL_MEMBER][:judging]):
        points = {name: points_of(deed, number + place) for place, name in enumerate(case["criteria"])}
        await loader.call("PUT", f"/api/v1/cases/{case['id']}/scores", member, json={"scores": points})
    outcome = {"published": "recognised", "recognised": "recognised"}.get(deed["end"], deed["end"])
    if outcome != "scored":
        decision = {"outcome": outcome, "reason": deed.get("reason", WHY)}
        await loader.call("POST", f"/api/v1/cases/{case['id']}/decision", chair, json=decision)


def points_of(deed: dict[str, Any], turn: int) -> int:
    """High for what was recognised, lower for what was not."""
    return (9, 8, 10)[turn % 3] if deed["end"] in {"published", "recognised", "scored"} else (6, 5, 7)[turn % 3]


async def publish(loader: Loader, deed: dict[str, Any], nomination: dict[str, Any]) -> None:
    """The editor approves the draft for the channels that take little time, some for all of them."""
    editor = loader.people[Role.EDITOR][0]
    asked = {"nomination_id": nomination["id"]}
    draft = (await loader.call("GET", "/api/v1/stories", editor, params=asked))["items"][0]
    active = [channel.id for channel in loader.plan.channels if channel.active]
    channels = active if deed.get("radio") else [name for name in active if name != "radio"]
    approval = {"channels": channels, "checks": list(loader.plan.field(deed["field"]).checks)}
    await loader.call("POST", f"/api/v1/stories/{draft['id']}/approval", editor, json=approval)


def drain(front_doors: list[Service]) -> None:
    """Have every service hear what waits for it and perform its effects, until nothing waits."""
    while True:
        heard = sum(hear(service) for service in front_doors)
        done = sum(perform_effects(service) for service in front_doors)
        if not heard and not done:
            return


def hear(service: Service) -> int:
    with owner_engine().begin() as connection:
        rows = connection.exec_driver_sql(
            "SELECT event_id FROM bus.delivery WHERE hearer = %s AND state = 'pending' LIMIT 100", (service.name,)
        )
        waiting = list(rows.scalars())
    return consume(engine_of(service.name), service.ear, waiting) if waiting else 0


def perform_effects(service: Service) -> int:
    with owner_engine().begin() as connection:
        rows = connection.exec_driver_sql(
            "SELECT key FROM bus.effect WHERE service = %s AND state = 'planned' AND channel <> ALL(%s)",
            (service.name, list(LATER_CHANNELS)),
        )
        keys = list(rows.scalars())
    for key in keys:
        perform(engine_of(service.name), service.performers, key)
    return len(keys)


def morning(day: date) -> datetime:
    """Half past eight in Vietnam."""
    return datetime.combine(day, time(8, 30), VIETNAM)
