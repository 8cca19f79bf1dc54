"""The printed words by which the parts of a dispatch are known, matched without marks or case.

Recognition loses marks more than letters, so everything is compared folded; the set phrases
of the letterhead are counted word by word, because one damaged word must not hide them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vnocr.model import Line, Word
from vnocr.vietnamese.unicode import fold

_STATE = frozenset(["cong", "hoa", "xa", "hoi", "chu", "nghia", "viet", "nam"])
_PARTY = frozenset(["dang", "cong", "san", "viet", "nam"])
_MOTTO = frozenset(["doc", "lap", "tu", "do", "hanh", "phuc"])
_EDGES = " .,:;*-_–—/|()\"'"

_NUMBER = re.compile(r"^\W*s[o0]\b\W*[^a-z]*\d?.*[/-]|^\W*s[o0]\s*:")
_DATE = re.compile(r"ng[a-z]y.*th[a-z]ng|th[a-z]ng\b.*n[a-z]m\s*\d")
_ABOUT = re.compile(r"^\W*v\s*[/⁄i1l|]?\s*v\b")
_TO = re.compile(r"^\W*k[a-z]nh g[a-z]{1,2}i\b")
_COPIES = re.compile(r"^\W*n[o0]i nh[a-z]n\b")
_AUTHORITY = re.compile(
    r"^\W*(tm|kt|tl|tuq|t/m|k/t|t/l|q)\s*[.,/]"
    r"|^\W*(tm|kt|tl|tuq)\s+(chu|giam|bo|thu|uy|cuc|chanh|truong|ban|hoi|bi|tong|vu)\b"
)
_POSITION = re.compile(
    r"(pho |quyen |q\. ?)?(chu tich|giam doc|bo truong|thu truong|thu tuong|bi thu|chanh van phong"
    r"|cuc truong|tong cuc truong|vu truong|truong ban|truong phong|hieu truong|chanh thanh tra"
    r"|vien truong|chanh an|tong giam doc|chi cuc truong|chu nhiem)\W*"
)
_SIGNED_DIGITALLY = re.compile(
    r"\b(duoc )?ky (boi|so)\b|nguoi ky\b|thoi gian ky\b|ngay ky:|^\W*(co quan|email|to chuc):"
    r"|digitally signed|signature valid|^\W*(date|reason|location):"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{4}\s+\d{1,2}:\d\d|[+]0?7[:.]00|^\W*\w{2,12}[@(]\S+\.(gov|edu)\S*\W*$"
)
_RUBBER_STAMP = re.compile(
    r"^\W*(hoa toc|thuong khan|khan|mat|toi mat|tuyet mat|(cong van )?den)\W*$"
    r"|^\W*(so den|ngay den|den (so|ngay)|chuyen|so va ky hieu hs|luu ho so)\W*:"
    r"|xem xong tra lai|luu hanh noi bo|sao y ban chinh"
)
_FOOTER = re.compile(r"\b(dia chi|tru so)\W*:|\b(dien thoai|dt|fax|website|email)\s*:.*\d")
_PAGE_NUMBER = re.compile(r"^\W*(trang )?\d{1,3}(\s*/\s*\d{1,3})?\W*$")
_TYPES = re.compile(
    r"nghi quyet|quyet dinh|chi thi|quy che|quy dinh|thong cao|thong bao|huong dan|chuong trinh"
    r"|ke hoach|phuong an|de an|du an|bao cao|bien ban|to trinh|hop dong|cong dien|giay moi"
    r"|giay gioi thieu|giay uy quyen|giay nghi phep|phieu gui|phieu chuyen|phieu bao|thong tri"
    r"|ket luan|cong van|thong tu|nghi dinh|luat|lenh|phu luc|ban ghi nho|ban thoa thuan"
)


def state_heading(words: Sequence[Word]) -> int | None:
    """Return where in `words` the name of the state or the party starts, None if it is absent."""
    keys = [_key(word) for word in words]
    for phrase in (_STATE, _PARTY):
        # The issuer before it may share words with it, as BỘ CÔNG THƯƠNG does.
        hits = [
            (len(phrase.intersection(keys[start : start + len(phrase)])), start)
            for start, key in enumerate(keys)
            if key in phrase
        ]
        if hits and max(hits)[0] > len(phrase) // 2:
            return max(hits)[1]
    return None


def motto(words: Sequence[Word]) -> int | None:
    """Return where in `words` the motto under the name of the state starts."""
    keys = [_key(word) for word in words]
    found = [index for index, key in enumerate(keys) if key in _MOTTO]
    return found[0] if len({keys[index] for index in found}) >= 3 else None


def is_number(line: Line) -> bool:
    """Whether the line looks like "Số: 12/QĐ-UBND"."""
    return bool(_NUMBER.search(fold(line.text)))


def is_date(line: Line) -> bool:
    """Whether the line names a day, month and year in words."""
    return bool(_DATE.search(fold(line.text)))


def is_about(line: Line) -> bool:
    """Whether the line starts with "V/v"."""
    return bool(_ABOUT.search(fold(line.text)))


def is_addressee(line: Line) -> bool:
    """Whether the line starts with "Kính gửi"."""
    return bool(_TO.search(fold(line.text)))


def is_recipients(line: Line) -> bool:
    """Whether the line starts with "Nơi nhận"."""
    return bool(_COPIES.search(fold(line.text)))


def is_signing(line: Line) -> bool:
    """Whether the line is printed above a signature: an authority or a position in capitals."""
    text = fold(line.text).strip(_EDGES)
    capitals = _mostly_capitals(line.text)
    return capitals and bool(_AUTHORITY.search(text) or _POSITION.fullmatch(text))


def is_type(line: Line) -> bool:
    """Whether the line is nothing but the name of a type of document in capitals."""
    text = " ".join(fold(line.text).strip(_EDGES).split())
    return _mostly_capitals(line.text) and bool(_TYPES.fullmatch(text))


def is_digital_signature(line: Line) -> bool:
    """Whether the line belongs to the text that a program prints for a digital signature."""
    return bool(_SIGNED_DIGITALLY.search(fold(line.text)))


def is_rubber_stamp(line: Line) -> bool:
    """Whether the line is a mark of urgency or secrecy, or part of an arrival stamp."""
    return bool(_RUBBER_STAMP.search(fold(line.text)))


def is_footer(line: Line) -> bool:
    """Whether the line gives the office's address, telephone or site."""
    return bool(_FOOTER.search(fold(line.text)))


def is_page_number(line: Line) -> bool:
    """Whether the line is nothing but a number of up to three digits."""
    return bool(_PAGE_NUMBER.match(fold(line.text)))


def is_heading(line: Line) -> bool:
    """Whether most letters of the line are capitals, as in headings of the body."""
    return _mostly_capitals(line.text)


def _mostly_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) >= 0.8 * len(letters)


def _key(word: Word) -> str:
    return fold(word.text).strip(_EDGES)
