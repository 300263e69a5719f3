"""Every route says what it leaves in the trail, and leaves just that; what cannot be recorded is not given."""

from importlib import import_module
from pathlib import Path

import pytest
import yaml

from shared.bus.broker import SERVICES
from shared.web.app import routes_of
from tests.audit import drives_keys, drives_offices  # noqa: F401 -- both add theirs to DRIVES
from tests.audit.commune import NOMINEE
from tests.audit.drives import DRIVES

pytestmark = pytest.mark.xdist_group("audit")  # its commune is founded once

TABLE = yaml.safe_load(Path(__file__).with_name("recorded.yaml").read_text(encoding="utf-8"))
RECORDING = {
    route: (service, row["records"])
    for service, rows in TABLE.items()
    for route, row in rows.items()
    if "records" in row and "driven" not in row
}
REPEATED = [route for route, (_, said) in RECORDING.items() if said.split()[0] in {"opened", "listed"}]


@pytest.mark.parametrize("service", SERVICES)
def test_every_route_says_what_it_records_or_why_nothing(service):
    routes = {
        f"{method} {route.path}"
        for route in routes_of(import_module(f"services.{service}.main").web.state.routers)
        for method in route.methods - {"HEAD"}
    }
    rows = TABLE[service]

    without = sorted(routes - set(rows))
    assert without == [], (
        f"{service} has routes without a row in tests/audit/recorded.yaml: {without}. Does the route show or give out "
        "personal data of others? Then note(session, opened(…) | listed(…) | taken_out(…)) before it answers, write "
        "`records: <action> <kind>` and give it a drive in tests/audit/drives.py. If not, write `nothing: <reason>`."
    )
    assert sorted(set(rows) - routes) == [], "rows of routes that are gone"
    assert [route for route, row in rows.items() if set(row) - {"driven"} not in ({"records"}, {"nothing"})] == []


def test_every_route_that_records_is_driven():
    assert sorted(DRIVES) == sorted(RECORDING)


@pytest.mark.parametrize("route", RECORDING)
def test_the_route_leaves_exactly_one_entry(commune, trail, route):
    act = DRIVES[route](commune)
    trail.clear()

    answer = act()

    assert answer.status_code < 500, answer.text
    assert trail.said() == [RECORDING[route][1]], answer.text[-2000:]
    (entry,) = trail.rows()
    assert entry.route == route
    assert len(entry.trace) == 55


@pytest.mark.parametrize("route", REPEATED)
def test_the_same_look_sent_again_is_the_same_entry(commune, trail, route):
    act = DRIVES[route](commune)
    trail.clear()

    act()
    act()

    assert trail.said() == [RECORDING[route][1]]


@pytest.mark.parametrize("route", RECORDING)
def test_nothing_is_given_that_cannot_be_recorded(commune, trail, forbidden, route):
    act = DRIVES[route](commune)
    trail.clear()
    forbidden(RECORDING[route][0])

    answer = act()

    assert answer.status_code == 500
    assert NOMINEE not in answer.text
    assert b"%PDF" not in answer.content
    assert "set-cookie" not in answer.headers
    assert trail.said() == []
