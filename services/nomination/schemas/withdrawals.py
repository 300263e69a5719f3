"""Consents that were taken back, as the worklist and their page show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.nomination.models import ConsentParty, ConsentWithdrawal, Nomination
from services.nomination.rules.clocks import LONGEST_EXTENSION, Duty
from services.nomination.schemas.consents import called, capacity_words, use_titles
from services.nomination.schemas.receipt import channel_title
from shared.web.i18n import LazyText, lazy

DUTIES: Mapping[Duty, LazyText] = {
    Duty.ANSWER: lazy("Trả lời người rút"),
    Duty.STOP: lazy("Dừng và gỡ khỏi các kênh của xã"),
    Duty.THIRD_PARTIES: lazy("Báo các bên đang giữ bản phát, bản in ngừng dùng"),
}


@dataclass(frozen=True, slots=True)
class Owed:
    """One duty: done on a day, or its last day."""

    title: str
    due_on: date
    done_on: date | None
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One request on the worklist; `duty` is what is due first."""

    href: str
    code: str
    nominee: str
    who: str
    uses: str
    duty: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class WithdrawalView:
    withdrawal: ConsentWithdrawal
    nomination: Nomination
    who: str
    capacity: str
    uses: list[str]
    owed: list[Owed]
    cannot_recall: list[str]
    here: str
    may_answer: bool
    may_tell: bool
    may_extend: bool
    longest: int


def line_of(withdrawal: ConsentWithdrawal, nomination: Nomination, party: ConsentParty) -> Line:
    first = next(
        (duty for duty, day in withdrawal.due.items() if day == withdrawal.next_due and duty not in withdrawal.done),
        None,
    )
    return Line(
        href=f"/de-cu/rut-dong-y/{withdrawal.id}",
        code=nomination.code or "",
        nominee=nomination.name,
        who=called(party),
        uses=", ".join(use_titles(withdrawal.uses)),
        duty=str(DUTIES[first]) if first else "",
        due_on=withdrawal.next_due,
    )


def withdrawal_view(withdrawal: ConsentWithdrawal, nomination: Nomination, party: ConsentParty) -> WithdrawalView:
    done = withdrawal.done
    told = {
        Duty.ANSWER: (withdrawal.answered_on, withdrawal.answer),
        Duty.STOP: (withdrawal.stopped_on, ""),
        Duty.THIRD_PARTIES: (withdrawal.third_parties_told_on, withdrawal.third_parties_note),
    }
    return WithdrawalView(
        withdrawal=withdrawal,
        nomination=nomination,
        who=called(party),
        capacity=capacity_words(party),
        uses=use_titles(withdrawal.uses),
        owed=[Owed(str(DUTIES[duty]), day, *told[duty]) for duty, day in withdrawal.due.items()],
        cannot_recall=[channel_title(nomination.plan, channel) for channel in withdrawal.cannot_recall],
        here=f"/de-cu/rut-dong-y/{withdrawal.id}",
        may_answer=Duty.ANSWER not in done,
        may_tell=Duty.THIRD_PARTIES not in done,
        may_extend=not withdrawal.extended_days and not {Duty.STOP, Duty.THIRD_PARTIES} <= done,
        longest=LONGEST_EXTENSION,
    )
