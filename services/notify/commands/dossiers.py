"""Remember nominations, so that their people can be told what becomes of them."""

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from services.notify.models import Dossier
from services.notify.queries.people import remember_dossier
from services.notify.rules.matter import DossierCopy
from shared.bus.told import Told
from shared.events.nomination import NominationSubmitted


def remember(session: Session, told: Told[NominationSubmitted]) -> None:
    """Keep what later letters need. Whoever acted is the nominator."""
    said = told.data
    dossier = DossierCopy(said.nomination_id, said.code, said.unit_id, told.actor_id, said.personal.name)
    session.execute(
        insert(Dossier)
        .values(
            nomination_id=dossier.nomination_id,
            plan_id=told.plan_id,
            code=dossier.code,
            unit_id=dossier.unit_id,
            nominator_id=dossier.nominator_id,
            nominee=dossier.nominee,
        )
        .on_conflict_do_nothing()
    )
    remember_dossier(session, dossier)
