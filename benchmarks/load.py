"""Load in a process of its own: `python -m benchmarks.load PORT PATH SECONDS`, headers and body as JSON on stdin.

Each request carries an Idempotency-Key of its own. Prints the answers per second as JSON.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from http import HTTPStatus
from itertools import count
from uuid import uuid4

import uvloop

from benchmarks.client import Connection, request

CONNECTIONS = 32
MARK = b"0" * 41  # in the body, it becomes the run and the request's number: no dossier is the same as another
WARM_S = 0.5


async def load(port: int, path: str, seconds: float, *, headers: dict[str, str], body: bytes) -> dict[str, object]:
    """Thirty-two clients, each of whom sends again as soon as it is answered."""
    run = uuid4().hex
    template = request("POST", path, headers=headers | {"Idempotency-Key": f"{run}-%09d"}, body=b"")
    template = template.replace(b"Content-Length: 0", f"Content-Length: {len(body)}".encode())
    connections = [await Connection.to(port) for _ in range(CONNECTIONS)]
    numbers = count()

    async def clients(ends: float) -> Counter[int]:
        answers = Counter[int]()

        async def client(connection: Connection) -> None:
            while True:
                number = next(numbers)
                status, _ = await connection.send(template % number + body.replace(MARK, f"{run}{number:09}".encode()))
                answers[status] += 1
                if time.perf_counter() >= ends:
                    return

        await asyncio.gather(*map(client, connections))
        return answers

    await clients(time.perf_counter() + WARM_S)
    began = time.perf_counter()
    answers = await clients(began + seconds)
    took = time.perf_counter() - began
    for connection in connections:
        connection.close()
    return {"answers": dict(answers), "per_second": answers[HTTPStatus.CREATED] / took}


if __name__ == "__main__":
    port, path, seconds = int(sys.argv[1]), sys.argv[2], float(sys.argv[3])
    given = json.load(sys.stdin)
    found = uvloop.run(load(port, path, seconds, headers=given["headers"], body=json.dumps(given["body"]).encode()))
    print(json.dumps(found))
