"""The audit trail for a spreadsheet."""

from collections.abc import Iterable, Iterator

from services.identity.queries.trail import Line
from services.identity.schemas.trail_words import office_words, said
from shared.text.spreadsheet import BYTE_ORDER_MARK, line
from shared.web.filters import moment
from shared.web.i18n import _


def csv_of(entries: Iterable[Line]) -> Iterator[str]:
    """One line for each entry, as they come."""
    yield BYTE_ORDER_MARK
    yield line(
        [
            _("Lúc"),
            _("Người làm"),
            _("Vai trò"),
            _("Việc"),
            _("Loại"),
            _("Mã hồ sơ"),
            _("Nội dung"),
            _("Chi tiết"),
            "id",
        ]
    )
    for entry in entries:
        words = said(entry)
        office = office_words(entry.role, entry.office_unit_id, entry.plan_id)
        kind = (entry.action, entry.object_kind, entry.object_code)
        yield line([moment(entry.at), entry.actor_name, office, *kind, words.sentence, words.detail, entry.id])
