"""Three hundred files that people, and not only kind ones, may bring. Made anew each time from a fixed seed."""

import io
import math
import random
import struct
import wave
import zlib
from collections.abc import Iterator
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

import lameenc
from PIL import Image

SEED = 20250327
FILES = 300
#: In two parts, so that no scanner takes this file for it.
TEST_SIGNATURE = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD" + rb"-ANTIVIRUS-TEST-FILE!$H+H*"
SCRIPT = b"<script>alert(1)</script>"


class Brought(NamedTuple):
    """`good`: it is to be taken; None: either will do, as long as nothing breaks and nothing comes back unchanged."""

    name: str
    data: bytes
    good: bool | None


def corpus() -> list[Brought]:
    """FILES files: good ones, hostile ones, and good ones with bytes knocked out."""
    chance = random.Random(SEED)
    found = [*good(), *hostile()]
    bases = [one for one in good() if len(one.data) > 64]
    while len(found) < FILES:
        found.append(damaged(chance, bases[len(found) % len(bases)], number=len(found)))
    return found


def good() -> Iterator[Brought]:
    for number, form in enumerate(("PNG", "JPEG", "WEBP")):
        for width in (40, 240):
            yield Brought(f"Ảnh {number}-{width}.{form.lower()}", picture(form, width), good=True)
    for pages in (1, 3):
        yield Brought(f"giấy xác nhận {pages}.pdf", paper(pages), good=True)
    yield Brought("báo cáo.docx", document("Bà hiến 300 m² đất làm đường."), good=True)
    yield Brought("bảng.xlsx", sheet("Mười hai hộ", "300"), good=True)
    yield Brought("ghi chép.txt", "Nhiều người xác nhận.\r\nNgày 2/3.".encode(), good=True)
    yield Brought("bom.txt", b"\xef\xbb\xbf" + "Có dấu thứ tự byte.".encode(), good=True)
    yield Brought("lời kể.wav", sound_wave(), good=True)
    yield Brought("lời kể.mp3", sound_mp3(), good=True)
    yield Brought("../../../etc/passwd.txt", b"Ten co duong dan.", good=True)
    yield Brought("..\\..\\boot.txt", b"Ten co duong dan kieu khac.", good=True)
    yield Brought("x" * 400 + ".txt", b"Ten rat dai.", good=True)
    yield Brought('a"; rm -rf.txt', b"Ten co dau ngoac.", good=True)


