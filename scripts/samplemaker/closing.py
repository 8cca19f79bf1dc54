"""Sets the foot of the last page: recipients on the left, signatures on the right."""

from __future__ import annotations

from samplemaker.content import Content, Signer
from samplemaker.fonts import Face, width
from samplemaker.setting import see, set_centred, wrap
from samplemaker.sheet import MM, Rule, SealMark, Sheet, SignatureMark, Text
from samplemaker.styles import Style

_SIGNATURE_ROOM = 84.0
_SEAL_RADIUS = 18 * MM


def height_of_closing(content: Content, style: Style) -> float:
    """Return how much room the closing takes, in points."""
    size = style.recipients_size
    room = style.room * 0.46
    face = Face(content.family)
    lines = sum(len(wrap(line, face, size, room)) for line in _recipients(content))
    block = max(len(signer.authority) + 1 for signer in content.signers) * 17 + _SIGNATURE_ROOM
    block += 18
    if len(content.signers) > 1:
        return block + 24 + 16 + lines * size * 1.2
    return max(block, 16 + lines * size * 1.2)


def set_closing(sheet: Sheet, content: Content, style: Style, y: float) -> None:
    """Set recipients and signatures with the first baseline at `y`."""
    if len(content.signers) == 1:
        _set_recipients(sheet, content, style, y)
        _set_signer(sheet, content, content.signers[0], (style.right_centre + 12, y))
        return
    # The office that leads signs on the right.
    lead, other = content.signers
    ends = [
        _set_signer(sheet, content, other, (style.left + style.room * 0.24, y)),
        _set_signer(sheet, content, lead, (style.right_centre + 12, y)),
    ]
    _set_recipients(sheet, content, style, max(ends) + 24)


def _recipients(content: Content) -> list[str]:
    last = len(content.cc) - 1
    # The papers of the party end a list without a stop after the archive.
    return [f"- {name}{'.' if index == last else ';'}" for index, name in enumerate(content.cc)]


def _set_recipients(sheet: Sheet, content: Content, style: Style, y: float) -> None:
    party = content.style == "party"
    face = Face(content.family, bold=not party, italic=not party)
    mark = "Nơi nhận:"
    size = style.recipients_size + 1
    sheet.marks.append(Text(style.left, y, mark, face, size))
    if party:
        sheet.marks.append(Rule(style.left, y + 2, style.left + width(mark, face, size), y + 2))
    see(sheet, mark, "recipients")
    regular, size = Face(content.family), style.recipients_size
    y += 2
    for item in _recipients(content):
        for line in wrap(item, regular, size, style.room * 0.46):
            y += size * 1.2
            sheet.marks.append(Text(style.left, y, line, regular, size))
            see(sheet, line, "recipients")


def _set_signer(
    sheet: Sheet, content: Content, signer: Signer, place: tuple[float, float]
) -> float:
    centre, y = place
    bold = Face(content.family, bold=True)
    position = Face(content.family, bold=content.style != "party")
    lines = [(line, bold) for line in signer.authority] + [(signer.position, position)]
    for line, face in lines:
        set_centred(sheet, line, face, content.size - 0.5, (centre, y))
        see(sheet, line, "signature")
        y += 17
    top = y - 12
    if content.scan.kind not in ("tcvn3", "vni"):
        sheet.marks.append(SignatureMark(centre - 52, top, 118, _SIGNATURE_ROOM - 16))
    if signer.seal:
        middle = top + _SIGNATURE_ROOM * 0.43
        sheet.marks.append(
            SealMark(centre - 60, middle, _SEAL_RADIUS, signer.seal, signer.seal_centre)
        )
    y += _SIGNATURE_ROOM - 17
    set_centred(sheet, signer.name, bold, content.size, (centre, y))
    see(sheet, signer.name, "signature")
    return y
