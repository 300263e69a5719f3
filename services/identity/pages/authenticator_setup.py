"""What an authenticator app needs to know, as a picture and as letters."""

from base64 import b64encode
from dataclasses import dataclass
from uuid import UUID

import pyotp
from sqlmodel import Session

from services.identity.models.people import Person
from shared.documents.qr import qr_svg

ISSUER = "Gương Sáng"


@dataclass(frozen=True, slots=True)
class Setup:
    """`picture` is the address of a QR code (data:), `letters` the secret in groups of four, `uri` opens an app."""

    picture: str
    letters: str
    uri: str


def setup_of(session: Session, person_id: UUID, secret: str) -> Setup:
    person = session.get_one(Person, person_id)
    uri = pyotp.TOTP(secret).provisioning_uri(name=person.email or person.name, issuer_name=ISSUER)
    return Setup(
        picture=f"data:image/svg+xml;base64,{b64encode(qr_svg(uri)).decode()}",
        letters=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        uri=uri,
    )