def hostile() -> Iterator[Brought]:
    yield Brought("eicar.txt", TEST_SIGNATURE, good=False)
    yield Brought("eicar.pdf", paper(1) + TEST_SIGNATURE, good=False)
    yield Brought("cay.svg", b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>", good=False)
    yield Brought("trang.png", b"<!doctype html>" + SCRIPT, good=False)
    yield Brought("trang.html", SCRIPT, good=False)
    yield Brought("chay.exe", b"MZ" + bytes(200), good=False)
    yield Brought("khong-duoi", b"abc", good=False)
    yield Brought(".txt", b"chi co duoi", good=None)
    yield Brought("nul\x00.txt", b"Ten co ky tu NUL.", good=None)
    yield Brought("rong.pdf", b"", good=False)
    yield Brought("chu.txt", b"\xff\xfe\x00a\x00b", good=False)
    yield Brought("chu-cu.txt", "Nhiều người".encode("utf-16"), good=False)
    yield Brought("trang-tron.txt", b" \n\n ", good=False)
    yield Brought("anh.pdf", picture("PNG", 40), good=False)
    yield Brought("giay.png", paper(1), good=False)
    yield Brought("macro.docx", document("Chữ", extra={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}), good=False)
    yield Brought("nhung.docx", document("Chữ", extra={"word/embeddings/oleObject1.bin": b"x"}), good=False)
    yield Brought("macro.docm", document("Chữ"), good=False)
    yield Brought("ngoai.docx", document("Chữ", extra={"word/_rels/document.xml.rels": RELATIONS}), good=True)
    yield Brought("thuc-the.docx", document("", xml=LAUGHS), good=False)
    yield Brought("bom.docx", document("", xml=b"<a>" + b"0" * (30 << 20) + b"</a>"), good=False)
    yield Brought("nhieu-phan.docx", document("Chữ", extra={f"p/{n}.xml": b"" for n in range(2500)}), good=False)
    yield Brought("duong-dan.docx", document("Chữ", extra={"../../../tmp/x.xml": b"<a/>"}), good=True)
    yield Brought("khong-phai.docx", zipped({"a.txt": b"abc"}), good=False)
    yield Brought("bom.png", bomb(60_000), good=False)
    yield Brought("da-dang.png", picture("PNG", 40) + zipped({"a.html": SCRIPT}), good=True)
    yield Brought("da-dang.jpg", picture("JPEG", 40) + SCRIPT, good=True)
    yield Brought("da-dang.mp3", sound_mp3() + SCRIPT * 50, good=True)
    yield Brought("the-la.mp3", b"ID3\x04\x00\x00\x00\x00\x08\x00" + SCRIPT * 41 + sound_mp3(), good=None)
    yield Brought("chi-the.mp3", b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f" + SCRIPT, good=False)
    yield Brought("dung-script.pdf", scripted_paper(), good=None)
    yield Brought("dai.pdf", paper(25), good=False)
    yield Brought("chi-dau.pdf", b"%PDF-1.7\n", good=False)
    ring = b"1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>"
    yield Brought("vong.pdf", b"%PDF-1.7\n" + ring, good=None)
    yield Brought("dai.wav", sound_wave(seconds=1)[:40] + b"\xff\xff\xff\xff" + bytes(400), good=None)
    yield Brought("im.wav", b"RIFF\x24\x00\x00\x00WAVE", good=False)
    yield Brought("nang.txt", b"a" * (10 * 1024 * 1024 + 1), good=False)
    yield Brought("dai.txt", b"abc def\n" * 60_000, good=False)


def damaged(chance: random.Random, base: Brought, *, number: int) -> Brought:
    """A good file cut short, or with bytes changed, or with another's name."""
    data = bytearray(base.data)
    stem, _, ending = base.name.rpartition(".")
    match number % 4:
        case 0:
            del data[chance.randrange(8, len(data)) :]
        case 1:
            for _ in range(chance.randrange(1, 40)):
                data[chance.randrange(len(data))] = chance.randrange(256)
        case 2:
            ending = chance.choice(("png", "pdf", "docx", "mp3", "txt", "svg", "xlsx"))
        case _:
            place = chance.randrange(len(data))
            data[place : place + chance.randrange(1, 200)] = chance.randbytes(chance.randrange(1, 200))
    return Brought(f"{number}-{stem[-40:]}.{ending}", bytes(data), good=None)


def picture(form: str, width: int) -> bytes:
    found = io.BytesIO()
    Image.linear_gradient("L").resize((width, width // 2)).convert("RGB").save(found, form)
    return found.getvalue()


def paper(pages: int) -> bytes:
    found = io.BytesIO()
    leaves = [Image.new("RGB", (60, 80), (200, 200, number)) for number in range(pages)]
    leaves[0].save(found, "PDF", save_all=True, append_images=leaves[1:])
    return found.getvalue()


def scripted_paper() -> bytes:
    """A paper that would run a script when it is opened."""
    action = b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"
    return paper(1).replace(b"/Type /Catalog", b"/Type /Catalog " + action)


RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
    b' Type="a" Target="http://127.0.0.1:9/x" TargetMode="External"/></Relationships>'
)
LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><w:t xmlns:w="w">&b;</w:t>'


def document(words: str, *, xml: bytes = b"", extra: dict[str, bytes] | None = None) -> bytes:
    body = xml or f'<w:document xmlns:w="w"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:document>'.encode()
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": body} | (extra or {}))


def sheet(*cells: str) -> bytes:
    shared = "".join(f"<si><t>{cell}</t></si>" for cell in cells)
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "xl/sharedStrings.xml": f'<sst xmlns="s">{shared}</sst>'.encode(),
            "xl/worksheets/sheet1.xml": b'<worksheet xmlns="s"><row><c><v>12</v></c></row></worksheet>',
        }
    )


def zipped(parts: dict[str, bytes]) -> bytes:
    found = io.BytesIO()
    with ZipFile(found, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return found.getvalue()


def bomb(side: int) -> bytes:
    """A PNG of a few kilobytes that says it is side × side pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(10_000))) + chunk(b"IEND", b"")
    )


def samples(seconds: float = 0.5) -> bytes:
    return b"".join(struct.pack("<h", int(9000 * math.sin(n / 9))) for n in range(int(16000 * seconds)))


def sound_wave(seconds: float = 0.5) -> bytes:
    found = io.BytesIO()
    with wave.open(found, "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(16000)
        target.writeframes(samples(seconds))
    return found.getvalue()


def sound_mp3() -> bytes:
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(32)
    encoder.set_in_sample_rate(16000)
    encoder.set_channels(1)
    encoder.silence()
    return bytes(encoder.encode(samples(1)) + encoder.flush())
