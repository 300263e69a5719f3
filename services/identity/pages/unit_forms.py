"""The forms of changes of units: what was typed, as a request."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from services.identity.pages.unit_words import DAY_WRONG
from services.identity.rules import units
from services.identity.rules.units import Dissolve, Merge, Place, Rename, Split, Transfer
from services.identity.schemas.changes import ANSWER
from shared.errors import Invalid
from shared.text.dates import NotADay, parsed_day
from shared.web.i18n import _

LONGEST_TYPED = 500
MOST_FIELDS = 2_000  # a commune has some 60 units; a district's children are asked for one by one

#: {field: values}
Typed = Mapping[str, Sequence[str]]


async def typed_form(request: Request) -> Typed:
    """The form as it was sent, files left out, every value cut at a length over what is kept."""
    form = await request.form(max_files=0, max_fields=MOST_FIELDS)
    return {
        name: [value[:LONGEST_TYPED].replace("\0", "") for value in form.getlist(name) if isinstance(value, str)]
        for name in form
    }


Form = Annotated[Typed, Depends(typed_form)]


def one(typed: Typed, name: str) -> str:
    values = typed.get(name) or [""]
    return values[0].strip()


def rename_of(typed: Typed) -> units.Request:
    return Rename(unit_of(typed, "don-vi"), one(typed, "ten"), one(typed, "loai"), day_of(typed))


def transfer_of(typed: Typed) -> units.Request:
    return Transfer(unit_of(typed, "don-vi"), unit_of(typed, "cap-tren"), day_of(typed))


def dissolve_of(typed: Typed) -> units.Request:
    successor = unit_of(typed, "ke-tuc") if one(typed, "ke-tuc") else None
    return Dissolve(unit_of(typed, "don-vi"), successor, day_of(typed), answers_of(typed))


def merge_of(typed: Typed) -> units.Request:
    names, successor = chosen(typed, "ke-hoach"), one(typed, "ke-hoach-moi")
    if not names:
        raise Invalid({"ke-hoach": _("Hãy chọn các xã sáp nhập.")})
    if not successor:
        raise Invalid({"ke-hoach-moi": _("Hãy chọn kế hoạch của xã mới.")})
    return Merge(names, successor, day_of(typed), answers_of(typed))


def split_of(typed: Typed) -> units.Request:
    plan, successors = one(typed, "ke-hoach"), chosen(typed, "ke-hoach-moi")
    if not plan:
        raise Invalid({"ke-hoach": _("Hãy chọn xã được chia.")})
    if not successors:
        raise Invalid({"ke-hoach-moi": _("Hãy chọn các xã tiếp tục.")})
    return Split(plan, successors, day_of(typed), answers_of(typed))


REQUESTS: dict[str, Callable[[Typed], units.Request]] = {
    "doi-ten": rename_of,
    "chuyen": transfer_of,
    "giai-the": dissolve_of,
    "sap-nhap": merge_of,
    "chia": split_of,
}


def unit_of(typed: Typed, name: str) -> UUID:
    """Raises Invalid when no unit was chosen."""
    try:
        return UUID(one(typed, name))
    except ValueError as fault:
        raise Invalid({name: _("Hãy chọn một đơn vị.")}) from fault


def day_of(typed: Typed) -> date:
    """Raises Invalid for what is no day."""
    try:
        return parsed_day(one(typed, "ngay"))
    except NotADay as fault:
        raise Invalid({"ngay": str(DAY_WRONG)}) from fault


def chosen(typed: Typed, name: str) -> tuple[str, ...]:
    return tuple(value for value in dict.fromkeys(typed.get(name, ())) if value)


def answers_of(typed: Typed) -> dict[UUID, Place]:
    """{unit: place} of the answers that can be read; the rules ask again for the others."""
    found = {}
    for name in typed:
        plan, _slash, unit = one(typed, name).rpartition("/")
        if name.startswith(ANSWER):
            try:
                found[UUID(name.removeprefix(ANSWER))] = Place(plan, UUID(unit))
            except ValueError:
                continue
    return found
