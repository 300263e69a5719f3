"""A plan with faults: every one is named, on its line, with the value and what to write instead."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.plan import Fault, Known, PlanFaults, check, describe, load

KNOWN = Known(
    events=frozenset({"nomination.submitted"}),
    pages=frozenset({"/de-cu"}),
    rules=frozenset({"consent_gate"}),
    indicators=frozenset({"published_count"}),
    roles=frozenset({"clerk"}),
)


@pytest.fixture
def faulty(fixtures_dir: Path) -> Path:
    return fixtures_dir / "faulty.yaml"


def written(folder: Path, content: str | bytes, name: str = "plan.yaml") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def keys(faults: list[Fault]) -> list[tuple[int, str]]:
    return [(fault.line, fault.key) for fault in faults]


def test_each_planted_fault_is_found_on_its_line_and_no_other(faulty: Path) -> None:
    lines = faulty.read_text().splitlines()
    planted = [(n, key) for n, line in enumerate(lines, start=1) for key in re.findall(r"# ! (\S+)$", line)]

    found = keys(check(faulty, known=KNOWN))

    assert found == planted
    assert len(planted) > 50


def test_the_words_say_the_value_and_the_remedy_in_both_languages(faulty: Path) -> None:
    told = {fault.where: fault for fault in check(faulty, known=KNOWN)}
    section, issued_on = told["clauses[R01].section"], told["issued_on"]

    assert describe(section, "vi") == (
        f"{faulty}:66: clauses[R01].section: không có mục nào tên là “I.11”. Có phải là “I.1”?"
    )
    assert describe(section, "en") == (
        f"{faulty}:66: clauses[R01].section: there is no section “I.11”. Did you mean “I.1”?"
    )
    assert issued_on.instead.vi == "Viết 2026-06-15"


def test_every_fault_says_something_in_both_languages(faulty: Path) -> None:
    silent = [f for f in check(faulty, known=KNOWN) if not all((*_words(f.wrong), *_words(f.instead), f.where or True))]

    assert silent == []


def _words(text: object) -> tuple[str, str]:
    return str(getattr(text, "vi", "")), str(getattr(text, "en", ""))


def test_loading_a_faulty_plan_raises_them_all(faulty: Path) -> None:
    with pytest.raises(PlanFaults) as caught:
        load(faulty, known=KNOWN)

    assert list(caught.value.faults) == check(faulty, known=KNOWN)
    assert "clauses[R01].section" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "key", "line"),
    [
        ("", "file.not_a_plan", 1),
        ("- a\n- b\n", "file.not_a_plan", 1),
        ("id: x\n---\nid: y\n", "file.second_document", 2),
        ("id: x\ntitle: {vi: a\nen: b\n", "file.not_yaml", 3),
        ("id: x\n\ttitle: y\n", "file.not_yaml", 2),
        ("id: x\nnumber: \xe1\xba".encode("latin-1"), "file.not_utf8", 2),
        ("id: " + "x" * 2_000_001, "file.too_large", 1),
        ("id: x\nunits: " + "[" * 100_000, "yaml.too_deep", 2),
        ("id: x\nunits: !a\n" + "- " * 100_000, "yaml.too_deep", 3),
    ],
    ids=["empty", "list", "two", "open brace", "tab", "latin", "large", "brackets", "dashes"],
)
def test_a_file_that_is_no_plan_is_one_fault(tmp_path: Path, content: str | bytes, key: str, line: int) -> None:
    assert keys(check(written(tmp_path, content))) == [(line, key)]


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    assert [fault.key for fault in check(tmp_path / "no.yaml")] == ["file.unreadable"]


def test_an_alias_bomb_does_not_grow(tmp_path: Path) -> None:
    bomb = "id: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"k{n}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(20)
    )

    found = check(written(tmp_path, f"{bomb}\nunits: [*a, *b]\n"))

    assert [(fault.line, fault.where) for fault in found if fault.key == "yaml.alias"] == [
        (23, "units[#1]"),
        (23, "units[#2]"),
    ]


def test_damaged_letters_and_the_other_faults_are_told_together(tmp_path: Path) -> None:
    found = check(written(tmp_path, "id: x\x00\r\nnumber: Kế hoạch ƣ\r\nsampel: true\r\n"))

    assert [(fault.line, fault.key) for fault in found if fault.line > 1 or fault.key == "text.damaged"] == [
        (1, "text.damaged"), (2, "text.damaged"), (3, "key.unknown"),
    ]  # fmt: skip


def test_a_file_of_nothing_but_faults_is_not_read_to_its_end(tmp_path: Path) -> None:
    found = check(written(tmp_path, "".join(f"k{n}: 1\n" for n in range(5_000))))

    assert len(found) == 1_001
    assert "file.too_many_faults" in {fault.key for fault in found}


def test_a_name_that_is_not_checked_is_let_through(plans_dir: Path) -> None:
    path = plans_dir / "binh-luong-2023-2025.yaml"

    assert check(path) == []
    assert {fault.key for fault in check(path, known=Known(pages=frozenset({"/"})))} == {"reference.unknown"}


def test_a_role_that_the_product_needs_is_missed(plans_dir: Path) -> None:
    (fault,) = check(plans_dir / "binh-luong-2023-2025.yaml", known=Known(roles=frozenset({"clerk", "auditor"})))

    assert (fault.key, fault.where) == ("role.missing", "roles")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_mutilation_of_a_plan_gets_past_the_check_by_an_exception(
    fixtures_dir: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    text = (fixtures_dir / "suoi-mo-2026-2030.yaml").read_text()
    at = data.draw(st.integers(0, len(text)))
    until = at + data.draw(st.integers(0, 80))
    put = data.draw(st.text(st.sampled_from("{}[]:,-\n \"'&*!?#|>~0a.%@`ƣ\t\x00"), max_size=8))
    path = tmp_path_factory.getbasetemp() / "mutilated.yaml"
    path.write_text(text[:at] + put + text[until:], newline="")

    faults = check(path)

    if faults:
        assert all(describe(fault, "vi").startswith(f"{path}:{fault.line}: ") for fault in faults)
    else:
        assert load(path).units
