"""What pages and reports ask."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy
from sqlalchemy import ColumnElement, case, distinct, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Session, col, select

from services.report.models import (
    ActivityFact,
    ChannelFact,
    DeadlineState,
    MessageFact,
    NominationFact,
    Person,
    PlanDay,
    Proof,
    QuotaWindow,
    Step,
)
from shared.plan.period import window_of

INTRODUCED, INTRODUCED_PLAN = col(NominationFact.introduced_on), col(NominationFact.introduced_plan)


@dataclass(frozen=True, slots=True)
class ProofCount:
    """How many events prove a clause, and when the newest was said."""

    count: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class CommuneFigures:
    """One commune in the table of the aggregating tier; the quarters' keys are "2025-Q2"."""

    nominated: int
    introduced: int
    open: int
    overdue: int
    direct_workers: int
    introduced_by_quarter: Mapping[str, int]

    def __add__(self, other: "CommuneFigures") -> "CommuneFigures":
        """Both together, as of communes that became one."""
        return CommuneFigures(
            nominated=self.nominated + other.nominated,
            introduced=self.introduced + other.introduced,
            open=self.open + other.open,
            overdue=self.overdue + other.overdue,
            direct_workers=self.direct_workers + other.direct_workers,
            introduced_by_quarter=Counter(self.introduced_by_quarter) + Counter(other.introduced_by_quarter),
        )


def proofs_by_clause(session: Session, plan_id: str) -> dict[str, ProofCount]:
    """{clause id: how it is proved}; clauses without a proof are absent."""
    rows = session.exec(
        select(Proof.clause_id, func.count(), func.max(Proof.said_at))
        .where(Proof.plan_id == plan_id)
        .group_by(col(Proof.clause_id))
    )
    return {clause_id: ProofCount(count, last_at) for clause_id, count, last_at in rows}


def newest_proofs(session: Session, plan_id: str, clause_ids: Sequence[str]) -> dict[str, Step]:
    """{clause id: the newest event that proves it}; one look into the index for each clause, in one query."""
    ids = sqlalchemy.cast(list(clause_ids), ARRAY(sqlalchemy.String))
    asked = func.unnest(ids).table_valued("clause_id").render_derived("asked")
    newest = (
        sqlalchemy.select(col(Proof.event_id))
        .where(col(Proof.plan_id) == plan_id, col(Proof.clause_id) == asked.c.clause_id)
        .order_by(col(Proof.said_at).desc())
        .limit(1)
        .lateral("newest")
    )
    found = asked.join(newest, sqlalchemy.true()).join(Step, col(Step.event_id) == newest.c.event_id)
    rows = session.execute(sqlalchemy.select(asked.c.clause_id, Step).select_from(found))
    return {row[0]: row[1] for row in rows}


def proofs_of(session: Session, plan_id: str, clause_id: str, *, limit: int = 200) -> Sequence[Step]:
    """The newest events that prove a clause, newest first."""
    return session.exec(
        select(Step)
        .join(Proof, col(Proof.event_id) == col(Step.event_id))
        .where(Proof.plan_id == plan_id, Proof.clause_id == clause_id)
        .order_by(col(Proof.said_at).desc())
        .limit(limit)
    ).all()


def road(session: Session, nomination_id: UUID, *, limit: int = 500) -> Sequence[Step]:
    """Every step that a nomination led to, in the order in which they were said."""
    return session.exec(
        select(Step).where(Step.correlation_id == nomination_id).order_by(col(Step.event_id)).limit(limit)
    ).all()


def one_step(session: Session, event_id: UUID) -> Step | None:
    return session.get(Step, event_id)


def caused_by(session: Session, step: Step) -> Sequence[Step]:
    """What a step led to directly."""
    return session.exec(
        select(Step)
        .where(Step.correlation_id == step.correlation_id, Step.causation_id == step.event_id)
        .order_by(col(Step.event_id))
    ).all()


