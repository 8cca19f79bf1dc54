"""PDF files written object by object, so that each can be wrong in one place only."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

TEXT = "BT /F1 12 Tf 72 720 Td (UBND tinh Vinh Phuc, so 12/BC-UBND) Tj ET"


@dataclass(slots=True)
class Parts:
    """The objects of a PDF by number, and the tail that names the first."""

    objects: dict[int, bytes]
    trailer: bytes = b"/Root 1 0 R"
    offsets: dict[int, int] = field(default_factory=dict)
    startxref: int | None = None

    def bytes(self) -> bytes:
        """Return the file; `offsets` and `startxref`, where set, are written as they are."""
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        found = {}
        for number, body in self.objects.items():
            found[number] = len(out)
            out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
        start = len(out)
        size = max(self.objects) + 1
        out += b"xref\n0 %d\n0000000000 65535 f \n" % size
        for number in range(1, size):
            place = self.offsets.get(number, found.get(number, 0))
            out += b"%010d 00000 n \n" % (place % 10**10)
        out += b"trailer\n<< /Size %d %b >>\n" % (size, self.trailer)
        where = start if self.startxref is None else self.startxref
        return bytes(out + b"startxref\n%d\n%%%%EOF\n" % where)


def stream(content: bytes, entries: str = "") -> bytes:
    """Return a stream object of `content`."""
    head = f"<< /Length {len(content)} {entries} >>\nstream\n".encode()
    return head + content + b"\nendstream"


def flate(content: bytes, entries: str = "", times: int = 1) -> bytes:
    """Return a stream object of `content`, packed `times` times."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    filters = " ".join(["/FlateDecode"] * times)
    return stream(content, f"/Filter [{filters}] {entries}")


def bomb(megabytes: int, times: int = 1, entries: str = "") -> bytes:
    """Return a stream object that unpacks to so many megabytes of blanks."""
    packed = zlib_blanks(megabytes)
    for _ in range(times - 1):
        packed = zlib.compress(packed, 9)
    filters = " ".join(["/FlateDecode"] * times)
    return stream(packed, f"/Filter [{filters}] {entries}")


def zlib_blanks(megabytes: int) -> bytes:
    """Return so many megabytes of blanks, packed: the same block again and again."""
    block = b" " * 2**20
    packer = zlib.compressobj(9, wbits=-15)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 1
    for _ in range(megabytes):
        check = zlib.adler32(block, check)
    return b"\x78\xda" + packed * megabytes + b"\x03\x00" + check.to_bytes(4, "big")


def page(
    content: str | bytes = TEXT,
    *,
    box: str = "[0 0 595 842]",
    resources: str = "",
    entries: str = "",
    more: Mapping[int, bytes] | None = None,
) -> Parts:
    """Return a PDF of one page; object 3 is the page, 4 its content, 5 the font."""
    body = content if isinstance(content, bytes) else stream(content.encode("latin-1"))
    return Parts(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: (
                f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents 4 0 R "
                f"/Resources << /Font << /F1 5 0 R >> {resources} >> {entries} >>"
            ).encode(),
            4: body,
            5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            **(more or {}),
        }
    )


def picture(entries: str, content: bytes) -> Parts:
    """Return a PDF whose page shows one picture, object 6."""
    image = stream(content, f"/Type /XObject /Subtype /Image {entries}")
    return page(
        "q 595 0 0 842 0 0 cm /Im Do Q", resources="/XObject << /Im 6 0 R >>", more={6: image}
    )
