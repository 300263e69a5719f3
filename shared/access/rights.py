"""Who may do what, and where: one table, and one function that decides. Whatever is not in the table is refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from shared.access import words
from shared.access.principal import Principal, Role
from shared.access.verbs import Action, Relation
from shared.errors import Forbidden
from shared.plan import Plan
from shared.plan.shelf import shelf

__all__ = ["RIGHTS", "Action", "Decision", "Relation", "Thing", "decide", "may_at_all", "relation_of", "require"]

OWN = frozenset({Relation.OWN})
WITHIN = frozenset({Relation.OWN, Relation.CHILD})  # one's whole commune; for the officer of the tier, its communes
COMMUNE = frozenset({Relation.OWN, Relation.PARENT, Relation.SIBLING})  # the whole commune, as seen from one unit
EVERYWHERE = frozenset(Relation)
NOWHERE: frozenset[Relation] = frozenset()

NOMINATOR, ORGANISATION, CLERK, MEMBER = Role.NOMINATOR, Role.ORGANISATION, Role.CLERK, Role.COUNCIL_MEMBER
CHAIR, EDITOR, TIER, ADMIN = Role.CHAIR, Role.EDITOR, Role.AGGREGATOR_OFFICER, Role.ADMIN

#: {what: {who: where the unit that it is about may stand}}. Roman numerals are the plan's sections; Law is the Law on
#: Emulation and Commendation of 2022; Decree 13 is that of 2023 on personal data, Decree 152 that
#: of 2025 on commendation.
RIGHTS: dict[Action, dict[Role, frozenset[Relation]]] = {
    # Dossiers
    Action.NOMINATE: {NOMINATOR: OWN, ORGANISATION: OWN, CLERK: WITHIN},  # V.2, V.3: each its own; the clerk from paper
    Action.READ_DOSSIER: {NOMINATOR: OWN, ORGANISATION: OWN}  # Decree 13: personal data, for those who work on it
    | dict.fromkeys((CLERK, MEMBER, CHAIR, EDITOR), WITHIN),
    Action.WITHDRAW_NOMINATION: {NOMINATOR: OWN, ORGANISATION: OWN, CLERK: WITHIN},  # Decree 13: consent taken back
    Action.MATCH_NOMINEES: {CLERK: WITHIN},  # Decree 152, Art. 4: nobody is commended twice for one thing
    Action.ANSWER_SUGGESTION: {NOMINATOR: OWN, ORGANISATION: OWN, CLERK: WITHIN},  # V.2, V.3: a unit endorses it
    Action.PASS_SUGGESTION: {CLERK: WITHIN},  # II.4: the focal officer finds the unit
    Action.ASK_CONSENT: {NOMINATOR: OWN, ORGANISATION: OWN, CLERK: WITHIN},  # Law 91/2025: whoever can reach the people
    Action.ANSWER_WITHDRAWAL: {CLERK: WITHIN},  # Decree 356: the commune controls the data and answers
    Action.READ_MOVEMENTS: {NOMINATOR: COMMUNE, ORGANISATION: COMMUNE}  # II.2.c: found in movements
    | dict.fromkeys((CLERK, MEMBER, CHAIR, EDITOR), WITHIN),
    Action.LAUNCH_MOVEMENT: {NOMINATOR: OWN, ORGANISATION: OWN, CLERK: OWN},  # II.2.c: each unit its own
    Action.READ_NURTURE: {NOMINATOR: OWN, ORGANISATION: OWN}  # II.2.c; Decree 13: who is weak in what is personal
    | dict.fromkeys((CLERK, MEMBER, CHAIR), WITHIN),
    Action.NURTURE: {NOMINATOR: OWN, ORGANISATION: OWN, CLERK: WITHIN},  # II.2.c: each unit its own candidates
    # The council
    Action.READ_CASE: {CLERK: WITHIN, MEMBER: WITHIN, CHAIR: WITHIN},  # II.2.b: who prepares, scores, decides
    Action.SCORE: {MEMBER: WITHIN},  # II.2.b: the council's members
    Action.DECIDE: {CHAIR: WITHIN},  # III.1, Law: the chair of the People's Committee
    Action.RETURN_CASE: {CLERK: WITHIN},  # II.4: the focal officer sees that a dossier is complete
    Action.HOLD_CASE: {CLERK: WITHIN},  # Decree 152, Art. 4: what is being looked into is not decided
    Action.PROPOSE_COMMENDATION: {CLERK: WITHIN},  # II.4: the focal officer prepares the file
    Action.READ_PROPOSAL: {CLERK: WITHIN, CHAIR: WITHIN},  # II.4: who signs and who wrote it
    Action.PUT_FORWARD: {CLERK: WITHIN},  # V.1: to the next tier
    # Stories
    Action.READ_DRAFT_STORY: dict.fromkeys((EDITOR, CLERK, CHAIR, MEMBER), WITHIN),  # II.3: before it is out
    Action.EDIT_STORY: {EDITOR: WITHIN, CLERK: WITHIN},  # II.3.a, V.3
    Action.PUBLISH_STORY: {EDITOR: WITHIN, CLERK: WITHIN},  # II.3.a, V.3: and only with the nominee's consent
    Action.READ_ACTIVITIES: {ORGANISATION: OWN, CLERK: WITHIN, EDITOR: WITHIN, CHAIR: WITHIN},  # III.2: what it cost
    Action.RECORD_ACTIVITY: {ORGANISATION: OWN, CLERK: WITHIN, EDITOR: WITHIN},  # V.3: what was done outside
    # Letters
    Action.READ_LETTERS_SENT: {CLERK: WITHIN, CHAIR: WITHIN, ADMIN: WITHIN},  # "Nơi nhận": whether all were told
    Action.SEND_LETTER_AGAIN: {CLERK: WITHIN, CHAIR: WITHIN, ADMIN: WITHIN},  # likewise
    # Progress
    Action.READ_PLAN_STATE: {NOMINATOR: COMMUNE, ORGANISATION: COMMUNE}  # the living plan is public as a page
    | dict.fromkeys((CLERK, MEMBER, CHAIR, EDITOR, TIER, ADMIN), WITHIN),
    Action.READ_ROAD: {NOMINATOR: OWN, ORGANISATION: OWN}  # V.2: a unit follows what it handed in
    | dict.fromkeys((CLERK, MEMBER, CHAIR, EDITOR, TIER, ADMIN), WITHIN),
    Action.OPEN_EVENTS: dict.fromkeys((CLERK, MEMBER, CHAIR, EDITOR, TIER, ADMIN), WITHIN),  # V.1: proof of each clause
    Action.READ_PROGRESS: dict.fromkeys((CLERK, MEMBER, CHAIR, EDITOR, TIER, ADMIN), WITHIN),  # V.1: figures, no names
    Action.READ_REPORT: dict.fromkeys((CLERK, MEMBER, CHAIR, EDITOR, TIER, ADMIN), WITHIN),  # V.1
    Action.SEND_REPORT: {CLERK: WITHIN, CHAIR: WITHIN, ADMIN: WITHIN},  # V.1: the commune reports
    # People and units
    Action.READ_PEOPLE: {CLERK: WITHIN, CHAIR: WITHIN, ADMIN: EVERYWHERE},  # who holds which office
    Action.MANAGE_PEOPLE: {CLERK: WITHIN, ADMIN: EVERYWHERE},  # II.4: the clerk, those who nominate and score
    Action.RECORD_LEAVE: {
        CLERK: WITHIN,
        CHAIR: WITHIN,
        ADMIN: EVERYWHERE,
    },  # who manages them, and who answers for them
    Action.LEND_OFFICE: {NOMINATOR: OWN, ORGANISATION: OWN}  # a score is personal, the keys of the house are not lent
    | dict.fromkeys((CLERK, CHAIR, EDITOR, TIER), OWN),
    Action.KEEP_CARDS: {CLERK: WITHIN, ADMIN: WITHIN},  # V.2: for those who nominate
    Action.MAKE_APPROVAL_LINK: {CLERK: WITHIN},  # II.4: the focal officer lays a case before its member or the chair
    Action.CHANGE_UNITS: {ADMIN: EVERYWHERE},  # a merger concerns several communes
    # The record
    Action.READ_RECORD: {CLERK: WITHIN, CHAIR: WITHIN, ADMIN: EVERYWHERE},  # Decree 13: who looked at what
    Action.ANSWER_CITIZEN: dict.fromkeys((CLERK, CHAIR, ADMIN), WITHIN),  # Decree 13: a citizen asks who looked
    # Accounts
    Action.ISSUE_TOKEN: {NOMINATOR: OWN, ORGANISATION: OWN},  # nobody hands the power to decide to a program
    Action.READ_RIGHTS: {CLERK: WITHIN, CHAIR: WITHIN, ADMIN: EVERYWHERE},  # who answers for it must see it
}

#: Those who act for one unit. Everybody else acts for the whole commune, or the tier, whatever office they sit in.
FOR_ONE_UNIT = frozenset({Role.NOMINATOR, Role.ORGANISATION})


@dataclass(frozen=True, slots=True)
class Thing:
    """What an action is about, as far as rights go: the plan it belongs to, and the unit that it concerns."""

    plan_id: str
    unit_id: UUID


@dataclass(frozen=True, slots=True)
class Decision:
    """`why` is a sentence for people, in the present language."""

    allowed: bool
    why: str


def decide(who: Principal, action: Action, thing: Thing) -> Decision:
    """Whether the asker, in the present office, may do this to the thing; and why."""
    held = RIGHTS[action].get(who.role, NOWHERE)
    plan = shelf().get(thing.plan_id)
    relation = relation_of(who, plan, thing.unit_id) if plan else Relation.OTHER
    if relation in held:
        return Decision(allowed=True, why=words.reason(action))
    if held:
        return Decision(allowed=False, why=words.elsewhere(held, relation))
    return Decision(allowed=False, why=words.not_yours(RIGHTS[action]))


def require(who: Principal, action: Action, thing: Thing) -> None:
    """Raise Forbidden unless `decide` says yes; for things that the asker may know of."""
    if not decide(who, action, thing).allowed:
        raise Forbidden("access.other_unit" if thing.plan_id == who.plan_id else "access.other_commune")


def may_at_all(role: Role, action: Action) -> bool:
    """Whether the role may do this to anything: what a door asks, before the thing is known."""
    return bool(RIGHTS[action].get(role))


def relation_of(who: Principal, plan: Plan, unit_id: UUID) -> Relation:
    """Where a unit of `plan` stands, as seen from the asker's present office."""
    if not reaches(who, plan):
        return Relation.OTHER
    seat = seat_of(who, plan)
    if unit_id in {seat, who.unit_id, *who.former_units}:
        return Relation.OWN
    above = above_of(plan, unit_id)
    if seat in above:
        return Relation.CHILD
    if unit_id in above_of(plan, seat):
        return Relation.PARENT
    return Relation.SIBLING if plan.unit.id in above else Relation.OTHER


