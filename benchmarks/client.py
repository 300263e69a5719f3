"""A small HTTP/1.1 client for measurements: one connection kept open, no more work per request than needed."""

import asyncio
from dataclasses import dataclass


@dataclass(slots=True)
class Connection:
    """One request at a time, as a browser's connection does."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def to(cls, port: int) -> "Connection":
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def send(self, request: bytes) -> tuple[int, bytes]:
        """(status, body) of the answer to a whole request."""
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        lowered = head.lower()
        begin = lowered.index(b"content-length:") + len(b"content-length:")
        length = int(lowered[begin : lowered.index(b"\r\n", begin)])
        return int(head[9:12]), await self.reader.readexactly(length)

    def close(self) -> None:
        self.writer.close()


def request(method: str, path: str, *, headers: dict[str, str], body: bytes = b"") -> bytes:
    """A whole request as it goes over the wire."""
    told = {"Host": "127.0.0.1", "Content-Type": "application/json", "Content-Length": str(len(body))} | headers
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body
