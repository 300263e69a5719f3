"""Who may do what to whom on the pages of people: one function for each action, each raises Forbidden or NotFound."""

from uuid import UUID

from sqlmodel import Session

from services.identity.queries.acting import Lending, lending
from services.identity.queries.people import Held, Known, holder_of, known_person
from services.identity.rules.offices import check_may_manage, check_may_record_leave
from shared.access.principal import Office, Principal, Role
from shared.audit.looks import opened
from shared.audit.note import note
from shared.errors import Forbidden, NotFound

MANAGED = "whether one may manage a person depends on all that the person holds, in whatever commune"
LONGEST_TYPED = 1000  # characters of one box


def may_see(session: Session, who: Principal, person_id: UUID) -> Known:
    """The person's page: an administrator sees everybody, others whoever holds or held an office in their commune."""
    in_person(who)
    person = known_person(session, person_id)
    if person is None or not (
        who.role is Role.ADMIN or any(held.office.plan_id == who.plan_id for held in person.offices)
    ):
        raise NotFound("person.not_here")
    return person


def may_enrol(who: Principal, office: Office) -> None:
    """Give somebody an office."""
    in_person(who)
    check_may_manage(who.role, office.role, same_plan=office.plan_id == who.plan_id)


def may_end(session: Session, who: Principal, office_id: UUID) -> tuple[Known, Held]:
    """End an office, hand it over, or take its end back: whose it is, and the office."""
    person, held = office_of(session, who, office_id)
    may_enrol(who, held.office)
    return person, held


def may_record_leave(session: Session, who: Principal, office_id: UUID) -> tuple[Known, Held]:
    """Enter days of absence for somebody, and who acts for them; never, as their delegate, for whom one acts."""
    person, held = office_of(session, who, office_id)
    if who.on_behalf_of is not None and person.id == who.holder_id:
        raise Forbidden("delegation.no_chain")
    check_may_record_leave(who.role, held.office.role, same_plan=held.office.plan_id == who.plan_id)
    return person, held


def may_correct(session: Session, who: Principal, person_id: UUID) -> Known:
    """Change a name or an e-mail, or give a link for a new password: whoever may manage all that the person holds.

    Else a clerk could become the chair by giving the chair's account an e-mail of their own.
    """
    person = may_see(session, who, person_id)
    if not person.living and who.role is not Role.ADMIN:
        raise Forbidden("people.not_yours_to_manage")
    for held in person.living:
        may_enrol(who, held.office)
    return person


def may_lend(session: Session, who: Principal, office_id: UUID) -> tuple[Known, Held]:
    """Let somebody act in one's own office: its holder, and nobody who acts for the holder."""
    found = office_of(session, who, office_id)
    if who.on_behalf_of is not None:
        raise Forbidden("delegation.no_chain")
    if found[0].id != who.person_id:
        raise NotFound("office.unknown")
    return found


def may_revoke(session: Session, who: Principal, delegation_id: UUID) -> Lending:
    """Take a delegation back: the holder, the delegate, or who may record leave for the holder."""
    in_person(who)
    lent = lending(session, delegation_id)
    if lent is None:
        raise NotFound("delegation.unknown")
    if who.person_id in {lent.held.person_id, lent.delegate_id}:
        return lent
    office = lent.held.office
    try:
        check_may_record_leave(who.role, office.role, same_plan=office.plan_id == who.plan_id)
    except Forbidden as refusal:
        raise NotFound("delegation.unknown") from refusal
    return lent


def office_of(session: Session, who: Principal, office_id: UUID) -> tuple[Known, Held]:
    """An office that is not over, of somebody whom the asker may see, with its holder."""
    in_person(who)
    found = holder_of(session, office_id)
    if found is None or found[1].state == "over":
        raise NotFound("office.unknown")
    if found[0].id != who.person_id:
        may_see(session, who, found[0].id)
    return found


def note_look(session: Session, who: Principal, person: Known) -> None:
    """Somebody's name, e-mail and offices are shown, in the asker's commune or, for administrators, in the person's."""
    plans = [held.office.plan_id for held in person.offices]
    plan_id = who.plan_id if who.plan_id in plans else next(iter(plans), "")
    note(session, opened(who, "person", person.id, about=[person.id], plan_id=plan_id))


def in_person(who: Principal) -> None:
    """A leaked token must not reach people's data or offices."""
    if who.by_token:
        raise Forbidden("account.not_by_token")


def is_allowed(check: object, *arguments: object) -> bool:
    """Whether an action would be allowed: for links that lead to it."""
    try:
        check(*arguments)  # type: ignore[operator]  # one of the checks above
    except (Forbidden, NotFound):
        return False
    return True


def bounded(typed: str) -> str:
    """What somebody typed into one box, as a form keeps it until it is right; far over what is taken in the end."""
    return typed.replace("\0", "")[:LONGEST_TYPED]
