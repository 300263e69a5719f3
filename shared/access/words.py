"""The table of rights in words: what verbs, roles and relations are called, and why something is so."""

from collections.abc import Iterable
from typing import NamedTuple

from shared.access.principal import Role
from shared.access.verbs import Action, Relation
from shared.web.i18n import LazyText, gettext, lazy

ROLE_NAMES: dict[Role, LazyText] = {
    Role.NOMINATOR: lazy("Trưởng thôn, thủ trưởng đơn vị"),
    Role.ORGANISATION: lazy("Đoàn thể"),
    Role.CLERK: lazy("Cán bộ đầu mối"),
    Role.COUNCIL_MEMBER: lazy("Thành viên Hội đồng"),
    Role.CHAIR: lazy("Chủ tịch"),
    Role.EDITOR: lazy("Biên tập viên"),
    Role.AGGREGATOR_OFFICER: lazy("Cán bộ cấp tổng hợp"),
    Role.ADMIN: lazy("Quản trị"),
}

RELATION_NAMES: dict[Relation, LazyText] = {
    Relation.OWN: lazy("đơn vị của mình"),
    Relation.CHILD: lazy("đơn vị trực thuộc"),
    Relation.PARENT: lazy("đơn vị cấp trên"),
    Relation.SIBLING: lazy("đơn vị khác trong xã"),
    Relation.OTHER: lazy("xã khác"),
}


class Verb(NamedTuple):
    """What an action is called, and the reason for which those who may do it may."""

    title: LazyText
    reason: LazyText


