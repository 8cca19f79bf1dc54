"""Text that XML can hold."""

from __future__ import annotations

import re

# Everything but the characters of XML 1.0: control characters, halves of surrogate pairs.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return `text` with U+FFFD in the place of what no XML document may hold."""
    return _FORBIDDEN.sub("\ufffd", text)
