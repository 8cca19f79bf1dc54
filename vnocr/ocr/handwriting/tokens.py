"""What the line reader can say: class 0 is blank, all print without a token reads as blank."""

from __future__ import annotations

DIGITS = tuple("0123456789")
SUFFIXES = tuple("ABCDEabcd")  # a letter after the serial, as in 3176B
SO, SLASH, NGAY, THANG, NAM = "<so>", "/", "<ngay>", "<thang>", "<nam>"

BLANK = 0
TOKENS = ("", *DIGITS, *SUFFIXES, SO, SLASH, NGAY, THANG, NAM)

STRIP_HEIGHT = 48  # pixels
BASELINE = 33  # row of the strip on which print stands
CAP_HEIGHT = 20  # pixels from the baseline to the top of printed capitals
STEP = 2  # pixels of the strip a step of the network's output covers
