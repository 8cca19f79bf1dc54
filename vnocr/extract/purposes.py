"""What a paragraph of an official document is for, where its wording gives that away.

Formulae of decree 30/2020/NĐ-CP's forms and of party offices: legal bases, reports,
closings and execution clauses are no tasks.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from vnocr.vietnamese.unicode import fold


class Section(Enum):
    """What stands below a heading or a lead sentence."""

    TASKS = auto()
    FACTS = auto()
    OPEN = auto()


_BASIS = re.compile(r"(?:Căn cứ|Xét|Theo đề nghị)\b")
_CLOSING = re.compile(
    r"(?:Trên đây là|Trên đây,|Rất mong|Trân trọng|Xin trân trọng"
    r"|[^.;:]{3,100}? trân trọng cảm ơn|[^.;:]{3,60}? chúc (?:các|quý|toàn thể)\b"
    r"|Kính báo cáo|Kính trình|Kính mong"
    r"|(?:Mọi )?[Tt]hông tin chi tiết|(?:Mọi )?[Cc]hi tiết (?:xin )?liên hệ"
    r"|(?:Nay|Vậy|Do vậy),? (?:\w+\s+){0,8}thông báo"
    r"|(?:\w+\s+){1,8}(?:kính )?báo cáo (?:\w+\s+){1,6}(?:xem xét|biết|theo dõi)|Nơi nhận"
    r"|Xin cảm ơn"
    r"|[^.;:]{3,120}? (?:rất |kính )?mong (?:các|quý|được|nhận được|sự)\b[^.;:]{0,120}\.?/?\.?$"
    r"|\(?(?:Chi tiết|Kèm theo|Gửi kèm|Có|Đính kèm)\b.{0,60}(?:kèm theo|đính kèm|phụ lục|tại các)"
    r"|(?:Chỉ thị|Công văn|Văn bản|Thông báo|Kế hoạch|Công điện|Nghị quyết|Quy\w+ \w*) này"
    r" (?:thay thế|có hiệu lực|được phổ biến|được))",
)
_EFFECT = re.compile(
    r"(?:Quyết định|Chỉ thị|Nghị quyết|Quy chế|Quy định|Thông tư|Kế hoạch|Văn bản)\s+này"
    r"\s+(?:có hiệu lực|thay thế|bãi bỏ|được ban hành)"
)
_EXECUTION = re.compile(
    r"(?:chịu trách nhiệm|có trách nhiệm|căn cứ)\s+(?:tổ chức\s+)?(?:triển khai\s+)?(?:thi hành"
    r"|thực hiện)"
    r"\s+(?:Quyết|Nghị|Quy|quyết|nghị)\s*\w+\s+này|căn cứ (?:Quyết định"
    r"|Nghị quyết)(?: này)? thi hành"
)
_PRAISE = re.compile(
    r"(?:Đánh giá cao|Ghi nhận|Biểu dương|Hoan nghênh|Nhất trí|Thống nhất|Đồng ý"
    r"|Cơ bản (?:thống nhất|đồng ý|nhất trí))\b"
)
_VERDICT = re.compile(
    _PRAISE.pattern + r"(?!.{0,40}\b(?:giao|yêu cầu|đề nghị)\b|.*[.;] (?:Giao|Yêu cầu|Đề nghị)\b)"
)
_FOOTNOTE = re.compile(r"\d{1,2}\s+(?=[^\W\d_])")
_PAST = re.compile(
    r"(?:Thời gian qua|Trong thời gian qua|Trong những năm qua|Những năm qua|Vừa qua"
    r"|Qua (?:theo dõi|kiểm tra|rà soát)"
    r"|Đánh giá (?:chung|công tác|kết quả|tình hình)"
    r"|Tuy nhiên|Đến nay|Hiện nay|Ngày \d|Năm \d{4},|Trong (?:năm|tháng|quý|6 tháng))"
)
_FACT_TITLE = re.compile(
    r"(?:muc dich|muc tieu|quan diem|thuc trang|(?:danh gia )?tinh hinh|ket qua|danh gia|uu diem"
    r"|nhung (?:ket qua|ton tai"
    r"|han che)|ton tai|han che|khuyet diem|nguyen nhan|thanh phan|dia diem|kinh phi"
    r"|thoi gian(?! (?:gui|nop|bao cao|hoan thanh|dang ky))"
    r"|doi tuong|can cu"
    r"|su can thiet|co so|pham vi|bai hoc|du bao|so lieu|nhan xet|dac diem|boi canh|chi tieu)\b"
)
_TASK_TITLE = re.compile(
    r"(?:(?:cac |nhung |mot so )?(?:nhiem vu|giai phap|bien phap|noi dung|cong viec)"
    r"|to chuc thuc hien|phan cong|trach nhiem"
    r"|kien nghi|de xuat|(?:de xuat, )?kien nghi|de nghi|yeu cau|tien do|phuong huong|ke hoach"
    r"|nhiem vu trong tam)\b"
)
_ASKING_TITLE = re.compile(
    r"(?:nhung |mot so |cac )?(?:kien nghi|de xuat|de nghi"
    r"|(?:y kien )?(?:ket luan|chi dao)(?:,? chi dao)? cua|y kien (?:ket luan|chi dao)|phan cong)\b"
)
_REPORTING_LEAD = re.compile(
    r"(?:báo cáo|tình hình|kết quả|số liệu|danh sách"
    r"|trả lời)(?:\s+\S+){0,12}\s+(?:như sau|sau đây|sau):$"
)
_TASK_LEAD = re.compile(
    r"\b(?:kết luận|chỉ đạo|quán triệt|có ý kiến)(?:[^.;:]{0,40})?:$|"
    r"(?:nội dung|nhiệm vụ|giải pháp|biện pháp|hoạt động|công việc|yêu cầu|việc|kết luận|chỉ đạo"
    r"|ý kiến)(?:[^.;]{0,60})"
    r"(?:sau|như sau|sau đây|cụ thể)\s*:$"
)
# `Đề nghị ... xem xét, quyết định./.` closes a letter to a higher body.
_LEAVES_DECISION = re.compile(
    r"xem xét(?:,? (?:và )?(?:quyết định|chấp thuận|phê duyệt|cho ý kiến|thống nhất|giải quyết"
    r"|chỉ đạo|cho phép"
    r"|thông qua|ban hành|hướng dẫn))*(?: theo (?:quy định|thẩm quyền))?[./\s]*"
)
_BARE_ORDER = re.compile(
    r"\b(?:chỉ thị|yêu cầu|đề nghị|chỉ đạo|phân công|giao nhiệm vụ)(?:,? (?:như sau|sau đây"
    r"|cụ thể|cụ thể như sau))?\s*:$"
)
_ADDRESSES = re.compile(r"\b(?:điện|gửi)\s*:$")
_GENERIC = re.compile(
    r"(?:thực hiện|triển khai|tập trung|quan tâm|làm tốt|lưu ý|chú trọng|khẩn trương"
    r"|chỉ đạo)(?:\s+\S+){0,5}?\s+"
    r"(?:nội dung|nhiệm vụ|giải pháp|biện pháp|công việc|việc|vấn đề|yêu cầu"
    r"|công tác)\b[^.;]{0,50}:$"
)
_ONLY_CARRY_OUT = re.compile(
    r"(?:(?:theo|căn cứ|trên cơ sở)\s[^.;:]{3,80}?\s+)?"
    r"(?:(?:tổ chức|triển khai|nghiêm túc|chỉ đạo|thực hiện|tốt|có trách nhiệm|chịu trách nhiệm"
    r"|có nhiệm vụ|phải|cần|tập trung|khẩn trương)\s*)+:?"
)
# Kinds of documents that tell and ask, but do not order.
_TELLING = frozenset(
    ("báo cáo", "tờ trình", "biên bản", "phiếu trình", "giấy giới thiệu", "hợp đồng")
)


def document_section(kind: str | None) -> Section:
    """Return what a document of type `kind` (`Báo cáo`, None for a letter) mainly holds."""
    return Section.FACTS if (kind or "").casefold() in _TELLING else Section.OPEN


def section_of(title: str, kind: str | None = None) -> Section | None:
    """Return what stands below the heading `title`, or None if it does not tell.

    In a report or proposal only what is asked of others counts as tasks.
    """
    key = fold(title).strip(" .:")
    if _FACT_TITLE.match(key):
        return Section.FACTS
    if document_section(kind) is Section.FACTS:
        return Section.TASKS if _ASKING_TITLE.match(key) else Section.FACTS
    return Section.TASKS if _TASK_TITLE.match(key) else None


def is_ceremony(text: str) -> bool:
    """Whether `text` closes, praises, agrees, is a footnote or says when the paper takes effect."""
    return any(pattern.match(text) for pattern in (_CLOSING, _EFFECT, _VERDICT, _FOOTNOTE))


def agrees(text: str) -> bool:
    """Whether `text` opens with a word of agreement or praise, which asks nothing."""
    return bool(_PRAISE.match(text))


def announces(predicate: str) -> bool:
    """Whether who speaks in a lead only tells what follows: `... thông báo như sau:`."""
    return bool(_TELLS.match(predicate)) and predicate.rstrip().endswith(":")


def is_basis(text: str) -> bool:
    """Whether `text` is a legal basis (`Căn cứ ...;`)."""
    return bool(_BASIS.match(text))


def is_execution(text: str) -> bool:
    """Whether `text` says who executes a decision as such."""
    return bool(_EXECUTION.search(text))


def reports_past(text: str) -> bool:
    """Whether `text` opens like a report of what has been done."""
    return bool(_PAST.match(text)) and " đã " in f" {text} "


_TELLS = re.compile(
    r"(?:xin |kính |trân trọng )*(?:thông báo|hướng dẫn|trả lời|báo cáo|có ý kiến|kết luận|quy định"
    r"|đề xuất|kiến nghị|công bố|thông tin|lưu ý)\b"
)
_ANNOUNCES = re.compile(
    r"\b(?:thông báo|hướng dẫn|quy định)\b[^.;]{0,160}(?:như sau|sau đây)?\s*:$"
)


def lead_section(text: str) -> Section | None:
    """Return what the items below a lead sentence are, by its wording alone."""
    if _TASK_LEAD.search(text):
        return Section.TASKS
    if _REPORTING_LEAD.search(text):
        return Section.FACTS
    return Section.TASKS if _ANNOUNCES.search(text) else None


def leaves_decision(predicate: str) -> bool:
    """Whether an order only asks for a decision, as the last sentence of a letter does."""
    return bool(_LEAVES_DECISION.fullmatch(predicate))


def is_bare_order(text: str) -> bool:
    """Whether a lead sentence orders without naming anybody (`... tỉnh chỉ thị:`)."""
    return bool(_BARE_ORDER.search(text))


def lists_addressees(text: str) -> bool:
    """Whether a telegram names its addressees below `text` (`CHỦ TỊCH ... điện:`)."""
    return bool(_ADDRESSES.search(text)) and len(text.split()) < 20


def is_generic(predicate: str) -> bool:
    """Whether an order only points to the items below it (`thực hiện các nội dung sau:`)."""
    if len(predicate.split()) < 2 or _GENERIC.search(predicate):
        return True
    return bool(_ONLY_CARRY_OUT.fullmatch(predicate))
