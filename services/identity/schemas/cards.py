"""How it stands with a card, in words."""

from services.identity.queries.cards import CardState
from shared.web.i18n import LazyText, lazy
from shared.web.parts import Tone

STATE_NAMES: dict[CardState, LazyText] = {
    CardState.NONE: lazy("Chưa phát"),
    CardState.ISSUED: lazy("Đã phát, chờ dùng lần đầu"),
    CardState.IN_USE: lazy("Đang dùng"),
    CardState.PAUSED: lazy("Tạm khóa 15 phút: sai mã PIN nhiều lần"),
    CardState.LOCKED: lazy("Bị khóa: hãy phát thẻ mới"),
    CardState.REVOKED: lazy("Đã thu hồi"),
}
STATE_TONES: dict[CardState, Tone] = {
    CardState.NONE: "mute",
    CardState.ISSUED: "info",
    CardState.IN_USE: "ok",
    CardState.PAUSED: "warn",
    CardState.LOCKED: "bad",
    CardState.REVOKED: "mute",
}
WITHOUT_CARD = frozenset({CardState.NONE, CardState.REVOKED})
MAY_BE_REVOKED = frozenset({CardState.ISSUED, CardState.IN_USE, CardState.PAUSED, CardState.LOCKED})
