"""A dossier's files as their page shows them."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from services.nomination.models import EvidenceRow, Nomination
from services.nomination.queries.evidence import evidence_of
from services.nomination.queries.supplements import last_supplement
from services.nomination.rules.stages import Stage
from shared.evidence.kinds import ENDINGS, Kind
from shared.settings import settings
from shared.web.i18n import LazyText, _, lazy

KINDS: dict[Kind, LazyText] = {
    Kind.PICTURE: lazy("Ảnh"),
    Kind.PDF: lazy("PDF, các trang thành ảnh"),
    Kind.DOCUMENT: lazy("Văn bản, chỉ giữ phần chữ"),
    Kind.SHEET: lazy("Bảng tính, chỉ giữ phần chữ"),
    Kind.TEXT: lazy("Tệp chữ"),
    Kind.SOUND: lazy("Âm thanh"),
}
KILOBYTE = 1024


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file. `preview` is an address or "", `remove` the address that takes it away or ""."""

    name: str
    facts: str
    sha256: str
    by: str
    at: datetime
    href: str
    preview: str
    excerpt: str
    remove: str


@dataclass(frozen=True, slots=True)
class EvidenceView:
    nomination: Nomination
    title: str
    back: str
    files: list[FileLine]
    may_add: bool
    most: int
    accept: str


def evidence_view(session: Session, nomination: Nomination, *, may_bring: bool) -> EvidenceView:
    """The files, and whether the asker may still bring one."""
    is_draft = nomination.stage == Stage.DRAFT
    request = None if is_draft else last_supplement(session, nomination.id)
    number = 0 if is_draft else request.number if request and nomination.stage == Stage.RETURNED else None
    here = f"/de-cu/{nomination.id}"
    rows = evidence_of(session, nomination.id)
    most = settings().evidence_most_files
    return EvidenceView(
        nomination=nomination,
        title=nomination.name or _("Chưa có tên"),
        back=f"{here}/kiem-tra" if is_draft else f"{here}/bo-sung" if number and may_bring else here,
        files=[line_of(row, here=f"{here}/minh-chung", may_remove=may_bring and row.number == number) for row in rows],
        may_add=may_bring and number is not None and len(rows) < most,
        most=most,
        accept=",".join(f".{ending}" for ending in ENDINGS),
    )


def line_of(row: EvidenceRow, *, here: str, may_remove: bool) -> FileLine:
    kind = Kind(row.kind)
    size = _("%(count)s KB", count=-(-row.size // KILOBYTE))
    pages = _("%(count)s trang", count=row.pages) if kind is Kind.PDF else ""
    return FileLine(
        name=row.name,
        facts=" · ".join(fact for fact in (str(KINDS[kind]), pages, size) if fact),
        sha256=row.sha256,
        by=row.brought_by_name,
        at=row.brought_at,
        href=f"{here}/{row.id}",
        preview=f"{here}/{row.id}/xem.webp" if row.has_preview else "",
        excerpt=row.excerpt,
        remove=f"{here}/{row.id}/bo" if may_remove else "",
    )
