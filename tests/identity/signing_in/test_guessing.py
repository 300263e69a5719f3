"""Wrong PINs from many addresses, over real HTTP, with and without Redis; `make guessing` tries a thousand."""

import os
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest
from fastapi.testclient import TestClient

from services.identity.rules.accounts import TRIES_PER_ACCOUNT
from tests.worlds import Rows

from .conftest import PIN, Holder, start

ADDRESSES, TRIES = (200, 1_000) if os.environ.get("GUONGSANG_TEST_GUESSING") == "full" else (10, 40)
WRONG = "593017"

#: As a web process of the embedded run answers (nobody in front), and as one in a container does (the proxy in front).
EMBEDDED = """
import socket, sys
from gateway.processes.web import serve
from services.identity.main import web
serve(web, socket.socket(fileno=int(sys.argv[1])))
"""
BEHIND_PROXY = """
import socket, sys, uvicorn
from services.identity.main import web
config = uvicorn.Config(web, proxy_headers=True, forwarded_allow_ips="*", log_config=None, access_log=False)
uvicorn.Server(config).run(sockets=[socket.socket(fileno=int(sys.argv[1]))])
"""


@contextmanager
def running(program: str, **environment: str) -> Iterator[str]:
    """The address of a process of its own that runs the program on a listening socket."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(256)
        listening.set_inheritable(True)
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(listening.fileno())],
            pass_fds=(listening.fileno(),),
            env=os.environ | environment,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            process.terminate()
            process.wait(20)


def wrong_pins(address: str, holder: Holder, *, forwarded: bool) -> Counter[int]:
    """{status: how often} of TRIES wrong PINs, each from the next of ADDRESSES, eight at a time.

    With `forwarded` the address stands in X-Forwarded-For as the proxy writes it. Without, the connection itself comes
    from 127.0.0.2, 127.0.0.3 …, and X-Forwarded-For is the attacker's lie.
    """

    def visit(place: int) -> list[int]:
        own = f"127.0.0.{place + 2}" if not forwarded else "127.0.0.1"
        said = f"203.0.{place // 100}.{place % 100 + 1}"
        with httpx.Client(
            base_url=address,
            transport=httpx.HTTPTransport(local_address=own, verify=False),
            headers={"origin": address, "x-forwarded-for": said},
            timeout=60,
        ) as client:
            client.get(holder.address)
            return [
                client.post("/dang-nhap/ma-pin", data={"pin": WRONG}).status_code for _ in range(TRIES // ADDRESSES)
            ]

    with ThreadPoolExecutor(8) as pool:
        return Counter(status for found in pool.map(visit, range(ADDRESSES)) for status in found)


@pytest.mark.parametrize(
    ("program", "forwarded", "redis"), [(EMBEDDED, False, False), (BEHIND_PROXY, True, True)], ids=["embedded", "proxy"]
)
def test_at_most_ten_wrong_pins_are_tried_whatever_the_addresses_and_without_redis(
    browser: TestClient, holder: Holder, rows: Rows, program: str, forwarded: bool, redis: bool
) -> None:
    start(browser, holder)

    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # bound, and never listening: whoever connects is refused
        down = {} if redis else {"GUONGSANG_REDIS_URL": f"redis://127.0.0.1:{unused.getsockname()[1]}/0"}
        with running(program, **down) as address:
            found = wrong_pins(address, holder, forwarded=forwarded)

    assert found == {422: TRIES_PER_ACCOUNT, 429: TRIES - TRIES_PER_ACCOUNT}
    assert rows("SELECT failures FROM identity.card") == [(TRIES_PER_ACCOUNT,)]
    ((networks,),) = rows("SELECT count(DISTINCT network) FROM identity.login_attempt WHERE NOT succeeded")
    assert networks > 1  # the addresses were seen as different ones
    browser.get(holder.address)
    assert browser.post("/dang-nhap/ma-pin", data={"pin": PIN}).status_code == 429


def test_a_forged_forwarded_address_is_not_believed_where_nobody_stands_in_front(
    browser: TestClient, holder: Holder, rows: Rows
) -> None:
    start(browser, holder)
    with (
        running(EMBEDDED) as address,
        httpx.Client(base_url=address, headers={"origin": address}, timeout=60) as client,
    ):
        client.get(holder.address)
        client.post("/dang-nhap/ma-pin", data={"pin": WRONG}, headers={"x-forwarded-for": "203.0.113.9"})

    assert rows("SELECT network FROM identity.login_attempt WHERE NOT succeeded") == [("127.0.0.1",)]
