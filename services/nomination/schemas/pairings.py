"""Two nominations side by side, what they have in common in words, and one nominee over the years."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.nomination.models import Nomination
from services.nomination.queries.pairings import PER_PAGE, Pair, PlaceInList
from services.nomination.rules.same_person import Level, Reason
from services.nomination.rules.verdicts import Verdict
from services.nomination.schemas.check import title_of
from services.nomination.schemas.views import Line, line_of
from shared.web.filters import day
from shared.web.i18n import LazyText, _, current_language, lazy
from shared.web.parts import Tone

HERE = "/de-cu/trung"
PLACE = re.compile(r"([0-9a-f-]{36})_([0-9a-f-]{36})")
LEVELS: Mapping[Level, tuple[Tone, LazyText]] = {
    Level.VERY_LIKELY: ("warn", lazy("Rất có thể là một")),
    Level.POSSIBLE: ("info", lazy("Có thể là một")),
    Level.RELATED: ("mute", lazy("Hộ gia đình và chủ hộ")),
}
VERDICTS: Mapping[Verdict, tuple[str, Tone, LazyText]] = {
    Verdict.OPEN: ("cho-xem", "info", lazy("Chưa xem")),
    Verdict.SAME: ("cung-mot", "ok", lazy("Cùng một người")),
    Verdict.DIFFERENT: ("khac-nhau", "mute", lazy("Khác người")),
}
REASONS: Mapping[Reason, LazyText] = {
    Reason.SAME_NAME: lazy("Cùng họ tên"),
    Reason.WITHOUT_MARKS: lazy("Cùng họ tên, một bên viết không dấu"),
    Reason.OTHER_ORDER: lazy("Cùng họ tên, viết khác thứ tự"),
    Reason.WITHOUT_MIDDLE: lazy("Cùng họ và tên, một bên thiếu tên đệm"),
    Reason.OTHER_MARKS: lazy("Họ tên chỉ khác dấu"),
    Reason.ONE_LETTER: lazy("Họ tên chỉ khác một chữ cái"),
    Reason.HEAD_OF_HOUSEHOLD: lazy("Một bên là hộ gia đình, bên kia mang tên chủ hộ"),
    Reason.SAME_PHONE: lazy("Cùng số điện thoại"),
    Reason.SAME_YEAR: lazy("Cùng năm sinh"),
    Reason.YEAR_ONE_OFF: lazy("Năm sinh chênh một năm"),
    Reason.YEAR_UNKNOWN: lazy("Chưa rõ năm sinh của cả hai"),
    Reason.SAME_PLACE: lazy("Cùng thôn"),
    Reason.OTHER_PLACE: lazy("Khác thôn"),
}


@dataclass(frozen=True, slots=True)
class PairLine:
    """One pair in a list, as seen from one of its nominations or from neither."""

    href: str
    title: str
    detail: str
    reasons: list[str]
    tone: Tone
    label: str
    same_deed: bool
    is_question: bool


@dataclass(frozen=True, slots=True)
class PairList:
    filters: list[tuple[str, str, bool, int | None]]
    lines: list[PairLine]
    next_href: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the comparison: what it is, and what each side says."""

    label: str
    earlier: str
    later: str
    differ: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """The page of one pair."""

    href: str
    earlier: Line
    later: Line
    rows: list[Compared]
    reasons: list[str]
    same_deed: bool
    tone: Tone
    label: str
    verdict: Verdict
    verdict_words: str
    decided_by: str
    decided_at: datetime | None
    is_question: bool  # a household and its head are two in any case


@dataclass(frozen=True, slots=True)
class ShownPairs:
    """What a receipt says of other nominations: those that wait for an answer, and whether some are joined to it."""

    open: list[PairLine]
    joined: bool
    about: list[UUID]  # whose names are shown


def shown_pairs(found: Sequence[Pair], nomination_id: UUID, *, asks: bool) -> ShownPairs:
    """`asks`: the reader is the one who answers; others see only what was decided."""
    waiting = [pair for pair in found if asks and pair.pairing.verdict == Verdict.OPEN]
    return ShownPairs(
        open=[line_of_pair(pair, seen_from=nomination_id) for pair in waiting],
        joined=any(pair.pairing.verdict == Verdict.SAME for pair in found),
        about=[each.id for pair in waiting for each in (pair.earlier, pair.later) if each.id != nomination_id],
    )


