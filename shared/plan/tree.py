"""A YAML file as a tree in which every value knows its file and line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias, cast

import yaml

from shared.plan import unreadable
from shared.plan.faults import FAULTS_MAX, Fault
from shared.plan.wording import Wording

BYTES_MAX = 2_000_000
DEPTH_MAX = 12

#: The C parser is some ten times as fast; PyYAML is built without it on a few platforms.
LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

TAGS = {
    f"tag:yaml.org,2002:{word}": word for word in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")
}
#: Control characters, the replacement character, private letters, and "ƣ": a "ư" broken on its way out of a PDF.
DAMAGED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ue000-\uf8ff\ufffd\ufffe\uffff\u01a2\u01a3]")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single value, as written. `tag` is what YAML takes it for: "str", "int", "bool", "timestamp", and so on."""

    file: str
    line: int
    raw: str
    tag: str


@dataclass(frozen=True, slots=True)
class Items:
    file: str
    line: int
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Keys with their values; `lines` has the line of each key. `bad_keys` are (key, line, what is wrong)."""

    file: str
    line: int
    pairs: dict[str, "Node"]
    lines: dict[str, int]
    bad_keys: tuple[tuple[str, int, Wording], ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that YAML allows and a plan does not: an alias or a foreign tag."""

    file: str
    line: int
    said: Wording


Node: TypeAlias = Leaf | Items | Pairs | Refused


def read_tree(path: Path, faults: list[Fault]) -> Pairs | None:
    """The tree of a file; None when there is none to speak of. What is wrong is added to `faults`."""
    file = str(path)
    text = _text_of(path, file, faults)
    if text is None:
        return None
    try:
        tree = _Grower(file, text).root()
    except Unreadable as error:
        _add(faults, file, error.line, error.said)
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        _add(faults, file, mark.line + 1 if mark else 1, unreadable.not_yaml(str(error.problem or error)))
        return None
    except yaml.YAMLError as error:
        _add(faults, file, 1, unreadable.not_yaml(str(error)))
        return None
    if not isinstance(tree, Pairs):
        _add(faults, file, 1, unreadable.not_a_plan())
        return None
    return tree


def _text_of(path: Path, file: str, faults: list[Fault]) -> str | None:
    try:
        with path.open("rb") as stream:
            content = stream.read(BYTES_MAX + 1)
    except OSError as error:
        _add(faults, file, 1, unreadable.not_readable(error.strerror or str(error)))
        return None
    if len(content) > BYTES_MAX:
        _add(faults, file, 1, unreadable.too_large(path.stat().st_size, BYTES_MAX))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        _add(faults, file, line, unreadable.not_utf8(content[error.start]))
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if DAMAGED.search(text) is None:
        return text
    for line, words in enumerate(text.split("\n"), start=1):
        for letter in sorted(set(DAMAGED.findall(words))):
            if len(faults) >= FAULTS_MAX:
                _add(faults, file, line, unreadable.too_many(FAULTS_MAX))
                return None
            _add(faults, file, line, unreadable.damaged(letter))
    return DAMAGED.sub("?", text)


def _add(faults: list[Fault], file: str, line: int, said: Wording) -> None:
    faults.append(Fault(file, line, "", said.wrong, said.instead, said.key))


class _Parser(Protocol):
    """What we use of PyYAML's loaders, whose stubs leave it untyped."""

    def get_event(self) -> yaml.Event: ...
    def resolve(self, kind: type[yaml.Node], value: str, implicit: tuple[bool, bool]) -> str: ...


class Unreadable(Exception):
    """The file is not read any further than this line."""

    def __init__(self, line: int, said: Wording) -> None:
        super().__init__(said.key)
        self.line, self.said = line, said


class _Grower:
    """Grows our tree from the parser's events, and never deeper than DEPTH_MAX.

    Not from its node graph: the C parser builds that by recursion, so that a file of open brackets ends the process,
    and it hides on which line an alias stands. Too deep a file is not read on, since the parser's time grows with the
    square of the depth.
    """

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.parser = cast("_Parser", LOADER(text))

    def root(self) -> Node | None:
        """The one document of the file; None when it is empty."""
        self.parser.get_event()  # the stream starts
        if isinstance(self.parser.get_event(), yaml.StreamEndEvent):
            return None
        node = self.grow(self.parser.get_event(), DEPTH_MAX)
        self.parser.get_event()  # the document ends
        if not isinstance(after := self.parser.get_event(), yaml.StreamEndEvent):
            raise Unreadable(_line_of(after), unreadable.second_document())
        return node

    def grow(self, event: yaml.Event, depth: int) -> Node:
        line = _line_of(event)
        if isinstance(event, yaml.AliasEvent):
            return Refused(self.file, line, unreadable.alias(str(event.anchor)))
        if isinstance(event, yaml.ScalarEvent):
            tag = self._tag_of(event)
            known = TAGS.get(tag)
            return Leaf(self.file, line, event.value, known) if known else self._foreign(line, tag)
        if depth == 0:
            raise Unreadable(line, unreadable.too_deep(DEPTH_MAX))
        foreign = event.tag if isinstance(event, yaml.CollectionStartEvent) else None
        if foreign and foreign not in TAGS:
            self._skip(depth)
            return self._foreign(line, foreign)
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(self.file, line, tuple(self._items(depth)))
        return self._pairs(line, depth)

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := self.parser.get_event(), yaml.SequenceEndEvent):
            yield self.grow(event, depth - 1)

    def _pairs(self, line: int, depth: int) -> Pairs:
        pairs: dict[str, Node] = {}
        lines: dict[str, int] = {}
        bad: list[tuple[str, int, Wording]] = []
        while not isinstance(event := self.parser.get_event(), yaml.MappingEndEvent):
            key_line = _line_of(event)
            key = self._key_of(event, depth)
            value = self.grow(self.parser.get_event(), depth - 1)
            if key is None:
                bad.append(("", key_line, unreadable.odd_key()))
            elif key in pairs:
                bad.append((key, key_line, unreadable.repeated_key(key, lines[key])))
            else:
                pairs[key], lines[key] = value, key_line
        return Pairs(self.file, line, pairs, lines, tuple(bad))

    def _key_of(self, event: yaml.Event, depth: int) -> str | None:
        if not isinstance(event, yaml.ScalarEvent):
            self.grow(event, depth - 1)
            return None
        return None if self._tag_of(event).endswith((":merge", ":null")) else str(event.value)

    def _tag_of(self, event: yaml.ScalarEvent) -> str:
        if event.tag is None or event.tag == "!":
            return self.parser.resolve(yaml.ScalarNode, event.value, event.implicit)
        return event.tag

    def _foreign(self, line: int, tag: str) -> Refused:
        return Refused(self.file, line, unreadable.foreign_tag(tag))

    def _skip(self, depth: int) -> None:
        """Passes over the rest of a list or group whose start was just read."""
        level = 1
        while level:
            event = self.parser.get_event()
            level += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if level > depth:
                raise Unreadable(_line_of(event), unreadable.too_deep(DEPTH_MAX))


def _line_of(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
