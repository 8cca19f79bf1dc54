"""Keep spaCy lean: it imports every tensor framework that it finds, and we use none of them."""

from __future__ import annotations

import sys

_FRAMEWORKS = ("torch", "tensorflow", "mxnet", "cupy")


def keep_frameworks_out() -> None:
    """Make this process go without tensor frameworks: 3 s and 180 MB where one is installed.

    Only for processes of vnocr's own. A program that uses vnocr as a library may want them.
    """
    for name in _FRAMEWORKS:
        # None makes an import fail as if the package were not installed.
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
