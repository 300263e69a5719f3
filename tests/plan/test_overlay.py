"""A plan that rests on another: what is replaced, what is merged, what is never inherited."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from shared.plan import Plan, PlanFaults, UnknownInPlan, check, describe, load
from shared.plan.shelf import shelf_in


@pytest.fixture
def folder(tmp_path: Path, fixtures_dir: Path) -> Path:
    shutil.copy(fixtures_dir / "suoi-mo-2026-2030.yaml", tmp_path / "base.yaml")
    return tmp_path


def overlay(folder: Path, content: str, name: str = "over.yaml") -> Path:
    path = folder / name
    path.write_text(content)
    return path


def test_keys_are_replaced_and_entries_merged_by_id(folder: Path, suoi_mo: Plan) -> None:
    path = overlay(
        folder,
        """
based_on: base.yaml
id: over
period: {starts_on: 2026-07-01, ends_on: 2031-06-30}
clauses:
  - {id: K13, text: {vi: Chạy bộ, en: Run}}
channels:
  - {id: podcast, active: true}
  - {id: wall, clause: K12, form: traditional, active: true, title: {vi: Bảng tin, en: Notice board}}
""",
    )

    plan = load(path)

    assert plan.period.ends_on == date(2031, 6, 30)
    assert plan.clause("K13").text.vi == "Chạy bộ"
    assert plan.clause("K13").realised_by == suoi_mo.clause("K13").realised_by
    assert [(channel.id, channel.active) for channel in plan.channels] == [
        ("leaflet", True), ("portal", True), ("podcast", True), ("wall", True),
    ]  # fmt: skip
    assert plan.units == suoi_mo.units


def test_number_date_and_signature_belong_to_one_paper(folder: Path, suoi_mo: Plan) -> None:
    plan = load(overlay(folder, "based_on: base.yaml\nid: over\n"))

    assert (suoi_mo.number, suoi_mo.issued_on) == ("12/KH-UBND", date(2026, 6, 15))
    assert (plan.number, plan.issued_on, plan.signed_by) == (None, None, None)


def test_faults_are_told_in_the_file_they_stand_in(folder: Path) -> None:
    path = overlay(folder, "based_on: base.yaml\nid: over\nclauses:\n  - {id: K13, section: '9'}\n")

    (fault,) = check(path)

    assert (fault.file, fault.line, fault.where) == (str(path), 4, "clauses[K13].section")


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ("based_on: nowhere.yaml\nid: over\n", "base.missing"),
        ("based_on: over.yaml\nid: over\n", "base.circular"),
        ("based_on: /etc/passwd\nid: over\n", "text.wrong_form"),
        ("based_on: base.yaml\n", "key.missing"),
        ("based_on: [a]\nid: over\n", "value.wrong_type"),
    ],
)
def test_a_base_that_cannot_be_used_is_a_fault(folder: Path, content: str, key: str) -> None:
    found = check(overlay(folder, content))

    assert key in {fault.key for fault in found}
    assert all("passwd:" not in describe(fault, "en").split(":")[0] for fault in found)


def test_the_shelf_has_every_plan_of_a_folder_and_its_subfolders(folder: Path) -> None:
    (folder / "more").mkdir()
    overlay(folder / "more", "based_on: ../base.yaml\nid: over\nsample: false\n")

    plans = shelf_in(folder)

    assert list(plans) == ["over", "suoi-mo-2026-2030"]
    assert [plan.sample for plan in plans.values()] == [False, True]


def test_two_plans_of_one_name_are_refused(folder: Path) -> None:
    shutil.copy(folder / "base.yaml", folder / "copy.yaml")

    with pytest.raises(PlanFaults) as caught:
        shelf_in(folder)

    assert [(fault.file, fault.key) for fault in caught.value.faults] == [(str(folder / "copy.yaml"), "plan.repeated")]


def test_the_shelf_says_which_plans_it_has(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    from shared import settings as installation  # noqa: PLC0415 -- reads the environment when first asked
    from shared.plan.shelf import plan_of  # noqa: PLC0415

    monkeypatch.setenv("GUONGSANG_PLANS_DIR", str(folder))
    monkeypatch.setenv("GUONGSANG_DEMO", "0")
    installation.settings.cache_clear()
    with pytest.raises(UnknownInPlan):
        plan_of("suoi-mo-2026-2030")  # a sample

    monkeypatch.setenv("GUONGSANG_DEMO", "1")
    installation.settings.cache_clear()
    try:
        assert plan_of("suoi-mo-2026-2030").unit.key == "phuong"
        with pytest.raises(UnknownInPlan, match="did you mean 'suoi-mo-2026-2030'"):
            plan_of("suoi-mo-2026-2031")
    finally:
        installation.settings.cache_clear()
