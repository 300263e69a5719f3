"""/de-cu/da-de-cu: while a name or a telephone is typed, whether that person was put forward before."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.nomination.pages.posted import Form, Nominating, Opened
from services.nomination.queries.nominations import earlier_of
from services.nomination.rules.typed import read
from services.nomination.schemas.views import line_of
from shared.audit.looks import listed
from shared.audit.note import note
from shared.web.pages import render

router = APIRouter()


@router.post("/de-cu/da-de-cu")
def seen_before(request: Request, who: Nominating, form: Form, session: Opened) -> Response:
    """A part of a page: the earlier nominations, or nothing. A post, so that no name stands in an address."""
    dossier = read({box: form.typed[box] for box in ("name", "phone") if box in form.typed}).dossier
    earlier = earlier_of(session, who, name=dossier.name, phone=dossier.phone)
    if earlier:
        note(session, listed(who, "namesakes", about=[each.id for each in earlier]))
    return render(request, "nomination/_earlier.html", earlier=[line_of(each) for each in earlier])
