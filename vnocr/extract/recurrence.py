"""How often a task comes back: `định kỳ hàng tháng`, `6 tháng một lần`, `thường xuyên`."""

from __future__ import annotations

import re

_FLAGS = re.IGNORECASE
_UNIT = r"(?:ngày|tuần|tháng|quý|năm)"
_EVERY = r"(?:hàng|hằng|mỗi|từng)"
_COUNT = r"(?:\d{1,2}|một|hai|ba|bốn|sáu)"
_PERIODS = (
    rf"(?:(?:(?:{_EVERY}\s+)?(?:{_UNIT}|(?:0?[369]|sáu|ba)\s+tháng(?:\s+đầu\s+năm)?|nửa\s+năm)"
    r"(?:\s*(?:,|và|hoặc)\s*)?)+)"
)
_DAY = r"ngày\s+\d{1,2}(?:[/.]\d{1,2})?(?:\s+tháng\s+\d{1,2})?"
_RECURRING = re.compile(
    r"\b(?:"
    rf"(?:báo\s+cáo\s+)?định\s+kỳ\s+(?:(?:vào\s+)?(?:trước\s+)?ngày\s+\d{{1,2}}\s+)?{_PERIODS}"
    r"(?:\s*(?:một|1|01)\s+lần)?(?:\s*(?:hoặc|và)\s+đột\s+xuất)?"
    # ngày 25 của tháng cuối quý
    r"|(?:(?:trước|vào|chậm\s+nhất(?:\s+(?:là|vào))?)\s+)?ngày\s+\d{1,2}\s+(?:của\s+)?tháng"
    r"\s+(?:cuối|đầu)\s+(?:của\s+)?(?:mỗi\s+)?quý(?:\s+sau)?"
    # trước ngày 20 hàng tháng; trước ngày 15/6 và 15/12 hằng năm; thứ Sáu hằng tuần
    rf"|(?:(?:trước|vào|chậm\s+nhất(?:\s+(?:là|vào))?)\s+)?(?:{_DAY}(?:\s*(?:,|và)\s*(?:trước\s+)?"
    rf"(?:{_DAY}|\d{{1,2}}[/.]\d{{1,2}}))*|(?:(?:sáng|chiều|ngày)\s+)?thứ\s+(?:hai|ba|tư|năm|sáu"
    rf"|bảy))\s+(?:{_EVERY}|của\s+(?:mỗi\s+|từng\s+)?)\s*{_UNIT}"
    # 6 tháng một lần; 03 tháng/lần; 2 lần/tuần; mỗi quý một lần
    rf"|{_COUNT}\s+{_UNIT}\s*(?:/\s*|một\s+|1\s+|01\s+)lần"
    rf"|{_COUNT}\s+lần\s*(?:/|một\s+|mỗi\s+)\s*{_UNIT}"
    rf"|{_EVERY}\s+{_UNIT}(?:\s*,\s*(?:(?:hàng|hằng)\s+)?(?:tuần|tháng|quý|năm|6\s+tháng))*"
    r"(?:\s+(?:một|1|01)\s+lần)?"
    r"|định\s+kỳ(?:\s+hoặc\s+đột\s+xuất)?|thường\s+xuyên(?:,?\s+liên\s+tục)?)(?!\w)",
    _FLAGS,
)
_COUNTED = re.compile(r"\d|hàng|hằng|mỗi|từng|quý|tháng|tuần|lần", _FLAGS)
# `chi thường xuyên`, `báo cáo định kỳ` name a kind, they do not say how to act.
_KINDS = re.compile(
    r"(?:chi|kinh phí|vốn|hoạt động|nhiệm vụ|báo cáo|theo|chế độ|thông tin|đánh giá|đào tạo)$"
)


def find_recurrence(text: str) -> str | None:
    """Return the words that say how often a task comes back, or None."""
    found = list(_RECURRING.finditer(text))
    counted = [match for match in found if _COUNTED.search(match[0])]
    chosen = counted or [match for match in found if _says_how(text, match)]
    return re.sub(r"(?:\s*(?:,|và|hoặc))+$", "", chosen[0][0].strip()) if chosen else None


def _says_how(text: str, match: re.Match[str]) -> bool:
    return not _KINDS.search(text[: match.start()].rstrip().casefold())
