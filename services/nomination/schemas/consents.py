"""Consent in words: who has to agree, to what, and what they said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.nomination.models import ConsentEntry, ConsentParty, Nomination
from services.nomination.rules.parties import ADDED, Capacity, State, waiting
from services.nomination.rules.stages import Stage
from services.nomination.rules.uses import CHANNELS, PURPOSES, Use
from services.nomination.schemas.views import PROOFS
from shared.web.i18n import LazyText, _, lazy
from shared.web.parts import Choice, Happening, Tone

USES: Mapping[str, LazyText] = {
    Use.NAME: lazy("Nêu tên"),
    Use.STORY: lazy("Đăng bài kể về việc làm"),
    Use.PHOTO: lazy("Đăng ảnh"),
    Use.VOICE: lazy("Phát giọng nói đã thu"),
    Use.YEARBOOK: lazy("In vào kỷ yếu gương sáng"),
    Use.UPWARD: lazy("Gửi lên cấp trên"),
    Use.PORTAL: lazy("Cổng thông tin của xã trên mạng"),
    Use.RADIO: lazy("Loa truyền thanh"),
    Use.SOCIAL: lazy("Zalo, Facebook của xã"),
    Use.PRINT: lazy("Tờ rơi, bảng tin"),
}
#: What somebody who is asked should know of a use.
HINTS: Mapping[str, LazyText] = {
    Use.NAME: lazy("Trong danh sách và trong bài. Không đồng ý thì chỉ gọi chung."),
    Use.VOICE: lazy("Chỉ khi có người đến thu lời kể."),
    Use.YEARBOOK: lazy("Sách in, giữ lâu dài."),
    Use.UPWARD: lazy("Để được giới thiệu ngoài xã."),
    Use.PORTAL: lazy("Ai ở đâu cũng đọc được."),
    Use.RADIO: lazy("Đã phát rồi thì không thu lại được."),
    Use.SOCIAL: lazy("Người khác có thể chia sẻ tiếp."),
    Use.PRINT: lazy("Đã in, đã phát thì không thu lại hết được."),
}
CAPACITIES: Mapping[str, LazyText] = {
    Capacity.SELF: lazy("Chính người được đề cử"),
    Capacity.REPRESENTATIVE: lazy("Người đại diện, người thừa kế"),
    Capacity.GUARDIAN: lazy("Cha mẹ hoặc người giám hộ"),
    Capacity.CHILD: lazy("Cháu từ 7 tuổi trở lên"),
    Capacity.HEAD: lazy("Người đứng đầu, thay mặt tập thể hoặc hộ"),
    Capacity.MEMBER: lazy("Người lớn được nêu tên trong bài"),
}
STATES: Mapping[str, tuple[Tone, LazyText]] = {
    State.WAITING: ("warn", lazy("Chưa trả lời")),
    State.AGREED: ("ok", lazy("Đã đồng ý")),
    State.DECLINED: ("bad", lazy("Không đồng ý")),
    State.WITHDRAWN: ("bad", lazy("Đã rút")),
}
KINDS: Mapping[str, LazyText] = {
    "given": lazy("%(who)s đồng ý"),
    "declined": lazy("%(who)s không đồng ý"),
    "withdrawn": lazy("%(who)s rút sự đồng ý"),
}
WAYS: Mapping[str, LazyText] = {
    "form": lazy("Ghi khi đề cử"),
    "link": lazy("Tự trả lời qua liên kết"),
    "look_up": lazy("Tự báo qua trang tra cứu"),
    "officer": lazy("Cán bộ ghi lại"),
}


@dataclass(frozen=True, slots=True)
class PartyView:
    """Somebody who has to agree, with the addresses for asking; "" where nothing can be done."""

    party: ConsentParty
    who: str
    capacity: str
    tone: Tone
    state: str
    uses: list[str]
    ask: str
    answer: str
    take_back: str


@dataclass(frozen=True, slots=True)
class ConsentView:
    """A dossier's consent, as its unit and the officers see it."""

    nomination: Nomination
    parties: list[PartyView]
    log: list[Happening]
    agreed: list[str]
    waiting: int
    may_add: bool
    capacities: list[Choice]


def consent_view(
    nomination: Nomination, parties: Sequence[ConsentParty], words: Sequence[ConsentEntry], *, may_ask: bool
) -> ConsentView:
    asking = may_ask and nomination.stage != Stage.WITHDRAWN
    names = {party.id: called(party) for party in parties}
    return ConsentView(
        nomination=nomination,
        parties=[party_view(party, asking=asking) for party in parties],
        log=[entry_view(word, names[word.party_id]) for word in words],
        agreed=use_titles(nomination.agreed),
        waiting=waiting(party.state for party in parties),
        may_add=asking and nomination.stage != Stage.PUBLISHED,
        capacities=[Choice(capacity.value, str(CAPACITIES[capacity])) for capacity in ADDED],
    )


def party_view(party: ConsentParty, *, asking: bool) -> PartyView:
    here = f"/de-cu/{party.nomination_id}/dong-y/{party.id}"
    tone, state = STATES[party.state]
    return PartyView(
        party=party,
        who=called(party),
        capacity=capacity_words(party) if party.name else "",
        tone=tone,
        state=str(state),
        uses=use_titles(party.agreed),
        ask=f"{here}/lien-ket" if asking else "",
        answer=f"{here}/ghi" if asking and party.state != State.AGREED else "",
        take_back=f"{here}/rut" if asking and party.state == State.AGREED else "",
    )


def entry_view(word: ConsentEntry, who: str) -> Happening:
    """One word as an entry of the log: what, how known, by whom recorded; the scan is its link."""
    proof, way = str(PROOFS[word.proof]), str(WAYS[word.way])
    by = _("%(way)s: %(name)s", way=way, name=word.recorded_by_name) if word.recorded_by_name else way
    facts = ". ".join(part for part in (", ".join(use_titles(word.uses)), proof, by, word.reason) if part)
    scan = f"/de-cu/{word.nomination_id}/dong-y/{word.party_id}/ban-quet/{word.number}" if word.scan else ""
    return Happening(word.said_on, str(KINDS[word.kind]) % {"who": who}, facts, href=scan)


def called(party: ConsentParty) -> str:
    """The person's name, or as whom they agree."""
    return party.name or capacity_words(party)


def capacity_words(party: ConsentParty) -> str:
    words = str(CAPACITIES[party.capacity])
    return f"{words} ({party.relation})" if party.relation else words


def use_titles(uses: Iterable[str]) -> list[str]:
    return [str(USES[use]) for use in uses]


def choices_of(uses: Iterable[Use]) -> list[Choice]:
    return [Choice(use.value, str(USES[use]), str(HINTS.get(use, ""))) for use in uses]


@dataclass(frozen=True, slots=True)
class AskedView:
    """What somebody is asked: the same on the link's page, on paper and where an officer records the answer."""

    party: ConsentParty
    nomination: Nomination
    commune: str
    capacity: str
    expires_on: date | None = None

    @property
    def purposes(self) -> list[Choice]:
        return choices_of(PURPOSES)

    @property
    def channels(self) -> list[Choice]:
        return choices_of(CHANNELS)

    @property
    def agreed(self) -> list[Choice]:
        """What this one agreed to, each of which can be taken back."""
        return choices_of(Use(use) for use in self.party.agreed)
