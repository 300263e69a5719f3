"""Makes anew what was brought: only the child process calls it. Nothing of the upload but its content gets through."""

import io
import re
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, XMLParser
from zipfile import BadZipFile, ZipFile

import pypdfium2  # type: ignore[import-untyped]  # it has none
from PIL import Image

from shared.evidence.kinds import Kind, Unfit
from shared.evidence.sound import remade_sound
from shared.photos.encode import Refusal
from shared.photos.encode import decoded as decoded_picture

MOST_PAGES = 20
PAGE_PIXELS = 1600  # the longer side of a page
MOST_TEXT = 200_000  # characters
MOST_UNZIPPED = 20 * 1024 * 1024  # bytes of one part
MOST_PARTS = 2_000
PREVIEW_PIXELS = 640
ACTIVE = re.compile(r"vbaproject|activex|/embeddings/|oleobject|\.bin$", re.IGNORECASE)
TEXT_TAGS = ("}t", "}v")
BREAKS = {"p": "\n", "br": "\n", "tab": "\t", "row": "\n", "c": "\t"}


#: What decoders raise on a damaged file.
DECODERS_FAULTS = (OSError, ValueError, LookupError, EOFError, OverflowError, MemoryError, RuntimeError)


class Remade(NamedTuple):
    """`preview` is a WebP picture, b"" where there is none; `excerpt` the first words."""

    data: bytes
    preview: bytes = b""
    excerpt: str = ""
    pages: int = 1


def remade(kind: Kind, data: bytes) -> Remade:
    """The content as a file of our own making. Raises Unfit."""
    try:
        match kind:
            case Kind.PICTURE:
                return of_picture(data)
            case Kind.PDF:
                return of_pdf(data)
            case Kind.DOCUMENT:
                return of_text(office_text(data, ("word/document.xml",)))
            case Kind.SHEET:
                return of_text(office_text(data, ("xl/sharedStrings.xml", "xl/worksheets/")))
            case Kind.SOUND:
                return Remade(remade_sound(data))
            case Kind.TEXT:
                return of_text(read_text(data))
    except Refusal as refusal:
        raise Unfit("evidence.broken") from refusal
    except DECODERS_FAULTS as fault:
        raise Unfit("evidence.broken") from fault


def of_picture(data: bytes) -> Remade:
    image = decoded_picture(data)
    image.thumbnail((PAGE_PIXELS, PAGE_PIXELS))
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=85, optimize=True)
    return Remade(kept.getvalue(), preview_of(image))


def of_pdf(data: bytes) -> Remade:
    """Every page as a picture, bound to a paper again: no script, form, link or attachment comes along."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        raise Unfit("evidence.broken") from fault
    if not 0 < len(document) <= MOST_PAGES:
        raise Unfit("evidence.too_many_pages" if len(document) else "evidence.broken")
    pages = [page_picture(document[number]) for number in range(len(document))]
    paper = io.BytesIO()
    pages[0].save(paper, "PDF", save_all=True, append_images=pages[1:], resolution=150, quality=80)
    return Remade(paper.getvalue(), preview_of(pages[0]), pages=len(pages))


def preview_of(image: Image.Image) -> bytes:
    """A small picture for the list."""
    image.thumbnail((PREVIEW_PIXELS, PREVIEW_PIXELS))
    preview = io.BytesIO()
    image.save(preview, "WEBP", quality=80)
    return preview.getvalue()


def page_picture(page: pypdfium2.PdfPage) -> Image.Image:
    longer = max(page.get_size())
    if not longer > 0:
        raise Unfit("evidence.broken")
    image: Image.Image = page.render(scale=min(PAGE_PIXELS / longer, 4), may_draw_forms=False).to_pil()
    return image.convert("RGB")


def of_text(text: str) -> Remade:
    """The words as a plain text file in UTF-8."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    words = re.sub(r"\n{3,}", "\n\n", "".join(one for one in "\n".join(lines) if one in "\n\t" or one.isprintable()))
    if not words.strip():
        raise Unfit("evidence.no_words")
    if len(words) > MOST_TEXT:
        raise Unfit("evidence.too_long")
    return Remade(f"{words.strip()}\n".encode(), excerpt=" ".join(words.split())[:300])


def read_text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Unfit("evidence.not_utf8") from fault


def office_text(data: bytes, wanted: tuple[str, ...]) -> str:
    """The words of an Office file's parts. Macros and embedded objects are refused, the rest is left behind."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if len(names) > MOST_PARTS or "[Content_Types].xml" not in names:
                raise Unfit("evidence.not_what_it_says")
            if any(ACTIVE.search(name) for name in names):
                raise Unfit("evidence.macros")
            parts = [name for name in names if name.startswith(wanted) and name.endswith(".xml")]
            if not parts:
                raise Unfit("evidence.not_what_it_says")
            return "\n".join(words_of(part_of(archive, name)) for name in sorted(parts))
    except BadZipFile as fault:
        raise Unfit("evidence.broken") from fault


def part_of(archive: ZipFile, name: str) -> bytes:
    """One part, read no further than MOST_UNZIPPED whatever its head says."""
    with archive.open(name) as part:
        found = part.read(MOST_UNZIPPED + 1)
    if len(found) > MOST_UNZIPPED:
        raise Unfit("evidence.bomb")
    return found


def words_of(xml: bytes) -> str:
    """The text of a part. A document type is refused: it is what entities that grow are made of."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise Unfit("evidence.bomb")
    parser = XMLParser()  # noqa: S314 -- no document type gets here, and this process has its limits
    try:
        parser.feed(xml)
        root: Element = parser.close()
    except ParseError as fault:
        raise Unfit("evidence.broken") from fault
    found: list[str] = []
    for element in root.iter():
        if element.tag.endswith(TEXT_TAGS) and element.text:
            found.append(element.text)
        found.append(BREAKS.get(element.tag.rpartition("}")[2], ""))
    return "".join(found)