VERBS: dict[Action, Verb] = {
    Action.NOMINATE: Verb(
        lazy("Đề cử"), lazy("Thôn, đơn vị, đoàn thể đề cử gương của mình; cán bộ đầu mối nhập hộ hồ sơ giấy.")
    ),
    Action.READ_DOSSIER: Verb(
        lazy("Đọc hồ sơ đề cử"), lazy("Hồ sơ có thông tin cá nhân, nên chỉ người lập và người xử lý được đọc.")
    ),
    Action.WITHDRAW_NOMINATION: Verb(
        lazy("Rút đề cử"), lazy("Người được đề cử có thể đổi ý; đơn vị đã gửi hoặc cán bộ đầu mối rút hộ.")
    ),
    Action.MATCH_NOMINEES: Verb(
        lazy("Xác định trùng người"),
        lazy("Một thành tích không khen hai lần, nên cán bộ đầu mối xem người được đề cử có trùng với hồ sơ cũ."),
    ),
    Action.ANSWER_SUGGESTION: Verb(
        lazy("Trả lời gợi ý, giới thiệu"), lazy("Gợi ý của người dân do đơn vị nơi đó tìm hiểu và trả lời.")
    ),
    Action.PASS_SUGGESTION: Verb(
        lazy("Chuyển gợi ý cho đơn vị khác"), lazy("Cán bộ đầu mối chuyển gợi ý đến đúng đơn vị.")
    ),
    Action.ASK_CONSENT: Verb(
        lazy("Hỏi và ghi sự đồng ý"),
        lazy("Đơn vị gần dân nhất hỏi, ghi lại và nhận lời rút; cán bộ đầu mối làm hộ khi cần."),
    ),
    Action.ANSWER_WITHDRAWAL: Verb(
        lazy("Trả lời lời rút đồng ý"),
        lazy("Xã giữ dữ liệu nên xã trả lời; cán bộ đầu mối thay mặt xã, theo hạn của pháp luật."),
    ),
    Action.READ_MOVEMENTS: Verb(
        lazy("Xem phong trào trong xã"), lazy("Ai đề cử cũng cần biết các phong trào đang có trong xã.")
    ),
    Action.LAUNCH_MOVEMENT: Verb(lazy("Phát động phong trào"), lazy("Mỗi đơn vị phát động phong trào của chính mình.")),
    Action.READ_NURTURE: Verb(
        lazy("Xem nhân tố được bồi dưỡng"),
        lazy("Ai còn yếu điều gì là chuyện riêng, nên chỉ đơn vị và cán bộ của xã được xem."),
    ),
    Action.NURTURE: Verb(lazy("Bồi dưỡng nhân tố"), lazy("Mỗi đơn vị bồi dưỡng người của mình.")),
    Action.READ_CASE: Verb(
        lazy("Đọc hồ sơ xét duyệt"), lazy("Hồ sơ trên bàn Hội đồng dành cho người chuẩn bị, chấm điểm và quyết định.")
    ),
    Action.SCORE: Verb(lazy("Chấm điểm"), lazy("Chấm điểm là việc của thành viên Hội đồng.")),
    Action.DECIDE: Verb(lazy("Quyết định công nhận"), lazy("Chủ tịch Ủy ban nhân dân là người quyết định.")),
    Action.RETURN_CASE: Verb(
        lazy("Trả hồ sơ để bổ sung"), lazy("Cán bộ đầu mối kiểm tra hồ sơ và hỏi lại đơn vị khi còn thiếu.")
    ),
    Action.HOLD_CASE: Verb(
        lazy("Tạm dừng xem xét"), lazy("Khi có việc đang được xác minh, cán bộ đầu mối tạm dừng hồ sơ đến khi rõ.")
    ),
    Action.PROPOSE_COMMENDATION: Verb(
        lazy("Trình khen thưởng"), lazy("Cán bộ đầu mối lập tờ trình để Chủ tịch xem xét.")
    ),
    Action.READ_PROPOSAL: Verb(lazy("Đọc tờ trình"), lazy("Tờ trình dành cho người lập và người ký.")),
    Action.PUT_FORWARD: Verb(lazy("Giới thiệu lên cấp trên"), lazy("Cán bộ đầu mối thay mặt xã giới thiệu.")),
    Action.READ_DRAFT_STORY: Verb(
        lazy("Đọc bài chưa đăng"), lazy("Bài chưa đăng chỉ dành cho cán bộ của xã có liên quan.")
    ),
    Action.EDIT_STORY: Verb(lazy("Biên tập bài viết"), lazy("Biên tập viên viết bài; cán bộ đầu mối giúp khi cần.")),
    Action.PUBLISH_STORY: Verb(
        lazy("Đăng bài"),
        lazy("Biên tập viên đăng bài khi người được nêu gương đã đồng ý; cán bộ đầu mối giúp khi cần."),
    ),
    Action.READ_ACTIVITIES: Verb(
        lazy("Xem sổ hoạt động"), lazy("Sổ ghi việc đã làm và kinh phí: xã xem tất cả, đoàn thể xem phần của mình.")
    ),
    Action.RECORD_ACTIVITY: Verb(
        lazy("Ghi hoạt động"), lazy("Ai làm thì ghi: đoàn thể ghi việc của mình, cán bộ xã ghi việc trong xã.")
    ),
    Action.READ_LETTERS_SENT: Verb(
        lazy("Xem sổ gửi thông báo"), lazy("Người chịu trách nhiệm cần biết thông báo đã tới nơi hay chưa.")
    ),
    Action.SEND_LETTER_AGAIN: Verb(
        lazy("Gửi lại thông báo"), lazy("Thông báo chưa tới nơi thì người chịu trách nhiệm quyết định gửi lại.")
    ),
    Action.READ_PLAN_STATE: Verb(
        lazy("Xem tình trạng kế hoạch"), lazy("Kế hoạch là công khai; mọi người trong xã đều xem được.")
    ),
    Action.READ_ROAD: Verb(
        lazy("Theo dõi hành trình hồ sơ"),
        lazy("Đơn vị theo dõi hồ sơ mình đã gửi; cán bộ theo dõi hồ sơ trong địa bàn."),
    ),
    Action.OPEN_EVENTS: Verb(lazy("Mở sổ sự kiện"), lazy("Cán bộ đối chiếu từng việc với nhiệm vụ trong kế hoạch.")),
    Action.READ_PROGRESS: Verb(
        lazy("Xem bảng tổng hợp"), lazy("Số liệu không nêu tên người, dành cho cán bộ của xã và cấp tổng hợp.")
    ),
    Action.READ_REPORT: Verb(lazy("Đọc báo cáo"), lazy("Báo cáo dành cho cán bộ của xã và cấp nhận báo cáo.")),
    Action.SEND_REPORT: Verb(lazy("Gửi báo cáo"), lazy("Xã báo cáo cấp trên, nên người thay mặt xã gửi.")),
    Action.READ_PEOPLE: Verb(
        lazy("Xem danh sách cán bộ"), lazy("Người chịu trách nhiệm cần biết ai đang giữ vai trò nào.")
    ),
    Action.MANAGE_PEOPLE: Verb(
        lazy("Giao và cho thôi vai trò"),
        lazy("Cán bộ đầu mối lo cho người đề cử và thành viên Hội đồng của xã; quản trị lo cho mọi người."),
    ),
    Action.RECORD_LEAVE: Verb(
        lazy("Ghi ngày vắng mặt"), lazy("Người phụ trách ghi ngày vắng và người làm thay, để công việc không dừng.")
    ),
    Action.LEND_OFFICE: Verb(
        lazy("Ủy quyền vai trò của mình"),
        lazy("Ai giữ vai trò thì có thể nhờ người làm thay; riêng chấm điểm và quản trị thì phải tự làm."),
    ),
    Action.KEEP_CARDS: Verb(
        lazy("Phát thẻ đăng nhập"), lazy("Cán bộ đầu mối và quản trị phát thẻ cho người đề cử trong xã.")
    ),
    Action.MAKE_APPROVAL_LINK: Verb(
        lazy("Lập liên kết duyệt"), lazy("Cán bộ đầu mối trình từng hồ sơ tới thành viên Hội đồng hoặc Chủ tịch.")
    ),
    Action.CHANGE_UNITS: Verb(
        lazy("Thay đổi đơn vị hành chính"),
        lazy("Sáp nhập, chia, đổi tên liên quan nhiều xã nên do quản trị thực hiện."),
    ),
    Action.READ_RECORD: Verb(lazy("Đọc nhật ký"), lazy("Người chịu trách nhiệm cần biết ai đã xem và đã làm gì.")),
    Action.ANSWER_CITIZEN: Verb(
        lazy("Trả lời công dân"), lazy("Công dân có quyền biết ai đã xem dữ liệu của mình; xã là nơi trả lời.")
    ),
    Action.ISSUE_TOKEN: Verb(
        lazy("Tự lập mã API"),
        lazy("Phần mềm của đơn vị có thể gửi đề cử; quyền quyết định thì không giao cho phần mềm."),
    ),
    Action.READ_RIGHTS: Verb(lazy("Xem bảng phân quyền"), lazy("Người chịu trách nhiệm cần thấy ai được làm gì.")),
}

