"""Differences between a list of units and the registry, in words."""

from services.identity.rules.unit_import import Difference
from shared.web.i18n import LazyText, lazy

DIFFERENCE_WORDS: dict[Difference, LazyText] = {
    Difference.NEW: lazy("Mới"),
    Difference.EARLIER: lazy("Có từ sớm hơn"),
    Difference.RENAMED: lazy("Đổi tên, loại hoặc mã"),
    Difference.MOVED: lazy("Chuyển cấp trên"),
    Difference.ENDED: lazy("Kết thúc"),
    Difference.SAME: lazy("Như đã có"),
}
