"""Refusals in plain words: what was wrong, and what to do."""

from shared.web.i18n import LazyText, lazy

ACTING: dict[str, LazyText] = {
    "delegation.score_is_personal": lazy(
        "Điểm của thành viên Hội đồng là ý kiến của riêng từng người nên không nhờ người khác chấm thay được."
    ),
    "delegation.keys_are_not_lent": lazy(
        "Quyền quản trị không ủy quyền. Khi cần, hãy giao vai trò quản trị cho thêm một người."
    ),
    "delegation.no_chain": lazy("Bạn đang làm thay người khác nên không giao lại cho người thứ ba được."),
    "delegation.nobody_chosen": lazy("Hãy chọn người làm thay."),
    "delegation.to_oneself": lazy("Người làm thay phải là người khác. Hãy chọn lại."),
    "delegation.holds_it_already": lazy("Người này cũng đang giữ chính vai trò đó nên không cần ủy quyền."),
    "delegation.not_of_the_commune": lazy(
        "Người này không giữ vai trò nào trong xã. Hãy giao vai trò cho họ trước, hoặc chọn người khác."
    ),
    "delegation.twice": lazy(
        "Người này đã được nhờ làm thay trong những ngày đó. Hãy thu hồi lần trước hoặc đổi ngày."
    ),
    "delegation.first_missing": lazy("Hãy ghi ngày bắt đầu, ví dụ 27/3/2026."),
    "delegation.last_missing": lazy("Hãy ghi ngày cuối, ví dụ 27/3/2026."),
    "delegation.in_the_past": lazy("Ngày bắt đầu đã qua. Hãy chọn từ hôm nay (%(today)s) trở đi."),
    "delegation.ends_before_it_begins": lazy("Ngày cuối trước ngày bắt đầu (%(first)s). Hãy xem lại hai ngày."),
    "delegation.too_long": lazy(
        "%(days)s ngày là quá dài. Mỗi lần nhiều nhất %(most)s ngày, tính cả ngày đầu và cuối."
    ),
    "delegation.unknown": lazy("Việc làm thay này không có, đã hết hạn hoặc đã được thu hồi."),
    "day.too_far": lazy("Ngày %(value)s xa quá. Hãy chọn trong vòng một năm tới."),
    "ending.settled_already": lazy("Vai trò này đã có ngày thôi giữ. Muốn đổi ngày, hãy bấm “Giữ lại” trước."),
    "ending.in_the_past": lazy("Ngày này đã qua. Hãy chọn từ hôm nay (%(today)s) trở đi."),
    "ending.before_it_begins": lazy("Vai trò này chưa bắt đầu vào ngày đó. Hãy chọn ngày muộn hơn."),
    "ending.last_admin": lazy(
        "Đây là người quản trị cuối cùng. Hãy giao vai trò này cho người khác trước, hoặc chọn người nhận bàn giao."
    ),
    "ending.to_oneself": lazy("Người nhận bàn giao phải là người khác. Hãy chọn lại."),
    "ending.unknown": lazy(
        "Không có việc thôi giữ nào để hủy: ngày đó đã tới, hoặc người này đã được giao lại vai trò."
    ),
    "ending.day_missing": lazy("Hãy ghi ngày thôi giữ, ví dụ 27/3/2026."),
    "ending.reason_missing": lazy("Hãy chọn lý do."),
    "ending.successor_missing": lazy("Hãy chọn người nhận bàn giao, hoặc chọn “Chưa có ai”."),
}
PEOPLE: dict[str, LazyText] = {
    "people.not_yours_to_manage": lazy(
        "Vai trò của bạn không thay đổi được người này. Hãy nhờ người quản trị hệ thống."
    ),
    "person.not_here": lazy("Không có người này trong xã của bạn."),
    "person.other_name": lazy(
        "Thư điện tử “%(value)s” đã có người tên khác dùng. Hãy xem lại thư, hoặc ghi đúng tên của người đó."
    ),
    "email.taken": lazy("Thư điện tử “%(value)s” đã có người khác dùng. Hãy ghi thư khác."),
    "role.missing": lazy("Hãy chọn vai trò."),
    "unit.missing": lazy("Hãy chọn đơn vị của người này."),
    "password_link.no_address": lazy(
        "Người này chưa có thư điện tử. Hãy ghi thư điện tử trước, hoặc đưa đường dẫn tận tay."
    ),
    "password_link.over": lazy(
        "Đường dẫn đặt mật khẩu này đã dùng, đã được thay hoặc đã hết hạn. Hãy gọi Văn phòng xã để được cấp lại."
    ),
}
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
    "plan.ended": lazy("Kế hoạch “%(plan)s” đã kết thúc cùng với xã của nó. Hãy dùng kế hoạch của xã kế tục."),
    "sign_in.wrong": lazy("Thư điện tử hoặc mật khẩu không đúng. Hãy gõ lại, chú ý chữ hoa và chữ thường."),
    "sign_in.too_many_tries": lazy(
        "Đã sai quá nhiều lần. Hãy đợi %(minutes)s phút rồi thử lại, hoặc gọi Văn phòng xã để được giúp."
    ),
    "sign_in.step_over": lazy("Mật khẩu đã đổi trong lúc bạn đăng nhập. Hãy đăng nhập lại từ đầu."),
    "sign_in.no_office": lazy("Tài khoản này hiện không giữ vai trò nào. Hãy gọi Văn phòng xã."),
    "password.none": lazy("Tài khoản này không có mật khẩu."),
    "password.wrong_current": lazy("Mật khẩu hiện tại không đúng. Hãy gõ lại."),
    "password.too_short": lazy(
        "Mật khẩu mới cần ít nhất %(shortest)s ký tự. Có thể dùng vài từ dễ nhớ viết liền nhau."
    ),
    "password.too_long": lazy("Mật khẩu mới dài quá %(longest)s ký tự. Hãy rút ngắn lại."),
    "password.easily_guessed": lazy("Mật khẩu này dễ đoán. Hãy chọn mật khẩu khác."),
    "password.not_repeated": lazy("Hai lần gõ mật khẩu mới không giống nhau. Hãy gõ lại."),
    "pin.not_six_digits": lazy("Mã PIN gồm đúng sáu chữ số."),
    "pin.easily_guessed": lazy("Mã PIN này dễ đoán. Hãy chọn sáu chữ số khác, không liền nhau và không lặp lại."),
    "pin.birthday": lazy("Mã PIN này giống ngày sinh nên dễ đoán. Hãy chọn sáu chữ số khác."),
    "pin.not_repeated": lazy("Hai lần gõ mã PIN không giống nhau. Hãy gõ lại."),
    "pin.wrong": lazy("Mã PIN không đúng. Hãy gõ lại; quên mã thì gọi Văn phòng xã để được phát thẻ mới."),
    "card.unknown": lazy("Không có thẻ này. Hãy quét lại mã trên thẻ, hoặc gọi Văn phòng xã."),
    "card.unusable": lazy("Thẻ này đã bị thu hồi hoặc đã thay bằng thẻ mới. Hãy dùng thẻ mới, hoặc gọi Văn phòng xã."),
    "card.locked": lazy("Thẻ này đã bị khóa vì sai mã quá nhiều lần. Hãy gọi Văn phòng xã để được phát thẻ mới."),
    "card.not_started": lazy("Thẻ này chưa có mã PIN. Hãy mở lại thẻ rồi đặt mã PIN."),
    "card.started_already": lazy("Thẻ này đã có mã PIN. Hãy mở lại thẻ rồi điền mã PIN."),
    "card.wrong_start_code": lazy("Mã bắt đầu không đúng. Hãy hỏi lại cán bộ Văn phòng xã."),
    "card.not_for_role": lazy("Thẻ chỉ dành cho người đề cử: trưởng thôn, thủ trưởng đơn vị, đoàn thể."),
    "card.nothing_to_print": lazy("Không có thẻ nào chờ in. Thẻ đã dùng thì không in lại được: hãy phát thẻ mới."),
    "person.unknown_id": lazy("Không có người này trong danh sách đề cử của xã."),
    "person.several": lazy(
        "Có nhiều người tên “%(value)s”. Hãy dùng thư điện tử, hoặc phát thẻ trên trang Thẻ trưởng thôn."
    ),
    "totp.wrong": lazy("Mã không đúng hoặc đã dùng rồi. Hãy đợi mã mới hiện lên rồi điền lại."),
    "totp.not_begun": lazy("Chưa có mã xác thực nào chờ xác nhận. Hãy làm lại từ đầu."),
    "totp.there_already": lazy("Mã xác thực đã bật. Muốn đổi điện thoại thì bỏ mã cũ trước."),
    "totp.needed_for_role": lazy("Vai trò của bạn bắt buộc có mã xác thực nên không bỏ được."),
    "provider.away": lazy("Không nối được với bên đăng nhập. Hãy thử lại sau ít phút, hoặc dùng mật khẩu."),
    "provider.not_believed": lazy(
        "Câu trả lời của bên đăng nhập không đáng tin nên bị từ chối. Hãy đăng nhập lại từ đầu."
    ),
    "provider.not_begun_here": lazy(
        "Lần đăng nhập này không bắt đầu từ máy này hoặc đã quá lâu. Hãy đăng nhập lại từ đầu."
    ),
    "provider.declined": lazy("Bên đăng nhập đã không đồng ý. Hãy thử lại, hoặc dùng mật khẩu."),
    "provider.not_linked": lazy(
        "Tài khoản này chưa được liên kết với ai ở đây. Hãy đăng nhập bằng mật khẩu rồi liên kết trong trang Tài khoản."
    ),
    "provider.linked_to_other": lazy("Tài khoản này đã liên kết với người khác. Hãy báo người quản trị."),
    "provider.signed_out": lazy("Bạn đã đăng xuất trong lúc liên kết. Hãy đăng nhập rồi liên kết lại."),
    "approval.wrong_code": lazy("Mã xác nhận không đúng. Còn %(left)s lần."),
    "approval.dead": lazy("Sai mã năm lần nên liên kết đã hết hiệu lực. Hãy gọi Văn phòng xã để lập liên kết mới."),
    "approval.used": lazy("Liên kết này đã dùng rồi. Hãy đăng nhập, hoặc gọi Văn phòng xã để lập liên kết mới."),
    "approval.over": lazy("Liên kết này không đúng hoặc đã hết hạn. Hãy gọi Văn phòng xã để lập liên kết mới."),
    "approval.other_person": lazy("Liên kết này của người khác. Máy này đang đăng nhập tên bạn: hãy đăng xuất trước."),
    "approval.no_address": lazy("Người này chưa có thư điện tử nên không nhận được mã xác nhận. Hãy chọn người khác."),
    "account.not_by_token": lazy("Mã API không được dùng cho việc này. Hãy đăng nhập bằng trình duyệt."),
    "office.unknown": lazy("Bạn không giữ vai trò này, hoặc vai trò đã hết hạn."),
    **ACTING,
    **PEOPLE,
    "token.not_for_role": lazy("Chỉ người đề cử và đoàn thể được lập mã API."),
    "token.name_missing": lazy("Hãy đặt tên cho mã, ví dụ tên phần mềm sẽ dùng nó."),
    "token.days": lazy("Thời hạn %(value)s ngày không dùng được. Hãy chọn một trong: %(choices)s ngày."),
    "token.no_scope": lazy("Hãy chọn ít nhất một việc mà phần mềm được làm."),
    "token.too_many": lazy("Đã có %(most)s mã còn hiệu lực. Hãy thu hồi một mã không dùng nữa."),
    "token.unknown": lazy("Không có mã này trong tài khoản của bạn."),
    "answer.no_dossier": lazy("Không có hồ sơ nào như vậy ở xã bạn. Hãy tìm lại bằng mã hoặc họ tên."),
    "answer.received_when": lazy(
        "Ngày nhận phải là hôm nay hoặc trong %(days)s ngày trước. Hãy xem lại ngày ghi trên yêu cầu."
    ),
}
