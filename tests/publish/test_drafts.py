"""First texts: good Vietnamese from facts alone, for each kind of subject; nothing in them is ever run."""

from dataclasses import replace

import pytest

from services.publish.adapters.drafts import Draft, Facts, bulletin_script, drafted

FACTS = Facts(
    subject_kind="individual",
    who="Lò Thị Ấm",
    named=True,
    place="thôn 3",
    commune="Xã Bình Lương",
    field="Đời sống xã hội",
    model_kind="Gương người tốt, việc tốt",
    movement="Toàn dân đoàn kết xây dựng nông thôn mới",
    areas=("Lao động sản xuất",),
    initiative=True,
    direct_worker=True,
    headline="Nồi cháo nghĩa tình mười năm ở trạm y tế xã",
    story="Mười năm nay bà nấu cháo cho bệnh nhân nghèo.\n\nMỗi tuần hai buổi.",
    happened_on="27/03/2024",
    recognised_on="25/11/2024",
)


def test_an_individual() -> None:
    assert drafted(FACTS) == Draft(
        title="Lò Thị Ấm: nồi cháo nghĩa tình mười năm ở trạm y tế xã",
        sapo="Mười năm nay bà nấu cháo cho bệnh nhân nghèo. Xã Bình Lương vừa công nhận Lò Thị Ấm, thôn 3, là gương "
        "người tốt, việc tốt trong lĩnh vực đời sống xã hội.",
        body="""\
Lò Thị Ấm, thôn 3, xã Bình Lương, được bà con nhắc đến vì một việc làm cụ thể: nồi cháo nghĩa tình mười năm ở trạm \
y tế xã.

Mười năm nay bà nấu cháo cho bệnh nhân nghèo.

Mỗi tuần hai buổi.

Việc làm này diễn ra ngày 27/03/2024. Trong đó có sáng kiến, cách làm mới đã được áp dụng vào thực tế. Lò Thị Ấm là \
người trực tiếp lao động, sản xuất. Thành tích được ghi nhận trong lao động sản xuất. Việc làm gắn với phong trào \
“Toàn dân đoàn kết xây dựng nông thôn mới”.

Ngày 25/11/2024, xã Bình Lương đã công nhận Lò Thị Ấm là gương người tốt, việc tốt. Việc làm ấy được giới thiệu để mọi \
người cùng biết, cùng học và làm theo.""",
    )


def test_a_collective() -> None:
    facts = replace(
        FACTS,
        subject_kind="collective",
        who="Tổ phụ nữ tự quản thôn 3",
        model_kind="Mô hình mới",
        field="Văn hóa, nghệ thuật, thể dục thể thao",
        headline="Mở lớp học chữ buổi tối",
        story="Hai mươi ba chị em biết đọc, biết viết.",
        areas=("Học tập", "Công tác"),
        movement="",
        initiative=False,
    )

    assert drafted(facts) == Draft(
        title="Tổ phụ nữ tự quản thôn 3: mở lớp học chữ buổi tối",
        sapo="Hai mươi ba chị em biết đọc, biết viết. "
        "Xã Bình Lương vừa công nhận Tổ phụ nữ tự quản thôn 3 là mô hình mới trong lĩnh vực văn hóa, nghệ thuật, "
        "thể dục thể thao.",
        body="""\
Tổ phụ nữ tự quản thôn 3, xã Bình Lương, đã cùng nhau làm được một việc mà nhiều người biết đến: mở lớp học chữ \
buổi tối.

Hai mươi ba chị em biết đọc, biết viết.

Việc làm này diễn ra ngày 27/03/2024. Các thành viên là người trực tiếp lao động, sản xuất. Thành tích được ghi nhận \
trong học tập, công tác.

Ngày 25/11/2024, xã Bình Lương đã công nhận Tổ phụ nữ tự quản thôn 3 là mô hình mới. Cách làm của tập thể được giới \
thiệu để các đơn vị, các thôn cùng trao đổi và làm theo.""",
    )


