"""Many people at the same moment: nobody waits for a connection that waits for them."""

from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

import httpx

from shared.access.secret import SESSION_COOKIE
from tests.nomination.conftest import Somebody

AT_ONCE = 120  # three times the threads of a web process


def test_each_of_many_who_ask_at_once_is_answered(address: str, head: Somebody) -> None:
    cookies = {SESSION_COOKIE: head.secret}

    def status(_: int) -> int:
        return httpx.get(f"{address}/de-cu", cookies=cookies, timeout=60).status_code

    with ThreadPoolExecutor(AT_ONCE) as everybody:
        statuses = list(everybody.map(status, range(AT_ONCE)))

    assert statuses == [HTTPStatus.OK] * AT_ONCE
