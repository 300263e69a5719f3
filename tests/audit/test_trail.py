"""Smoke."""

from shared.access.principal import Role


def test_smoke(commune, trail):
    answer = commune.browser(Role.CLERK).get("/xet-duyet")
    assert answer.status_code == 200
    answer = commune.browser(Role.CLERK).get(f"/xet-duyet/{commune.case}")
    assert answer.status_code == 200, answer.text
    assert trail.said() == ["listed cases", "opened case"]
    print(trail.rows())