#: The verbs in the order of the work, as the table of rights shows them.
GROUPS: tuple[tuple[LazyText, tuple[Action, ...]], ...] = (
    (
        lazy("Đề cử"),
        (
            Action.NOMINATE,
            Action.READ_DOSSIER,
            Action.WITHDRAW_NOMINATION,
            Action.ASK_CONSENT,
            Action.ANSWER_WITHDRAWAL,
            Action.READ_MOVEMENTS,
            Action.LAUNCH_MOVEMENT,
            Action.READ_NURTURE,
            Action.NURTURE,
        ),
    ),
    (
        lazy("Xét duyệt"),
        (
            Action.READ_CASE,
            Action.SCORE,
            Action.DECIDE,
            Action.PROPOSE_COMMENDATION,
            Action.READ_PROPOSAL,
            Action.PUT_FORWARD,
        ),
    ),
    (
        lazy("Bài viết và hoạt động"),
        (
            Action.READ_DRAFT_STORY,
            Action.EDIT_STORY,
            Action.PUBLISH_STORY,
            Action.READ_ACTIVITIES,
            Action.RECORD_ACTIVITY,
        ),
    ),
    (
        lazy("Theo dõi và báo cáo"),
        (
            Action.READ_PLAN_STATE,
            Action.READ_ROAD,
            Action.OPEN_EVENTS,
            Action.READ_PROGRESS,
            Action.READ_REPORT,
            Action.SEND_REPORT,
        ),
    ),
    (
        lazy("Thông báo và tài khoản"),
        (Action.READ_LETTERS_SENT, Action.SEND_LETTER_AGAIN, Action.ISSUE_TOKEN, Action.READ_RIGHTS),
    ),
)


def reason(action: Action) -> str:
    """Why those who may do it may."""
    return str(VERBS[action].reason)


def elsewhere(held: Iterable[Relation], relation: Relation) -> str:
    """Why it is refused here to somebody who may do it elsewhere."""
    return gettext(
        "Chỉ làm được việc này với: %(where)s. Ở đây là %(here)s.",
        where=relations(held),
        here=str(RELATION_NAMES[relation]),
    )


def not_yours(roles: Iterable[Role]) -> str:
    """Why it is refused to somebody whose role may never do it."""
    return gettext("Việc này dành cho: %(roles)s.", roles="; ".join(str(ROLE_NAMES[role]) for role in roles))


def relations(held: Iterable[Relation]) -> str:
    """Relations in their own order, as a list within a sentence."""
    known = frozenset(held)
    return ", ".join(str(RELATION_NAMES[each]) for each in Relation if each in known)
