"""Many people at the same moment: nobody waits for a connection that waits for them, or for somebody's slow line."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx
import pytest

from shared.access.secret import SESSION_COOKIE
from shared.database import CONNECTIONS
from tests.nomination.conftest import Somebody, begun

AT_ONCE = 120  # three times the threads of a web process


@pytest.fixture
def phone(address: str, head: Somebody) -> Iterator[httpx.Client]:
    """The village head's browser on the running product."""
    with httpx.Client(base_url=address, cookies={SESSION_COOKIE: head.secret}, timeout=60) as client:
        yield client


def test_each_of_many_who_ask_at_once_is_answered(phone: httpx.Client) -> None:
    with ThreadPoolExecutor(AT_ONCE) as everybody:
        statuses = list(everybody.map(lambda _: phone.get("/de-cu").status_code, range(AT_ONCE)))

    assert statuses == [HTTPStatus.OK] * AT_ONCE


@pytest.mark.parametrize("page", ["viec", "anh", "minh-chung"])
def test_slow_lines_hold_up_nobody(phone: httpx.Client, head: Somebody, page: str) -> None:
    path = f"{begun(head.browser())}/{page}"

    with ExitStack() as lines:
        for _ in range(2 * CONNECTIONS):
            lines.enter_context(half_sent(phone, path))

        assert phone.get("/de-cu").status_code == HTTPStatus.OK


def half_sent(phone: httpx.Client, path: str) -> socket.socket:
    """A line on which a form has begun to arrive."""
    whole = phone.build_request("POST", path, data={"story": "Bà nấu cháo. " * 300}, files={"file": ("a", b"x" * 9000)})
    host, _, port = urlsplit(str(phone.base_url)).netloc.partition(":")
    head = "".join(f"{name}: {value}\r\n" for name, value in {**whole.headers, "origin": str(phone.base_url)}.items())
    line = socket.create_connection((host, int(port)))
    line.sendall(f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + whole.read()[:5000])
    return line
