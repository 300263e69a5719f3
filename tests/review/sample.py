"""A council's table on an ordinary day: cases in every state, counted from the present day."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from shared.clock import today
from shared.ids import new_id
from shared.plan import Plan
from tests.review.conftest import told, withdrawal_of

STORIES = (
    ("Lò Thị Ấm", "Nồi cháo nghĩa tình mười năm ở trạm y tế xã", -2),
    ("Giàng A Pủa", "Hiến 800 m² đất làm đường đến trường", 0),
    ("Vi Văn Thắng", "Chuyển ba héc-ta nương ngô sang chanh leo hữu cơ, giúp năm hộ cùng làm", 2),
    ("Hà Thị Mơ", "Lớp xóa mù chữ buổi tối cho 23 chị em", 5),
    ("Lương Văn Sơn", "Bắt trộm trâu trong đêm, trả lại cho dân", 7),
    ("Ngân Thị Hoa", "Tổ dệt thổ cẩm của mười hai gia đình", 9),
)


class Table(NamedTuple):
    """Ids of cases: `scored` has all sheets, `open` none, `again` is a second one of the same person."""

    scored: UUID
    open: UUID
    again: UUID
    recognised: UUID
    nurtured: UUID
    late: UUID


def set_table(
    plan: Plan, opens_case: Callable[..., UUID], scored: Callable[..., None], decided: Callable[..., None]
) -> Table:
    """Puts nine cases on the table, six of them open."""
    day = today()
    opened = [
        opens_case(
            name=name,
            headline=headline,
            code=f"DC-{day.year}-{140 + number:04}",
            submitted_on=day - timedelta(days=14 - left),
            answer_by=day + timedelta(days=left),
            field=plan.fields[1 if number == 4 else -1].id,
            movement=plan.movements[-1].id,
        )
        for number, (name, headline, left) in enumerate(STORIES)
    ]
    scored(opened[0], 9, 8, 8, note="Đã hỏi bà con quanh trạm y tế, việc đúng như hồ sơ kể.")
    scored(opened[1], 7)
    recognised, nurtured = (
        opens_case(name=name, headline=headline, code=f"DC-{day.year - 1}-{number:04}", answer_by=day)
        for number, name, headline in (
            (98, "Lò Văn Bường", "Mô hình nuôi cá lồng bè trên hồ"),
            (99, "Lò Thị Ấm", "Vận động bà con không sinh con thứ ba"),
        )
    )
    scored(recognised, 9, 9, 8)
    scored(nurtured, 6, 7, 5)
    decided(recognised, "recognised", "Cách làm hay, nhiều hộ học theo được.")
    decided(nurtured, "nurture", "Cần thêm thời gian để thấy hiệu quả lâu dài.")
    gone = new_id()
    opens_case(nomination_id=gone, name="Quang Văn Đại", code=f"DC-{day.year}-0100")
    told(plan, withdrawal_of(gone, plan))
    return Table(opened[0], opened[3], opened[0], recognised, nurtured, opened[0])
