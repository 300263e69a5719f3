"""What was sent to whom under a plan: the delivery ledger for people."""

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, func, true
from sqlmodel import Session, col, select

from services.notify.models import Contact, MailState, Message
from shared.access.principal import Principal
from shared.errors import NotFound


class View(StrEnum):
    """The filters of the list. Values are their names in the page's address."""

    ALL = "tat-ca"
    STUCK = "can-xem-lai"
    UNDER_WAY = "dang-gui"
    UNREAD = "chua-doc"


def counts(session: Session, who: Principal) -> dict[View, int]:
    """{view: how many} of the asker's plan, zeros included."""
    columns = [func.count().filter(condition(view)).label(view.name) for view in View]
    row = session.execute(select(*columns).where(col(Message.plan_id) == who.plan_id)).one()
    return dict(zip(View, row, strict=True))


def sent(session: Session, who: Principal, view: View, *, offset: int, limit: int) -> list[Message]:
    """One page of the asker's plan, newest first."""
    return list(
        session.exec(
            select(Message)
            .where(Message.plan_id == who.plan_id, condition(view))
            .order_by(col(Message.created_at).desc(), col(Message.id).desc())
            .offset(offset)
            .limit(limit)
        )
    )


def sent_message(session: Session, who: Principal, message_id: UUID) -> Message:
    """A message of the asker's plan. Raises NotFound for one of another plan, as for one that is not."""
    found = session.get(Message, message_id)
    if found is None or found.plan_id != who.plan_id:
        raise NotFound("message.unknown")
    return found


def names_of(session: Session, plan_id: str, person_ids: set[UUID]) -> Mapping[UUID, str]:
    """{person: name} of those who are enrolled under the plan."""
    rows = session.exec(
        select(Contact.person_id, Contact.name).where(
            Contact.plan_id == plan_id, col(Contact.person_id).in_(person_ids)
        )
    )
    return dict(rows.all())


def mailed_lately(
    session: Session, plan_id: str, letters: Collection[str], *, since: datetime
) -> set[tuple[UUID, str]]:
    """{(person, letter)} of these letters, as far as they were mailed since then and still lie unread."""
    rows = session.exec(
        select(Message.person_id, Message.letter)
        .where(
            Message.plan_id == plan_id,
            col(Message.letter).in_(letters),
            col(Message.read_at).is_(None),
            Message.mail_state != MailState.NONE,
            Message.created_at > since,
        )
        .distinct()
    )
    return set(rows.all())


def condition(view: View) -> ColumnElement[bool]:
    """What makes a message belong to a view."""
    match view:
        case View.STUCK:
            return col(Message.mail_state).in_([MailState.UNKNOWN.value, MailState.FAILED.value])
        case View.UNDER_WAY:
            return col(Message.mail_state) == MailState.PLANNED.value
        case View.UNREAD:
            return col(Message.read_at).is_(None) & ~col(Message.is_mailbox)
        case View.ALL:
            return true()
