"""Approval links: one person, one case, one errand, once, within a day, with a code that goes by mail.

The link is the row's id, signed. The code follows from the id by a key and is stored nowhere: whoever makes the link
never sees it, and whoever finds the letter has no code.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, func, update
from sqlmodel import Session, col, select

from services.identity.adapters.sealing import keyed
from services.identity.adapters.secret_mail import SecretMail, send_secret
from services.identity.adapters.tickets import read_ticket, ticket
from services.identity.commands.getting_in import by_holder, note_failure_with, note_rights
from services.identity.commands.sessions import SignedIn, begin
from services.identity.models.approvals import ApprovalLink
from services.identity.models.people import Person
from services.identity.queries.accounts import office_in_force
from services.identity.queries.approvals import ERRANDS, one_of_council
from services.identity.rules.codes import LINK_LIFETIME, MOST_WRONG_CODES, digits_of
from shared.access.principal import Principal
from shared.access.reach import Errand, Narrowed
from shared.audit.entry import Action, Thing
from shared.audit.looks import look
from shared.audit.note import note
from shared.database import transaction
from shared.effects.ledger import plan_effect
from shared.effects.outcome import Effect, Failed, Outcome, Sent, Unknown
from shared.effects.performer import Performer
from shared.errors import NotFound, Refused
from shared.ids import new_id
from shared.plan.shelf import plan_of
from shared.web.i18n import _

APPROVAL, CODE = "approval", "code"
DIGITS = 6
SERVICE = "identity"


@dataclass(frozen=True, slots=True)
class MadeLink:
    """`signed` stands in the link's address. `name` is whose it is, `errand` what it is for."""

    id: UUID
    signed: str
    name: str
    errand: Errand


def make_approval_link(session: Session, maker: Principal, *, office_id: UUID, case_id: UUID) -> MadeLink:
    """A link for a council member to score the case, or for the chair to decide it. Its code is mailed to that person.

    An older link of the same person for the same case is worthless from now on. Raises NotFound("office.unknown") for
    an office of another commune or role, Refused("approval.no_address") for somebody without an e-mail.
    """
    held = one_of_council(session, maker.plan_id, office_id)
    if held is None:
        raise NotFound("office.unknown")
    person = session.get_one(Person, held.person_id)
    if person.email is None:
        raise Refused("approval.no_address")
    session.execute(
        update(ApprovalLink)
        .where(
            col(ApprovalLink.office_id) == office_id,
            col(ApprovalLink.case_id) == case_id,
            col(ApprovalLink.used_at).is_(None),
        )
        .values(expires_at=func.now())
    )
    link = ApprovalLink(
        id=new_id(),
        office_id=office_id,
        case_id=case_id,
        errand=ERRANDS[held.office.role].value,
        made_by=maker.person_id,
        expires_at=moment(session) + LINK_LIFETIME,
    )
    session.add(link)
    session.flush()
    about = Thing("approval_link", str(link.id))
    note(session, look(maker, Action.APPROVAL_LINK_MADE, about, [person.id], detail={"case": str(case_id)}))
    plan_effect(session, service=SERVICE, channel=CODE, target=str(person.id), ref=link.id, plan=plan_of(maker.plan_id))
    return MadeLink(link.id, signed(link.id), person.name, ERRANDS[held.office.role])


def signed(link_id: UUID) -> str:
    return ticket(APPROVAL, {"link": str(link_id)})


def link_of(said: str) -> UUID | None:
    """The link that an address names; None for one that is forged or older than a day."""
    found = read_ticket(APPROVAL, said, max_age_s=int(LINK_LIFETIME.total_seconds()))
    return UUID(found["link"]) if found else None


def open_approval_link(
    engine: Engine, *, link_id: UUID, code: str, present: Principal | None, instead_of: str | None = None
) -> tuple[SignedIn, Narrowed]:
    """(a session that reaches this case and errand only, what it reaches). The link is used with it.

    `present` is who is signed in already. Raises Refused: "approval.wrong_code" with how many tries are `left`,
    "approval.dead" after five, "approval.used", "approval.over", "approval.other_person".
    """
    try:
        return opened_link(engine, link_id=link_id, code=code, present=present, instead_of=instead_of)
    except Refused as refusal:
        note_link_failure(engine, link_id, why=refusal.key)
        raise


