"""Refusal keys in words. Each says what was wrong and what to do."""

from http import HTTPStatus

from shared.web.i18n import LazyText, lazy

TITLES: dict[HTTPStatus, LazyText] = {
    HTTPStatus.BAD_REQUEST: lazy("Không đọc được yêu cầu"),
    HTTPStatus.UNAUTHORIZED: lazy("Cần đăng nhập"),
    HTTPStatus.FORBIDDEN: lazy("Bạn không có quyền làm việc này"),
    HTTPStatus.NOT_FOUND: lazy("Không tìm thấy trang này"),
    HTTPStatus.METHOD_NOT_ALLOWED: lazy("Trang này không nhận thao tác đó"),
    HTTPStatus.CONFLICT: lazy("Có người vừa sửa trước bạn"),
    HTTPStatus.GONE: lazy("Nội dung này đã được gỡ"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: lazy("Nội dung gửi lên quá lớn"),
    HTTPStatus.UNPROCESSABLE_ENTITY: lazy("Có chỗ cần sửa"),
    HTTPStatus.TOO_MANY_REQUESTS: lazy("Bạn thao tác quá nhanh"),
    HTTPStatus.INTERNAL_SERVER_ERROR: lazy("Hệ thống gặp lỗi"),
    HTTPStatus.SERVICE_UNAVAILABLE: lazy("Hệ thống đang khởi động lại"),
}

REFUSALS: dict[str, LazyText] = {
    "access.sign_in_needed": lazy("Bạn cần đăng nhập để mở trang này."),
    "access.role_has_no_right": lazy(
        "Vai trò hiện tại của bạn không được mở trang này. Hãy đổi vai trò hoặc hỏi Văn phòng xã."
    ),
    "access.other_commune": lazy("Hồ sơ này thuộc xã khác."),
    "access.other_unit": lazy("Hồ sơ này thuộc đơn vị khác."),
    "access.out_of_reach_of_token": lazy(
        "Mã API này không được lập cho việc đó. Hãy lập mã mới và chọn đúng việc phần mềm được làm."
    ),
    "access.out_of_reach_of_link": lazy(
        "Liên kết duyệt chỉ mở một hồ sơ cho một việc. Hãy đăng nhập để làm việc khác."
    ),
    "request.too_large": lazy(
        "Nội dung gửi lên vượt quá %(limit_kb)s KB. Hãy chọn ảnh nhỏ hơn hoặc rút ngắn bài viết."
    ),
    "request.foreign_origin": lazy(
        "Yêu cầu này đến từ một trang web khác nên bị chặn. Hãy mở lại trang Gương Sáng và làm lại."
    ),
    "request.not_json": lazy("Nội dung gửi lên không phải JSON hợp lệ."),
    "idempotency.key_missing": lazy("Thiếu tiêu đề Idempotency-Key. Hãy gửi kèm một mã riêng cho mỗi đề cử."),
    "idempotency.key_unusable": lazy("Idempotency-Key phải là chữ ASCII, tối đa %(longest)s ký tự."),
    "idempotency.other_body": lazy("Mã “%(value)s” đã dùng cho một nội dung khác. Hãy dùng mã mới."),
    "form.invalid": lazy("Có chỗ cần sửa trước khi gửi."),
    "form.required": lazy("Hãy điền ô này."),
    "form.choice": lazy("Hãy chọn một mục trong danh sách."),
    "text.too_long": lazy("Dài quá: có %(length)s chữ cái, tối đa %(longest)s. Hãy rút ngắn lại."),
    "text.control_character": lazy("Có ký tự không đọc được. Hãy xóa đi rồi gõ lại."),
    "text.legacy_font": lazy("“%(word)s” gõ bằng phông cũ (TCVN3, VNI). Hãy gõ lại bằng bảng mã Unicode."),
    "text.not_utf8": lazy("Chữ gửi lên không phải bảng mã Unicode (UTF-8). Hãy gõ lại."),
    "date.not_a_day": lazy("“%(typed)s” không phải ngày. Hãy viết như 27/3/2026."),
    "date.short_year": lazy("“%(typed)s” thiếu chữ số của năm. Hãy viết đủ bốn số, ví dụ 27/3/2026."),
    "date.no_such_day": lazy("Lịch không có ngày “%(typed)s”. Hãy xem lại."),
    "photo.not_a_photo": lazy("Tệp này không phải ảnh JPEG, PNG hoặc WebP. Hãy chọn ảnh khác."),
    "photo.too_many_pixels": lazy("Ảnh có quá nhiều điểm ảnh. Hãy chụp lại hoặc chọn ảnh nhỏ hơn."),
    "photo.broken": lazy("Ảnh bị hỏng, không mở được. Hãy chọn ảnh khác."),
    "photo.too_heavy": lazy("Ảnh nặng quá 10 MB. Hãy chọn ảnh nhẹ hơn."),
    "invalid.missing": lazy("Thiếu mục bắt buộc này."),
    "invalid.string_too_long": lazy("Dài quá %(max_length)s ký tự. Hãy rút ngắn lại."),
    "invalid.string_too_short": lazy("Cần ít nhất %(min_length)s ký tự."),
    "invalid.string_type": lazy("Mục này phải là chữ."),
    "invalid.int_type": lazy("Mục này phải là số nguyên."),
    "invalid.int_parsing": lazy("Mục này phải là số nguyên."),
    "invalid.bool_type": lazy("Mục này phải là true hoặc false."),
    "invalid.bool_parsing": lazy("Mục này phải là true hoặc false."),
    "invalid.uuid_parsing": lazy("Mã định danh không đúng dạng."),
    "invalid.date_from_datetime_parsing": lazy("Ngày phải có dạng năm-tháng-ngày, ví dụ 2026-03-27."),
    "invalid.date_parsing": lazy("Ngày phải có dạng năm-tháng-ngày, ví dụ 2026-03-27."),
    "invalid.json_invalid": lazy("Nội dung gửi lên không phải JSON hợp lệ."),
    "invalid.extra_forbidden": lazy("Không có mục nào tên như vậy. Hãy xem lại tài liệu API."),
    "invalid.too_long": lazy("Nhiều mục quá: tối đa %(max_length)s."),
    "invalid.model_attributes_type": lazy("Nội dung phải là một đối tượng JSON."),
    "http.400": lazy("Yêu cầu không đọc được. Hãy tải lại trang rồi làm lại."),
    "http.404": lazy("Địa chỉ này không có, hoặc đã được chuyển đi."),
    "http.405": lazy("Địa chỉ này không nhận thao tác đó."),
    "http.500": lazy("Lỗi này là của hệ thống, không phải của bạn. Chúng tôi đã ghi lại để sửa."),
    "http.503": lazy("Máy chủ đang khởi động lại. Hãy thử lại sau vài giây."),
    "thing.unknown": lazy("Không có mục này, hoặc bạn không được xem."),
}
