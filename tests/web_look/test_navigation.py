"""A header leads only to what its reader may open."""

from dataclasses import replace
from uuid import UUID

import pytest

from shared.access.principal import Office, Principal, Role
from shared.access.reach import Errand, Narrowed
from shared.web.navigation import LINKS, nav_of

SOMEBODY = UUID("0197b1f0-0000-7000-8000-000000000001")
OFFICE = Office(Role.COUNCIL_MEMBER, SOMEBODY, "binh-luong-2023-2025")
MEMBER = Principal(SOMEBODY, "Ủy viên", OFFICE, (OFFICE,))


@pytest.mark.parametrize("role", list(Role))
def test_a_role_finds_its_pages_in_the_order_of_its_day(role: Role) -> None:
    who = replace(MEMBER, office=replace(OFFICE, role=role))

    assert [item.href for item in nav_of(who, "/")] == [href for href, _label in LINKS[role]]


def test_who_came_by_an_approval_link_is_led_nowhere_else() -> None:
    came_by_link = replace(MEMBER, narrowed=Narrowed(Errand.SCORE, SOMEBODY))

    assert nav_of(came_by_link, f"/xet-duyet/{SOMEBODY}") == []
