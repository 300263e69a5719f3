"""What the clerk makes, or has made, of a recognised model."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from services.review.models import Case, Commendation, PutForward
from services.review.pages import words
from services.review.pages.forms import ClimbForm
from services.review.queries.cases import commendation_of, ending_of_commune, put_forward_of
from services.review.rules.awards import FORMS, Track
from services.review.rules.ladder import Answer, standing, tier_of
from services.review.rules.stages import Stage
from shared.access.principal import Principal
from shared.access.rights import Action, may_at_all
from shared.plan.ladder import Tier, commune_rung, tiers_on
from shared.succession import Ending
from shared.web.ended import ended_words
from shared.web.filters import day
from shared.web.i18n import current_language, gettext
from shared.web.parts import Choice, Rung


@dataclass(frozen=True, slots=True)
class Follow:
    """Sentences that are "" have not happened yet."""

    proposed: str
    paper: str  # the address of the tờ trình, for those who may take it
    ladder: list[Rung]
    awaited: str  # the tier whose answer is awaited
    to_whom: str  # "" when there is no further rung
    not_agreed: str  # why it may not go there
    consents: str  # the address where that is asked
    may_act: bool
    closed: str  # why nothing more may follow
    tracks: list[Choice]
    form: ClimbForm


def follow_of(session: Session, who: Principal, case: Case, *, form: ClimbForm | None, today: date) -> Follow | None:
    """None unless the case is recognised."""
    if case.stage is not Stage.RECOGNISED:
        return None
    plan = case.plan
    commendation, ending = commendation_of(session, case.id), ending_of_commune(session, case.plan_id)
    climbs = put_forward_of(session, case.id)
    found = standing(plan, climbs, today)
    return Follow(
        proposed=proposed_words(commendation) if commendation else "",
        paper=f"/xet-duyet/{case.id}/to-trinh.pdf"
        if commendation and may_at_all(who.role, Action.READ_PROPOSAL)
        else "",
        ladder=rungs_of(case, climbs, today),
        awaited=tier_name(found.awaited) if found.awaited else "",
        to_whom=gettext(
            "Giới thiệu điển hình này với cấp trên: %(tier)s, để xét tôn vinh.", tier=tier_name(found.following)
        )
        if found.following
        else "",
        not_agreed="" if case.may_go_up else str(words.REFUSALS["ladder.not_agreed"]),
        consents=f"/de-cu/{case.nomination_id}/dong-y",
        may_act=may_at_all(who.role, Action.PROPOSE_COMMENDATION)
        and case.taken_back_on is None
        and case.held_until is None
        and ending is None,
        closed=closed_words(ending) if ending else "",
        form=form or ClimbForm(),
        tracks=[Choice(track.value, str(label)) for track, label in words.TRACKS.items()],
    )


def tier_name(tier: Tier) -> str:
    """The unit that stands for the rung, or the rung itself."""
    name = tier.unit.name if tier.unit else tier.rung.title
    return name.to(current_language())


def rungs_of(case: Case, climbs: Sequence[PutForward], today: date) -> list[Rung]:
    """The ladder above the candidate's own unit, as far as it stands today or was climbed before."""
    plan, language = case.plan, current_language()
    climbed = {tier.rung.id: (tier, climb) for climb in climbs if (tier := tier_of(plan, climb))}
    tiers = {tier.rung.id: tier for tier in tiers_on(plan, today)} | {id_: tier for id_, (tier, _) in climbed.items()}
    order = [rung.id for rung in plan.ladder] or list(tiers)
    own = commune_rung(plan)
    title = own.title if own else plan.unit.name
    decided = gettext("Công nhận ngày %(day)s", day=day(case.decided_on))
    found = [Rung(title.to(language), "reached", decided)]
    for rung_id in sorted(tiers, key=order.index):
        climb = climbed[rung_id][1] if rung_id in climbed else None
        found.append(rung_of(tiers[rung_id], climb))
    return found


def rung_of(tier: Tier, climb: PutForward | None) -> Rung:
    title, name = tier.rung.title.to(current_language()), tier_name(tier)
    shown = title if name == title else f"{title} ({name})"
    if climb is None:
        return Rung(shown)
    put = gettext("Giới thiệu ngày %(day)s", day=day(climb.put_forward_on))
    if climb.answer is None:
        return Rung(shown, "awaited", put)
    answered = gettext("trả lời ngày %(day)s: %(words)s", day=day(climb.answered_on), words=climb.answer_words)
    return Rung(shown, "reached" if climb.answer == Answer.RECOGNISED else "declined", f"{put}, {answered}")


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
