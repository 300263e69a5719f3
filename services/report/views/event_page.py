"""One event with its envelope, in words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session

from services.report import queries
from services.report.models import Step
from services.report.views.road import actor, detail
from services.report.views.words import envelope_words, service_words, step_words
from shared.plan import Plan
from shared.plan.shelf import plan_of
from shared.text.dates import shown_day
from shared.web.i18n import _, current_language

DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


@dataclass(frozen=True, slots=True)
class Line:
    """An attribute of the envelope: in words, by its name in the standard, its value, and where that leads."""

    words: str
    attribute: str
    value: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class EventPage:
    step: Step
    title: str
    detail: str
    plan: Plan
    road: tuple[str, str] | None  # (code, address) of the nomination that it belongs to
    cause: tuple[UUID, str] | None
    caused: tuple[tuple[UUID, str, str], ...]  # (event, title, what sets it apart)
    clauses: tuple[tuple[str, str, str], ...]  # (id, section, text)
    envelope: tuple[Line, ...]
    data: tuple[tuple[str, str], ...]


def event_page(session: Session, step: Step) -> EventPage:
    """One event; its data without personal fields, which report does not keep."""
    plan = plan_of(step.plan_id)
    fact = queries.nomination(session, step.correlation_id)
    cause = queries.one_step(session, step.causation_id) if step.causation_id else None
    return EventPage(
        step=step,
        title=step_words(step.name),
        detail=detail(step, plan),
        plan=plan,
        road=(fact.code, f"/hanh-trinh/{fact.nomination_id}") if fact else None,
        cause=(cause.event_id, step_words(cause.name)) if cause else None,
        caused=tuple(
            (found.event_id, step_words(found.name), detail(found, plan)) for found in queries.caused_by(session, step)
        ),
        clauses=tuple(
            (clause.id, clause.section, clause.text.to(current_language()))
            for clause in plan.clauses_proved_by(step.name, step.data)
        ),
        envelope=tuple(envelope(session, step, plan)),
        data=tuple((name, shown) for name, value in step.data.items() if (shown := words_of(value))),
    )


def envelope(session: Session, step: Step, plan: Plan) -> Iterable[Line]:
    """The CloudEvents attributes that have a value."""
    values: dict[str, tuple[Any, str]] = {
        "id": (step.event_id, ""),
        "type": (step.name, ""),
        "source": (f"{service_words(step.source)} ({step.source})", ""),
        "subject": (step.subject, ""),
        "time": (step.said_at.isoformat(), ""),
        "planid": (step.plan_id, f"/ke-hoach?xa={step.plan_id}"),
        "planstep": (step.section, ""),
        "actorid": (actor(step, plan, queries.actors(session, [step])) if step.actor_id else "", ""),
        "causationid": (step.causation_id, ""),
        "correlationid": (step.correlation_id, ""),
    }
    for name, (value, href) in values.items():
        if value:
            yield Line(envelope_words(name), name, str(value), href)


def words_of(value: object) -> str:
    """A value of an event's data as people read it; "" for nothing."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {words_of(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(words_of(inner) for inner in value)
    text = str(value)
    return shown_day(date.fromisoformat(text)) if DAY.fullmatch(text) else text