def recent_steps(session: Session, plan_id: str, *, limit: int) -> Sequence[Step]:
    """The newest steps of a plan, newest first."""
    return session.exec(
        select(Step).where(Step.plan_id == plan_id).order_by(col(Step.event_id).desc()).limit(limit)
    ).all()


def nomination(session: Session, nomination_id: UUID) -> NominationFact | None:
    return session.get(NominationFact, nomination_id)


def actors(session: Session, steps: Sequence[Step]) -> dict[UUID, Person]:
    """{person id: office} of everybody who acts in the steps."""
    ids = {step.actor_id for step in steps if step.actor_id}
    return {person.person_id: person for person in session.exec(select(Person).where(col(Person.person_id).in_(ids)))}


def open_windows(session: Session, plan_id: str, quota: str) -> Sequence[QuotaWindow]:
    """Windows that were neither met nor declared missed."""
    return session.exec(
        select(QuotaWindow).where(
            QuotaWindow.plan_id == plan_id,
            QuotaWindow.quota == quota,
            col(QuotaWindow.met_on).is_(None),
            col(QuotaWindow.missed).is_(False),
        )
    ).all()


def quota_windows(session: Session, plan_id: str) -> Sequence[QuotaWindow]:
    return session.exec(
        select(QuotaWindow).where(QuotaWindow.plan_id == plan_id).order_by(col(QuotaWindow.window))
    ).all()


def deadline_states(session: Session, plan_id: str) -> dict[str, DeadlineState]:
    """{deadline id: state}; a deadline that nothing is known of is absent."""
    rows = session.exec(select(DeadlineState).where(DeadlineState.plan_id == plan_id))
    return {row.deadline: row for row in rows}


def day_of_plan(session: Session, plan_id: str) -> PlanDay | None:
    return session.get(PlanDay, plan_id)


def communes(session: Session, plan_ids: Sequence[str], *, today: date) -> dict[str, CommuneFigures]:
    """{plan id: figures} of every plan asked for, zeros included; each thing where it happened. Four queries."""
    late = case((col(NominationFact.answer_by) < today, 1), else_=0)
    worker = case((col(NominationFact.direct_worker), 1), else_=0)
    is_open = col(NominationFact.outcome) == "open"
    nominated = counted(session, col(NominationFact.submitted_plan), plan_ids)
    introduced = counted(session, INTRODUCED_PLAN, plan_ids, func.sum(worker))
    waiting = counted(session, col(NominationFact.plan_id), plan_ids, func.sum(late), where=is_open)
    by_quarter = introduced_by_quarter(session, plan_ids)
    return {
        plan_id: CommuneFigures(
            nominated=nominated[plan_id][0],
            introduced=introduced[plan_id][0],
            open=waiting[plan_id][0],
            overdue=waiting[plan_id][1],
            direct_workers=introduced[plan_id][1],
            introduced_by_quarter=by_quarter[plan_id],
        )
        for plan_id in plan_ids
    }


def counted(
    session: Session, plan: Any, plan_ids: Sequence[str], *sums: Any, where: ColumnElement[bool] | None = None
) -> Mapping[str, tuple[int, ...]]:
    """{plan id: (how many, the sums)}; 0 for plans without any."""
    asked = sqlalchemy.select(plan, func.count(), *sums).where(plan.in_(plan_ids)).group_by(plan)
    rows = session.execute(asked if where is None else asked.where(where))
    found = {row[0]: tuple(row[1:]) for row in rows}
    return {plan_id: found.get(plan_id, (0, 0)) for plan_id in plan_ids}


