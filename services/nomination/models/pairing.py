"""Pairs of nominations that may be about one nominee, and what people decided about them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from services.nomination.models.table import Table
from services.nomination.rules.verdicts import Verdict
from shared.tables import Moment


class Pairing(Table, table=True):
    """Two nominations, the earlier one first, that the product found alike. Only a person's verdict joins them.

    The row holds the present verdict; every one that was given, and every one taken back, is an event.
    """

    __tablename__ = "pairing"
    __table_args__ = (
        ForeignKeyConstraint(["earlier_id"], ["nomination.nomination.id"], name="pairing_earlier"),
        ForeignKeyConstraint(["later_id"], ["nomination.nomination.id"], name="pairing_later"),
        CheckConstraint("earlier_id < later_id", name="pairing_order"),
        CheckConstraint("level IN ('very_likely', 'possible', 'related')", name="pairing_level"),
        CheckConstraint("verdict IN ('open', 'same', 'different')", name="pairing_verdict"),
        CheckConstraint("verdict = 'open' OR decided_by IS NOT NULL", name="pairing_decided_by_somebody"),
        CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="pairing_decided_at"),
        Index("pairing_of_later", "later_id"),
        Index("pairing_listed", "plan_id", "verdict", text("later_id DESC"), text("earlier_id DESC")),
    )

    earlier_id: UUID = Field(primary_key=True)
    later_id: UUID = Field(primary_key=True)
    plan_id: str = Field(sa_type=Text)  # of the later one, when it was found
    level: str = Field(sa_type=Text)
    reasons: list[str] = Field(sa_type=ARRAY(Text))
    same_deed: bool
    found_at: datetime = Field(sa_type=Moment)
    verdict: str = Field(default=Verdict.OPEN.value, sa_type=Text)
    decided_by: UUID | None = None  # who gave the present verdict, or took the last one back
    decided_by_name: str = Field(default="", sa_type=Text)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
