"""Refusals in plain words: what was wrong, and what to do."""

from shared.web.i18n import LazyText, lazy

REFUSALS: dict[str, LazyText] = {
    "email.missing": lazy("Hãy điền thư điện tử."),
    "email.malformed": lazy("“%(value)s” không phải địa chỉ thư điện tử. Ví dụ đúng: ten@xa.gov.vn."),
    "name.missing": lazy("Hãy điền họ và tên."),
    "person.unknown": lazy("Không có người nào dùng thư điện tử “%(value)s”."),
    "person.sample_differs": lazy(
        "Thư điện tử “%(value)s” đã dùng cho người khác loại: người mẫu và người thật không dùng chung."
    ),
    "plan.not_activated": lazy(
        "Kế hoạch “%(plan)s” chưa được kích hoạt với đơn vị “%(unit)s”. Hãy kích hoạt kế hoạch trước."
    ),
    "sign_in.wrong": lazy("Thư điện tử hoặc mật khẩu không đúng. Hãy gõ lại, chú ý chữ hoa và chữ thường."),
    "sign_in.too_many_tries": lazy(
        "Đã sai quá nhiều lần. Hãy đợi %(minutes)s phút rồi thử lại, hoặc gọi Văn phòng xã để đặt lại mật khẩu."
    ),
    "sign_in.no_office": lazy("Tài khoản này hiện không giữ vai trò nào. Hãy gọi Văn phòng xã."),
    "password.none": lazy("Tài khoản này không có mật khẩu."),
    "password.wrong_current": lazy("Mật khẩu hiện tại không đúng. Hãy gõ lại."),
    "password.too_short": lazy(
        "Mật khẩu mới cần ít nhất %(shortest)s ký tự. Có thể dùng vài từ dễ nhớ viết liền nhau."
    ),
    "password.too_long": lazy("Mật khẩu mới dài quá %(longest)s ký tự. Hãy rút ngắn lại."),
    "password.easily_guessed": lazy("Mật khẩu này dễ đoán. Hãy chọn mật khẩu khác."),
    "password.not_repeated": lazy("Hai lần gõ mật khẩu mới không giống nhau. Hãy gõ lại."),
    "account.not_by_token": lazy("Mã API không được dùng cho việc này. Hãy đăng nhập bằng trình duyệt."),
    "office.unknown": lazy("Bạn không giữ vai trò này, hoặc vai trò đã hết hạn."),
    "token.not_for_role": lazy("Chỉ người đề cử và đoàn thể được lập mã API."),
    "token.name_missing": lazy("Hãy đặt tên cho mã, ví dụ tên phần mềm sẽ dùng nó."),
    "token.days": lazy("Thời hạn %(value)s ngày không dùng được. Hãy chọn một trong: %(choices)s ngày."),
    "token.too_many": lazy("Đã có %(most)s mã còn hiệu lực. Hãy thu hồi một mã không dùng nữa."),
    "token.unknown": lazy("Không có mã này trong tài khoản của bạn."),
    "answer.no_dossier": lazy("Không có hồ sơ nào như vậy ở xã bạn. Hãy tìm lại bằng mã hoặc họ tên."),
    "answer.received_when": lazy(
        "Ngày nhận phải là hôm nay hoặc trong %(days)s ngày trước. Hãy xem lại ngày ghi trên yêu cầu."
    ),
}
