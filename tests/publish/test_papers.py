"""The files that channels make: real audio with its papers, a real PDF, nothing half made."""

import json

from pypdf import PdfReader

from services.publish.adapters import bulletins, leaflets
from tests.worlds import Rows

from .conftest import EVERYWHERE, Drafts


def test_the_bulletin_is_real_audio_with_its_papers(published: Drafts, rows: Rows) -> None:
    published("radio")
    ((content, size),) = rows("SELECT content, size FROM publish.publication")

    audio = bulletins.audio_path(content).read_bytes()
    script = bulletins.script_path(content).read_text()
    meta = json.loads((bulletins.audio_path(content).parent / "meta.json").read_text())

    frames = audio.count(b"\xff\xfb")
    assert len(audio) == size > 100_000
    assert frames > 500  # MPEG-1 layer III, 26 ms each
    assert "hai nghìn không trăm hai mươi tư" in script  # 25/11/2024
    assert "sáu mươi suất" in script
    assert meta == {
        "id": str(rows("SELECT id FROM publish.story")[0][0]),
        "title": "Lò Thị Ấm: nồi cháo nghĩa tình mười năm ở trạm y tế xã",
        "priority": "thông thường",
        "language": "vi",
        "est_seconds": meta["est_seconds"],
        "slot": None,
        "valid_until": meta["valid_until"],
        "approved_by": str(rows("SELECT approved_by FROM publish.story")[0][0]),
        "consent_id": "DC-2024-0147/1",
    }
    assert 40 < meta["est_seconds"] < 120


def test_the_leaflet_holds_the_name_and_the_story(published: Drafts, rows: Rows) -> None:
    published("leaflet")
    ((content,),) = rows("SELECT content FROM publish.publication")

    reader = PdfReader(leaflets.pdf_path(content))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())

    assert "Lò Thị Ấm" in text
    assert "cháo cho bệnh nhân nghèo" in text
    assert "Gương sáng xã Bình Lương" in text


def test_no_half_made_file_is_left_behind(published: Drafts, rows: Rows) -> None:
    published(*EVERYWHERE)

    ((content,),) = rows("SELECT content FROM publish.publication WHERE channel = 'radio'")
    folder = bulletins.audio_path(content).parent
    assert sorted(path.name for path in folder.iterdir()) == ["audio.mp3", "meta.json", "script.txt"]
    assert [path.name for path in folder.parent.iterdir() if path.name.startswith(".making")] == []
