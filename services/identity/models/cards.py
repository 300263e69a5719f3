"""Cards of village heads."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, SmallInteger, Text, text
from sqlmodel import Field

from services.identity.models.table import Table, from_database
from shared.ids import new_id
from shared.tables import Moment


class Card(Table, table=True):
    """A card that opens a session with its PIN. A person has at most one that is not revoked.

    `digest` is the SHA-256 of the secret in the card's address. Until the card is started, `sealed` holds that secret
    and the start code, so that the card can be printed and its code told; afterwards nobody can make them out.
    """

    __tablename__ = "card"
    __table_args__ = (
        ForeignKeyConstraint(["person_id"], ["identity.person.id"]),
        ForeignKeyConstraint(["issued_by"], ["identity.person.id"]),
        CheckConstraint("octet_length(digest) = 32", name="card_digest_is_sha256"),
        CheckConstraint("(started_at IS NULL) = (pin_hash IS NULL)", name="card_started_has_pin"),
        Index("card_one_each", "person_id", unique=True, postgresql_where=text("revoked_at IS NULL")),
        Index("card_person", "person_id", "issued_at"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    person_id: UUID
    digest: bytes = Field(sa_type=LargeBinary, unique=True)
    sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    pin_hash: str | None = Field(default=None, sa_type=Text)
    failures: int = Field(default=0, sa_type=SmallInteger, sa_column_kwargs={"server_default": text("0")})  # in a row
    issued_at: datetime = from_database()
    issued_by: UUID | None = None  # None: from the command line
    started_at: datetime | None = Field(default=None, sa_type=Moment)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)
