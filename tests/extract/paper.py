"""Invented dispatches in the official layout, as text and as recognised pages."""

from __future__ import annotations

from vnocr.model import Box, Line, Page, Word

LETTER = """\
UBND TỈNH BẮC KẠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ XÂY DỰNG Độc lập - Tự do - Hạnh phúc
Số: 1204/SXD-QLN Bắc Kạn, ngày 07 tháng 3 năm 2023
V/v rà soát nhà ở công vụ
trên địa bàn các huyện

Kính gửi:
- Ủy ban nhân dân các huyện, thành phố;
- Ban Quản lý các khu công nghiệp tỉnh.

Để có cơ sở lập kế hoạch sửa chữa nhà ở công vụ, Sở Xây dựng đề nghị các đơn vị
báo cáo số lượng nhà ở trước ngày 20/3/2023./.

Nơi nhận: KT. GIÁM ĐỐC
- Như trên; PHÓ GIÁM ĐỐC
- Giám đốc Sở (để b/c);
- Lưu: VT, QLN.
Lương Thị Bích Ngà
"""

DECISION = """\
ỦY BAN NHÂN DÂN
TỈNH GIA LAI
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 88/QĐ-UBND
Gia Lai, ngày 11 tháng 10 năm 2022
QUYẾT ĐỊNH
Về việc thành lập Tổ công tác kiểm tra
bến thủy nội địa năm 2022
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
QUYẾT ĐỊNH:
Điều 1. Thành lập Tổ công tác kiểm tra bến thủy nội địa.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký./.

Nơi nhận:
- Như Điều 1;
- Sở Giao thông vận tải;
- Lưu: VT, CN.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Phùng Gia Thịnh
"""

PARTY = """\
TỈNH ỦY LẠNG SƠN ĐẢNG CỘNG SẢN VIỆT NAM
BAN NỘI CHÍNH
*
Số 34-KH/BNCTU Lạng Sơn, ngày 18 tháng 9 năm 2021
KẾ HOẠCH
kiểm tra công tác tiếp dân quý IV năm 2021

Thực hiện chương trình công tác năm, Ban Nội chính xây dựng kế hoạch như sau:
I- MỤC ĐÍCH
Nâng cao chất lượng tiếp dân.

Nơi nhận:
- Thường trực Tỉnh ủy,
- Các huyện ủy,
- Lưu Ban Nội chính.
K/T TRƯỞNG BAN
PHÓ TRƯỞNG BAN
Hoàng Văn Lẫm
"""

TELEGRAM = """\
ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH PHÚ YÊN Độc lập - Tự do - Hạnh phúc
Số: 05/CĐ-UBND Phú Yên, ngày 28 tháng 11 năm 2019
HỎA TỐC
CÔNG ĐIỆN
Về việc chủ động ứng phó mưa lũ
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH PHÚ YÊN điện:
- Giám đốc các sở;
- Chủ tịch UBND các huyện.

Theo tin dự báo, mưa lớn sẽ còn kéo dài.
"""

JOINT = """\
BỘ Y TẾ - BỘ TÀI CHÍNH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 17/2012/TTLT-BYT-BTC
Hà Nội, ngày 09 tháng 8 năm 2012
THÔNG TƯ LIÊN TỊCH
Hướng dẫn chi trả phụ cấp trực
Căn cứ Nghị định số 63/2012/NĐ-CP ngày 31 tháng 8 năm 2012 của Chính phủ;
"""


def text_pages(text: str) -> tuple[Page, ...]:
    """Plain text as pages; a form feed opens a new page."""
    return tuple(
        Page(number, tuple(_text_line(line) for line in page.split("\n")), "text")
        for number, page in enumerate(text.split("\f"), start=1)
    )


def _text_line(text: str) -> Line:
    return Line(tuple(Word(word, word, None, 1.0) for word in text.split()))


def printed_page(
    rows: list[tuple[int, int, str]], number: int = 1, confidence: float = 0.95
) -> Page:
    """A recognised page of 1654 x 2339 pixels; rows are (left, top, text).

    A letter is 16 pixels wide, a blank 10, a line 36 high; a tab opens a gap of 200 pixels.
    """
    lines = []
    for left, top, text in rows:
        words, x = [], left
        for part in text.split("\t"):
            for word in part.split():
                width = 16 * len(word)
                words.append(Word(word, word, Box(x, top, x + width, top + 36), confidence))
                x += width + 10
            x += 200
        lines.append(Line(tuple(words), Box.around(w.box for w in words)))
    return Page(number, tuple(lines), "ocr", 1654, 2339, 200)
