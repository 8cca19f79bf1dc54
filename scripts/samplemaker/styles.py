"""The layouts: Decree 30/2020/NĐ-CP, Circular 01/2011/TT-BNV, and the papers of the party."""

from __future__ import annotations

from dataclasses import dataclass

from samplemaker.sheet import HEIGHT, MM, WIDTH


@dataclass(frozen=True, slots=True)
class Style:
    """Margins and sizes in points, and the words that differ between the layouts."""

    left: float = 30 * MM
    right: float = WIDTH - 17 * MM
    top: float = 20 * MM
    bottom: float = HEIGHT - 20 * MM
    head_size: float = 13.0
    page_number: str = "top"
    country: tuple[str, ...] = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    number_mark: str = "Số: "
    number_join: str = "/"
    recipients_size: float = 11.0
    position_bold: bool = True

    @property
    def room(self) -> float:
        """The width of the text."""
        return self.right - self.left

    @property
    def left_centre(self) -> float:
        """The middle of the left column of the letterhead."""
        return self.left + self.room * 0.185

    @property
    def right_centre(self) -> float:
        """The middle of the right column of the letterhead."""
        return self.left + self.room * 0.705


STYLES = {
    "nd30": Style(),
    "tt2011": Style(head_size=12.5, page_number="bottom right"),
    "party": Style(
        right=WIDTH - 15 * MM,
        head_size=14.0,
        country=("ĐẢNG CỘNG SẢN VIỆT NAM",),
        number_mark="Số ",
        number_join="-",
        recipients_size=12.0,
        position_bold=False,
    ),
}
