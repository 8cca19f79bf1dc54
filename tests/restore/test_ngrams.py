"""What the model says of a pair of words once longer n-grams have been pruned away."""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from training.ngrams import BITS, estimate, prune

BAO, CAO, CHI, VE = 1, 2, 3, 4  # báo cáo, báo chí, về
BEFORE = 5  # the number of the first of the words that stand before
WORDS = BEFORE + 20


def test_a_frequent_pair_stays_likely_though_it_was_seen_behind_few_words() -> None:
    often = [0, BEFORE, BAO, CAO, VE] * 300
    seldom = [unit for word in range(BEFORE, WORDS) for unit in (0, word, BAO, CHI, VE)]
    orders = estimate(np.array([*often, *seldom, 0], np.uint16), WORDS, (1, 1, 1, 1))
    prune(orders, (1000, 1, 1))
    pairs = orders[1]
    report, press = np.exp(
        pairs.prob[np.searchsorted(pairs.keys, [(BAO << BITS) | word for word in (CAO, CHI)])]
    )
    # Seen 300 times behind one word, and 20 times behind twenty: the means are 17 and 20.
    assert 0.3 < report < 0.6
    assert 0.4 < press < 0.7