def test_a_household() -> None:
    facts = replace(
        FACTS,
        subject_kind="household",
        who="Hộ gia đình Vi Văn Chiến",
        headline="Hiến 300 m² đất mở rộng đường vào trường",
        story="Nhờ có đất, đường rộng thêm hai mét.",
        happened_on="",
        areas=(),
        movement="",
        initiative=False,
        direct_worker=False,
    )

    assert drafted(facts) == Draft(
        title="Hộ gia đình Vi Văn Chiến: hiến 300 m² đất mở rộng đường vào trường",
        sapo="Nhờ có đất, đường rộng thêm hai mét. "
        "Xã Bình Lương vừa công nhận Hộ gia đình Vi Văn Chiến, thôn 3, là gương người tốt, việc tốt trong lĩnh "
        "vực đời sống xã hội.",
        body="""\
Hộ gia đình Vi Văn Chiến, thôn 3, xã Bình Lương, là gia đình được xóm giềng quý mến vì một việc làm cụ thể: hiến \
300 m² đất mở rộng đường vào trường.

Nhờ có đất, đường rộng thêm hai mét.

Ngày 25/11/2024, xã Bình Lương đã công nhận Hộ gia đình Vi Văn Chiến là gương người tốt, việc tốt. Nếp nhà ấy được \
giới thiệu để các gia đình trong xã cùng biết, cùng học và làm theo.""",
    )


def test_somebody_without_a_name() -> None:
    facts = replace(
        FACTS, who="một công dân thôn 3", named=False, headline="Nhặt được 20 triệu đồng, trả lại người mất"
    )

    text = drafted(facts)

    assert text.title == "Nhặt được 20 triệu đồng, trả lại người mất"
    assert text.sapo == (
        "Mười năm nay bà nấu cháo cho bệnh nhân nghèo. "
        "Xã Bình Lương vừa công nhận một công dân thôn 3 là gương người tốt, việc tốt trong lĩnh vực đời sống xã hội."
    )
    assert text.body.startswith("Một công dân thôn 3 được bà con nhắc đến vì một việc làm cụ thể: nhặt được 20 triệu")


def test_a_headline_with_the_name_in_it_does_not_name_twice() -> None:
    text = drafted(replace(FACTS, headline="Lò Thị Ấm và nồi cháo nghĩa tình"))

    assert text.title == "Lò Thị Ấm và nồi cháo nghĩa tình"


def test_a_story_that_begins_with_a_long_sentence_is_not_told_twice() -> None:
    text = drafted(replace(FACTS, story=f"Bà nấu cháo {'rất lâu ' * 40}rồi. Hết."))

    assert text.sapo.startswith("Xã Bình Lương vừa công nhận Lò Thị Ấm")


def test_a_kind_of_subject_that_another_plan_has_is_drafted_too() -> None:
    text = drafted(replace(FACTS, subject_kind="cooperative", who="Hợp tác xã chè Bình Lương"))

    assert text.body.startswith("Hợp tác xã chè Bình Lương, thôn 3, xã Bình Lương, được nhiều người biết đến vì")


@pytest.mark.parametrize("trick", ["{{7*7}}", "{% include '/etc/passwd' %}", "{{ f.__class__.__mro__ }}", "{# no #}"])
def test_what_people_wrote_is_never_a_template(trick: str) -> None:
    text = drafted(replace(FACTS, headline=trick, story=f"{trick} trong bài", who=trick))

    assert (trick in text.title, trick in text.sapo, trick in text.body) == (True, True, True)
    assert "49" not in text.title + text.body


def test_a_bulletin_greets_and_takes_leave() -> None:
    station = "Đài truyền thanh xã Bình Lương"

    script = bulletin_script(station=station, title="Nồi cháo", sapo="Một.", body="Hai.\n\nBa.")

    assert (
        script
        == """\
Đây là Đài truyền thanh xã Bình Lương.

Kính thưa bà con! Trong chuyên mục Gương sáng quanh ta hôm nay, mời bà con nghe câu chuyện: Nồi cháo.

Một.

Hai.

Ba.

Bà con vừa nghe câu chuyện: Nồi cháo. Xin cảm ơn bà con đã lắng nghe.
"""
    )
