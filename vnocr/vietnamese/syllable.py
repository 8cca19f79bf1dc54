"""The structure of Vietnamese syllables: onset, rime, tone, and which of them fit together."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from vnocr.vietnamese.tones import add_tone, place_tones, split_tone

# Longest first, so that "ngh" is not taken for "ng" or "n".
_ONSETS = "ngh ch gh gi kh ng nh ph qu th tr b c d đ g h k l m n p r s t v x"
_RIMES = """
    a e ê i o ô ơ u ư y ia ua ưa uy uê uơ oa oe uya
    ai ay ây ao au âu eo êu iu iêu yêu oi ôi ơi ui ưi ưu uôi ươi ươu oai oay oao oeo uây uyu
    am ăm âm em êm im om ôm ơm um ưm iêm yêm uôm ươm oam oăm
    an ăn ân en ên in on ôn ơn un iên yên uôn ươn oan oăn oen uân uyên uyn
    ang ăng âng eng ong oong ông ung ưng iêng yêng uông ương oang oăng uâng
    anh ênh inh oanh uênh uynh
    ap ăp âp ep êp ip op ôp ơp up iêp ươp uyp oap
    at ăt ât et êt it ot ôt ơt ut ưt iêt yêt uôt ươt oat oăt oet uât uyêt uyt
    ac ăc âc ec oc ooc ôc uc ưc iêc uôc ươc oac oăc
    ach êch ich oach uêch uych
"""
ONSETS = tuple(_ONSETS.split())
RIMES = frozenset(_RIMES.split())
_FRONT = frozenset("ieêy")
_STOPS = ("p", "t", "c", "ch")
_STOP_TONES = ("\u0301", "\u0323")
_MARKED = frozenset("ăâêôơư")
_VOWELS = frozenset("aăâeêioôơuưy")


@dataclass(frozen=True, slots=True)
class Syllable:
    """A well-formed syllable in lower case; `tone` is a combining mark or ""."""

    onset: str
    rime: str
    tone: str

    @property
    def base(self) -> str:
        """Onset and rime without the tone."""
        if self.onset == "gi" and self.rime.startswith("i"):
            return "g" + self.rime
        return self.onset + self.rime

    @property
    def spelling(self) -> str:
        """The syllable with its tone placed in the old style."""
        return spell(self.onset, self.rime, self.tone)


def is_syllable(text: str) -> bool:
    """Whether `text` is one well-formed Vietnamese syllable, in any case and tone style."""
    return parse(text) is not None


@lru_cache(maxsize=1 << 16)
def parse(text: str) -> Syllable | None:
    """Return the parts of a syllable, None if it is not well formed.

    Either style of placing tones is accepted, a tone on any other letter is not.
    """
    lower = unicodedata.normalize("NFC", text).lower()
    base, tone = split_tone(lower)
    onset, rime = _part(base)
    if not _fits(onset, rime, tone) or place_tones(lower, "old") != spell(onset, rime, tone):
        return None
    return Syllable(onset, rime, tone)


def spell(onset: str, rime: str, tone: str) -> str:
    """Return the spelling of a syllable with its tone placed in the old style."""
    head = onset
    if onset == "gi" and rime.startswith("i"):
        head = "g"  # gi + i is written gi, gi + iêng is written giêng
    position = _tone_position(rime)
    if onset == "qu" and rime.startswith("u"):
        head = "q"
    return head + rime[:position] + add_tone(rime[position], tone) + rime[position + 1 :]


def _part(base: str) -> tuple[str, str]:
    """Return onset and rime of a toneless syllable."""
    onset = next((item for item in ONSETS if base.startswith(item)), "")
    rime = base[len(onset) :]
    if onset in ("gi", "qu") and rime not in RIMES:
        # gìn and giếng share their i, quýt and quỳnh their u with the onset
        rime = base[1:]
    return onset, rime


def _fits(onset: str, rime: str, tone: str) -> bool:
    if rime not in RIMES:
        return False
    if _coda(rime) in _STOPS and tone not in _STOP_TONES:
        return False
    front = rime[0] in _FRONT
    if onset in ("k", "gh", "ngh"):
        return front
    if onset in ("c", "g", "ng"):
        return not front
    return True


def _coda(rime: str) -> str:
    return rime.lstrip("aăâeêioôơuưy")


def _tone_position(rime: str) -> int:
    marked = [place for place, letter in enumerate(rime) if letter in _MARKED]
    if marked:
        return marked[-1]
    vowels = sum(letter in _VOWELS for letter in rime)
    if vowels == 1:
        return 0
    if vowels == 3 or _coda(rime):
        return 1
    return 0
