"""What each paper says: one frozen type a paper. All text is plain, never markup; paragraphs come one by one."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaflet:
    """One role model on A4, for notice boards and culture houses. A long story flows onto further pages."""

    masthead: str  # "Gương sáng xã Bình Lương"
    issuer: str  # "Ủy ban nhân dân xã Bình Lương", with its address or telephone if wanted
    issued_on: date
    kind: str  # "Điển hình tiên tiến", "Người tốt, việc tốt" …
    field: str  # "Nông nghiệp"; may be empty
    name: str
    unit: str
    achievement: str  # one sentence
    story: tuple[str, ...]  # paragraphs
    url: str  # the story on the portal, shown as a QR code
    photo: bytes | None = None  # JPEG, PNG or WebP
    photo_caption: str = ""
    quote: str = ""
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a nominator takes home, A5: the code to ask with, and what happens next."""

    issuer: str
    code: str  # "DC-2026-0147"
    url: str
    nominee: str
    unit: str
    nominated_by: str
    received_on: date
    answer_by: date
    steps: tuple[Step, ...]
    contact: str
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailEntry:
    """One thing that was done, on a day as it is shown."""

    on: str  # "27/03/2025"
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NurtureTrail:
    """How a unit helped somebody to become a role model: evidence of their nomination, A4."""

    commune: str  # "xã Bình Lương"
    unit: str
    name: str
    field: str
    why: str
    mentor: str
    began_on: date
    made_on: date
    steps: tuple[TrailEntry, ...]  # what was planned, each with its state
    entries: tuple[TrailEntry, ...]  # all that was done, oldest first
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """One thing that is asked by itself, with room for a yes and a no."""

    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentForm:
    """Phiếu đồng ý, A4: what is asked of whom about whom, to be signed. The QR code leads to the same question."""

    issuer: str
    code: str
    text_version: str
    printed_on: date
    url: str
    giver: str  # may be empty: the name is written by hand
    capacity: str
    nominee: str
    headline: str
    purposes: tuple[Switch, ...]
    channels: tuple[Switch, ...]
    rights: tuple[str, ...]
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CardOfPerson:
    """One card: whose it is, and the address that is its key, shown as a QR code only."""

    name: str
    unit: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSheet:
    """Personal cards to cut out, eight on an A4 sheet, for as many sheets as it takes."""

    commune: str  # "Xã Bình Lương"
    phone: str  # whom to call; may be empty
    issued_on: date
    cards: tuple[CardOfPerson, ...]
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The head Decree 30/2020/NĐ-CP asks for. Without `number` or `signed_on` their places stay open for the clerk."""

    parent: tuple[str, ...] = ()  # the body above, line by line; none for a People's Committee
    body: tuple[str, ...]  # lines: ("ỦY BAN NHÂN DÂN", "XÃ BÌNH LƯƠNG")
    number: int | None = None
    symbol: str  # "TTr-HĐTĐKT"
    place: str  # "Bình Lương"
    dated: date  # month and year are always shown
    signed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    on_behalf: tuple[str, ...] = ()  # ("TM. ỦY BAN NHÂN DÂN",)
    title: tuple[str, ...]  # ("CHỦ TỊCH",) or ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    name: str = ""


def signed_for_committee(chair: str = "", *, deputy: str = "") -> Signature:
    """The block of a paper of the People's Committee: its chair, or "KT.", a deputy in the chair's stead.

    `deputy` is who exercises the chair's office today; "" while the chair does. Decree 30/2020/NĐ-CP, appendix I.
    """
    title = ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH") if deputy else ("CHỦ TỊCH",)
    return Signature(on_behalf=("TM. ỦY BAN NHÂN DÂN",), title=title, name=deputy or chair)


class Align(StrEnum):
    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    title: str
    share: float = 1.0  # of the width, relative to the other columns
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows have one text for each column. Over several pages the head is repeated."""

    caption: str = ""
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        for place, row in enumerate(self.rows):
            if len(row) != len(self.columns):
                raise ValueError(f"row {place + 1} of {self.caption!r}: {len(row)} texts, {len(self.columns)} columns")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Numbered by its depth: I., then 1., then a)."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    sections: tuple["Section", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    name: str
    unit: str
    achievement: str
    award: str  # the form of commendation asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Tờ trình: asks the chairperson to commend."""

    head: Letterhead
    about: str  # "Về việc đề nghị tặng Giấy khen …"
    to: tuple[str, ...]
    bases: tuple[str, ...]  # each a "Căn cứ …" without its final mark
    opening: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    closing: tuple[str, ...]
    attached: tuple[str, ...] = ()
    signature: Signature
    recipients: tuple[str, ...]
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReport:
    """Báo cáo sơ kết, tổng kết: how the plan has been carried out."""

    head: Letterhead
    about: str  # "Sơ kết thực hiện Kế hoạch …"
    to: tuple[str, ...]
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    closing: str
    signature: Signature
    recipients: tuple[str, ...]
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialLetter:
    """Công văn: a letter of the commune, with one table. A table without rows is left out."""

    head: Letterhead
    about: str  # what follows "V/v"
    to: tuple[str, ...]
    opening: tuple[str, ...]
    table: Table
    closing: tuple[str, ...]
    signature: Signature
    recipients: tuple[str, ...]
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TickGroup:
    """A question with boxes to tick; `hint` says how many."""

    title: str
    choices: tuple[str, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NominationForm:
    """A form to fill in by hand, A4, both sides. Nothing on it is ticked."""

    issuer: str
    plan: str  # the plan's title
    code: str  # plan and wording of the consent: whoever keys it in sees whether it is today's form
    url: str  # where it is keyed in
    printed_on: date
    subject: TickGroup
    fields: TickGroup
    kinds: TickGroup
    movements: TickGroup
    more: TickGroup
    givers: TickGroup
    purposes: TickGroup
    consent: tuple[str, ...]  # what the nominee is told before signing
    contact: str
    sample: bool = False
