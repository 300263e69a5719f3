"""What stands beside the password: an authenticator, recovery codes, accounts at a provider."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, Text, text
from sqlmodel import Field

from services.identity.models.table import Table, from_database
from shared.tables import Moment


class Totp(Table, table=True):
    """A person's authenticator (RFC 6238). It counts once it is confirmed by a code.

    `sealed` is its secret, encrypted; `last_step` the 30-second step of the newest code accepted: none is taken twice.
    """

    __tablename__ = "totp"
    __table_args__ = (ForeignKeyConstraint(["person_id"], ["identity.person.id"]),)

    person_id: UUID = Field(primary_key=True)
    sealed: bytes = Field(sa_type=LargeBinary)
    made_at: datetime = from_database()
    confirmed_at: datetime | None = Field(default=None, sa_type=Moment)
    last_step: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": text("0")})


class RecoveryCode(Table, table=True):
    """A code that stands in for the authenticator once."""

    __tablename__ = "recovery_code"
    __table_args__ = (
        ForeignKeyConstraint(["person_id"], ["identity.totp.person_id"], ondelete="CASCADE"),
        CheckConstraint("octet_length(digest) = 32", name="recovery_code_digest_is_sha256"),
    )

    person_id: UUID = Field(primary_key=True)
    digest: bytes = Field(sa_type=LargeBinary, primary_key=True)
    used_at: datetime | None = Field(default=None, sa_type=Moment)


class ProviderLink(Table, table=True):
    """Whose account at a provider of OpenID Connect this is."""

    __tablename__ = "provider_link"
    __table_args__ = (
        ForeignKeyConstraint(["person_id"], ["identity.person.id"]),
        Index("provider_link_one_each", "person_id", "issuer", unique=True),
    )

    issuer: str = Field(sa_type=Text, primary_key=True)
    subject: str = Field(sa_type=Text, primary_key=True)
    person_id: UUID
    linked_at: datetime = from_database()
