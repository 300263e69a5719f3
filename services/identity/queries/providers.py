"""Questions about accounts at the provider. Reads only."""

from uuid import UUID

from sqlmodel import Session, select

from services.identity.models.second_factor import ProviderLink
from services.identity.settings import sign_in_settings


def provider_link_of(session: Session, person_id: UUID) -> ProviderLink | None:
    """The person's link to the provider of this installation."""
    return session.exec(
        select(ProviderLink).where(
            ProviderLink.person_id == person_id, ProviderLink.issuer == sign_in_settings().oidc_issuer
        )
    ).first()
