"""One name for each body: so that a register can be asked by body.

`UBND tỉnh` in a dispatch of Quảng Trị and `Ủy ban nhân dân tỉnh Quảng Trị` are one body;
`các sở, ban, ngành` is a group and stays one entry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from vnocr.extract.letters import UPPER
from vnocr.extract.tables import read_table
from vnocr.vietnamese.tones import place_tones
from vnocr.vietnamese.unicode import fold, nfc

BodyKind = Literal["body", "group", "office"]

_DASH = re.compile(r"\s*[–—−]\s*|\s+-\s+")
_GROUP = re.compile(
    r"(?:các|những|mọi|mỗi|từng|tất cả|toàn thể|toàn bộ|một số|thủ trưởng các|giám đốc các"
    r"|trưởng các|chủ tịch (?:ủy ban nhân dân|UBND) (?:các|cấp))\s|.*\b(?:các (?:huyện|xã|quận|sở"
    r"|cơ quan"
    r"|đơn vị|phòng|ngành|trường|cấp)|cấp (?:huyện|xã|tỉnh))\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(?:Phó\s+)?(?:Chủ tịch|Giám đốc|Bộ trưởng|Thứ trưởng|Chánh|Cục trưởng|Chi cục trưởng"
    r"|Vụ trưởng"
    r"|Viện trưởng|Trưởng|Hiệu trưởng|Tổng Giám đốc|Bí thư|Thủ trưởng|Thủ tướng)\b",
    re.IGNORECASE,
)
# A name that ends with a bare `tỉnh` means the province of the dispatch; a Sở is always provincial.
_BARE_PROVINCE = re.compile(r"\btỉnh$")
_DEPARTMENT = re.compile(rf"Sở\s+[{UPPER}]")
_RANK = re.compile(rf"\s+(?:tỉnh|thành phố)(?=\s+[{UPPER}]|$)")
_NEW_ENTRY = re.compile(
    rf"\s*;\s*|\s*,\s*(?:và\s+)?(?=(?:các|Các|[{UPPER}]))|\s+và\s+(?=(?:các|Các)\s|[{UPPER}]\w*\s)"
)
# `các sở, ngành`, `các sở ban ngành` and the like are one group.
_SECTORS = re.compile(r"\bcac (?:so ban nganh|so nganh|ban nganh|so ban)\b")
# What follows a comma or "và" inside one name: Sở Văn hóa, Thể thao và Du lịch.
_OPENS_NAME = re.compile(
    r"(?:[Cc]ác\s+(?:sở|Sở|ban|Ban|bộ|Bộ|ngành|cơ quan|đơn vị|địa phương|tổ chức|đoàn thể"
    r"|Đoàn thể|hội|phòng|Phòng|trường"
    r"|doanh nghiệp|ngân hàng|Ngân hàng|huyện|xã|cấp|chi|cục|Chi|trung tâm|Trung tâm|công ty"
    r"|bệnh viện|cơ sở|hộ)"
    r"|Ủy ban|UBND|HĐND|Hội đồng|Sở|Bộ|Ban|Cục|Chi cục|Tổng cục|Vụ|Viện|Trung tâm|Phòng|Văn phòng"
    r"|Công an|Thanh tra|Kho bạc|Ngân hàng|Bảo hiểm|Bưu điện|Điện lực|Đài|Báo|Trường|Đại học"
    r"|Học viện|Bệnh viện"
    r"|Công ty|Tổng công ty|Tập đoàn|Hiệp hội|Hội|Liên minh|Liên đoàn|Mặt trận|Đoàn|Tỉnh đoàn"
    r"|Tỉnh ủy|Thành ủy"
    r"|Huyện ủy|Đảng ủy|Chi bộ|BCĐ|Tổ|Nhóm|Bộ phận|Trạm|Hạt|Đội|Quỹ|Chủ tịch|Giám đốc|Thủ trưởng"
    r"|Chánh|Trưởng"
    r"|Cục trưởng|Vụ trưởng|Hiệu trưởng|Bí thư|Tòa án|Viện kiểm sát|Thường trực|MTTQ|UBMTTQ|VNPT"
    r"|Viễn thông)\b"
)


@dataclass(frozen=True, slots=True)
class BodyName:
    """A body under its full name; `key` is equal for all spellings of one name.

    `kind`: `body` for one body, `office` for the person who heads it, `group` for several.
    """

    name: str
    key: str
    kind: BodyKind


class BodyNames:
    """Full names of bodies; made once from the dictionary of abbreviations."""

    def __init__(self, abbreviations: dict[str, str]) -> None:
        ordered = sorted(abbreviations, key=len, reverse=True)
        words = "|".join(re.escape(word) for word in ordered)
        self._abbreviations = abbreviations
        self._pattern = re.compile(rf"(?<![\w&-])(?:{words})(?![\w&-])")
        # No syllable is spelled like an abbreviation without its capitals: `ubnd tinh`.
        self._folded = {fold(short): fold(name) for short, name in abbreviations.items()}
        shorts = "|".join(re.escape(fold(word)) for word in ordered)
        self._folded_pattern = re.compile(rf"(?<![\w&-])(?:{shorts})(?![\w&-])")

    @classmethod
    def load(cls, folder: Path) -> BodyNames:
        """Read `body_abbreviations.tsv` in `folder`.

        Raises DictionaryError if it is missing or damaged.
        """
        rows = read_table(folder / "body_abbreviations.tsv", 2)
        return cls({row[0]: row[1] for row in rows})

    def one(self, text: str, province: str | None = None) -> BodyName:
        """Return the body that `text` names, in a dispatch of `province`."""
        name = _DASH.sub(" - ", place_tones(nfc(text), "old")).strip(" ,;:.")
        name = self._pattern.sub(lambda match: self._abbreviations[match[0]], name)
        name = re.sub(r"\s+", " ", name)
        kind: BodyKind = "group" if _GROUP.match(name) else "body"
        if kind == "body" and _OFFICE.match(name):
            kind = "office"
        if kind == "group":
            name = re.sub(r"^(?:Các|các|Tất cả các|tất cả các)\s+", "các ", name)
        elif kind == "body" and _DEPARTMENT.search(name) and _RANK.search(name) and not province:
            name = _RANK.sub("", name)
        elif province:
            name = _placed(name, province)
        return BodyName(name, self._key(name), kind)

    def _key(self, name: str) -> str:
        folded = self._folded_pattern.sub(lambda match: self._folded[match[0]], fold(name))
        words = re.sub(r"[^0-9a-z]+", " ", folded).strip()
        return _SECTORS.sub("cac so ban nganh", words)

    def several(self, text: str, province: str | None = None) -> tuple[BodyName, ...]:
        """Return the bodies that `text`, an assignee in the words of the dispatch, lists."""
        found: dict[str, BodyName] = {}
        for part in split_names(text):
            body = self.one(part, province)
            found.setdefault(body.key, body)
        return tuple(found.values())


def split_names(text: str) -> list[str]:
    """Return the entries of a list of bodies; commas inside one name do not part it."""
    parts: list[str] = []
    start = 0
    for match in _NEW_ENTRY.finditer(text):
        if ";" in match[0] or _OPENS_NAME.match(text, match.end()):
            parts.append(text[start : match.start()])
            start = match.end()
    parts.append(text[start:])
    return [part.strip(" ,;") for part in parts if part.strip(" ,;")]


def _placed(name: str, province: str) -> str:
    """Return `name` with the province of the dispatch where it leaves its own unsaid.

    A department is written without the rank of its province, which changes over time.
    """
    if _DEPARTMENT.search(name):
        bare = _RANK.sub("", name)
        return bare if bare.endswith(province) else f"{bare} {province}"
    return f"{name} {province}" if _BARE_PROVINCE.search(name) else name
