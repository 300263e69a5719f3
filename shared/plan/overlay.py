"""A plan file that rests on another one (`based_on`): how a second commune runs the same district plan.

A key of the file takes the place of the same key below, except lists of entries with an id: there, an entry takes
the place of the entry with its id, key by key, and new ids come last. Units have no ids, so a list of units
replaces the whole list. What belongs to one paper only (its number, date and signature) is not inherited.
"""

import os
from pathlib import Path

from shared.plan import wording
from shared.plan.faults import Fault
from shared.plan.form import PLAN
from shared.plan.shape import ListOf
from shared.plan.tree import Items, Leaf, Node, Pairs, read_tree
from shared.plan.values import Unfit, value_of
from shared.plan.wording import Wording

CHAIN_MAX = 4
OWN = ("number", "issued_on", "signed_by")


def read_with_base(path: Path, faults: list[Fault], *, above: tuple[Path, ...] = ()) -> Pairs | None:
    """The tree of a plan file laid over those it is based on. None when one of them cannot be read."""
    tree = read_tree(path, faults)
    if tree is None or not isinstance(based_on := tree.pairs.get("based_on"), Leaf):
        return tree
    if "id" not in tree.pairs:
        _refuse(tree, "id", wording.missing_key("id", "xa-mau-2026-2030"), faults)
    chain = (*above, path)
    try:
        base = read_with_base(_base_path(based_on, chain), faults, above=chain)
    except Unfit as unfit:
        _refuse(based_on, "based_on", unfit.said, faults)
        return None
    return None if base is None else laid_over(base, tree)


def _base_path(based_on: Leaf, chain: tuple[Path, ...]) -> Path:
    """The file that is meant: a plan file, given as seen from the last one of the chain. Raises Unfit."""
    written = str(value_of(PLAN.keys["based_on"].shape, based_on))
    path = Path(os.path.normpath(chain[-1].parent / written))
    if path in chain or len(chain) > CHAIN_MAX:
        raise Unfit(wording.circular_base(written))
    if not path.is_file():
        raise Unfit(wording.no_base(written, str(path)))
    return path


def _refuse(node: Node, where: str, said: Wording, faults: list[Fault]) -> None:
    faults.append(Fault(node.file, node.line, where, said.wrong, said.instead, said.key))


def laid_over(base: Pairs, over: Pairs) -> Pairs:
    """The base with the file laid over it; every value keeps the file and line it came from."""
    pairs = {key: node for key, node in base.pairs.items() if key not in OWN}
    lines = dict(base.lines)
    for key, node in over.pairs.items():
        below, key_form = base.pairs.get(key), PLAN.keys.get(key)
        merges = key_form and isinstance(key_form.shape, ListOf) and key_form.shape.named_by == "id"
        if merges and isinstance(below, Items) and isinstance(node, Items):
            pairs[key] = _entries_laid_over(below, node)
        else:
            pairs[key] = node
        lines[key] = over.lines[key]
    return Pairs(over.file, over.line, pairs, lines, over.bad_keys)


def _entries_laid_over(base: Items, over: Items) -> Items:
    entries: list[Node] = list(base.items)
    places = {name: at for at, item in enumerate(entries) if (name := _id_of(item))}
    for item in over.items:
        place = places.pop(_id_of(item), None)  # named twice: the second stays an entry and is refused as a repeat
        below = entries[place] if place is not None else None
        if place is not None and isinstance(below, Pairs) and isinstance(item, Pairs):
            entries[place] = Pairs(
                item.file, item.line, below.pairs | item.pairs, below.lines | item.lines, item.bad_keys
            )
        else:
            entries.append(item)
    return Items(over.file, over.line, tuple(entries))


def _id_of(node: Node) -> str:
    name = node.pairs.get("id") if isinstance(node, Pairs) else None
    return name.raw if isinstance(name, Leaf) else ""
