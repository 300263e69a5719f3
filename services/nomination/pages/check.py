"""/de-cu/{id}/kiem-tra: everything once more, then off to the commune."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from services.nomination.commands.drafts import discard, submit
from services.nomination.models import Nomination
from services.nomination.pages.posted import Nominating, Opened
from services.nomination.queries.kin import found_alike
from services.nomination.queries.movements import chosen_movement
from services.nomination.queries.nominations import earlier_of, everything_typed, visible
from services.nomination.queries.sight import may_see
from services.nomination.rules.complete import draft_faults
from services.nomination.rules.dossier import Dossier
from services.nomination.rules.fault import Fault, Incomplete
from services.nomination.rules.movements import Launched, with_launched
from services.nomination.rules.stages import Stage
from services.nomination.rules.typed import read
from services.nomination.schemas.check import edit_address, parts_of
from services.nomination.schemas.refusals import sentences
from services.nomination.schemas.views import line_of, step_labels
from shared.access.principal import Principal
from shared.audit.looks import listed, opened
from shared.audit.note import note
from shared.bus.record import act_as
from shared.clock import today
from shared.errors import Refused
from shared.plan.shelf import plan_of
from shared.web.pages import render
from shared.web.problems import sentence

router = APIRouter(prefix="/de-cu/{nomination_id:uuid}")
SENT_BEFORE = "nomination.sent_before"
COMPARED = (
    "subject_kind", "name", "birth_year", "phone", "address", "field", "headline", "story", "happened_on",
)  # fmt: skip


@router.get("/kiem-tra")
def check(request: Request, nomination_id: UUID, who: Nominating, session: Opened) -> Response:
    draft = visible(session, who, nomination_id)
    if draft.stage != Stage.DRAFT:
        return RedirectResponse(f"/de-cu/{nomination_id}", HTTPStatus.SEE_OTHER)
    return check_page(request, session, who, draft)


@router.post("/kiem-tra")
def send(request: Request, nomination_id: UUID, who: Nominating, session: Opened) -> Response:
    """Send it; a second press finds it sent and leads to the same receipt."""
    act_as(session, who.person_id, request.state.traceparent)
    try:
        submit(session, who, nomination_id, plan_of(who.plan_id), today())
    except Incomplete:
        return check_page(request, session, who, visible(session, who, nomination_id), refused=True)
    except Refused as refused:
        if refused.key != SENT_BEFORE:
            raise
        said = sentence(request, refused.key, **refused.details)
        return check_page(request, session, who, visible(session, who, nomination_id), refused=True, refusal=said)
    return RedirectResponse(f"/de-cu/{nomination_id}", HTTPStatus.SEE_OTHER)


@router.post("/bo-nhap")
def throw_away(nomination_id: UUID, who: Nominating, session: Opened) -> Response:
    discard(session, who, nomination_id)
    return RedirectResponse("/de-cu", HTTPStatus.SEE_OTHER)


def check_page(
    request: Request,
    session: Session,
    who: Principal,
    draft: Nomination,
    *,
    refused: bool = False,
    refusal: str = "",
) -> Response:
    plan = plan_of(who.plan_id)
    typed = everything_typed(session, draft.id)
    told = as_told(draft, read(typed).dossier)
    alike = found_alike(session, told, known=may_see(session, who))
    named = earlier_of(session, who, name=told.name, phone=told.phone)
    earlier = list({each.id: each for each in (*(found.nomination for found in alike), *named)}.values())
    note_looks(session, who, draft, earlier)
    chosen = chosen_movement(session, plan, read(typed).dossier.movement, today())
    faults = draft_faults(plan, who, typed, today())
    if isinstance(chosen, Fault):
        faults.setdefault("movement", chosen)
    missing = sentences(faults)
    shown = with_launched(plan, [chosen] if isinstance(chosen, Launched) else ())
    return render(
        request,
        "nomination/check.html",
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK,
        nomination_id=draft.id,
        parts_shown=parts_of(draft.id, shown, who, typed),
        missing=[(edit_address(draft.id, box), said) for box, said in missing.items()],
        refused=refused,
        steps=step_labels(),
        refusal=refusal,
        earlier=[line_of(each) for each in earlier],
        same_deeds=[found.nomination.code for found in alike if found.same_deed],
    )


def as_told(draft: Nomination, dossier: Dossier) -> Nomination:
    """The draft as it would be handed in, to be compared and not to be kept."""
    told = {name: getattr(dossier, name) for name in COMPARED}
    return Nomination(
        id=draft.id,
        plan_id=draft.plan_id,
        unit_id=draft.unit_id,
        source=draft.source,
        person_id=draft.person_id,
        **told,
    )


def note_looks(session: Session, who: Principal, draft: Nomination, earlier: Sequence[Nomination]) -> None:
    """What is shown of somebody else's draft, and of earlier nominations of the same name."""
    if draft.person_id != who.person_id:
        note(session, opened(who, "draft", draft.id, about=[draft.id]))
    if earlier:
        note(session, listed(who, "namesakes", about=[each.id for each in earlier]))
