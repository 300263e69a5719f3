"""How each channel carries a story: the performers of the effect ledger.

Portal and feed are rows of ours: they change in the transaction that settles the effect, all or nothing. Bulletins and
leaflets are files named by their content: making them twice gives the same file. Consent is asked again each time.
"""

from collections.abc import Mapping
from functools import partial
from typing import Final

from sqlmodel import Session

from services.publish.adapters import bulletins, leaflets
from services.publish.adapters.bulletins import Bulletin
from services.publish.adapters.leaflets import Leaflet
from services.publish.commands.approving import gate
from services.publish.commands.closing import CLOSED
from services.publish.commands.papers import bulletin_of, leaflet_of
from services.publish.commands.settling import address_of, settled, settled_removal
from services.publish.models import EndedPlan
from services.publish.queries.going import Going, going
from services.publish.rules.stages import Stage
from shared.effects.outcome import Effect, Later, Outcome, Sent
from shared.effects.performer import Performer
from shared.errors import Refused
from shared.succession import ending_of


def checked(session: Session, effect: Effect) -> Going:
    """The story, if this very version may still go out. Raises Refused; asked right before every attempt."""
    found = going(session, effect)
    if found.story.stage == Stage.WITHDRAWN or found.dossier.withdrawn_at is not None:
        raise Refused("story.withdrawn")
    if ending_of(session, EndedPlan, found.story.plan_id):
        raise Refused(CLOSED)
    gate(found.dossier, found.text, [effect.channel])
    return found


def prepare_row(session: Session, effect: Effect) -> str:
    """The address of the page or of the feed."""
    return address_of(checked(session, effect).story, effect.channel)


def send_row(_effect: Effect, address: str) -> Outcome:
    return Sent(external_id=address)


def look_up_row(_effect: Effect, _address: str) -> Outcome:
    return Later(0, "the row was not yet public")


def prepare_bulletin(session: Session, effect: Effect) -> Bulletin:
    found = checked(session, effect)
    return bulletin_of(found.story, found.text, found.dossier, found.story.plan)


def prepare_leaflet(session: Session, effect: Effect) -> Leaflet:
    found = checked(session, effect)
    return leaflet_of(found.story, found.text, found.story.plan)


def send_bulletin(_effect: Effect, bulletin: Bulletin) -> Outcome:
    return Sent(external_id=bulletins.make(bulletin))


def look_up_bulletin(_effect: Effect, bulletin: Bulletin) -> Outcome:
    return Sent(bulletin.content) if bulletins.exists(bulletin.content) else Later(0, "the bulletin is not there")


def send_leaflet(_effect: Effect, leaflet: Leaflet) -> Outcome:
    return Sent(external_id=leaflets.make(leaflet))


def look_up_leaflet(_effect: Effect, leaflet: Leaflet) -> Outcome:
    return Sent(leaflet.content) if leaflets.exists(leaflet.content) else Later(0, "the leaflet is not there")


def prepare_removal(_session: Session, effect: Effect) -> str:
    return effect.target


def remove_bulletin(_effect: Effect, content: str) -> Outcome:
    bulletins.remove(content)
    return Sent(external_id=content)


def remove_leaflet(_effect: Effect, content: str) -> Outcome:
    leaflets.remove(content)
    return Sent(external_id=content)


PERFORMERS: Final[Mapping[str, Performer]] = {
    "portal": Performer(prepare_row, send_row, look_up_row, settled, within=True),
    "atom": Performer(prepare_row, send_row, look_up_row, settled, within=True),
    "radio": Performer(prepare_bulletin, send_bulletin, look_up_bulletin, partial(settled, size_of=bulletins.size)),
    "leaflet": Performer(prepare_leaflet, send_leaflet, look_up_leaflet, partial(settled, size_of=leaflets.size)),
    # Removing what is gone already is no harm, so an unknown outcome is simply done again.
    "radio_removal": Performer(prepare_removal, remove_bulletin, remove_bulletin, settled_removal),
    "leaflet_removal": Performer(prepare_removal, remove_leaflet, remove_leaflet, settled_removal),
}
