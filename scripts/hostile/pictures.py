"""Hostile image files by name; the name ends in the suffix that the file pretends to."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator

from hostile.pdf_parts import zlib_blanks

Named = Iterator[tuple[str, bytes]]


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def _png(width: int, height: int, depth: int, data: bytes, *extra: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0)
    chunks = (_chunk(b"IHDR", head), *extra, _chunk(b"IDAT", data), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _good(form: str) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.linear_gradient("L").resize((400, 300)).save(out, form)
    return out.getvalue()


def png() -> Named:
    """Yield PNG files that are cut, lie or explode."""
    good = _good("PNG")
    for share in range(1, 8):
        yield f"png-cut-{share}.png", good[: len(good) * share // 8]
    yield "png-checksum.png", good[:30] + b"\xff" + good[31:]
    yield "png-bomb-size.png", _png(65_000, 65_000, 1, zlib_blanks(300))
    yield "png-bomb-billion.png", _png(2**31 - 1, 2**31 - 1, 16, b"")
    yield "png-zero.png", _png(0, 0, 8, zlib.compress(b""))
    yield "png-depth.png", _png(99, 99, 77, zlib.compress(bytes(9999)))
    text = _chunk(b"zTXt", b"Comment\x00\x00" + zlib_blanks(400))
    yield "png-bomb-text.png", _png(100, 100, 8, zlib.compress(bytes(10_100)), text)
    profile = _chunk(b"iCCP", b"x\x00\x00" + zlib_blanks(400))
    yield "png-bomb-profile.png", _png(100, 100, 8, zlib.compress(bytes(10_100)), profile)
    frames = _chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))
    yield "png-frames.png", _png(100, 100, 8, zlib.compress(bytes(10_100)), frames)
    yield "png-thin.png", _png(1, 2_000_000, 8, zlib.compress(bytes(4_000_000)))
    yield "png-rubbish.png", good[:8] + bytes(range(256)) * 50


def jpeg() -> Named:
    """Yield JPEG files that are cut, lie or are something else."""
    good = _good("JPEG")
    for share in range(1, 8):
        yield f"jpeg-cut-{share}.jpg", good[: len(good) * share // 8]
    place = good.index(b"\xff\xc0") + 5
    for name, size in {"vast": (65_535, 65_535), "zero": (0, 0), "thin": (65_535, 1)}.items():
        changed = good[:place] + struct.pack(">HH", *size) + good[place + 4 :]
        yield f"jpeg-{name}.jpg", changed
    yield "jpeg-no-end.jpg", good[:-2] + b"\xff\xd0" * 90_000
    yield "jpeg-comment.jpg", good[:2] + b"\xff\xfe\xff\xff" + b"\x1b[2J" * 12_000 + good[2:]
    exif = b"Exif\x00\x00II*\x00\x08\x00\x00\x00\xff\xff" + b"\x12\x01\x03\x00" * 400
    segment = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    yield "jpeg-exif.jpg", good[:2] + segment + good[2:]
    yield "gif-named.jpg", b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + bytes(50)
    yield "zip-named.jpg", b"PK\x03\x04" + bytes(200)
    yield "program-named.jpg", b"\x7fELF\x02\x01\x01" + bytes(200)


def _tiff(*entries: tuple[int, int, int, int], following: int = 0) -> bytes:
    directory = struct.pack("<H", len(entries))
    directory += b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\x00\x08\x00\x00\x00" + directory + struct.pack("<I", following) + bytes(20_000)


def _entries(width: int, height: int, **changed: int) -> list[tuple[int, int, int, int]]:
    values = {"bits": 8, "packing": 1, "colour": 1, "strip": 200, "rows": height,
              "count": width * height} | changed  # fmt: skip
    tags = {"bits": 258, "packing": 259, "colour": 262, "strip": 273, "rows": 278, "count": 279}
    sizes = [(256, 4, 1, width), (257, 4, 1, height)]
    return sizes + [(tag, 4, 1, values[name] % 2**32) for name, tag in tags.items()]


def tiff() -> Named:
    """Yield TIFF files whose directories loop, point astray or promise too much."""
    good = _good("TIFF")
    for share in range(1, 6):
        yield f"tiff-cut-{share}.tif", good[: len(good) * share // 6]
    usual = _entries(120, 120)
    yield "tiff-loop.tif", _tiff(*usual, following=8)
    yield "tiff-next-far.tif", _tiff(*usual, following=2**32 - 1)
    yield "tiff-vast.tif", _tiff(*_entries(2**31 - 1, 2**31 - 1))
    yield "tiff-wide.tif", _tiff(*_entries(60_000, 60_000))
    yield "tiff-zero.tif", _tiff(*_entries(0, 0))
    yield "tiff-strip-far.tif", _tiff(*_entries(120, 120, strip=2**32 - 9))
    yield "tiff-count-far.tif", _tiff(*_entries(120, 120, count=2**32 - 1))
    yield "tiff-bits.tif", _tiff(*_entries(120, 120, bits=77))
    yield "tiff-rows-zero.tif", _tiff(*_entries(120, 120, rows=0))
    for packing in (2, 3, 4, 5, 6, 7, 8, 32773, 34712, 50000, 65535):
        yield f"tiff-packing-{packing}.tif", _tiff(*_entries(120, 120, packing=packing))
    lists = [(tag, 4, 2**31, 8) for tag in range(256, 290)]
    yield "tiff-lists.tif", _tiff(*lists)
    yield "tiff-circle-of-two.tif", _two_in_circle()


def _two_in_circle() -> bytes:
    first = _tiff(*_entries(60, 60), following=4000)
    second = struct.pack("<H", 8) + b"".join(struct.pack("<HHII", *e) for e in _entries(60, 60))
    second += struct.pack("<I", 8)
    return first[:4000] + second + first[4000 + len(second) :]


ALL = (png, jpeg, tiff)
