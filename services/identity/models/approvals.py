"""Links that let one person do one thing with one case, without signing in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, SmallInteger, Text, text
from sqlmodel import Field

from services.identity.models.table import Table, from_database
from shared.ids import new_id
from shared.tables import Moment


class ApprovalLink(Table, table=True):
    """Opened once, with the code that went another way, before `expires_at`.

    Nothing here is secret: the link itself is this row's id, signed, and the code follows from it by a key.
    """

    __tablename__ = "approval_link"
    __table_args__ = (
        ForeignKeyConstraint(["office_id"], ["identity.office.id"]),
        ForeignKeyConstraint(["made_by"], ["identity.person.id"]),
        Index("approval_link_case", "case_id", "office_id"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    office_id: UUID
    case_id: UUID
    errand: str = Field(sa_type=Text)
    failures: int = Field(default=0, sa_type=SmallInteger, sa_column_kwargs={"server_default": text("0")})
    made_at: datetime = from_database()
    made_by: UUID
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
