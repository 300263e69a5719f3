"""The question about consent on paper."""

from datetime import date

from services.nomination.rules.consent import ASKED_TEXT
from services.nomination.schemas.consents import AskedView
from services.nomination.schemas.receipt import lowered
from shared.documents.shapes import ConsentForm, Switch
from shared.web.i18n import _
from shared.web.parts import Choice


def paper_of(asked: AskedView, *, url: str, on: date) -> ConsentForm:
    """The same words as on the page, with boxes for a pen. `on` dates the paper."""
    nomination = asked.nomination
    commune = lowered(asked.commune)
    return ConsentForm(
        issuer=_("Ủy ban nhân dân %(commune)s", commune=commune),
        code=nomination.code or "",
        text_version=ASKED_TEXT,
        printed_on=on,
        url=url,
        giver=asked.party.name,
        capacity=asked.capacity,
        nominee=nomination.name,
        headline=nomination.headline,
        purposes=switches(asked.purposes),
        channels=switches(asked.channels),
        rights=(
            _("Tôi được hỏi từng việc và tự nguyện trả lời. Không đồng ý cũng không ảnh hưởng đến việc xét công nhận."),
            _(
                "Tôi có thể rút lại bất cứ lúc nào, qua mã QR này hoặc tại Ủy ban nhân dân xã. Xã trả lời trong "
                "2 ngày làm việc, dừng trong 15 ngày, báo các bên liên quan dừng trong 20 ngày. "
                "Bản đã in hoặc đã phát không thu lại được."
            ),
        ),
        sample=nomination.plan.sample,
    )


def switches(choices: list[Choice]) -> tuple[Switch, ...]:
    return tuple(Switch(title=choice.label, detail=choice.hint) for choice in choices)
