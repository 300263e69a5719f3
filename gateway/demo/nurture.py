"""Loads sample candidates, each deed on its own day, through the pages that people use."""

import asyncio
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import yaml

from gateway.app import gateway_app, services
from gateway.demo.people import Actor, actors
from gateway.demo.sample import ADDRESS, Loader, drain, morning
from shared.access.principal import Role
from shared.clock import set_to
from shared.database import owner_engine
from shared.plan import Plan
from shared.plan.shelf import shelf

CANDIDATES = Path(__file__).parent / "candidates.yaml"
FIRST_STEP = "SELECT id FROM nomination.measure WHERE candidate_id = %s ORDER BY id LIMIT 1"
TRAILS = """
    SELECT name, count(*) FROM nomination.candidate JOIN nomination.trail ON candidate_id = candidate.id
    WHERE plan_id = %s GROUP BY name
"""
NAMED_WITH = 2  # entries of a trail from the first form: that they were named, and the first step
OF_A_STEP = {"xong", "doi"}


def load_candidates() -> None:
    """Load the candidates of the installation's first plan, or what is missing where the loading was cut off."""
    plan = next(iter(shelf().values()))
    missing = [each for each in sample_candidates(plan.id) if plan.period.contains(each["day"])]
    if missing:
        asyncio.run(load_all(plan, missing))


def sample_candidates(plan_id: str) -> list[dict[str, Any]]:
    """Those whose trail is not whole yet, in the order in which their units named them."""
    with owner_engine().begin() as connection:
        known = {name: int(count) for name, count in connection.exec_driver_sql(TRAILS, (plan_id,))}
    told: list[dict[str, Any]] = yaml.safe_load(CANDIDATES.read_text(encoding="utf-8"))
    return [each for each in told if known.get(each["name"], 0) < NAMED_WITH + len(each["then"])]


async def load_all(plan: Plan, candidates: list[dict[str, Any]]) -> None:
    front_doors = services()
    transport = httpx.ASGITransport(app=gateway_app(), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS, timeout=60) as client:
        loader = Loader(plan, client, actors(plan, Role, origin=ADDRESS), front_doors)
        for each in candidates:
            await nurture(loader, each)


async def nurture(loader: Loader, candidate: Mapping[str, Any]) -> None:
    """Name the candidate, and do what was done for them."""
    who = head_of(loader, candidate["by"])
    typed = {box: candidate[box] for box in candidate.keys() - {"day", "by", "then"}}
    href = await posted(loader, "/boi-duong/moi", who, on=candidate["day"], typed=typed)
    for deed in candidate["then"]:
        typed = {box: deed[box] for box in deed.keys() - {"day", "do"}}
        step = f"/buoc/{first_step(href)}" if deed["do"] in OF_A_STEP else ""
        await posted(loader, f"{href}{step}/{deed['do']}", who, on=deed["day"], typed=typed)
    drain(loader.services)


def head_of(loader: Loader, unit: str) -> Actor:
    """Whoever speaks for a unit."""
    heads = (*loader.people[Role.NOMINATOR], *loader.people[Role.ORGANISATION])
    return next(head for head in heads if head.unit == unit)


def first_step(href: str) -> str:
    with owner_engine().begin() as connection:
        return str(connection.exec_driver_sql(FIRST_STEP, (href.rpartition("/")[2],)).scalar_one())


async def posted(loader: Loader, path: str, who: Actor, *, on: date, typed: Mapping[str, Any]) -> str:
    """Where a form leads that was sent on a day. Raises RuntimeError when it came back."""
    with set_to(morning(on)):
        answer = await loader.client.post(path, headers=who.headers, data=dict(typed))
    if answer.next_request is None:
        raise RuntimeError(f"POST {path} answered {answer.status_code}: {answer.text[:500]}")
    return answer.next_request.url.path