def pair_list(found: Sequence[Pair], verdict: Verdict) -> PairList:
    """`found` has one more than a page where there is a next one."""
    shown = found[:PER_PAGE]
    last = shown[-1].pairing if len(found) > PER_PAGE else None
    return PairList(
        filters=[
            (str(label), f"{HERE}?nhom={name}", one is verdict, None) for one, (name, _tone, label) in VERDICTS.items()
        ],
        lines=[line_of_pair(pair) for pair in shown],
        next_href=f"{HERE}?nhom={VERDICTS[verdict][0]}&sau={last.later_id}_{last.earlier_id}" if last else "",
        verdict=verdict,
    )


def line_of_pair(pair: Pair, *, seen_from: UUID | None = None) -> PairLine:
    """The pair's later name, or the other side's where it is seen from one of them."""
    other = pair.later if seen_from in {None, pair.earlier.id} else pair.earlier
    tone, label = tag_of_pair(pair)
    facts = [pair.earlier, pair.later] if seen_from is None else [other]
    return PairLine(
        href=address(pair),
        title=pair.later.name if seen_from is None else other.name,
        detail=" · ".join(f"{each.code} ({day(each.submitted_on)})" for each in facts),
        reasons=reasons_of(pair),
        tone=tone,
        label=label,
        same_deed=pair.pairing.same_deed,
        is_question=pair.pairing.level != Level.RELATED,
    )


def tag_of_pair(pair: Pair) -> tuple[Tone, str]:
    """How likely it is while nobody has decided, and then the verdict."""
    verdict = Verdict(pair.pairing.verdict)
    if verdict is Verdict.OPEN:
        tone, label = LEVELS[Level(pair.pairing.level)]
    else:
        _name, tone, label = VERDICTS[verdict]
    return tone, str(label)


def reasons_of(pair: Pair) -> list[str]:
    return [str(REASONS[Reason(reason)]) for reason in pair.pairing.reasons]


def comparison_of(pair: Pair) -> Comparison:
    tone, label = tag_of_pair(pair)
    verdict = Verdict(pair.pairing.verdict)
    return Comparison(
        href=address(pair),
        earlier=line_of(pair.earlier),
        later=line_of(pair.later),
        rows=[
            Compared(label, one or "–", other or "–", differ=bool(one and other) and one != other)
            for (label, one), (_label, other) in zip(rows_of(pair.earlier), rows_of(pair.later), strict=True)
            if one != other or label != _("Kế hoạch")
        ],
        reasons=reasons_of(pair),
        same_deed=pair.pairing.same_deed,
        tone=tone,
        label=label,
        verdict=verdict,
        verdict_words=str(VERDICTS[verdict][2]),
        decided_by=pair.pairing.decided_by_name,
        decided_at=pair.pairing.decided_at,
        is_question=pair.pairing.level != Level.RELATED,
    )


def rows_of(nomination: Nomination) -> list[tuple[str, str]]:
    line, plan = line_of(nomination), nomination.plan
    return [
        (_("Họ và tên, hoặc tên gọi"), nomination.name),
        (_("Đối tượng"), title_of(plan.subject_kinds, nomination.subject_kind)),
        (_("Năm sinh"), str(nomination.birth_year or "")),
        (_("Số điện thoại"), nomination.phone),
        (_("Ở thôn, bản nào"), nomination.address),
        (_("Đơn vị đề cử"), line.unit),
        (_("Kế hoạch"), plan.title.to(current_language())),
        (_("Ngày gửi"), day(nomination.submitted_on)),
        (_("Kết quả"), line.label),
        (_("Lĩnh vực"), plan.field(nomination.field).title.to(current_language())),
        (_("Ngày làm việc đó"), day(nomination.happened_on)),
        (_("Tóm tắt một dòng"), nomination.headline),
        (_("Việc đã làm"), nomination.story),
    ]


def address(pair: Pair) -> str:
    return f"{HERE}/{pair.earlier.id}/{pair.later.id}"


def verdict_typed(raw: str) -> Verdict:
    """The list that an address names; what is still open for any other."""
    return next((verdict for verdict, (name, *_rest) in VERDICTS.items() if name == raw), Verdict.OPEN)


def place_typed(raw: str) -> PlaceInList | None:
    """The place that an address names; None for what no page of ours has written."""
    found = PLACE.fullmatch(raw)
    try:
        return (UUID(found[1]), UUID(found[2])) if found else None
    except ValueError:
        return None
