"""The words of faults that lie between the lines of a plan: days, numbers and units that contradict each other."""

from collections.abc import Sequence
from datetime import date

from shared.plan.text import Text
from shared.plan.wording import Wording, shown


def wrong_order(later: date, earlier: date) -> Wording:
    return Wording(
        "date.wrong_order",
        Text(f"ngày {later} không sau ngày {earlier}", f"the date {later} does not come after {earlier}"),
        Text(f"Viết một ngày sau {earlier}", f"Write a date after {earlier}"),
    )


def out_of_period(day: date, starts_on: date, ends_on: date) -> Wording:
    return Wording(
        "date.out_of_period",
        Text(f"ngày {day} nằm ngoài thời gian thực hiện", f"the day {day} lies outside the period of the plan"),
        Text(
            f"Chọn một ngày từ {starts_on} đến {ends_on}, hoặc sửa “period”",
            f"Choose a day from {starts_on} to {ends_on}, or change “period”",
        ),
    )


def half_a_code(missing: str) -> Wording:
    example = 'code: "01234"' if missing == "code" else "code_list: gso/2023"
    return Wording(
        "unit.half_a_code",
        Text(f"có mã hoặc danh mục mã nhưng thiếu {shown(missing)}", f"half a code: {shown(missing)} is missing"),
        Text(f"Thêm {shown(example)}", f"Add {shown(example)}"),
    )


def same_code(code: str, other: str) -> Wording:
    return Wording(
        "unit.same_code",
        Text(
            f"mã {shown(code)} đã thuộc về đơn vị {shown(other)}", f"the code {shown(code)} belongs to {shown(other)}"
        ),
        Text("Kiểm tra lại mã của hai đơn vị", "Check the codes of both units"),
    )


def same_former(formerly: str, other: str) -> Wording:
    return Wording(
        "unit.same_former",
        Text(
            f"nơi cũ {shown(formerly)} đã thuộc về đơn vị {shown(other)}",
            f"the former place {shown(formerly)} belongs to {shown(other)}",
        ),
        Text("Mỗi đơn vị cũ chỉ tiếp tục thành một đơn vị", "A former unit goes on as one unit only"),
    )


def own_aggregator(key: str) -> Wording:
    return Wording(
        "unit.own_aggregator",
        Text(
            f"{shown(key)} vừa ban hành kế hoạch vừa nhận báo cáo", f"{shown(key)} issues the plan and gets its reports"
        ),
        Text("Ghi cấp trên nhận báo cáo, ví dụ “district”", "Name the tier that gets reports, for example “district”"),
    )


def needs_a_code(key: str) -> Wording:
    return Wording(
        "unit.needs_a_code",
        Text(f"đơn vị {shown(key)} chưa có mã chính thức", f"the unit {shown(key)} has no official code"),
        Text("Thêm “code” và “code_list” cho đơn vị này", "Give the unit a “code” and a “code_list”"),
    )


def needs_a_parent(key: str) -> Wording:
    return Wording(
        "unit.needs_a_parent",
        Text(
            f"đơn vị {shown(key)} không có mã và không có đơn vị cấp trên",
            f"the unit {shown(key)} has neither a code nor a parent",
        ),
        Text("Thêm “parent: commune”", "Add “parent: commune”"),
    )


def circle_of_units(chain: Sequence[str]) -> Wording:
    road = " → ".join(chain)
    return Wording(
        "unit.circle",
        Text(f"đơn vị cấp trên quay vòng: {road}", f"the parents turn in a circle: {road}"),
        Text("Cho một đơn vị trong vòng trực thuộc đơn vị có mã", "Put one of them under a unit with a code"),
    )


def alarms_not_falling(alarms: Sequence[int]) -> Wording:
    right = sorted(set(alarms), reverse=True)
    return Wording(
        "quota.alarms",
        Text(f"các mốc báo trước {list(alarms)} không giảm dần", f"the alarm days {list(alarms)} do not fall"),
        Text(f"Viết {right}", f"Write {right}"),
    )


def not_above(maximum: int, minimum: int) -> Wording:
    return Wording(
        "review.bounds",
        Text(
            f"điểm cao nhất {maximum} không lớn hơn điểm thấp nhất {minimum}",
            f"the maximum {maximum} is not above the minimum {minimum}",
        ),
        Text(f"Viết một số lớn hơn {minimum}", f"Write a number above {minimum}"),
    )


def missing_clauses(missing: Sequence[str], before: str) -> Wording:
    names = ", ".join(missing)
    return Wording(
        "clause.missing",
        Text(f"thiếu nghĩa vụ {names} trước {before}", f"{names} is missing before {before}"),
        Text(f"Thêm {names}, hoặc đánh số lại cho liên tục", f"Add {names}, or number the clauses without a gap"),
    )


def clause_out_of_order(clause_id: str) -> Wording:
    return Wording(
        "clause.out_of_order",
        Text(
            f"nghĩa vụ {clause_id} đứng sau một số lớn hơn hoặc bằng",
            f"{clause_id} stands after an equal or higher one",
        ),
        Text("Xếp các nghĩa vụ theo thứ tự của số, mỗi số một lần", "Put the clauses in order, each number once"),
    )


def missing_role(role: str) -> Wording:
    return Wording(
        "role.missing",
        Text(
            f"thiếu vai trò {shown(role)} mà sản phẩm dùng để phân quyền",
            f"the role {shown(role)}, to which the product gives rights, is missing",
        ),
        Text(
            f"Thêm một mục có id {shown(role)} và chức danh tương ứng",
            f"Add an entry with the id {shown(role)} and its title here",
        ),
    )


def condition_without_event(key: str) -> Wording:
    return Wording(
        "realisation.no_event",
        Text(f"{shown(key)} chỉ đi với sự kiện", f"{shown(key)} goes with an event only"),
        Text(f"Bỏ {shown(key)}, hoặc dùng “event: …”", f"Take {shown(key)} out, or use “event: …”"),
    )
