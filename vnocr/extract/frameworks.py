"""Keep spaCy lean: it imports every tensor framework that it finds, and its own commands."""

from __future__ import annotations

import sys
from types import ModuleType

_FRAMEWORKS = ("torch", "tensorflow", "mxnet", "cupy")
# The package of spaCy's commands and the one of them that `import spacy` reaches for.
_COMMANDS = ("spacy.cli", "spacy.cli.info")


def keep_frameworks_out() -> None:
    """Make this process go without tensor frameworks: 3 s and 180 MB where one is installed.

    Without spaCy's commands as well, which bring an HTTP client, templates and a terminal: 0.4 s
    and 19 MB. Only for processes of vnocr's own. A program that uses vnocr as a library may want
    them.
    """
    for name in _FRAMEWORKS:
        # None makes an import fail as if the package were not installed.
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    if "spacy" in sys.modules:
        return
    for name in _COMMANDS:
        stand_in = ModuleType(name)
        vars(stand_in).update(__path__=[], info=None)
        sys.modules.setdefault(name, stand_in)