def introduced_by_quarter(session: Session, plan_ids: Sequence[str]) -> Mapping[str, Counter[str]]:
    """{plan id: {quarter: introduced}} of every plan asked for; quarters without any count 0."""
    rows = session.execute(
        sqlalchemy.select(INTRODUCED_PLAN, INTRODUCED, func.count())
        .where(INTRODUCED_PLAN.in_(plan_ids))
        .group_by(INTRODUCED_PLAN, INTRODUCED)
    )
    found: dict[str, Counter[str]] = {plan_id: Counter() for plan_id in plan_ids}
    for plan_id, day, count in rows:
        found[plan_id][window_of(day).key] += count
    return found


def breakdown(session: Session, plan_id: str, column: str, *, since: date, until: date) -> dict[Any, tuple[int, int]]:
    """{value: (nominated, introduced)} by one column, each from `since` to `until` (inclusive) and under the plan."""
    value, shown_under = getattr(NominationFact, column), col(NominationFact.introduced_plan)
    sent_from = col(NominationFact.submitted_unit) if column == "unit_id" else value
    nominated = session.execute(
        sqlalchemy.select(sent_from, func.count())
        .where(col(NominationFact.submitted_plan) == plan_id, col(NominationFact.submitted_on).between(since, until))
        .group_by(sent_from)
    )
    introduced = session.execute(
        sqlalchemy.select(value, func.count())
        .where(shown_under == plan_id, INTRODUCED.between(since, until))
        .group_by(value)
    )
    sent = {row[0]: row[1] for row in nominated}
    shown = {row[0]: row[1] for row in introduced}
    return {key: (sent.get(key, 0), shown.get(key, 0)) for key in {**sent, **shown}}


def indicators(session: Session, plan_id: str, *, today: date) -> dict[str, float]:
    """{indicator: value}: the measures that the plan's general aims (I.1, I.2) are held against. Shares are 0 to 1."""
    fact = NominationFact
    here = [col(each) == plan_id for each in (fact.submitted_plan, fact.decided_plan, fact.introduced_plan)]
    sent, answered, shown = here
    in_time = answered & (col(fact.decided_on) <= col(fact.answer_by))
    introduced, units, decided, on_time, workers, days = session.execute(
        sqlalchemy.select(
            func.count().filter(shown),
            func.count(distinct(col(fact.submitted_unit))).filter(sent),
            func.count().filter(answered),
            func.count().filter(in_time),
            func.count().filter(shown & col(fact.direct_worker)),
            func.avg(col(fact.decided_on) - col(fact.submitted_on)).filter(answered),
        ).where(sqlalchemy.or_(*here))
    ).one()
    reached = select(func.count(distinct(col(ChannelFact.channel)))).where(ChannelFact.plan_id == plan_id)
    channels = session.exec(reached).one()
    spent, copied = session.exec(
        select(
            func.coalesce(func.sum(col(ActivityFact.cost_vnd)), 0),
            func.sum(case((col(ActivityFact.kind).in_(("learning", "visit", "exchange")), 1), else_=0)),
        ).where(ActivityFact.plan_id == plan_id)
    ).one()
    told, read = session.exec(
        select(func.count(), func.sum(case((col(MessageFact.read), 1), else_=0))).where(MessageFact.plan_id == plan_id)
    ).one()
    day = day_of_plan(session, plan_id)
    last = day.last_published_on if day else None
    return {
        "published_count": introduced,
        "channels_reached": channels,
        "participation_units": units,
        "on_time_share": share(on_time, decided),
        "direct_worker_share": share(workers, introduced),
        "replicated_count": copied or 0,
        "average_days_to_answer": round(float(days or 0), 1),
        "budget_spent": spent,
        "read_share": share(read, told),
        "days_since_last": (today - last).days if last else -1,
    }


#: Every indicator that a plan may name.
INDICATORS = (
    "published_count",
    "channels_reached",
    "participation_units",
    "on_time_share",
    "direct_worker_share",
    "replicated_count",
    "average_days_to_answer",
    "budget_spent",
    "read_share",
    "days_since_last",
)


def share(part: int | None, whole: int) -> float:
    return (part or 0) / whole if whole else 0.0
