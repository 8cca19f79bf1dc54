"""Identifiers of state bodies in the exchange of documents, where they are certain.

The form of QCVN 102:2016/BTTTT, thirteen characters, the highest level last. Only codes read in
official lists stand here: the ministries as they were until the mergers of 2025, and provinces
whose code was seen in use.
"""

from __future__ import annotations

from vnocr.vietnamese.unicode import fold

_FORM = "000.00.00.{}"
# The lists after the mergers are not known to us: a body of that name may be another one.
_MINISTRIES_UNTIL, _PROVINCES_UNTIL = "2025-03-01", "2025-07-01"
_MINISTRIES = {
    "Bộ Công an": "G01",
    "Bộ Công Thương": "G02",
    "Bộ Giáo dục và Đào tạo": "G03",
    "Bộ Giao thông vận tải": "G04",
    "Bộ Kế hoạch và Đầu tư": "G05",
    "Bộ Khoa học và Công nghệ": "G06",
    "Bộ Lao động - Thương binh và Xã hội": "G07",
    "Bộ Ngoại giao": "G08",
    "Bộ Nội vụ": "G09",
    "Bộ Nông nghiệp và Phát triển nông thôn": "G10",
    "Bộ Quốc phòng": "G11",
    "Bộ Tài chính": "G12",
    "Bộ Tài nguyên và Môi trường": "G13",
    "Bộ Thông tin và Truyền thông": "G14",
    "Bộ Tư pháp": "G15",
    "Bộ Văn hóa, Thể thao và Du lịch": "G16",
    "Bộ Xây dựng": "G17",
    "Bộ Y tế": "G18",
    "Ngân hàng Nhà nước Việt Nam": "G19",
    "Thanh tra Chính phủ": "G20",
    "Ủy ban Dân tộc": "G21",
    "Văn phòng Chính phủ": "G22",
    "Bảo hiểm xã hội Việt Nam": "G24",
}
_PROVINCES = {
    "Hậu Giang": "H30",
    "Lạng Sơn": "H37",
    "Lào Cai": "H38",
    "Quảng Trị": "H50",
    "Thái Nguyên": "H55",
    "Thanh Hóa": "H56",
}
_BY_NAME = {fold(name): code for name, code in _MINISTRIES.items()}
_BY_PROVINCE = {
    fold(f"{body} {name}"): code
    for name, code in _PROVINCES.items()
    for body in ("Ủy ban nhân dân tỉnh", "UBND tỉnh")
}


def organ_id(name: str | None, issue_date: str | None) -> str:
    """Return the identifier of the body `name` on an ISO date, "" where it is not certain."""
    if not name or not issue_date:
        return ""
    key = fold(name)
    for codes, until in ((_BY_NAME, _MINISTRIES_UNTIL), (_BY_PROVINCE, _PROVINCES_UNTIL)):
        if key in codes and issue_date < until:
            return _FORM.format(codes[key])
    return ""
