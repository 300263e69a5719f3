"""`guongsang units import` on the running product, as an administrator types it."""

import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pytest

from .house import ROOT

WITHIN_S = 60
HEADS = "code_list,code,name,kind,parent,valid_from,valid_until"
COMMUNE = "gso/2023,16198,Xã Cát Tân,xã,402,2024-01-01,"
VILLAGES = (
    ",village-1,Thôn Cát Xuân,thôn,gso/2023/16198,2024-01-01,",
    ",village-2,Thôn Tân Thành,thôn,gso/2023/16198,2024-01-01,",
)


@pytest.fixture
def guongsang(address: str, var: Path) -> object:
    """Runs the command beside the product that is up."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GUONGSANG_")}
    environment |= {"GUONGSANG_VAR_DIR": str(var), "GUONGSANG_PLANS_DIR": str(ROOT / "plans")}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [f"{sys.prefix}/bin/guongsang", *words],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=WITHIN_S,
            check=False,
        )

    return run


def listed(folder: Path, *rows: str) -> str:
    file = folder / "don-vi.csv"
    file.write_text("\n".join([HEADS, *rows]), encoding="utf-8")
    return str(file)


def knows(address: str, name: str) -> bool:
    """Whether the product's own page of units finds one."""
    with urllib.request.urlopen(f"{address}/don-vi?q={quote(name)}", timeout=30) as page:
        return f">{name}</a>" in page.read().decode()


def test_a_list_is_tried_taken_over_and_adds_nothing_the_second_time(guongsang, address, tmp_path):
    file = listed(tmp_path, COMMUNE, *VILLAGES)

    tried = guongsang("units", "import", file, "--dry-run")
    known_after_trying = knows(address, "Xã Cát Tân")
    taken, again = guongsang("units", "import", file), guongsang("units", "import", file)

    assert (tried.returncode, taken.returncode, again.returncode) == (0, 0, 0), tried.stdout + taken.stderr
    assert tried.stdout.splitlines()[:3] == [
        f"{file}:2: new Xã Cát Tân",
        f"{file}:3: new Thôn Cát Xuân",
        f"{file}:4: new Thôn Tân Thành",
    ]
    assert not known_after_trying
    assert taken.stdout == tried.stdout.splitlines()[-1] + "\n"
    assert taken.stdout.startswith("3 new, ")
    assert again.stdout.startswith("0 new, ")
    assert again.stdout.endswith(" 3 same\n")
    assert knows(address, "Thôn Tân Thành")


def test_each_bad_row_is_named_with_its_line_and_what_to_write_and_nothing_is_taken_over(guongsang, address, tmp_path):
    file = listed(
        tmp_path,
        "gso/2023,16201,Xã Hóa Mẫu,xã,402,2024-01-01,",
        ",village-1,Thôn Mẫu,làng,gso/2023/16201,2024-01-01,",
        ",village-2,Thôn Sai,thôn,gso/2023/99999,2024-01-01,",
    )

    for tried in (guongsang("units", "import", file, "--dry-run"), guongsang("units", "import", file)):
        lines = tried.stdout.splitlines()
        assert (tried.returncode, tried.stderr) == (1, "")
        assert [line.partition(": ")[0] for line in lines] == [f"{file}:3", f"{file}:4"]
        assert all("Hãy" in line or "ví dụ" in line for line in lines), lines
    assert not knows(address, "Xã Hóa Mẫu")
