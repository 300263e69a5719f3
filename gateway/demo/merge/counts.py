"""What there is under each plan, counted in the database; and whether before and after add up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gateway.demo.merge.calendar import FORMERS, SUCCESSOR
from shared.database import owner_engine

#: {what: a query that gives (plan, how many)}. The first five go on; what stays is history.
QUERIES: Mapping[str, str] = {
    "open nominations": """
        SELECT plan_id, count(*) FROM nomination.nomination
        WHERE stage IN ('draft', 'submitted', 'recognised', 'nurtured') GROUP BY 1""",
    "open cases": "SELECT plan_id, count(*) FROM review.case WHERE stage = 'open' GROUP BY 1",
    "unfinished stories": "SELECT plan_id, count(*) FROM publish.story WHERE stage IN ('draft', 'approved') GROUP BY 1",
    "dossiers that are told of": """
        SELECT plan_id, count(*) FROM notify.dossier WHERE nomination_id IN (
            SELECT id FROM nomination.nomination WHERE stage IN ('submitted', 'recognised', 'nurtured')) GROUP BY 1""",
    "open in the table": "SELECT plan_id, count(*) FROM report.nomination_fact WHERE outcome = 'open' GROUP BY 1",
    "finished nominations": """
        SELECT plan_id, count(*) FROM nomination.nomination
        WHERE stage IN ('withdrawn', 'declined', 'published') GROUP BY 1""",
    "decided cases": "SELECT plan_id, count(*) FROM review.case WHERE stage <> 'open' GROUP BY 1",
    "published stories": "SELECT plan_id, count(*) FROM publish.story WHERE stage = 'published' GROUP BY 1",
    "introduced": """
        SELECT introduced_plan, count(*) FROM report.nomination_fact WHERE introduced_on IS NOT NULL GROUP BY 1""",
    "people of villages, schools": """
        SELECT office.plan_id, count(*) FROM identity.office
        JOIN identity.unit ON unit.plan_id = office.plan_id AND unit.id = office.unit_id
        WHERE unit.kind IN ('village', 'school') AND valid_until IS NULL GROUP BY 1""",
    "officers": """
        SELECT plan_id, count(*) FROM identity.office
        WHERE role NOT IN ('nominator', 'organisation', 'admin') AND valid_until IS NULL GROUP BY 1""",
    "villages and schools": """
        SELECT plan_id, count(*) FROM identity.unit JOIN identity.plan_activation USING (plan_id)
        WHERE kind IN ('village', 'school') AND withdrawn_at IS NULL AND ended_on IS NULL GROUP BY 1""",
    "quotas that run": """
        SELECT plan_id, count(*) FROM report.quota_window
        WHERE met_on IS NULL AND NOT missed AND "window" = ANY(ARRAY['2025-Q3', '2025-H2', '2025']) GROUP BY 1""",
}
GO_ON = (
    "open nominations", "open cases", "unfinished stories", "dossiers that are told of", "open in the table",
    "villages and schools", "people of villages, schools",
)  # fmt: skip
END = ("officers", "quotas that run")
STAY = ("finished nominations", "decided cases", "published stories", "introduced")


@dataclass(frozen=True, slots=True)
class Count:
    """How many of something each plan has."""

    what: str
    by_plan: Mapping[str, int]

    def of(self, plans: Iterable[str]) -> int:
        return sum(self.by_plan.get(plan_id, 0) for plan_id in plans)

    @property
    def former(self) -> int:
        return self.of(FORMERS)

    @property
    def new(self) -> int:
        return self.of([SUCCESSOR])


def counted() -> dict[str, Count]:
    """Everything, as it is now."""
    with owner_engine().connect() as connection:
        return {
            what: Count(what, {row[0]: row[1] for row in connection.exec_driver_sql(query)})
            for what, query in QUERIES.items()
        }


def faults(before: Mapping[str, Count], after: Mapping[str, Count]) -> list[str]:
    """What does not add up: nothing is lost, nothing is doubled, and nothing that is open stays behind."""
    expected = {
        **{what: (0, before[what].former) for what in GO_ON},
        **{what: (before[what].former, 0) for what in STAY},
        **{what: (0, after[what].new) for what in END},
    }
    return [
        f"{what}: {former} under the ended plans and {new} under the new one expected, {after[what].former} and "
        f"{after[what].new} found"
        for what, (former, new) in expected.items()
        if (after[what].former, after[what].new) != (former, new)
    ]


def waiting() -> int:
    """How many events somebody has still to hear."""
    with owner_engine().connect() as connection:
        pending = connection.exec_driver_sql("SELECT count(*) FROM bus.delivery WHERE state = 'pending'")
        return int(pending.scalar_one())


def lines(found: Mapping[str, Count]) -> list[str]:
    """The counts as a table: each former commune, and the new one."""
    plans = (*FORMERS, SUCCESSOR)
    return [
        f"{'':28}" + "".join(f"{plan_id:>24}" for plan_id in plans),
        *(
            f"{count.what:28}" + "".join(f"{count.by_plan.get(plan_id, 0):>24}" for plan_id in plans)
            for count in found.values()
        ),
    ]
