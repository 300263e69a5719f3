"""The forms of nurture: for each deed its question, its boxes and what stands above them."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.nomination.rules.candidacy import Deed
from services.nomination.rules.nurture import BOXES
from shared.web.i18n import LazyText, lazy


@dataclass(frozen=True, slots=True)
class DeedForm:
    """`detail` is the label of the one box that each of them has, `hint` stands below it."""

    title: LazyText
    detail: LazyText
    button: LazyText
    hint: LazyText | None = None


SAVE = lazy("Ghi lại")
FORMS: Mapping[Deed, DeedForm] = {
    Deed.PLAN_STEP: DeedForm(lazy("Thêm một bước"), lazy("Sẽ làm gì"), lazy("Thêm bước"), lazy("Một việc cụ thể.")),
    Deed.FINISH_STEP: DeedForm(lazy("Bước này đã xong"), lazy("Kết quả ra sao"), lazy("Đã xong")),
    Deed.MOVE_STEP: DeedForm(lazy("Dời hạn bước này"), lazy("Vì sao phải dời"), lazy("Dời hạn")),
    Deed.SUPPORT: DeedForm(
        lazy("Đã hỗ trợ gì"), lazy("Hỗ trợ những gì, của ai"), SAVE, lazy("Ví dụ: 2 con dê giống, Hội Nông dân tặng.")
    ),
    Deed.VISIT: DeedForm(lazy("Thăm hỏi"), lazy("Ai đến thăm, thấy gì"), SAVE),
    Deed.MILESTONE: DeedForm(
        lazy("Đạt một mốc"), lazy("Đã làm được gì"), SAVE, lazy("Ví dụ: bán lứa rau sạch đầu tiên.")
    ),
    Deed.MENTOR: DeedForm(lazy("Người kèm cặp"), lazy("Người hoặc tổ chức kèm cặp"), SAVE),
    Deed.PROMOTE: DeedForm(lazy("Trở thành tấm gương trong đơn vị"), lazy("Đã lan tỏa trong đơn vị như thế nào"), SAVE),
    Deed.STOP: DeedForm(lazy("Dừng bồi dưỡng"), lazy("Vì sao dừng"), lazy("Dừng bồi dưỡng")),
    Deed.RESUME: DeedForm(lazy("Bồi dưỡng tiếp"), lazy("Vì sao tiếp tục"), lazy("Bồi dưỡng tiếp")),
}


def boxes_of(deed: Deed) -> tuple[str, ...]:
    """The boxes of a deed's form, in their order."""
    return BOXES[deed]
