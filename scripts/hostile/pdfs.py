"""Hostile PDFs by name."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace

from hostile.pdf_parts import TEXT, Parts, bomb, flate, page, picture, stream

Named = Iterator[tuple[str, bytes]]

_STRUCTURES = re.compile(rb"\d+ 0 obj|endobj|endstream|stream|xref|trailer|startxref|%%EOF|/\w+")


def truncated() -> Named:
    """Yield a good file cut at the start and in the middle of each of its structures."""
    whole = page().bytes()
    for number, found in enumerate(_STRUCTURES.finditer(whole)):
        if number % 2 == 0 or found[0][:1] != b"/":
            yield f"cut-{number:03}", whole[: found.start()]
        if found[0][:1] != b"/":
            yield f"cut-{number:03}-inside", whole[: (found.start() + found.end()) // 2]


def wrong_tables() -> Named:
    """Yield files whose cross-reference lies."""
    good = page()
    length = len(good.bytes())
    yield "xref-shifted", replace(good, offsets={n: 7 + n for n in range(1, 6)}).bytes()
    yield "xref-zero", replace(good, offsets=dict.fromkeys(range(1, 6), 0)).bytes()
    yield "xref-far", replace(good, offsets=dict.fromkeys(range(1, 6), 9_999_999_999)).bytes()
    yield "xref-all-one", replace(good, offsets=dict.fromkeys(range(1, 6), 15)).bytes()
    yield "startxref-far", replace(good, startxref=10**12).bytes()
    yield "startxref-zero", replace(good, startxref=0).bytes()
    yield "startxref-itself", replace(good, startxref=length - 20).bytes()
    start = good.bytes().rindex(b"xref\n0")
    yield "xref-loop", replace(good, trailer=b"/Root 1 0 R /Prev %d" % start).bytes()
    yield "xref-hybrid-loop", replace(good, trailer=b"/Root 1 0 R /XRefStm %d" % start).bytes()
    yield "xref-many", good.bytes().replace(b"xref\n0 6", b"xref\n0 999999999")
    yield "no-trailer", good.bytes().replace(b"trailer", b"trai1er")
    yield "no-root", replace(good, trailer=b"").bytes()
    yield "root-is-page", replace(good, trailer=b"/Root 3 0 R").bytes()
    yield "root-of-nothing", replace(good, trailer=b"/Root 99 0 R").bytes()
    yield "root-is-itself", Parts({1: b"1 0 R"}).bytes()
    wide = flate(b"\xff" * 4000, "/Type /XRef /Size 9999999 /W [1 200 200] /Root 1 0 R")
    yield "xref-stream-wide", b"%PDF-1.7\n1 0 obj\n" + wide + b"\nendobj\nstartxref\n9\n%%EOF"
    packed = flate(b"1 0 " * 500, "/Type /ObjStm /N 99999999 /First 4")
    yield "object-stream-counts", Parts({**good.objects, 6: packed}).bytes()
    yield "length-lies", good.bytes().replace(b"/Length 6", b"/Length 6000000")
    yield "length-of-itself", good.bytes().replace(b"/Length 64", b"/Length 4 0 R")
    yield "header-only", b"%PDF-1.7\n"
    yield "header-twice", b"%PDF-1.7\n" * 2000
    yield "rubbish-inside", b"%PDF-1.4\n" + bytes(range(256)) * 300


def page_trees() -> Named:
    """Yield files whose tree of pages has loops, depths and lies."""
    good = page().objects
    trees = {
        "own-kid": {2: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"},
        "kid-and-own": {2: b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 >>"},
        "two-loop": {
            2: b"<< /Type /Pages /Kids [6 0 R] /Count 1 >>",
            6: b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 1 >>",
        },
        "same-page-thrice": {2: b"<< /Type /Pages /Kids [3 0 R 3 0 R 3 0 R] /Count 3 >>"},
        "count-billion": {2: b"<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>"},
        "count-negative": {2: b"<< /Type /Pages /Kids [3 0 R] /Count -5 >>"},
        "kids-null": {2: b"<< /Type /Pages /Kids [null 3 0 R null] /Count 3 >>"},
        "kids-number": {2: b"<< /Type /Pages /Kids 42 /Count 1 >>"},
        "kids-missing": {2: b"<< /Type /Pages /Count 1 >>"},
        "kid-absent": {2: b"<< /Type /Pages /Kids [77 0 R] /Count 1 >>"},
        "kid-is-catalog": {2: b"<< /Type /Pages /Kids [1 0 R] /Count 1 >>"},
        "pages-of-none": {1: b"<< /Type /Catalog >>"},
        "no-page": {2: b"<< /Type /Pages /Kids [] /Count 0 >>"},
        "parent-loop": {3: good[3].replace(b"/Parent 2 0 R", b"/Parent 3 0 R")},
    }
    for name, changed in trees.items():
        yield f"tree-{name}", Parts({**good, **changed}).bytes()
    deep = {
        n: b"<< /Type /Pages /Kids [%d 0 R] /Parent %d 0 R /Count 1 >>" % (n + 1, n - 1)
        for n in range(10, 5010)
    }
    last = good[3].replace(b"/Parent 2 0 R", b"/Parent 5009 0 R")
    first = b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>"
    yield "tree-deep", Parts({**good, 2: first, **deep, 5010: last}).bytes()
    kids = b" ".join(b"%d 0 R" % n for n in range(10, 10_010))
    many = dict.fromkeys(
        range(10, 10010), b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    )
    pages = b"<< /Type /Pages /Count 10000 /Kids [" + kids + b"] >>"
    yield "pages-10000", Parts({**good, 2: pages, **many}).bytes()
    nested = b"[" * 50_000 + b"]" * 50_000
    yield "brackets-deep", Parts({**good, 6: nested}, b"/Root 1 0 R /Info 6 0 R").bytes()
    yield "dictionaries-deep", Parts({**good, 6: b"<</A" * 50_000 + b">>" * 50_000}).bytes()


def boxes() -> Named:
    """Yield pages of impossible size."""
    sizes = {
        "billion": "[0 0 1000000000 1000000000]",
        "thin": "[0 0 1 10000000]",
        "zero": "[0 0 0 0]",
        "inverted": "[595 842 0 0]",
        "negative": "[-99999 -99999 -99000 -98000]",
        "overflow": "[0 0 1e400 99999999999999999999]",
        "fraction": "[0 0 0.0001 0.0001]",
        "words": "[/a /b /c /d]",
        "short": "[0 0]",
        "null": "null",
        "reference": "3 0 R",
    }
    for name, size in sizes.items():
        yield f"box-{name}", page(box=size).bytes()
    yield "box-user-unit", page(entries="/UserUnit 1000000").bytes()
    yield "box-user-unit-word", page(entries="/UserUnit /x").bytes()
    yield "box-crop-outside", page(entries="/CropBox [9000 9000 9001 9001]").bytes()
    yield "box-rotated-odd", page(entries="/Rotate 37").bytes()


def bombs() -> Named:
    """Yield what unpacks to far more than it is."""
    yield "bomb-content", page(bomb(1500)).bytes()
    yield "bomb-content-nested", page(bomb(1500, times=3)).bytes()
    yield "bomb-content-chain", page(flate(TEXT.encode(), times=60)).bytes()
    grey = "/ColorSpace /DeviceGray /BitsPerComponent 8"
    yield (
        "bomb-picture-big",
        picture(
            f"/Width 60000 /Height 60000 {grey} /Filter /FlateDecode", zlib.compress(bytes(10**7))
        ).bytes(),
    )
    one_bit = "/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /FlateDecode"
    packed = zlib.compress(bytes(12_500 * 17_000 // 8), 9)
    yield "bomb-picture-lies", picture(f"/Width 10 /Height 10 {one_bit}", packed).bytes()
    for width, height in ((2**31 - 1, 2**31 - 1), (-5, 10), (0, 0), (1, 2**30)):
        yield (
            f"picture-{width}x{height}",
            picture(f"/Width {width} /Height {height} {grey}", b"x" * 99).bytes(),
        )
    square = f"/Width 800 /Height 800 {grey}"
    codes = {"JBIG2Decode": b"\x97JB2", "JPXDecode": b"\x00\x00\x00\x0cjP  \r\n\x87\n",
             "DCTDecode": b"\xff\xd8\xff", "CCITTFaxDecode": b"", "LZWDecode": b"\x80",
             "RunLengthDecode": b"\x81\x00", "ASCII85Decode": b"z", "Crypt": b""}  # fmt: skip
    for code, head in codes.items():
        junk = head + bytes(range(256)) * 40
        yield f"picture-junk-{code}", picture(f"{square} /Filter /{code}", junk).bytes()
    segment = b"\x00\x00\x00\x00\x30\x00\x01\x00\x00\x00\x13" + b"\xff" * 8 + bytes(11)
    yield "bomb-jbig2", picture(f"{square} /Filter /JBIG2Decode", segment).bytes()
    size = b"\xff\x4f\xff\x51\x00\x29\x00\x00" + b"\x7f\xff\xff\xff" * 2 + bytes(8)
    size += b"\x00\x00\x00\x01" * 2 + bytes(8) + b"\x00\x01\x07\x01\x01"
    yield "bomb-jpx", picture(f"{square} /Filter /JPXDecode", size + b"\xff\xd9").bytes()
    fax = "/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 1000000000 /Rows 1000000000 >>"
    yield "bomb-fax", picture(f"/Width 9 /Height 9 {grey} {fax}", bytes(5000)).bytes()
    predictor = "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 >>"
    yield "bomb-predictor", picture(f"{square} {predictor}", zlib.compress(bytes(9999))).bytes()
    more = {6: bomb(900, entries="/Type /CMap")}
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    parts = page(more=more)
    parts.objects[5] = font
    yield "bomb-cmap", parts.bytes()
    yield (
        "bomb-metadata",
        Parts(
            {
                **page().objects,
                1: b"<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R >>",
                6: bomb(900),
            }
        ).bytes(),
    )


def contents() -> Named:
    """Yield pages that draw themselves in circles, or without end."""
    form = "/Type /XObject /Subtype /Form /BBox [0 0 600 900]"
    holds = "/XObject << /Fm 6 0 R >>"
    own = stream(b"/Fm Do " * 3, f"{form} /Resources << {holds} >>")
    yield "form-in-itself", page("/Fm Do", resources=holds, more={6: own}).bytes()
    levels = {
        n: stream(b"/Fm Do " * 10, f"{form} /Resources << /XObject << /Fm {n + 1} 0 R >> >>")
        for n in range(6, 16)
    }
    last = {16: stream(TEXT.encode(), form)}
    yield "form-billion-times", page("/Fm Do", resources=holds, more={**levels, **last}).bytes()
    yield "text-in-circles", page(TEXT, entries="/Annots 3 0 R").bytes()
    yield "states-deep", page("q " * 300_000 + TEXT).bytes()
    yield "paths-many", page("0 0 m 9 9 l S " * 200_000).bytes()
    yield "dashes-tiny", page("[0.00001] 0 d 0 0 m 500 800 l S " * 50).bytes()
    yield "unclosed-picture", page("BI /W 9999 /H 9999 /CS /G /BPC 8 ID " + "x" * 5000).bytes()
    yield "unclosed-string", page("BT /F1 9 Tf (" * 2000).bytes()
    yield "matrix-huge", page(f"1e38 0 0 1e38 0 0 cm {TEXT}").bytes()
    yield "operands-many", page("1 " * 500_000 + "re f").bytes()
    annotation = "<< /Type /Annot /Subtype /Widget /Rect [0 0 99 99] /AP << /N 6 0 R >> >>"
    yield (
        "annotation-in-itself",
        page(entries=f"/Annots [{annotation}]", resources=holds, more={6: own}).bytes(),
    )
    glyphs = b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0]"
    glyphs += b" /CharProcs << /a 6 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97"
    glyphs += b" /LastChar 97 /Widths [9] /Resources << /Font << /F1 5 0 R >> >> >>"
    parts = page("BT /F1 9 Tf (aaa) Tj ET", more={6: stream(b"9 0 d0 BT /F1 9 Tf (aaa) Tj ET")})
    parts.objects[5] = glyphs
    yield "letter-in-itself", parts.bytes()
    pattern = stream(b"/Pattern cs /P scn 0 0 9 9 re f", (
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.001"
        " /YStep 0.001 /Resources << /Pattern << /P 6 0 R >> >>"))  # fmt: skip
    yield (
        "pattern-in-itself",
        page(
            "/Pattern cs /P scn 0 0 595 842 re f",
            resources="/Pattern << /P 6 0 R >>",
            more={6: pattern},
        ).bytes(),
    )


def text_layers() -> Named:
    """Yield text layers that no person wrote."""

    def lines(*rows: str) -> bytes:
        shown = "".join(f"<{row.encode('latin-1', 'replace').hex()}> Tj T* " for row in rows)
        return page(f"BT /F1 11 Tf 14 TL 40 800 Td {shown} ET").bytes()

    row = "Ủy ban nhân dân tỉnh báo cáo kết quả thực hiện"
    yield "text-controls", lines("".join(map(chr, range(32))) * 3, "a\x00b\x07c\x1b[31md")
    yield "text-marks", lines("\xad\xa0\xff" * 200)
    yield "text-long-word", lines("a" * 200_000)
    yield "text-many-words", page("BT /F1 1 Tf 0.5 TL 9 800 Td " + "(so 1) Tj T* " * 40_000).bytes()
    yield "text-size-zero", page("BT /F1 0 Tf 72 720 Td (nothing) Tj ET").bytes()
    yield "text-size-huge", page("BT /F1 1e30 Tf 72 720 Td (huge) Tj ET").bytes()
    yield "text-outside", page("BT /F1 12 Tf 1e20 -1e20 Td (outside the page) Tj ET").bytes()
    yield (
        "text-in-one-place",
        page("BT /F1 12 Tf " + "72 720 Td (o) Tj -72 -720 Td " * 9000).bytes(),
    )
    for name, letters in {
        "bidi": "\u202e\u2066so 12/BC\u2069\u202c\u200f",
        "zero-width": "s\u200bo\u200d\u2060\ufeff 1",
        "surrogates": "\ud800\udc00\udfff",
        "private": "\ue000\U0010fffd\ufdd0",
        "marks": "a" + "\u0301\u0323" * 30,
        "null": "\x00\x01\x7f\x85\u2028\u2029",
        "vietnamese": row,
    }.items():
        yield f"layer-{name}", _mapped(letters)


def _mapped(letters: str) -> bytes:
    """Return a page whose font says that its letters are `letters`."""
    used = letters[:60]
    rows = "\n".join(
        f"<{65 + place:02x}> <{letter.encode('utf-16-be', 'surrogatepass').hex()}>"
        for place, letter in enumerate(used)
    )
    table = (
        "begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
        f"{len(used)} beginbfchar\n{rows}\nendbfchar endcmap"
    )
    shown = bytes(65 + place for place in range(len(used))).hex()
    parts = page(f"BT /F1 12 Tf 14 TL 40 800 Td {f'<{shown}> Tj T* ' * 20} ET", more={
        6: stream(table.encode())})  # fmt: skip
    parts.objects[5] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    return parts.bytes()


def active() -> Named:
    """Yield what would act if it were let."""
    actions = {
        "javascript": "/S /JavaScript /JS (while\\(true\\){})",
        "launch": "/S /Launch /F (/bin/sh)",
        "uri": "/S /URI /URI (http://example.invalid/)",
        "remote": "/S /GoToR /F (/etc/passwd) /D [0 /Fit]",
        "submit": "/S /SubmitForm /F (http://example.invalid/)",
    }
    for name, action in actions.items():
        catalog = f"<< /Type /Catalog /Pages 2 0 R /OpenAction << {action} >> >>".encode()
        yield f"active-{name}", Parts({**page().objects, 1: catalog}).bytes()
    outside = b"<< /Length 0 /F (/etc/passwd) >>\nstream\n\nendstream"
    yield "active-outside-stream", page(outside).bytes()
    entity = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    )
    form = (
        b"<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R /AcroForm << /XFA 6 0 R /Fields [] >> >>"
    )
    yield "active-xfa", Parts({**page().objects, 1: form, 6: stream(entity)}).bytes()
    yield (
        "active-signature",
        page(
            entries="/Annots [<< /Subtype /Widget /FT /Sig /V << /Type /Sig /Filter /Adobe.PPKLite "
            "/ByteRange [0 99999999 -1 5] /Contents <30820000ffff> >> /Rect [0 0 0 0] >>]"
        ).bytes(),
    )


def encrypted() -> Named:
    """Yield files with passwords, and with locks that are broken."""
    import pikepdf

    kinds = {"rc4-40": 2, "rc4-128": 3, "aes-128": 4, "aes-256-r5": 5, "aes-256": 6}
    for name, strength in kinds.items():
        for user in ("secret", ""):
            locked = io.BytesIO()
            lock = pikepdf.Encryption(
                user=user, owner="owner", R=strength, aes=strength >= 4, metadata=strength >= 4
            )
            with pikepdf.open(io.BytesIO(page().bytes())) as pdf:
                pdf.save(locked, encryption=lock)
            yield f"locked-{name}-{'user' if user else 'owner'}", locked.getvalue()
    for name, lock_text in {
        "unknown": "<< /Filter /Nobody /V 99 >>",
        "empty": "<< >>",
        "itself": "1 0 R",
        "negative": "<< /Filter /Standard /V 4 /R -1 /O () /U () /P -1 /Length -128 >>",
    }.items():
        trailer = f"/Root 1 0 R /Encrypt {lock_text} /ID [<00> <00>]".encode()
        yield f"locked-broken-{name}", replace(page(), trailer=trailer).bytes()


ALL = (truncated, wrong_tables, page_trees, boxes, bombs, contents, text_layers, active, encrypted)