def opened_link(
    engine: Engine, *, link_id: UUID, code: str, present: Principal | None, instead_of: str | None
) -> tuple[SignedIn, Narrowed]:
    """As `open_approval_link`, which notes what is refused here."""
    link = try_code(engine, link_id, present)
    if not hmac.compare_digest(code_of(link.id).encode(), digits_of(code).encode("utf-8", "surrogatepass")):
        left = MOST_WRONG_CODES - link.failures
        raise Refused("approval.wrong_code", left=left) if left else Refused("approval.dead")
    with transaction(engine) as session:
        used = session.execute(
            update(ApprovalLink)
            .where(
                col(ApprovalLink.id) == link_id,
                col(ApprovalLink.used_at).is_(None),
                col(ApprovalLink.expires_at) > func.now(),
            )
            .values(used_at=func.now())
            .returning(col(ApprovalLink.id))
        )
        if used.first() is None:
            raise Refused("approval.used")
        held = office_in_force(session, link.office_id)
        if held is None:
            raise Refused("approval.over")
        narrowed = Narrowed(Errand(link.errand), link.case_id)
        opened = begin(session, held, narrowed=narrowed, instead_of=instead_of)
        note_rights(session, Action.SIGNED_IN, Thing("approval_link", str(link_id)), held, by=by_holder(held))
        return opened, narrowed


def note_link_failure(engine: Engine, link_id: UUID, *, why: str) -> None:
    with transaction(engine) as session:
        link = session.get(ApprovalLink, link_id)
        held = office_in_force(session, link.office_id) if link else None
    thing = Thing("approval_link", str(link_id))
    note_failure_with(engine, thing, person_id=held.person_id if held else None, why=why, network="")


def try_code(engine: Engine, link_id: UUID, present: Principal | None) -> ApprovalLink:
    """The link, with this try counted as a failure before the code is looked at."""
    with transaction(engine) as session:
        link = session.get(ApprovalLink, link_id, with_for_update=True)
        held = office_in_force(session, link.office_id) if link else None
        if link is None or held is None:
            raise Refused("approval.over")
        if link.used_at is not None:
            raise Refused("approval.used")
        if link.failures >= MOST_WRONG_CODES:
            raise Refused("approval.dead")
        if link.expires_at <= moment(session):
            raise Refused("approval.over")
        if present is not None and present.person_id != held.person_id:
            raise Refused("approval.other_person")
        link.failures += 1
        session.flush()
        session.expunge(link)
        return link


def moment(session: Session) -> datetime:
    """The database's clock, also where a demonstration moves the product's."""
    found: datetime = session.execute(select(func.now())).scalar_one()
    return found


def code_of(link_id: UUID) -> str:
    """The six digits that confirm the link."""
    drawn = int.from_bytes(keyed("code", purpose=APPROVAL, owner=str(link_id)), "big")
    return f"{drawn % 10**DIGITS:0{DIGITS}d}"


def prepare(session: Session, effect: Effect) -> SecretMail:
    """The mail with the code. Raises Refused when the link has been used or is over, or the address is gone."""
    link = session.get_one(ApprovalLink, effect.ref)
    held = office_in_force(session, link.office_id)
    person = session.get(Person, held.person_id) if held else None
    if person is None or person.email is None:
        raise Refused("approval.no_address")
    if link.used_at is not None or link.expires_at <= moment(session):
        raise Refused("approval.over")
    return SecretMail(
        key=effect.key,
        address=person.email,
        subject=_("Mã xác nhận liên kết duyệt"),
        body=_(
            "Mã xác nhận của bạn: %(code)s\n\nDùng một lần, cùng liên kết bạn đã nhận, trong vòng 24 giờ. Không đọc mã "
            "này cho ai. Nếu bạn không nhận liên kết nào, hãy báo Văn phòng xã.",
            code=code_of(link.id),
        ),
    )


def send(effect: Effect, mail: SecretMail) -> Outcome:
    return send_secret(mail, attempts=effect.attempts)


def look_up(_effect: Effect, _mail: SecretMail) -> Outcome:
    """SMTP has no way to ask. A new link brings a new code."""
    return Unknown("no answer after the text went out")


def settled(_session: Session, _effect: Effect, _outcome: Sent | Unknown | Failed) -> None:
    """Nothing follows: whoever gets no code asks for another link."""


PERFORMERS = {CODE: Performer(prepare=prepare, send=send, look_up=look_up, settled=settled)}
