"""Refusals about units in plain words: what was wrong, and what to do."""

from shared.web.i18n import LazyText, lazy

UNIT_REFUSALS: dict[str, LazyText] = {
    "unit.unknown": lazy("Sổ đơn vị không có đơn vị “%(value)s”. Hãy tìm trong danh sách đơn vị."),
    "unit.ended": lazy("%(name)s không còn từ ngày %(day)s. Hãy chọn đơn vị kế tục."),
    "unit.changed_later": lazy("%(name)s đã có thay đổi từ ngày %(day)s. Hãy chọn ngày ấy hoặc muộn hơn."),
    "unit.began_that_day": lazy("%(name)s vừa bắt đầu ngày %(day)s. Hãy chọn ngày muộn hơn."),
    "unit.own_successor": lazy("%(name)s không thể tự kế tục sau khi giải thể. Hãy chọn đơn vị khác."),
    "unit.kind": lazy("Loại “%(value)s” không cùng cấp với đơn vị này. Hãy chọn một loại trong danh sách."),
    "unit.same_name": lazy("Đơn vị đã mang tên “%(name)s”. Hãy viết tên mới."),
    "unit.same_parent": lazy("%(name)s đã thuộc cấp trên này. Hãy chọn cấp trên khác."),
    "unit.parent_tier": lazy("%(name)s không ở cấp cao hơn. Hãy chọn một đơn vị cấp trên."),
    "unit.parent_below": lazy("%(name)s nằm dưới chính đơn vị này. Hãy chọn cấp trên khác."),
    "unit.name_missing": lazy("Hãy điền tên đơn vị."),
    "change.who_merges": lazy("Hãy chọn ít nhất một xã sáp nhập, và kế hoạch của một xã khác để tiếp tục."),
    "change.who_splits": lazy("Hãy chọn ít nhất hai xã tiếp tục. Chỉ một xã tiếp tục thì đó là sáp nhập."),
    "change.plan_not_in_force": lazy("Kế hoạch “%(plan)s” không có hiệu lực ở đây. Hãy chọn kế hoạch đang thực hiện."),
    "change.plan_unknown": lazy("Không có tệp kế hoạch “%(plan)s”. Hãy đưa tệp vào thư mục kế hoạch trước."),
    "change.plan_period": lazy(
        "“%(plan)s” thực hiện từ %(first)s đến %(last)s. Hãy chọn ngày trong thời gian ấy, hoặc sửa tệp kế hoạch."
    ),
    "change.same_commune": lazy("%(name)s vừa kết thúc vừa tiếp tục. Hãy chọn kế hoạch của xã mới."),
    "change.parent_gone": lazy(
        "Tệp kế hoạch đặt %(name)s dưới %(parent)s, đơn vị không còn. Hãy sửa parent trong tệp."
    ),
    "change.left_behind": lazy("%(name)s thuộc một đơn vị sẽ kết thúc. Hãy chuyển %(name)s về cấp trên khác trước."),
    "change.has_plan": lazy(
        "Đơn vị này đang thực hiện “%(plan)s”. Hãy dùng sáp nhập hoặc chia, để công việc có nơi tiếp tục."
    ),
    "change.unanswered": lazy("Còn %(count)s câu hỏi chưa trả lời. Hãy trả lời rồi xem lại."),
    "change.differs": lazy("Từ lúc bạn xem trước, có thứ đã thay đổi. Hãy xem lại bên dưới rồi đồng ý lần nữa."),
    "change.unknown": lazy("Không có thay đổi này."),
    "change.settled": lazy("Thay đổi này đã xong, không hủy được. Hãy lập một thay đổi mới."),
    "import.faults": lazy("Danh sách có %(count)s dòng sai: chưa nhập dòng nào. Hãy sửa rồi nhập lại."),
    "row.too_large": lazy("Tệp lớn hơn %(most_mb)s MB. Hãy chia thành nhiều tệp."),
    "row.too_many": lazy("Nhiều hơn %(most)s dòng. Hãy chia thành nhiều tệp."),
    "row.columns": lazy("Thiếu cột: %(missing)s. Dòng đầu phải là: %(columns)s."),
    "row.cells": lazy(
        "Dòng có %(count)s ô, cần %(wanted)s. Hãy xem lại dấu phẩy; chữ có dấu phẩy thì đặt trong ngoặc kép."
    ),
    "row.quotes": lazy("Dấu ngoặc kép mở mà không đóng. Hãy sửa từ dòng này."),
    "row.unclean": lazy("Ô %(column)s có ký tự không dùng được: “%(value)s”. Hãy gõ lại bằng Unicode."),
    "row.name": lazy("Hãy điền name: tên đơn vị, nhiều nhất %(longest)s ký tự."),
    "row.kind": lazy("Không có loại “%(value)s”. Hãy viết một trong: %(choices)s."),
    "row.code_list": lazy("Danh mục “%(value)s” viết sai. Ví dụ đúng: gso/2025."),
    "row.code": lazy("Mã “%(value)s” viết sai. Mã chỉ có chữ số, chữ cái không dấu và dấu chấm, ví dụ 16186."),
    "row.key": lazy(
        "Đơn vị không có mã thì ghi khóa vào code: chữ thường không dấu, ví dụ village-1; không phải “%(value)s”."
    ),
    "row.parent_of_key": lazy("“%(value)s” không có mã nên cần parent. Ví dụ: gso/2023/16204."),
    "row.parent_missing": lazy("Loại “%(value)s” cần có cấp trên. Hãy điền parent, ví dụ 402 hoặc gso/2023/402."),
    "row.parent": lazy("Cấp trên “%(value)s” viết sai. Ví dụ đúng: 402 hoặc gso/2023/402."),
    "row.day": lazy("Ô %(column)s: “%(value)s” không phải ngày. Ví dụ đúng: 2025-07-01 hoặc 1/7/2025."),
    "row.days": lazy("valid_until (%(last)s) phải sau valid_from (%(first)s): đó là ngày đầu tiên không còn đơn vị."),
    "row.twice": lazy("%(name)s đã có ở dòng %(other)s với cùng ngày bắt đầu. Hãy bỏ một dòng."),
    "row.rewrites": lazy(
        "%(name)s: sổ đã ghi “%(known)s” từ ngày %(day)s, và lịch sử không bị sửa. Hãy ghi valid_from muộn hơn, "
        "hoặc bỏ dòng này."
    ),
    "row.planned": lazy("%(name)s đang có kế hoạch thực hiện. Hãy bỏ dòng này và dùng sáp nhập, chia hoặc chuyển."),
    "row.no_parent": lazy("%(name)s: cấp trên chưa có trong sổ vào ngày %(day)s. Hãy thêm dòng của cấp trên."),
    "row.parent_tier": lazy("%(name)s: %(parent)s không ở cấp cao hơn. Hãy sửa parent hoặc kind."),
    "row.children": lazy(
        "%(name)s kết thúc mà còn %(count)s đơn vị trực thuộc, như %(child)s. Hãy thêm dòng chuyển hoặc kết thúc chúng."
    ),
}
