"""Addresses that people kept from before the merger: each still opens, and says where things went."""

from dataclasses import dataclass

from gateway.demo.merge.calendar import FORMERS, SUCCESSOR
from gateway.demo.people import Actor
from shared.database import owner_engine
from shared.plan import Plan

ENDED = "cũ đã sáp nhập vào xã Hóa Quỳ mới"
MOVED = "Hồ sơ đã chuyển về xã Hóa Quỳ ngày 01/07/2025 do sáp nhập"


@dataclass(frozen=True, slots=True)
class Link:
    """An address, what its page must say, and who opens it; None is anybody."""

    path: str
    says: str
    who: Actor | None = None


def old_links(plan: Plan, village: Actor) -> list[Link]:
    """Of one former commune: its portal, feed, plan and stories, and the receipts of a village."""
    return [
        Link(f"/?xa={plan.unit.code}", ENDED),
        Link(f"/atom.xml?xa={plan.unit.code}", ENDED),
        Link(f"/ke-hoach?xa={plan.id}", ENDED),
        *(Link(f"/guong/{slug}", ENDED) for slug in slugs(plan)),
        *receipts(plan, village),
    ]


def receipts(plan: Plan, village: Actor) -> list[Link]:
    """A dossier that went on and one that was finished, each by its code and by its page."""
    found = []
    for nomination_id, code, moved in dossiers(plan, village):
        says = MOVED if moved else ENDED
        found += [Link(f"/tra-cuu/{code}", says), Link(f"/de-cu/{nomination_id}", says, village)]
    return found


def slugs(plan: Plan) -> list[str]:
    with owner_engine().connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT slug FROM publish.story WHERE plan_id = %s AND stage = 'published' ORDER BY slug LIMIT 2",
            (plan.id,),
        )
        return list(rows.scalars())


def dossiers(plan: Plan, village: Actor) -> list[tuple[str, str, bool]]:
    """(id, code, whether it went on) of one dossier of each sort that the village handed in."""
    unit_id = plan.unit_by_key(village.unit).id
    with owner_engine().connect() as connection:
        rows = connection.exec_driver_sql(DOSSIERS, ([*FORMERS, SUCCESSOR], unit_id))
        return [(str(row.id), row.code, row.plan_id == SUCCESSOR) for row in rows]


DOSSIERS = """
    SELECT DISTINCT ON (plan_id) id, code, plan_id FROM nomination.nomination
    WHERE plan_id = ANY(%s) AND unit_id = %s AND code IS NOT NULL ORDER BY plan_id, submitted_on DESC, id
"""
