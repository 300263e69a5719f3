"""Single values of a plan file: from what is written to what is meant, or why not."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from shared.plan import wording
from shared.plan.examples import EXAMPLES, WANTED, example_of
from shared.plan.shape import Amount, Choice, Day, Flag, Line, Mention, Shape, Whole
from shared.plan.tree import Items, Leaf, Node, Refused
from shared.plan.wording import Wording

VIETNAMESE_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
TRUE = ("true", "yes", "on")


class Unfit(Exception):
    """The value does not fit; `said` tells why and what to write instead."""

    def __init__(self, said: Wording) -> None:
        super().__init__(said.key)
        self.said = said


def value_of(shape: Shape, leaf: Leaf) -> str | bool | int | Decimal | date:
    """What a single value means by its shape. Raises Unfit."""
    value: str | bool | int | Decimal | date
    match shape:
        case Line():
            value = line_of(shape, leaf)
        case Mention(kind):
            value = line_of(Line(EXAMPLES.get(kind, kind)), leaf)
        case Choice():
            value = choice_of(shape, leaf)
        case Flag():
            value = flag_of(leaf)
        case Day():
            value = day_of(leaf)
        case Whole() | Amount():
            value = number_of(shape, leaf)
        case _:
            raise wrong_type(shape, leaf)
    return value


def line_of(shape: Line, leaf: Leaf) -> str:
    if leaf.tag not in {"str", "null"} or leaf.raw in {"null", "~"}:
        raise wrong_type(shape, leaf)
    words = leaf.raw.strip()
    if not words:
        raise Unfit(wording.empty_text(shape.example))
    if len(words) > shape.length_max:
        raise Unfit(wording.too_long(len(words), shape.length_max))
    if shape.pattern and not re.fullmatch(shape.pattern, words):
        raise Unfit(wording.wrong_form(words, shape.example))
    return words


def choice_of(shape: Choice, leaf: Leaf) -> str:
    if leaf.tag != "str":
        raise wrong_type(shape, leaf)
    if leaf.raw not in shape.options:
        raise Unfit(wording.not_a_choice(leaf.raw, shape.options))
    return leaf.raw


def flag_of(leaf: Leaf) -> bool:
    if leaf.tag != "bool":
        raise wrong_type(Flag(), leaf)
    return leaf.raw.lower() in TRUE


def day_of(leaf: Leaf) -> date:
    if leaf.tag not in {"timestamp", "str"} or not leaf.raw.strip():
        raise wrong_type(Day(), leaf)
    try:
        return date.fromisoformat(leaf.raw)
    except ValueError:
        raise Unfit(wording.not_a_day(leaf.raw, _vietnamese_day(leaf.raw))) from None


def number_of(shape: Whole | Amount, leaf: Leaf) -> int | Decimal:
    if leaf.tag not in ({"int"} if isinstance(shape, Whole) else {"int", "float"}):
        raise wrong_type(shape, leaf)
    try:
        number = int(leaf.raw) if isinstance(shape, Whole) else Decimal(leaf.raw)
    except (ValueError, InvalidOperation):  # 0x1F, 1:30, .inf: numbers to YAML, not to a reader of plans
        raise wrong_type(shape, leaf) from None
    if not shape.minimum <= number <= shape.maximum:
        raise Unfit(wording.out_of_bounds(leaf.raw, shape.minimum, shape.maximum))
    return number


def condition_of(node: Node) -> str:
    """What a condition asks of an event's data, as `matching` compares it. Raises Unfit."""
    if isinstance(node, Refused):
        raise Unfit(node.said)
    if not isinstance(node, Leaf) or node.tag not in {"str", "bool", "int"}:
        raise wrong_type(Line("F04"), node)
    if node.tag == "bool":
        return "true" if node.raw.lower() in TRUE else "false"
    if not node.raw.strip():
        raise Unfit(wording.empty_text("F04"))
    return node.raw


def wrong_type(shape: Shape, node: Node) -> Unfit:
    """That a value of another type stands there."""
    if isinstance(node, Leaf):
        found, value = (node.tag, node.raw) if node.raw.strip() else ("null", "")
    else:
        found, value = ("seq" if isinstance(node, Items) else "map"), ""
    quoted = isinstance(shape, Line | Mention) and value and found != "null"
    return Unfit(wording.wrong_type(found, value, WANTED[type(shape)], f'"{value}"' if quoted else example_of(shape)))


def _vietnamese_day(written: str) -> date | None:
    """The day meant by "31/5/2023"."""
    if (found := VIETNAMESE_DAY.fullmatch(written.strip())) is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
