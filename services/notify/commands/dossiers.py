"""Remember nominations, so that their people can be told what becomes of them."""

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from services.notify.models import Dossier, Imported
from services.notify.queries.people import copy_of, remember_dossier
from services.notify.rules.matter import DossierCopy
from shared.bus.ear import NotYet
from shared.bus.told import Told
from shared.events.nomination import NominationImported, NominationSubmitted, NominationTransferred


def remember(session: Session, told: Told[NominationSubmitted]) -> None:
    """Keep what later letters need. Whoever acted is the nominator."""
    said = told.data
    person, name = told.actor_id, said.personal.name
    dossier = DossierCopy(said.nomination_id, said.code, said.unit_id, person, name, told.plan_id)
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


def note_imported(session: Session, told: Told[NominationImported]) -> None:
    """Keep that it is one of many: the subject's order has this known before the dossier is told of."""
    session.execute(
        insert(Imported).values(nomination_id=told.data.nomination_id, plan_id=told.plan_id).on_conflict_do_nothing()
    )


def transfer(session: Session, told: Told[NominationTransferred]) -> None:
    """Let the dossier's people be told under the plan where it goes on. Raises NotYet before it is known."""
    said = told.data
    row = session.get(Dossier, said.nomination_id, with_for_update=True)
    if row is None:
        raise NotYet(f"nomination {said.nomination_id}")
    if row.plan_id != said.to_plan:
        row.origin = row.origin or row.plan_id
        row.plan_id, row.unit_id = said.to_plan, said.to_unit_id
    remember_dossier(session, copy_of(row))
