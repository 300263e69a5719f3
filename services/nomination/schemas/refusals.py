"""The service's refusals in words. Each says what was wrong, with the value, and what to do."""

from services.nomination.rules.fault import Faults
from shared.web.i18n import LazyText, gettext, lazy
from shared.web.refusals import REFUSALS as SHARED

REFUSALS: dict[str, LazyText] = {
    "nomination.closed": lazy(
        "Hôm nay (%(value)s) nằm ngoài thời gian của kế hoạch. Kế hoạch nhận đề cử từ %(first)s đến hết %(last)s. "
        "Hãy hỏi Văn phòng xã về kế hoạch mới."
    ),
    "nomination.commune_ended": lazy(
        "Từ ngày %(day)s, %(former)s cũ không còn; %(successor)s mới tiếp nhận hồ sơ. "
        "Hãy gửi đề cử theo kế hoạch của %(successor)s mới: %(link)s"
    ),
    "nomination.withdrawn": lazy("Đề cử này đã được rút, không gửi lại được. Hãy lập một đề cử mới."),
    "nomination.already_sent": lazy("Đề cử này đã gửi nên không sửa được nữa. Muốn đổi, hãy rút rồi lập đề cử mới."),
    "nomination.sent_before": lazy(
        "Đơn vị đã gửi đúng hồ sơ này: mã %(code)s, ngày %(on)s. Muốn nói thêm, hãy bổ sung khi xã hỏi; "
        "muốn thay, hãy rút hồ sơ cũ rồi gửi lại. Nếu là việc khác, hãy sửa dòng tóm tắt hoặc ngày làm việc đó."
    ),
    "pairing.decided": lazy("Cặp hồ sơ này đã có người quyết định. Hãy hoàn tác quyết định cũ trước."),
    "pairing.no_verdict": lazy("Chưa chọn quyết định nào. Hãy bấm một trong các nút dưới bảng."),
    "nomination.not_sent": lazy("Đề cử này chưa gửi nên chưa rút được. Muốn bỏ, hãy xóa bản nháp."),
    "nomination.digits_wrong": lazy("Ba số cuối điện thoại không khớp với hồ sơ %(code)s. Hãy xem lại rồi ghi lại."),
    "look_up.too_many_tries": lazy(
        "Đã thử sai quá nhiều lần. Hãy đợi %(minutes)s phút rồi thử lại, hoặc hỏi Văn phòng xã."
    ),
    "suggestion.too_many": lazy("Đã gửi nhiều gợi ý trong một giờ. Hãy đợi %(minutes)s phút rồi bấm Gửi lại."),
    "suggestion.trap": lazy("Có ô phải để trống mà lại có chữ. Hãy xóa đi rồi gửi lại."),
    "suggestion.name_missing": lazy("Hãy ghi tên người làm việc tốt, hoặc cách bà con thường gọi."),
    "suggestion.deed_missing": lazy("Hãy kể việc đã làm, ít nhất %(shortest)s chữ cái."),
    "suggestion.unit_missing": lazy("Hãy chọn đơn vị lập hồ sơ."),
    "suggestion.unit_unknown": lazy("Không có đơn vị “%(value)s” trong kế hoạch. Hãy chọn lại trong danh sách."),
    "suggestion.reason_missing": lazy("Hãy ghi lý do, ít nhất %(shortest)s chữ cái, để người gợi ý biết."),
    "suggestion.answered": lazy("Gợi ý này đã được trả lời nên không đổi được nữa."),
    "suggestion.code_unknown": lazy("Không có gợi ý nào mang mã “%(value)s”. Hãy xem lại mã đã ghi."),
    "nomination.nothing_asked": lazy("Xã không chờ bổ sung gì cho đề cử này. Muốn nói thêm, hãy gọi cán bộ đầu mối."),
    "nomination.other_person": lazy("Đề cử này do người khác viết trên máy này. Người đó đăng nhập thì gửi được."),
    "nomination.code_unknown": lazy("Không có hồ sơ nào mang mã “%(value)s”. Hãy xem lại mã in trên phiếu tiếp nhận."),
    "subject_kind.missing": lazy("Hãy chọn người, tập thể hay hộ gia đình."),
    "field.missing": lazy("Hãy chọn lĩnh vực."),
    "model_kind.missing": lazy("Hãy chọn loại gương."),
    "movement.missing": lazy("Hãy chọn phong trào."),
    "movement.unknown": lazy("Xã không có phong trào “%(value)s”. Hãy chọn một phong trào trong danh sách."),
    "movement.not_open": lazy(
        "Phong trào “%(title)s” diễn ra từ %(first)s đến hết %(last)s, hôm nay không đề cử vào được. "
        "Hãy chọn phong trào khác."
    ),
    "unit.missing": lazy("Hãy chọn đơn vị đề cử."),
    "unit.not_yours": lazy("Bạn không đề cử thay đơn vị “%(value)s” được. Hãy bỏ mục này hoặc ghi “%(own)s”."),
    "choice.unknown": lazy("Kế hoạch không có “%(value)s”. Hãy chọn một trong: %(choices)s."),
    "name.missing": lazy("Hãy ghi họ và tên, hoặc tên tập thể, hộ gia đình."),
    "name.too_short": lazy("Tên chỉ có %(length)s chữ cái. Hãy ghi đủ họ và tên."),
    "name.no_letters": lazy("“%(value)s” không phải là tên. Hãy ghi họ và tên bằng chữ."),
    "headline.missing": lazy("Hãy tóm tắt việc tốt trong một dòng."),
    "headline.too_short": lazy("Dòng tóm tắt chỉ có %(length)s chữ cái. Hãy viết rõ hơn."),
    "story.missing": lazy("Hãy kể việc đã làm, 3 đến 5 câu là đủ."),
    "story.too_short": lazy("Bài kể chỉ có %(length)s chữ cái. Hãy viết ít nhất %(shortest)s chữ cái."),
    "phone.not_a_number": lazy("“%(value)s” không phải số điện thoại. Hãy ghi 10 chữ số, ví dụ 0912 345 678."),
    "invalid.phone.not_a_number": lazy("“%(value)s” không phải số điện thoại. Hãy ghi 10 chữ số, bắt đầu bằng 0."),
    "birth_year.not_a_year": lazy("“%(value)s” không phải năm sinh. Hãy ghi bốn chữ số, ví dụ 1975."),
    "birth_year.out_of_range": lazy("Năm sinh %(value)s không hợp lý. Hãy ghi từ %(earliest)s đến %(latest)s."),
    "happened_on.in_future": lazy("Ngày %(value)s chưa tới, hôm nay là %(today)s. Hãy ghi ngày đã làm việc đó."),
    "happened_on.too_early": lazy("Ngày %(value)s xa quá. Hãy ghi ngày từ năm %(earliest)s trở lại đây."),
    "date.not_a_day": lazy("“%(value)s” không phải ngày. Hãy ghi ngày/tháng/năm, ví dụ 27/3/2025."),
    "date.short_year": lazy("Năm trong “%(value)s” chỉ có hai chữ số. Hãy ghi đủ bốn chữ số, ví dụ 27/3/2025."),
    "date.no_such_day": lazy("Không có ngày “%(value)s”. Hãy xem lại ngày và tháng."),
    "consent.missing": lazy("Hãy cho biết ai đã đồng ý. Chưa có người đồng ý thì chưa gửi được."),
    "consent.not_asked": lazy("Hãy hỏi người được đề cử trước khi gửi. Bản nháp vẫn được giữ ở đây."),
    "consent.guardian_needed": lazy("Người này có thể dưới %(age)s tuổi: cần cha mẹ hoặc người giám hộ đồng ý."),
    "consent.proof_missing": lazy("Hãy cho biết đã đồng ý bằng cách nào."),
    "consent.purpose_missing": lazy("Hãy đánh dấu ít nhất một việc mà người được đề cử đồng ý."),
    "consent.channel_missing": lazy("Hãy đánh dấu ít nhất một nơi được đăng, hoặc chọn “Không đồng ý”."),
    "consent.link_over": lazy(
        "Liên kết này đã hết hạn, đã được thay bằng liên kết mới, hoặc chép thiếu. "
        "Hãy mở đúng liên kết mới nhất, hoặc nhờ thôn hay Văn phòng xã gửi lại."
    ),
    "party.not_confirmed": lazy("Hãy đánh dấu vào ô này nếu đúng là bạn. Không phải thì xin đừng trả lời."),
    "party.answer_missing": lazy("Hãy chọn đồng ý hoặc không đồng ý."),
    "party.capacity_missing": lazy("Hãy cho biết người này là ai đối với hồ sơ."),
    "party.relation_missing": lazy("Hãy ghi quan hệ với người được đề cử, ví dụ: mẹ."),
    "party.too_many": lazy("Hồ sơ đã có đủ %(most)s người cần hỏi. Hãy gọi cán bộ đầu mối."),
    "party.published": lazy(
        "Bài đã đăng nên không thêm người cần hỏi được. Ai không muốn nữa thì ghi là rút sự đồng ý."
    ),
    "party.not_agreed": lazy("Người này hiện không có sự đồng ý nào để rút."),
    "party.nothing_taken_back": lazy("Hãy đánh dấu việc muốn rút, hoặc bấm “Rút tất cả”."),
    "look_up.code_missing": lazy("Hãy ghi mã hồ sơ in trên phiếu."),
    "look_up.no_match": lazy(
        "Mã hồ sơ và số điện thoại không khớp, hoặc hồ sơ không ghi số nào. Hãy xem lại, hoặc báo thôn, Văn phòng xã."
    ),
    "clock.extended_already": lazy("Yêu cầu này đã gia hạn một lần. Pháp luật chỉ cho gia hạn một lần."),
    "clock.extension_out_of_range": lazy("Hãy ghi số ngày từ 1 đến %(longest)s."),
    "clock.words_missing": lazy("Hãy ghi rõ hơn, ít nhất %(shortest)s chữ cái."),
    "clock.all_done": lazy("Mọi việc đã dừng, không còn gì để gia hạn."),
    "party.agreed": lazy("Người này đã đồng ý rồi. Muốn đổi câu trả lời, hãy hỏi lại bằng liên kết mới."),
    "photo.unknown": lazy("Không tìm thấy ảnh “%(value)s” của đơn vị bạn. Hãy tải ảnh lên trước, hoặc bỏ ảnh."),
    "photo.too_many": lazy("Có %(count)s ảnh, chỉ gửi được %(most)s ảnh. Hãy bỏ bớt."),
    "photo.missing": lazy("Chưa có tệp ảnh nào. Hãy chọn ảnh hoặc bỏ qua bước này."),
    "why.missing": lazy("Hãy cho biết vì sao người này có triển vọng, ít nhất %(shortest)s chữ cái."),
    "weakness.missing": lazy("Hãy ghi điều còn thiếu, còn yếu, ít nhất %(shortest)s chữ cái."),
    "detail.missing": lazy("Hãy ghi vài chữ, ít nhất %(shortest)s chữ cái."),
    "mentor.missing": lazy("Hãy ghi ai kèm cặp: một người hoặc một tổ chức của đơn vị."),
    "support.missing": lazy("Hãy chọn hỗ trợ vật chất hay động viên tinh thần."),
    "amount.not_money": lazy("“%(value)s” không phải số tiền. Hãy ghi số đồng, ví dụ 500.000, hoặc để trống."),
    "due_on.past": lazy("Ngày %(value)s đã qua, hôm nay là %(today)s. Hãy ghi một ngày từ hôm nay trở đi."),
    "nurture.graduated": lazy("Người này đã được đề cử lên xã nên không ghi thêm được. Hãy xem hồ sơ đề cử."),
    "nurture.stopped": lazy("Đã dừng bồi dưỡng người này. Muốn ghi tiếp, hãy bấm Bồi dưỡng tiếp."),
    "nurture.goes_on": lazy("Người này đang được bồi dưỡng, không cần bấm Bồi dưỡng tiếp."),
    "nurture.step_done": lazy("Bước này đã xong nên không dời hạn được. Hãy thêm một bước mới."),
    "nurture.too_many_steps": lazy("Đã có %(most)s bước, không thêm được nữa. Hãy làm xong các bước đã đặt."),
    "reason.missing": lazy("Hãy ghi lý do rút, ít nhất %(shortest)s chữ cái, để xã biết."),
    "addition.missing": lazy("Hãy ghi phần bổ sung, ít nhất %(shortest)s chữ cái."),
    "evidence.sent": lazy("Hồ sơ đã gửi nên không thêm, bớt minh chứng được. Hãy đợi xã hỏi bổ sung, hoặc gọi cán bộ."),
    "evidence.too_many": lazy("Hồ sơ đã có đủ %(most)s tệp. Hãy bỏ bớt một tệp rồi thêm lại."),
    "evidence.missing": lazy("Chưa có tệp nào. Hãy chọn một tệp rồi bấm Thêm."),
    "evidence.kind": lazy("Không nhận loại tệp này. Hãy gửi ảnh, PDF, DOCX, XLSX, TXT, MP3 hoặc WAV."),
    "evidence.empty": lazy("Tệp trống. Hãy mở tệp ra xem lại rồi gửi."),
    "evidence.too_heavy": lazy("Tệp nặng quá 10 MB. Hãy chia nhỏ, hoặc chụp ảnh các trang cần thiết."),
    "evidence.not_what_it_says": lazy("Nội dung tệp không đúng với đuôi tên của nó. Hãy lưu lại đúng loại rồi gửi."),
    "evidence.virus": lazy("Tệp có dấu hiệu vi-rút nên không nhận. Hãy quét máy rồi gửi tệp khác."),
    "evidence.broken": lazy("Không đọc được tệp này: hỏng, có mật khẩu hoặc quá phức tạp. Hãy gửi ảnh chụp."),
    "evidence.too_many_pages": lazy("PDF dài quá 20 trang. Hãy tách lấy những trang cần thiết."),
    "evidence.too_long": lazy("Tệp dài quá mức nhận được. Hãy cắt lấy phần cần thiết."),
    "evidence.no_words": lazy("Trong tệp không có chữ nào. Nếu là bản quét, hãy gửi PDF hoặc ảnh."),
    "evidence.not_utf8": lazy("Tệp chữ không phải bảng mã Unicode (UTF-8). Hãy lưu lại bằng UTF-8 rồi gửi."),
    "evidence.macros": lazy(
        "Tệp có macro hoặc đối tượng nhúng nên không nhận. Hãy lưu lại không kèm macro, hoặc in ra PDF."
    ),
    "evidence.bomb": lazy("Tệp nén bất thường nên không nhận. Hãy lưu lại tệp, hoặc in ra PDF."),
    "evidence.sound_form": lazy("Không đọc được âm thanh dạng này. Hãy gửi MP3, hoặc WAV 16 bit."),
    "scan.missing": lazy("Chưa có ảnh chụp hay bản quét phiếu. Hãy chọn tệp; những gì đã gõ vẫn còn."),
    "scan.too_many": lazy("Nhiều quá %(most)s tệp. Hãy gộp các trang vào một tệp PDF."),
    "scan.kind": lazy("Bản quét phải là ảnh (JPG, PNG, WEBP) hoặc PDF. Hãy chụp lại phiếu rồi gửi."),
    "import.missing": lazy("Chưa chọn tệp nào. Hãy chọn bảng đã điền."),
    "import.empty": lazy("Tệp trống. Hãy mở bảng mẫu, điền rồi gửi lại."),
    "import.no_rows": lazy("Bảng chỉ có dòng tiêu đề. Hãy điền ít nhất một đề cử từ dòng 2."),
    "import.too_heavy": lazy("Tệp nặng quá %(most_mb)s MB. Hãy chia thành nhiều tệp."),
    "import.too_many_rows": lazy("Bảng có hơn %(most)s đề cử. Hãy chia thành nhiều tệp."),
    "import.bomb": lazy("Tệp Excel phình quá lớn khi mở nên không nhận. Hãy chép các dòng sang bảng mẫu mới."),
    "import.broken": lazy("Không đọc được tệp: hỏng, có mật khẩu, hoặc thiếu dấu ngoặc kép. Hãy lưu lại thành XLSX."),
    "import.old_excel": lazy("Tệp Excel đời cũ (XLS). Hãy mở ra, chọn Lưu thành Excel Workbook (XLSX) rồi gửi lại."),
    "import.not_utf8": lazy("Tệp không phải bảng mã Unicode. Trong Excel, hãy chọn Lưu thành “CSV UTF-8” hoặc XLSX."),
    "import.legacy_font": lazy(
        "Bảng gõ bằng phông cũ (TCVN3, VNI): “%(word)s”. Hãy chuyển sang Unicode (Unikey có công cụ) rồi gửi lại."
    ),
    "import.heads_missing": lazy("Bảng thiếu cột: %(heads)s. Hãy dùng bảng mẫu, giữ nguyên tên cột."),
    "import.heads_unknown": lazy("Không biết cột: %(heads)s. Hãy xóa cột đó hoặc đặt tên như bảng mẫu."),
    "import.head_twice": lazy("Cột “%(head)s” có hai lần. Hãy bỏ bớt một cột."),
    "import.not_examined": lazy("Bảng đang được kiểm tra. Hãy đợi kiểm tra xong rồi xác nhận."),
    "import.nothing_good": lazy("Không có dòng nào nhập được. Hãy sửa bảng rồi gửi lại."),
    "import.stopped": lazy("Lần nhập này đã dừng. Hãy gửi lại bảng."),
    "yes_or_no.unknown": lazy("“%(value)s” không rõ là có hay không. Hãy ghi Có hoặc Không."),
    "row.known": lazy("Đã nhập trước đây, hồ sơ %(code)s."),
    "row.twin": lazy("Giống dòng %(first)s, chỉ nhập một lần."),
    "form.stale": lazy("Trang này đã cũ. Hãy mở lại trang rồi điền."),
    "title.missing": lazy("Hãy ghi tên phong trào, ít nhất %(shortest)s chữ cái."),
    "day.missing": lazy("Hãy ghi ngày, ví dụ 27/3/2025."),
    "day.outside_plan": lazy("Ngày %(value)s nằm ngoài kế hoạch. Hãy ghi ngày từ %(first)s đến %(last)s."),
    "ends_on.before_start": lazy("Ngày kết thúc %(value)s trước ngày bắt đầu. Hãy xem lại hai ngày."),
    "text.too_long": lazy("Dài %(length)s chữ cái, tối đa là %(longest)s. Hãy rút ngắn lại."),
    "text.control_character": lazy("Có ký tự không đọc được (%(character)s). Hãy xóa đi rồi gõ lại."),
    "text.legacy_font": lazy("“%(word)s” gõ bằng phông cũ (TCVN3, VNI). Hãy gõ lại bằng bảng mã Unicode."),
    "text.not_utf8": lazy("Chữ gửi lên không phải bảng mã Unicode (UTF-8). Hãy gõ lại."),
    "invalid.text.too_long": lazy("Dài %(length)s chữ cái, tối đa là %(longest)s. Hãy rút ngắn lại."),
    "invalid.text.control_character": lazy("Có ký tự không đọc được (%(character)s). Hãy xóa đi rồi gửi lại."),
    "invalid.text.legacy_font": lazy("“%(word)s” gõ bằng phông cũ (TCVN3, VNI). Hãy gửi bằng bảng mã Unicode."),
    "invalid.choice.unknown": lazy("Kế hoạch không có “%(value)s”. Hãy chọn một trong: %(choices)s."),
    "invalid.consent.missing": lazy("Thiếu sự đồng ý. Hãy ghi ai đồng ý, bằng cách nào, cho việc gì."),
    "invalid.greater_than_equal": lazy("Số này nhỏ quá. Hãy ghi từ %(ge)s trở lên."),
    "invalid.less_than_equal": lazy("Số này lớn quá. Hãy ghi từ %(le)s trở xuống."),
    "invalid.literal_error": lazy("Giá trị không có trong danh sách. Hãy dùng một trong: %(expected)s."),
    "invalid.string_pattern_mismatch": lazy("Giá trị không đúng dạng. Hãy dùng mã ảnh mà PUT /api/v1/photos trả về."),
    "invalid.string_unicode": lazy("Chữ gửi lên không phải bảng mã Unicode (UTF-8). Hãy sửa rồi gửi lại."),
    "invalid.date_type": lazy("Ngày phải có dạng năm-tháng-ngày, ví dụ 2025-03-27."),
    "invalid.date_from_datetime_inexact": lazy("Ngày phải có dạng năm-tháng-ngày, không kèm giờ, ví dụ 2025-03-27."),
    "invalid.model_type": lazy("Nội dung phải là một đối tượng JSON."),
    "invalid.list_type": lazy("Mục này phải là một danh sách."),
}


def sentences(faults: Faults) -> dict[str, str]:
    """{field: what is wrong and what to do, in the reader's language}."""
    words = SHARED | REFUSALS
    return {name: gettext(words[fault.key].message, **dict(fault.details)) for name, fault in faults.items()}
