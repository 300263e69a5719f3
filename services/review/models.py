"""Review's tables. A case holds its own copy of all that the council needs to know of a nomination."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Enum, ForeignKeyConstraint, Index, MetaData, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from services.review.rules.stages import Stage, Step, after
from shared.plan import Plan
from shared.plan.carried import plan_for
from shared.succession import EndedPlanRow
from shared.tables import Moment

STAGES = Enum(Stage, native_enum=False, length=12, values_callable=lambda stages: [stage.value for stage in stages])


class Table(SQLModel, registry=registry(metadata=MetaData(schema="review"))):
    pass


class Case(Table, table=True):
    """One nomination on the council's table.

    `version` counts changes of stage. A case that went on under a successor's plan names its `origin`.
    `taken_back_on` is set when the nominator took the dossier back, whether before
    the decision (stage "withdrawn") or after it (the stage stays, and no step is allowed any more).
    """

    __table_args__ = (
        CheckConstraint(
            "stage IN ('open', 'returned', 'recognised', 'nurture', 'declined', 'withdrawn')",
            name="case_stage_is_known",
        ),
        CheckConstraint(
            "held_until IS NULL OR stage IN ('open', 'returned', 'recognised')", name="case_held_may_still_go_on"
        ),
        CheckConstraint(
            "(stage IN ('recognised', 'nurture', 'declined')) = "
            "(decided_on IS NOT NULL AND decided_by IS NOT NULL AND decided_by_name IS NOT NULL "
            "AND reason IS NOT NULL)",
            name="case_decided_says_who_when_why",
        ),
        CheckConstraint("stage NOT IN ('nurture', 'declined') OR reason <> ''", name="case_refusal_has_a_reason"),
        CheckConstraint("stage <> 'withdrawn' OR taken_back_on IS NOT NULL", name="case_withdrawn_has_a_day"),
        Index("case_by_answer", "plan_id", "stage", "answer_by", "id"),
        Index("case_by_name", "plan_id", "folded_name"),
        Index("case_held", "plan_id", "held_until", postgresql_where=text("held_until IS NOT NULL")),
    )

    id: UUID = Field(primary_key=True)
    nomination_id: UUID = Field(unique=True)
    plan_id: str
    nominator_id: UUID | None = None  # who handed it in: they neither score nor decide it
    code: str
    unit_id: UUID
    source: str
    field: str
    subject_kind: str
    model_kind: str
    movement: str
    areas: list[str] = Field(sa_type=ARRAY(Text))
    initiative: bool
    direct_worker: bool
    headline: str
    story: str
    happened_on: date | None = None
    photo: str | None = None
    submitted_on: date
    consent: dict[str, Any] = Field(sa_type=JSONB)
    nominee_name: str
    nominee_birth_year: int | None = None
    nominee_address: str = ""
    folded_name: str
    folded: str  # what search looks in: name, code, headline, address without accents
    stage: Stage = Field(sa_type=STAGES)
    opened_on: date
    answer_by: date
    decided_on: date | None = None
    decided_by: UUID | None = None
    decided_by_name: str | None = None
    decided_on_behalf_of: str | None = None  # the chair's name where somebody else decided in their stead
    reason: str | None = None
    taken_back_on: date | None = None
    taken_back_because: str | None = None
    version: int = Field(default=1)
    origin: str | None = None  # the plan under which the nomination was sent
    transferred_on: date | None = None  # when the present council took over
    held_until: date | None = None  # held, to that day or until it is let go
    evidence: int = 0  # how many files bear it out; nomination has them
    may_go_up: bool = True  # to the next tier, as whoever was asked says

    @property
    def plan(self) -> Plan:
        """The plan under which the case goes on, with the words of its origin."""
        return plan_for(self.plan_id, self.origin)

    @property
    def is_open(self) -> bool:
        """Whether the council is at it: neither back at the unit nor held."""
        return self.stage is Stage.OPEN and self.held_until is None

    def after(self, step: Step) -> Stage:
        """The stage that a step would lead to. Raises Refused, as `rules.stages.after`."""
        return after(self.stage, step, taken_back=self.taken_back_on is not None, held=self.held_until is not None)


class Sheet(Table, table=True):
    """One member's score sheet; replaced as a whole until the case is decided.

    `council` is the plan for which the member scored. The sheets of a former council stay and do not count.
    """

    __table_args__ = (Index("sheet_by_member", "member_id", "case_id"),)

    case_id: UUID = Field(primary_key=True, foreign_key="review.case.id")
    council: str = Field(primary_key=True)
    member_id: UUID = Field(primary_key=True)
    member_name: str
    note: str = ""
    scored_at: datetime = Field(sa_type=Moment)


class Score(Table, table=True):
    """The points of one member for one criterion; `criterion` may be a field's id."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["case_id", "council", "member_id"],
            ["review.sheet.case_id", "review.sheet.council", "review.sheet.member_id"],
            name="score_belongs_to_a_sheet",
            ondelete="CASCADE",
        ),
        CheckConstraint("points >= 0", name="score_is_not_negative"),
    )

    case_id: UUID = Field(primary_key=True)
    council: str = Field(primary_key=True)
    member_id: UUID = Field(primary_key=True)
    criterion: str = Field(primary_key=True)
    points: int


