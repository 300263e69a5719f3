"""What is wrong with a plan file, said so that the writer can put it right."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.plan.text import Text

#: Past so many, the file is something else than a plan and is not read on.
FAULTS_MAX = 1_000


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `line` counts from 1; `where` is the path in the plan: "clauses[R23].section".

    `key` is the stable name of the kind of fault ("reference.unknown").
    """

    file: str
    line: int
    where: str
    wrong: Text
    instead: Text
    key: str


class PlanFaults(ValueError):
    """A plan that cannot be used, with every fault found, in the order of the lines."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(describe(fault, "en") for fault in self.faults))


def describe(fault: Fault, lang: str) -> str:
    """A fault in one line, "file:line: where: wrong. instead", in Vietnamese ("vi") or English ("en")."""
    place = f"{fault.file}:{fault.line}: {fault.where}" if fault.where else f"{fault.file}:{fault.line}"
    return f"{place}: {_sentence(fault.wrong.to(lang))} {_sentence(fault.instead.to(lang))}"


def _sentence(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else f"{words}."
