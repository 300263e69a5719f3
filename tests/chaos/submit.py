"""Clients as they should be: each nomination has one Idempotency-Key and is sent until it is accepted."""

import http.client
import json
import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from gateway.demo.drive import dossier
from gateway.demo.people import Actor
from shared.plan import Plan

CLIENTS = 8
AGAIN_S = 0.1


@dataclass(slots=True)
class Submitted:
    """What the clients know: {key: nomination id}, and what they were answered on the way."""

    accepted: dict[str, str] = field(default_factory=dict)
    answers: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, answer: str) -> None:
        with self.lock:
            self.answers[answer] += 1

    @property
    def retries(self) -> int:
        return self.answers.total() - self.answers["201"]


def submit_all(port: int, plan: Plan, people: list[Actor], *, count: int, over_s: float) -> Submitted:
    """Submit `count` nominations, spread over the time; returns when each was accepted or refused for good."""
    submitted = Submitted()
    began = time.monotonic()

    def client(number: int) -> None:
        for nomination in range(number, count, CLIENTS):
            due = began + over_s * nomination / count
            time.sleep(max(0.0, due - time.monotonic()))
            submit(port, plan, people[nomination % len(people)], f"chaos-{nomination}", submitted)

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(client, range(CLIENTS)))
    return submitted


def submit(port: int, plan: Plan, who: Actor, key: str, submitted: Submitted) -> None:
    """Send until a 201 comes; a refusal that no retry would change is noted and given up."""
    headers = who.headers | {"Idempotency-Key": key, "Content-Type": "application/json"}
    body = json.dumps(dossier(plan, "") | {"photo": None, "headline": f"Việc tốt mẫu số {key}"})
    while True:
        status, content = post(port, "/api/v1/nominations", body, headers)
        submitted.note(status)
        if status == "201":
            submitted.accepted[key] = json.loads(content)["id"]
            return
        if status.startswith("4") or status == "500":
            submitted.refused.append(f"{key}: {status} {content[:300]!r}")
            return
        time.sleep(AGAIN_S * random.uniform(0.5, 1.5))


def post(port: int, path: str, body: str, headers: dict[str, str]) -> tuple[str, bytes]:
    """(status or the name of what went wrong, body)."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("POST", path, body.encode(), headers)
        answer = connection.getresponse()
        return str(answer.status), answer.read()
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__, b""
    finally:
        connection.close()
