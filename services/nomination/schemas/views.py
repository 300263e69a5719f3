"""What the templates are given, one frozen type for each page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from services.nomination.models import Nomination, PhotoRow
from services.nomination.rules.consent import NOT_ASKED, GivenBy, Proof
from services.nomination.rules.dossier import MOST_PHOTOS
from services.nomination.rules.stages import Stage
from services.nomination.rules.typed import Sheet, Typed
from shared.access.principal import Principal, Role
from shared.plan import Plan, Text
from shared.plan.questions import units_within
from shared.web.i18n import LazyText, _, current_language, lazy
from shared.web.parts import Choice, Picture, Tone

SHEETS: Mapping[Sheet, LazyText] = {
    Sheet.WHO: lazy("Người"),
    Sheet.DEED: lazy("Việc tốt"),
    Sheet.CONSENT: lazy("Ảnh và đồng ý"),
}
STAGES: Mapping[Stage, tuple[Tone, LazyText]] = {
    Stage.DRAFT: ("mute", lazy("Nháp")),
    Stage.SUBMITTED: ("info", lazy("Đã gửi")),
    Stage.RETURNED: ("warn", lazy("Cần bổ sung")),
    Stage.RECOGNISED: ("ok", lazy("Được công nhận")),
    Stage.NURTURED: ("gold", lazy("Cần bồi dưỡng thêm")),
    Stage.DECLINED: ("bad", lazy("Chưa công nhận")),
    Stage.PUBLISHED: ("ok", lazy("Đã đăng")),
    Stage.WITHDRAWN: ("mute", lazy("Đã rút")),
}
HELD = lazy("Tạm dừng")
GIVEN_BY: Mapping[str, tuple[LazyText, LazyText]] = {
    GivenBy.SELF: (lazy("Chính người được đề cử"), lazy("Người lớn, tự mình đồng ý")),
    GivenBy.REPRESENTATIVE: (lazy("Người đại diện"), lazy("Của tập thể hoặc hộ gia đình")),
    GivenBy.GUARDIAN: (
        lazy("Cha mẹ hoặc người giám hộ"),
        lazy("Với trẻ dưới 16 tuổi; trẻ từ 7 tuổi cũng đã đồng ý"),
    ),
    NOT_ASKED: (lazy("Chưa hỏi ai"), lazy("Bản nháp được giữ, hỏi xong thì gửi")),
}
PROOFS: Mapping[str, LazyText] = {
    Proof.SPOKEN: lazy("Nói trực tiếp hoặc qua điện thoại"),
    Proof.SIGNED_PAPER: lazy("Ký trên giấy"),
    Proof.DIGITAL: lazy("Tin nhắn hoặc xác nhận điện tử"),
}
PURPOSES: Mapping[str, LazyText] = {
    "name": lazy("Nêu tên"),
    "story": lazy("Đăng bài kể về việc làm"),
    "photo": lazy("Đăng ảnh"),
}


class Titled(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def title(self) -> Text: ...


@dataclass(frozen=True, slots=True)
class FormView:
    """One sheet of the form: what was typed, and what there is to choose from."""

    nomination_id: UUID
    sheet: Sheet
    typed: Typed
    plan: Plan
    units: tuple[Choice, ...]  # empty where the unit is the asker's own
    own_unit: str
    photos: tuple[tuple[str, Picture], ...]  # (content address, picture)

    def text(self, box: str) -> str:
        return self.typed[box][0] if self.typed.get(box) else ""

    def all(self, box: str) -> Sequence[str]:
        return self.typed.get(box, ())

    def any(self, *boxes: str) -> bool:
        """Whether something was typed in one of the boxes: then a folded part of the page stands open."""
        return any(self.text(box) for box in boxes)

    def wrong(self, errors: Mapping[str, str], *boxes: str) -> bool:
        """Whether something is wrong in one of the boxes: as above."""
        return any(errors.get(box) for box in boxes)

    @property
    def number(self) -> int:
        return tuple(Sheet).index(self.sheet) + 1

    @property
    def steps(self) -> list[str]:
        return step_labels()

    @property
    def back(self) -> str:
        place = tuple(Sheet).index(self.sheet)
        return f"/de-cu/{self.nomination_id}/{tuple(Sheet)[place - 1]}" if place else "/de-cu"

    @property
    def subject_kinds(self) -> list[Choice]:
        return choices_of(self.plan.subject_kinds)

    @property
    def fields(self) -> list[Choice]:
        return choices_of(self.plan.fields)

    @property
    def model_kinds(self) -> list[Choice]:
        return choices_of(self.plan.model_kinds)

    @property
    def movements(self) -> list[Choice]:
        return choices_of(self.plan.movements)

    @property
    def room(self) -> int:
        """How many more photos there is room for."""
        return MOST_PHOTOS - len(self.photos)

    @property
    def areas(self) -> list[Choice]:
        return choices_of(self.plan.achievement_areas)

    @property
    def givers(self) -> list[Choice]:
        return [Choice(key, str(label), str(hint)) for key, (label, hint) in GIVEN_BY.items()]

    @property
    def signers(self) -> list[Choice]:
        """Those who may have signed: on paper somebody was asked."""
        return [giver for giver in self.givers if giver.value != NOT_ASKED]

    @property
    def proofs(self) -> list[Choice]:
        return [Choice(key, str(label)) for key, label in PROOFS.items()]

    @property
    def purposes(self) -> list[Choice]:
        return [Choice(key, str(label)) for key, label in PURPOSES.items()]


def step_labels() -> list[str]:
    """The steps of the form, in order; the check is the last."""
    return [*(str(label) for label in SHEETS.values()), _("Kiểm tra")]


def choices_of(things: Iterable[Titled]) -> list[Choice]:
    return [Choice(each.id, each.title.to(current_language())) for each in things]


def form_view(
    nomination_id: UUID, plan: Plan, who: Principal, *, sheet: Sheet, typed: Typed, photos: Sequence[PhotoRow]
) -> FormView:
    return FormView(
        nomination_id=nomination_id,
        sheet=sheet,
        typed=typed,
        plan=plan,
        units=unit_choices(plan, who),
        own_unit=unit_name(plan, who.unit_id),
        photos=tuple(
            (photo.sha256, picture_of(photo, _("Ảnh %(n)s đã chọn", n=number)))
            for number, photo in enumerate(photos, 1)
        ),
    )


def unit_choices(plan: Plan, who: Principal) -> tuple[Choice, ...]:
    """The units in whose name the clerk may write; none for those whose unit is their own."""
    if who.role is not Role.CLERK:
        return ()
    within = units_within(plan, plan.unit)
    return (Choice("", _("Chọn đơn vị")), *(Choice(unit.key, unit.name.to(current_language())) for unit in within))


def picture_of(photo: PhotoRow, alt: str) -> Picture:
    """A kept photo as pages show it; one narrower than 320 pixels has only its own width."""
    widths = [(width, f"/anh/{photo.sha256}-{width}.webp") for width in photo.widths]
    whole = (photo.width, f"/anh/{photo.sha256}.webp")
    return Picture(widths=widths or [whole], alt=alt, width=photo.width, height=photo.height)


def unit_name(plan: Plan, unit_id: UUID) -> str:
    return plan.unit_by_id(unit_id).name.to(current_language())


def tag_of(stage: str) -> tuple[Tone, str]:
    """The tone and the words of a stage."""
    tone, label = STAGES[Stage(stage)]
    return tone, str(label)


@dataclass(frozen=True, slots=True)
class Line:
    """One nomination in a list. `answer_by` only while the answer is awaited."""

    href: str
    code: str
    name: str
    headline: str
    unit: str
    submitted_on: date | None
    answer_by: date | None
    tone: Tone
    label: str


def line_of(nomination: Nomination) -> Line:
    tone, label = tag_of(nomination.stage)
    if nomination.held_until:
        tone, label = "warn", str(HELD)
    return Line(
        href=f"/de-cu/{nomination.id}",
        code=nomination.code or "",
        name=nomination.name or _("Chưa có tên"),
        headline=nomination.headline,
        unit=unit_name(nomination.plan, nomination.unit_id),
        submitted_on=nomination.submitted_on,
        answer_by=nomination.answer_by if nomination.stage == Stage.SUBMITTED and not nomination.held_until else None,
        tone=tone,
        label=label,
    )
