"""The proxy's configuration against the services' front doors."""

import json
import re
from importlib import import_module
from pathlib import Path

import pytest

from deploy import routes
from gateway.app import belongs
from shared.bus.broker import SERVICES

ROOT = Path(__file__).parents[2]
PROXY = ROOT / "deploy" / "proxy"
PATHS = [(path, name) for name in SERVICES for path in import_module(f"services.{name}.main").service.paths]


@pytest.mark.parametrize("name", routes.files())
def test_what_is_checked_in_is_what_the_front_doors_say(name: str) -> None:
    assert (PROXY / name).read_text(encoding="utf-8") == routes.files()[name], "run `make routes`"


def proxied(path: str) -> str:
    """Which service the proxy asks: the first pattern that fits, as nginx takes them."""
    table = [line.rstrip(";").split() for line in (PROXY / "routes.conf").read_text().splitlines()[1:]]
    return next(name for pattern, name in table if pattern == "default" or re.search(pattern.removeprefix("~"), path))


def dispatched(path: str) -> str:
    """Which service the gateway of the embedded run asks."""
    return next(name for prefix, name in sorted(PATHS, key=lambda entry: -len(entry[0])) if belongs(path, prefix))


@pytest.mark.parametrize("path", [path for path, _ in PATHS])
def test_the_proxy_asks_the_same_service_as_the_embedded_run(path: str) -> None:
    for tail in ("", "/", "/x", "x", ".csv", "/x.csv"):
        assert proxied(path + tail) == dispatched(path + tail), path + tail


def test_two_services_never_answer_the_same_path() -> None:
    assert len({path for path, _ in PATHS}) == len(PATHS)


def test_the_proxy_hands_on_what_the_services_judge_by() -> None:
    site = (PROXY / "site.conf").read_text(encoding="utf-8")
    for line in (
        "proxy_set_header Host $http_host;",  # with the port, as the browser's Origin has it
        "proxy_set_header X-Forwarded-Proto $scheme;",
        "proxy_set_header X-Forwarded-For $remote_addr;",  # not $proxy_add_x_forwarded_for, which a client can fill
    ):
        assert line in site


def test_a_form_with_photos_of_the_largest_kind_gets_through() -> None:
    from services.nomination.main import FORM_BODY  # noqa: PLC0415 -- beside its only use

    found = re.search(r"client_max_body_size (\d+)m;", (PROXY / "nginx.conf").read_text(encoding="utf-8"))
    assert found
    assert int(found[1]) * 1024 * 1024 > FORM_BODY


def test_every_refusal_of_the_proxy_has_a_page_and_a_problem_of_its_own() -> None:
    site = (PROXY / "site.conf").read_text(encoding="utf-8")
    for status in re.findall(r"/refused/(\d+)\.\$page_kind", site):
        assert '<html lang="vi">' in (PROXY / "pages" / f"{status}.html").read_text(encoding="utf-8")
        problem = json.loads((PROXY / "pages" / f"{status}.json").read_text(encoding="utf-8"))
        assert problem["status"] == int(status)
        assert set(problem) == {"type", "title", "status", "detail", "key"}
