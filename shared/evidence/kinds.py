"""Which kinds of files are taken, known by their names and by their first bytes."""

from enum import StrEnum


class Kind(StrEnum):
    PICTURE = "picture"
    PDF = "pdf"
    DOCUMENT = "document"
    SHEET = "sheet"
    TEXT = "text"
    SOUND = "sound"


#: {ending of a name: what it claims to be}. Whatever else there is, is not taken.
ENDINGS: dict[str, Kind] = {
    "jpg": Kind.PICTURE,
    "jpeg": Kind.PICTURE,
    "png": Kind.PICTURE,
    "webp": Kind.PICTURE,
    "pdf": Kind.PDF,
    "docx": Kind.DOCUMENT,
    "xlsx": Kind.SHEET,
    "txt": Kind.TEXT,
    "mp3": Kind.SOUND,
    "wav": Kind.SOUND,
}
#: {what is kept: its media type and the ending of its name}
KEPT_AS: dict[Kind, tuple[str, str]] = {
    Kind.PICTURE: ("image/jpeg", "jpg"),
    Kind.PDF: ("application/pdf", "pdf"),
    Kind.DOCUMENT: ("text/plain; charset=utf-8", "txt"),
    Kind.SHEET: ("text/plain; charset=utf-8", "txt"),
    Kind.TEXT: ("text/plain; charset=utf-8", "txt"),
    Kind.SOUND: ("audio/mpeg", "mp3"),
}
#: The test signature of virus scanners, in two parts so that no scanner takes this file for it.
TEST_SIGNATURE = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD" + rb"-ANTIVIRUS-TEST-FILE!$H+H*"
MPEG_SYNC = 0x7FF  # with which each frame of an MP3 begins
MOST_NAME = 120  # characters


class Unfit(Exception):
    """A file that is not taken; `key` names the sentence that says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def claimed(name: str) -> Kind:
    """What a file's name says that it is. Raises Unfit("evidence.kind")."""
    kind = ENDINGS.get(name.rpartition(".")[2].lower()) if "." in name else None
    if kind is None:
        raise Unfit("evidence.kind")
    return kind


def check_first_bytes(kind: Kind, data: bytes) -> None:
    """Raise Unfit unless the content begins as the name says: a page that calls itself a picture is none."""
    if not data:
        raise Unfit("evidence.empty")
    if TEST_SIGNATURE in data:
        raise Unfit("evidence.virus")
    if not begins_as(kind, data):
        raise Unfit("evidence.not_what_it_says")


def begins_as(kind: Kind, data: bytes) -> bool:
    match kind:
        case Kind.PICTURE:
            webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
            return webp or data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
        case Kind.PDF:
            return data.startswith(b"%PDF-")
        case Kind.DOCUMENT | Kind.SHEET:
            return data.startswith(b"PK\x03\x04")
        case Kind.SOUND:
            wave = data[:4] == b"RIFF" and data[8:12] == b"WAVE"
            return wave or data.startswith(b"ID3") or int.from_bytes(data[:2]) >> 5 == MPEG_SYNC
        case Kind.TEXT:
            return b"\x00" not in data


def shown_name(name: str) -> str:
    """A file's name as pages show it: without folders, without what does not print, and no longer than MOST_NAME."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    printable = " ".join("".join(letter if letter.isprintable() else " " for letter in bare).split()).lstrip(".")
    stem, dot, ending = printable.rpartition(".")
    return f"{stem[: MOST_NAME - len(ending) - 1]}{dot}{ending}" if dot else printable[:MOST_NAME]