class Commendation(Table, table=True):
    """A recognised model submitted to the chair: once, for one achievement is not rewarded twice."""

    case_id: UUID = Field(primary_key=True, foreign_key="review.case.id")
    track: str
    form: str
    proposed_on: date
    proposed_by: UUID
    proposed_by_name: str


class Supplement(Table, table=True):
    """What the clerk asked the unit for, and what came of it. At most one of a case is awaited."""

    __table_args__ = (
        CheckConstraint("number > 0", name="supplement_is_numbered"),
        CheckConstraint("due_on > asked_on", name="supplement_leaves_time"),
        CheckConstraint("missing <> ''", name="supplement_says_what_is_missing"),
        CheckConstraint("(given_on IS NULL) = (addition IS NULL)", name="supplement_given_says_what"),
        Index(
            "supplement_awaited",
            "case_id",
            unique=True,
            postgresql_where=text("given_on IS NULL AND resumed_on IS NULL"),
        ),
    )

    case_id: UUID = Field(primary_key=True, foreign_key="review.case.id")
    number: int = Field(primary_key=True)
    missing: str
    asked_on: date
    asked_by: UUID
    asked_by_name: str
    due_on: date  # the last day to give it
    given_on: date | None = None
    addition: str | None = None
    resumed_on: date | None = None  # the council went on without it
    reminded_on: date | None = None
    overdue_on: date | None = None  # when it was said that it is overdue


class Hold(Table, table=True):
    """Why a case rests, by whom and until when; `reminded_on` is when its end was last said to have passed."""

    __table_args__ = (
        CheckConstraint("held_until >= held_on", name="hold_ends_after_it_begins"),
        CheckConstraint("reason <> ''", name="hold_has_a_reason"),
        Index("hold_of_case", "case_id", unique=True, postgresql_where=text("released_on IS NULL")),
    )

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="review.case.id", index=True)
    ground: str
    reason: str
    held_on: date
    held_until: date  # inclusive
    held_by: UUID
    held_by_name: str
    released_on: date | None = None
    released_by_name: str | None = None
    reminded_on: date | None = None


class EndedPlan(EndedPlanRow, Table, table=True):
    """A commune that ended, and who goes on with the work of its units."""

    __tablename__ = "ended_plan"


class PutForward(Table, table=True):
    """A recognised model put forward to a rung above the commune, and what came of it. `rung` is "" in old rows."""

    __tablename__ = "put_forward"
    __table_args__ = (
        CheckConstraint("answer IN ('recognised', 'declined')", name="put_forward_answer"),
        CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name="put_forward_answered_on"),
        CheckConstraint("answered_on >= put_forward_on", name="put_forward_answered_later"),
    )

    case_id: UUID = Field(primary_key=True, foreign_key="review.case.id")
    rung: str = Field(primary_key=True, sa_type=Text)
    to_unit_id: UUID | None = None  # None where the rung is no unit of the plan
    put_forward_on: date
    put_forward_by: UUID
    answer: str | None = Field(default=None, sa_type=Text)
    answered_on: date | None = None
    answer_words: str = Field(default="", sa_type=Text)
