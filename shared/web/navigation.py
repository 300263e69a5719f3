"""The few links that each role needs, in the order of its day."""

from typing import NamedTuple

from shared.access.principal import Principal, Role
from shared.web.i18n import LazyText, lazy


class NavItem(NamedTuple):
    href: str
    label: LazyText
    current: bool


STORIES = ("/", lazy("Gương sáng"))
NOMINATE = ("/de-cu", lazy("Đề cử"))
NURTURE = ("/boi-duong", lazy("Bồi dưỡng"))
REVIEW = ("/xet-duyet", lazy("Xét duyệt"))
EDIT = ("/bien-tap", lazy("Biên tập"))
ACTIVITIES = ("/hoat-dong", lazy("Hoạt động"))
PLAN = ("/ke-hoach", lazy("Kế hoạch sống"))
TABLE = ("/tong-hop", lazy("Tổng hợp"))
REPORTS = ("/bao-cao", lazy("Báo cáo"))
NAMESAKES = ("/de-cu/trung", lazy("Trùng người"))
CARDS = ("/the-thon", lazy("Thẻ trưởng thôn"))
INBOX = ("/thong-bao", lazy("Thông báo"))
PEOPLE = ("/quan-tri/nguoi", lazy("Nhân sự"))
UNITS = ("/don-vi", lazy("Đơn vị"))
TRAIL = ("/quan-tri/nhat-ky", lazy("Nhật ký"))

LINKS: dict[Role | None, tuple[tuple[str, LazyText], ...]] = {
    None: (STORIES, PLAN),
    Role.NOMINATOR: (NOMINATE, NURTURE, INBOX, STORIES, PLAN),
    Role.ORGANISATION: (NOMINATE, NURTURE, INBOX, STORIES, PLAN),
    Role.CLERK: (REVIEW, NURTURE, EDIT, ACTIVITIES, REPORTS, TABLE, INBOX, CARDS, NAMESAKES, PLAN, STORIES, TRAIL),
    Role.COUNCIL_MEMBER: (REVIEW, NURTURE, INBOX, PLAN, STORIES),
    Role.CHAIR: (REVIEW, NURTURE, REPORTS, TABLE, INBOX, PLAN, STORIES, TRAIL),
    Role.EDITOR: (EDIT, ACTIVITIES, INBOX, STORIES, PLAN),
    Role.AGGREGATOR_OFFICER: (TABLE, INBOX, PLAN, STORIES),
    Role.ADMIN: (PEOPLE, UNITS, CARDS, TRAIL, PLAN, TABLE, REPORTS, STORIES),
}


#: Who finds the page of people and offices among the rarer things of the menu.
PEOPLE_MANAGERS = frozenset({Role.CLERK, Role.CHAIR})


def nav_of(who: Principal | None, path: str) -> list[NavItem]:
    """The links of the reader's header, as far as they may open them; the one that they are on is marked."""
    return [
        NavItem(href, label, current=path == href or (href != "/" and path.startswith(f"{href}/")))
        for href, label in LINKS[who.role if who else None]
        if may_open(who, href)
    ]


def may_open(who: Principal | None, href: str) -> bool:
    """Whether the reader's session reaches so far; that of an approval link ends at its case."""
    return who is None or who.reaches(method="GET", path=href.partition("?")[0])