def reaches(who: Principal, plan: Plan) -> bool:
    """Whether the office has anything to do with the plan: its own, one below its tier, or a former one of theirs."""
    if plan.id == who.plan_id or plan.id in who.inherits:
        return True
    tier = plan.aggregator.id
    return who.role is Role.AGGREGATOR_OFFICER and (who.unit_id == tier or tier in above_of(plan, who.unit_id))


def seat_of(who: Principal, plan: Plan) -> UUID:
    """The unit that the office acts for under the plan."""
    if who.role in FOR_ONE_UNIT:
        return who.unit_id
    return plan.aggregator.id if who.role is Role.AGGREGATOR_OFFICER else plan.unit.id


def above_of(plan: Plan, unit_id: UUID) -> tuple[UUID, ...]:
    """The units above a unit, the nearest first; none for a unit that the plan does not have."""
    unit = next((each for each in plan.units if each.id == unit_id), None)
    above: list[UUID] = []
    while unit is not None and unit.parent:
        unit = plan.unit_by_key(unit.parent)
        above.append(unit.id)
    return tuple(above)


def below_of(plan: Plan, unit_id: UUID) -> Iterable[UUID]:
    """The units below a unit, at any depth."""
    return (each.id for each in plan.units if unit_id in above_of(plan, each.id))
