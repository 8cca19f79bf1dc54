import sys
from pathlib import Path

import numpy as np
import pytest

from vnocr.restore.language_model import LanguageModel
from vnocr.restore.restorer import Restorer
from vnocr.settings import RestoreSettings, Settings

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
WORDS = ["<s>", "<num>", "<code>", "<unk>", ",", *"abcdefg"]


@pytest.fixture(scope="session")
def toy_model() -> LanguageModel:
    """A model of seven words estimated on random text by the scripts that build the real one."""
    sys.path.insert(0, str(SCRIPTS))
    from training.ngrams import estimate, prune
    from training.pack import pack

    chance = np.random.default_rng(7)
    stream = np.where(
        chance.random(4000) < 0.15, 0, chance.choice(np.arange(5, 12), 4000, p=_SKEWED)
    ).astype(np.uint16)
    orders = estimate(stream, len(WORDS), (1, 1, 2, 2))
    prune(orders, (40, 60, 50))
    return LanguageModel(WORDS, pack(orders))


_SKEWED = [0.3, 0.2, 0.15, 0.15, 0.1, 0.05, 0.05]


@pytest.fixture(scope="session")
def dictionaries() -> Path:
    return Settings().dictionary_folder


@pytest.fixture(scope="session")
def restorer(dictionaries: Path) -> Restorer:
    return Restorer.load(RestoreSettings(), dictionaries)
