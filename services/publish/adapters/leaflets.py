"""Leaflets as files: a story on A4, for notice boards and culture houses."""

import json
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from services.publish.adapters import files
from shared.documents.papers import leaflet
from shared.documents.shapes import Leaflet as Shape

KIND: Final = "leaflets"
PDF: Final = "to-roi.pdf"


@dataclass(frozen=True)
class Leaflet:
    """What the paper says; its content address comes from that alone."""

    shape: Shape

    @cached_property
    def content(self) -> str:
        said = json.dumps(asdict(self.shape), ensure_ascii=False, sort_keys=True, default=str)
        return files.content_address(said.encode())


def make(paper: Leaflet) -> str:
    """Make the file unless it is there; its content address. Raises NotRendered."""
    if not exists(paper.content):
        files.put(KIND, paper.content, {PDF: printed(paper)})
    return paper.content


def printed(paper: Leaflet) -> bytes:
    """The PDF."""
    return leaflet(paper.shape)


def exists(content: str) -> bool:
    return pdf_path(content).is_file()


def size(content: str) -> int:
    """Bytes."""
    return pdf_path(content).stat().st_size


def remove(content: str) -> None:
    files.remove(KIND, content)


def pdf_path(content: str) -> Path:
    return files.folder(KIND, content) / PDF
