"""What the clerk makes, or has made, of a recognised model."""

from dataclasses import dataclass

from sqlmodel import Session

from services.review.models import Case, Commendation
from services.review.pages import words
from services.review.queries.cases import commendation_of, ending_of_commune, put_forward_of
from services.review.rules.awards import FORMS, Track
from services.review.rules.stages import Stage
from shared.access.principal import Principal
from shared.access.rights import Action, may_at_all
from shared.plan import Plan
from shared.succession import Ending
from shared.web.ended import ended_words
from shared.web.filters import day
from shared.web.i18n import current_language, gettext
from shared.web.parts import Choice


@dataclass(frozen=True, slots=True)
class Follow:
    """Sentences that are "" have not happened yet."""

    proposed: str
    paper: str  # the address of the tờ trình, for those who may take it
    forwarded: str
    to_whom: str
    may_act: bool
    closed: str  # why nothing more may follow
    tracks: list[Choice]


def follow_of(session: Session, who: Principal, case: Case, plan: Plan) -> Follow | None:
    """None unless the case is recognised."""
    if case.stage is not Stage.RECOGNISED:
        return None
    commendation, ending = commendation_of(session, case.id), ending_of_commune(session, case.plan_id)
    to = plan.aggregator.name.to(current_language())
    went = next((one for one in put_forward_of(session, case.id) if one.to_unit_id == plan.aggregator.id), None)
    return Follow(
        proposed=proposed_words(commendation) if commendation else "",
        paper=f"/xet-duyet/{case.id}/to-trinh.pdf"
        if commendation and may_at_all(who.role, Action.READ_PROPOSAL)
        else "",
        forwarded=gettext("Đã giới thiệu lên %(unit)s ngày %(day)s.", unit=to, day=day(went.put_forward_on))
        if went
        else "",
        to_whom=gettext("Giới thiệu điển hình này với %(unit)s để xét tôn vinh ở cấp trên.", unit=to),
        may_act=may_at_all(who.role, Action.PROPOSE_COMMENDATION)
        and case.taken_back_on is None
        and case.held_until is None
        and ending is None,
        closed=closed_words(ending) if ending else "",
        tracks=[Choice(track.value, str(label)) for track, label in words.TRACKS.items()],
    )


def closed_words(ending: Ending) -> str:
    """Circular 15/2025/TT-BNV: no commendation for a body that was dissolved in the re-organisation."""
    no_more = gettext("Đơn vị đã giải thể nên không trình khen thưởng hay giới thiệu thêm (Thông tư 15/2025/TT-BNV).")
    return f"{ended_words(ending)} {no_more}"


def proposed_words(commendation: Commendation) -> str:
    return gettext(
        "%(who)s đã trình Chủ tịch tặng %(form)s ngày %(day)s. %(track)s.",
        who=commendation.proposed_by_name,
        form=FORMS[commendation.form].to(current_language()),
        day=day(commendation.proposed_on),
        track=words.TRACKS[Track(commendation.track)],
    )
