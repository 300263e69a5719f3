"""The changes of one unit: it is renamed, transferred, dissolved. Plain values in, plain values out."""

from dataclasses import replace

from services.identity.rules.units import (
    Change,
    Dissolve,
    How,
    Place,
    Question,
    Rename,
    Share,
    Succession,
    Transfer,
    Tree,
    bodies_below,
    children_of,
    ending,
    living,
    name_of,
    parents_for,
    require_parent,
    tier_of,
)
from shared.errors import Refused
from shared.plan.unit import UNIT_KINDS


def rename(tree: Tree, asked: Rename) -> Change:
    """Raises Refused for a name that cannot be kept, a kind of another tier, or when nothing would change."""
    unit = living(tree, asked.unit_id, asked.on)
    name = name_of(asked.name)
    if asked.kind not in UNIT_KINDS or tier_of(asked.kind) != tier_of(unit.kind):
        raise Refused("unit.kind", value=asked.kind)
    if (name, asked.kind) == (unit.name, unit.kind):
        raise Refused("unit.same_name", name=name)
    return Change(asked.on, begins=(replace(unit, valid_from=asked.on, name=name, kind=asked.kind),))


def transfer(tree: Tree, asked: Transfer) -> Change:
    """Raises Refused for a parent that cannot be one, or already is."""
    unit = living(tree, asked.unit_id, asked.on)
    require_parent(tree, unit.kind, asked.unit_id, asked.parent_id, asked.on)
    if unit.parent_id == asked.parent_id:
        raise Refused("unit.same_parent", name=unit.name)
    return Change(asked.on, begins=(replace(unit, valid_from=asked.on, parent_id=asked.parent_id),))


def dissolve(tree: Tree, asked: Dissolve) -> Change:
    """A unit ends, and its bodies with it. Each territory below it is asked for a new parent."""
    unit = living(tree, asked.unit_id, asked.on)
    if asked.successor_id is not None:
        living(tree, asked.successor_id, asked.on)
    ended = {asked.unit_id, *(body.unit_id for body in bodies_below(tree, asked.unit_id))}
    if asked.successor_id in ended:
        raise Refused("unit.own_successor", name=unit.name)
    for unit_id in ended:
        ending(tree, unit_id, asked.on)
    begins, questions = [], []
    for child in children_of(tree, ended):
        if child.unit_id in ended:
            continue
        options = parents_for(tree, child, without=ended, on=asked.on)
        answer = asked.answers.get(child.unit_id)
        if answer in options:
            living(tree, child.unit_id, asked.on)
            begins.append(replace(child, valid_from=asked.on, parent_id=answer.unit_id))
        else:
            questions.append(Question(Place("", child.unit_id), options))
    successions = tuple(
        Succession(unit_id, asked.successor_id, asked.on, How.DISSOLVE, Share.WHOLE)
        for unit_id in ended
        if asked.successor_id is not None
    )
    return Change(asked.on, tuple(begins), tuple(ended), successions, questions=tuple(questions))
