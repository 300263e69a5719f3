"""Sign in through a provider of OpenID Connect, and say once whose account there is whose here."""

from uuid import UUID

from sqlalchemy import Engine, delete
from sqlmodel import Session, col

from services.identity.commands.getting_in import note_account, note_failure_with
from services.identity.commands.sessions import How, SignedIn, how_of, open_session
from services.identity.models.second_factor import ProviderLink
from services.identity.queries.accounts import account_of_email, account_of_person
from services.identity.queries.providers import provider_link_of
from services.identity.rules.accounts import account_digest, email_of
from services.identity.rules.providers import Vouched
from services.identity.settings import sign_in_settings
from shared.audit.entry import Action, Thing
from shared.database import transaction
from shared.errors import Refused

#: Whoever comes through the provider has met its demands, a second factor among them if it has any.
BY_PROVIDER = How(second_factor=True)


def sign_in_by_provider(session: Session, vouched: Vouched, *, instead_of: str | None = None) -> SignedIn:
    """A session for the person to whom the account at the provider is linked.

    Where the installation trusts the provider's verified e-mails, the first sign-in makes the link by it. Raises
    Refused("provider.not_linked") for anybody else, "sign_in.no_office".
    """
    link = session.get(ProviderLink, (vouched.issuer, vouched.subject))
    if link is None:
        link = linked_by_email(session, vouched)
    return open_session(session, link.person_id, how=BY_PROVIDER, instead_of=instead_of)


def linked_by_email(session: Session, vouched: Vouched) -> ProviderLink:
    if not sign_in_settings().oidc_trust_email or not vouched.email:
        raise Refused("provider.not_linked")
    account = account_of_email(session, email_of(vouched.email))
    if account is None or provider_link_of(session, account.person_id) is not None:
        raise Refused("provider.not_linked")
    link = add_link(session, account.person_id, vouched)
    note_account(session, Action.PROVIDER_LINKED, account.person_id, by=None)
    return link


def link_provider(session: Session, vouched: Vouched, *, person_id: UUID, secret: str) -> None:
    """Remember that this account at the provider is the person's. `secret` is that of the present session.

    Raises Refused: "password.none" for somebody who signed in by a card or has no password, "provider.linked_to_other".
    """
    own = account_of_person(session, person_id)
    if own is None or own.hash is None or how_of(session, secret).card_id is not None:
        raise Refused("password.none")
    known = session.get(ProviderLink, (vouched.issuer, vouched.subject))
    if known is not None and known.person_id != person_id:
        raise Refused("provider.linked_to_other")
    drop_links(session, person_id)
    add_link(session, person_id, vouched)
    note_account(session, Action.PROVIDER_LINKED, person_id, by=None)


def unlink_provider(session: Session, person_id: UUID) -> None:
    """The provider no longer lets this person in."""
    if drop_links(session, person_id):
        note_account(session, Action.PROVIDER_UNLINKED, person_id, by=None)


def drop_links(session: Session, person_id: UUID) -> bool:
    """Whether there was one."""
    dropped = session.execute(
        delete(ProviderLink)
        .where(col(ProviderLink.person_id) == person_id, col(ProviderLink.issuer) == sign_in_settings().oidc_issuer)
        .returning(col(ProviderLink.subject))
    ).first()
    session.expire_all()
    return dropped is not None


def note_provider_failure(engine: Engine, vouched: Vouched, *, why: str) -> None:
    """Note a sign-in through the provider that was refused; whose account there it is stays a digest."""
    thing = Thing("provider", account_digest(f"{vouched.issuer} {vouched.subject}"))
    with transaction(engine) as session:
        link = session.get(ProviderLink, (vouched.issuer, vouched.subject))
        person_id = link.person_id if link else None
    note_failure_with(engine, thing, person_id=person_id, why=why, network="")


def add_link(session: Session, person_id: UUID, vouched: Vouched) -> ProviderLink:
    link = ProviderLink(issuer=vouched.issuer, subject=vouched.subject, person_id=person_id)
    session.add(link)
    session.flush()
    return link
