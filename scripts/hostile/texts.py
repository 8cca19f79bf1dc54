"""Hostile text files by name."""

from __future__ import annotations

from collections.abc import Iterator

ROW = "Ủy ban nhân dân tỉnh yêu cầu các sở báo cáo trước ngày 30/6/2024.\n"


def texts() -> Iterator[tuple[str, bytes]]:
    """Yield texts that were not written to be read."""
    cases = {
        "nothing": "\ufeff",
        "blanks": " \t\u00a0\u3000\n" * 20_000,
        "feeds": "\f" * 100_000,
        "breaks": "\n" * 2_000_000,
        "returns": "a\r" * 200_000,
        "one-word": "a" * 3_000_000,
        "one-line": "so yte " * 200_000,
        "marks": "a" + "\u0323\u0301" * 300_000,
        "controls": "".join(map(chr, range(1, 32))) * 500 + ROW,
        "escapes": "\x1b[2J\x1b]0;title\x07" * 500 + ROW,
        "bidi": "\u202e\u2066\u2067" + ROW + "\u2069\u202c" * 9,
        "zero-width": "\u200b".join(ROW),
        "separators": ROW.replace(" ", "\u2028") + "\x85\x1c\x1d\x1e" * 99,
        "private": "".join(map(chr, range(0xE000, 0xF000))),
        "astral": "\U0001f4c4\U000e0041" * 9000,
        "digits": "1" * 400_000,
        "dates": "ngày 99 tháng 99 năm 99999, " * 9000,
        "numbers": "Số: 1/2/3/4-5-6/QĐ-UBND-UBND-UBND; " * 9000,
        "dots": "." * 500_000,
        "labels": "".join(f"{n}. a) - Điều {n}. Khoản {n}: giao Sở {n};\n" for n in range(9000)),
        "nested": "(" * 100_000 + "«[{" * 9000,
        "references": "theo Điều 1 khoản 2 điểm a Nghị định số 1/2020/NĐ-CP " * 5000,
        "capitals": "ỦY BAN NHÂN DÂN " * 20_000,
        "recipients": "Nơi nhận:\n" + "- Như trên;\n" * 20_000,
        "markup": "<script>alert(1)</script>\n{{ 7*7 }} {% raw %} =cmd|' /C calc'!A0\n" * 99 + ROW,
    }
    for name, text in cases.items():
        yield f"text-{name}.txt", text.encode("utf-8", "surrogatepass")
    yield "text-utf16.txt", ROW.encode("utf-16")
    yield "text-late-rubbish.txt", ROW.encode() * 500 + b"\xff\xfe\x00\x00" * 9
    yield "text-cut-letter.txt", (ROW * 300).encode()[:-70]
    yield "text-null.txt", b"so 1\x00" * 900
    yield "text-surrogates.txt", b"\xed\xa0\x80\xed\xbf\xbf" * 900
    yield "text-overlong.txt", b"\xc0\xaf\xe0\x80\xaf" * 900
    yield "text-old-encoding.txt", "C«ng hßa x· héi chñ nghÜa".encode("cp1252", "replace") * 99


def endless(megabytes: int) -> Iterator[bytes]:
    """Yield the parts of a text of one line."""
    part = ("a" * 62 + " ") * 16_644
    for _ in range(megabytes):
        yield part.encode()
