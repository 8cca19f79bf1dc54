"""Text in the Vietnamese encodings of the years before Unicode: TCVN3 (ABC) and VNI-Windows.

Tables: TCVN 5712:1993 (the 8-bit form of the ABC fonts) and the VNI-Windows font layout.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from vnocr.vietnamese.syllable import is_syllable
from vnocr.vietnamese.unicode import nfc

Encoding = Literal["tcvn3", "vni"]

_TCVN3_LETTERS = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
# PDF extractors replace the soft hyphen (ư) and the middle dot (ã) by look-alikes.
_TCVN3_LETTERS |= {"\u2212": "ư", "\u2219": "ã"}
_TCVN3 = re.compile("[" + re.escape("".join(_TCVN3_LETTERS)) + "]")
_DASH_OF_NUMBER = re.compile(r"(?<=\d)[\u2212\u00ad](?=\d)")

_VNI_MARKS = {
    "a": {"ø": "à", "ù": "á", "û": "ả", "õ": "ã", "ï": "ạ",
          "â": "â", "à": "ầ", "á": "ấ", "å": "ẩ", "ã": "ẫ", "ä": "ậ",
          "ê": "ă", "è": "ằ", "é": "ắ", "ú": "ẳ", "ü": "ẵ", "ë": "ặ"},
    "e": {"ø": "è", "ù": "é", "û": "ẻ", "õ": "ẽ", "ï": "ẹ",
          "â": "ê", "à": "ề", "á": "ế", "å": "ể", "ã": "ễ", "ä": "ệ"},
    "o": {"ø": "ò", "ù": "ó", "û": "ỏ", "õ": "õ", "ï": "ọ",
          "â": "ô", "à": "ồ", "á": "ố", "å": "ổ", "ã": "ỗ", "ä": "ộ"},
    "ô": {"ø": "ờ", "ù": "ớ", "û": "ở", "õ": "ỡ", "ï": "ợ"},
    "u": {"ø": "ù", "ù": "ú", "û": "ủ", "õ": "ũ", "ï": "ụ"},
    "ö": {"ø": "ừ", "ù": "ứ", "û": "ử", "õ": "ữ", "ï": "ự"},
    "y": {"ø": "ỳ", "ù": "ý", "û": "ỷ", "õ": "ỹ"},
}  # fmt: skip
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    table = {
        vowel + mark: out for vowel, marks in _VNI_MARKS.items() for mark, out in marks.items()
    }
    table |= _VNI_SINGLE
    capitals = {source.upper(): letter.upper() for source, letter in table.items()}
    titled = {  # a capital followed by a small mark, as in "Aùp"
        source[0].upper() + source[1]: letter.upper()
        for source, letter in table.items()
        if len(source) == 2
    }
    return table | titled | capitals


_VNI_LETTERS = _vni_table()
_VNI = re.compile("|".join(sorted(map(re.escape, _VNI_LETTERS), key=len, reverse=True)))

# Characters that no Unicode Vietnamese word holds: at least one is needed to suspect a charset.
_TELLTALES: dict[Encoding, frozenset[str]] = {
    "tcvn3": frozenset("µ¸¶·¹¨»¾¼½Æ©ÇËÐÎÏÑªÖ×ØÜÞßåæçëîïñø÷ûüþ®«¬¡§£¤¥¦äö\u00ad\u2212\u2219"),
    "vni": frozenset("øûïåäëüöñæîØÛÏÅÄËÜÖÑÆÎ"),
}
_RUN = re.compile(r"[^\s.,;:()\[\]/\"“”'0-9]+")
_ENOUGH = 0.75


def detect(text: str) -> Encoding | None:
    """Return the legacy encoding that `text` is in, None for Unicode (or undecidable) text.

    Decided by evidence: the words with letters beyond ASCII must become well-formed
    syllables when converted, and must not have been so before. Text that a recogniser
    without Vietnamese misread (`thyc hién`) fails that test.
    """
    suspects = [run for run in _RUN.findall(text) if not run.isascii()]
    signs = set("".join(suspects))
    best: tuple[float, Encoding] | None = None
    for encoding, telltales in _TELLTALES.items():
        if telltales.isdisjoint(signs):
            continue
        # Numbered lists, dashes and bullets stand alone and prove nothing.
        words = [run for run in suspects if any(sign.isascii() and sign.isalpha() for sign in run)]
        good = _share_of_syllables([convert(word, encoding) for word in words])
        gain = good - _share_of_syllables(words)
        if good >= _ENOUGH and gain > 0.25 and (best is None or good > best[0]):
            best = (good, encoding)
    return best[1] if best else None


def convert(text: str, encoding: Encoding, *, capitals: bool = False) -> str:
    """Return `text` of a legacy encoding as Unicode (NFC).

    `capitals` says that the font shows small letters as capitals (`.VnTimeH`).
    A minus sign between digits stays a minus sign.
    """
    if encoding == "tcvn3":
        text = _convert_tcvn3(text)
    else:
        text = _VNI.sub(lambda found: _VNI_LETTERS[found.group()], text)
    text = nfc(text)
    return text.upper() if capitals else text


@dataclass(frozen=True, slots=True)
class LegacyFont:
    """What the name of a font says about the text set in it."""

    encoding: Encoding
    capitals: bool


_TCVN3_FONT = re.compile(r"^(?:[A-Z]{6}\+)?\.?Vn[A-Z0-9]\w*?(H)?(?:[-,].*)?$")
_VNI_FONT = re.compile(r"^(?:[A-Z]{6}\+)?VNI[-_ ]?\w", re.IGNORECASE)


def legacy_font(name: str) -> LegacyFont | None:
    """Return the encoding a font name stands for (`ABCDEF+.VnTimeH`, `VNI-Times`), else None."""
    if found := _TCVN3_FONT.match(name):
        return LegacyFont("tcvn3", capitals=found.group(1) is not None)
    if _VNI_FONT.match(name):
        return LegacyFont("vni", capitals=False)
    return None


def _convert_tcvn3(text: str) -> str:
    kept = {found.start() for found in _DASH_OF_NUMBER.finditer(text)}
    return _TCVN3.sub(
        lambda found: found.group() if found.start() in kept else _TCVN3_LETTERS[found.group()],
        text,
    )


def _share_of_syllables(words: list[str]) -> float:
    if not words:
        return 0.0
    parts = [part for word in words for part in re.split(r"[^\w]+", word) if part]
    return sum(is_syllable(part) for part in parts) / len(parts) if parts else 0.0
