"""A village head with a card and no e-mail, and the clerk who issues cards."""

import re
from dataclasses import dataclass
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from services.identity.main import enroll_person, issue_card
from services.identity.settings import sign_in_settings
from shared.access.principal import Role
from shared.plan import Plan, Unit

PIN = "274905"
CARD_HOLDER = "Lò Thị Mẫu"


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody without an e-mail, with a card that nobody has started."""

    person_id: UUID
    secret: str
    start_code: str

    @property
    def address(self) -> str:
        return f"/the/{self.secret}"


@pytest.fixture(autouse=True)
def _settings_afresh() -> None:
    sign_in_settings.cache_clear()


@pytest.fixture
def holder(active: Plan, village: Unit) -> Holder:
    person_id = enroll_person(active, name=CARD_HOLDER, email=None, role=Role.NOMINATOR, unit=village.key)
    issued = issue_card(active, who=CARD_HOLDER)
    return Holder(person_id, issued.secret, issued.start_code)


def start(browser: TestClient, holder: Holder, pin: str = PIN) -> None:
    """Open the card and choose its PIN."""
    browser.get(holder.address)
    answer = browser.post("/dang-nhap/ma-pin", data={"start_code": holder.start_code, "pin": pin, "again": pin})
    assert (answer.status_code, answer.headers["location"]) == (303, "/de-cu"), answer.text


def give_pin(browser: TestClient, holder: Holder, pin: str = PIN) -> int:
    """Open the card and give a PIN; the answer's status."""
    browser.get(holder.address)
    return browser.post("/dang-nhap/ma-pin", data={"pin": pin}).status_code


def words(html: str) -> str:
    """The text of a page, for looking at what a reader sees."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
