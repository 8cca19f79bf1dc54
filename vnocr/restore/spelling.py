"""How words are written: their spelling in the model, the case that glyphs show or suggest."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from vnocr.restore.capitals import is_open
from vnocr.restore.channel import Form
from vnocr.restore.inventory import Matrix
from vnocr.restore.language_model import LanguageModel
from vnocr.vietnamese.casing import Case
from vnocr.vietnamese.tones import place_tones
from vnocr.vietnamese.unicode import nfc, strip_marks

_VOWELS = set("AEIOUY")
_USUAL, _RAREST = 20.0, 0.005  # words that are believed to be written like any; floor of a share


def is_abbreviation(core: str) -> bool:
    """Whether a token can only be an abbreviation: two capitals or more, none a vowel."""
    bare = strip_marks(core)
    return len(bare) > 1 and bare.isalpha() and bare.isupper() and not _VOWELS & set(bare)


def normal(core: str) -> str:
    """Return a token as the model spells it: NFC, small letters, tones in the old style."""
    return place_tones(nfc(core).lower(), "old")


def form_of(core: str) -> Form:
    """Return the case that a token is most likely written in."""
    return forms_of(core)[0]


def forms_of(core: str) -> list[Form]:
    """Return the cases that a token may be written in, the likeliest first."""
    letters = [letter for letter in core if letter.isalpha()]
    upper = sum(letter.isupper() for letter in letters)
    if not upper:
        return [Form.LOWER]
    first = core[0].isupper()
    if upper == len(letters) and len(letters) > 1:
        sure = not is_open(core)
        return [Form.UPPER] if sure and len(letters) > 3 else [Form.UPPER, Form.TITLE]
    if upper >= 2 and 2 * upper > len(letters):
        return [Form.UPPER, Form.TITLE, Form.LOWER]
    return [Form.TITLE, Form.LOWER] if first else [Form.LOWER]


def case_ratios(
    model: LanguageModel, cases: Mapping[str, tuple[int, int, int]]
) -> dict[Case, Matrix]:
    """Return for small letters and for a capital first the log ratio by which each word has
    them more often than words have."""
    counts = np.array([cases.get(word, (0, 0, 0))[:2] for word in model.words], np.float64)
    usual = counts.sum(0) / max(1.0, counts.sum())
    share = (counts + _USUAL * usual) / (counts.sum(1, keepdims=True) + _USUAL)
    ratios = np.log(np.maximum(share, _RAREST) / np.maximum(usual, _RAREST)).astype(np.float32)
    return {Case.LOWER: ratios[:, 0], Case.TITLE: ratios[:, 1]}
