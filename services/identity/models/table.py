"""What the tables share."""

from datetime import datetime

from sqlalchemy import MetaData, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.tables import Moment


class Table(SQLModel, registry=registry(metadata=MetaData(schema="identity"))):
    """The base of this service's tables."""


def from_database() -> datetime:
    """A moment that the database writes when the row is inserted."""
    found: datetime = Field(
        default=None, sa_type=Moment, nullable=False, sa_column_kwargs={"server_default": text("now()")}
    )
    return found
