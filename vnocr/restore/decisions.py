"""What was decided: picks weighed, held back where unsure, filed by token."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from vnocr.restore.bank import simple
from vnocr.restore.candidates import Candidate
from vnocr.restore.language_model import LanguageModel
from vnocr.restore.lattice import UNSURE, Slot
from vnocr.restore.weigh import Pick, Weighed

# How sure a change of a known word must be in good text; less if the recogniser was unsure.
_ENOUGH, _ENOUGH_IF_UNSURE = 0.9, 0.75
_HELD = 0.8  # the share right among words kept because their change was not sure enough
# Merged and split tokens have no rivals of their own kind to be weighed against.
_JOINED = Weighed(0.8, "", 0.0)


class Decision(NamedTuple):
    """What tokens `first` to `last` of a line are; more than one if they were one word.

    The confidence is None where nothing had to be decided.
    """

    first: int
    last: int
    text: str
    confidence: float | None = None
    runner_up: str = ""


@dataclass(slots=True)
class Chosen:
    """What was chosen for the words of one token."""

    options: dict[int, list[Candidate]]
    weighed: list[Weighed]

    def least_sure(self) -> Weighed:
        """Return the word that is least sure."""
        return min(self.weighed, key=lambda item: item.confidence)


def absorbed(decisions: list[Decision], empty: Collection[int]) -> list[Decision]:
    """Return the decisions with the tokens left empty by joining laid to those before them."""
    if not empty:
        return decisions
    kept: list[Decision] = []
    for decision in decisions:
        if kept and decision.first == decision.last and decision.first in empty:
            kept[-1] = kept[-1]._replace(last=decision.last)
        else:
            kept.append(decision)
    return kept


def hold_back(
    model: LanguageModel,
    slots: Sequence[Slot],
    picks: dict[int, list[Pick]],
    sure: dict[int, Weighed],
) -> None:
    """Keep the known words of good text whose change is not sure enough.

    The worst a restorer can do is to spoil what was right.
    """
    for number, row in picks.items():
        weighed, pick = sure.get(number), row[0]
        if weighed is None or len(row) > 1 or pick.choice == 0:
            continue
        if pick.column[0].word == model.unknown:
            continue
        heard = slots[number].confidence
        enough = _ENOUGH_IF_UNSURE if heard is not None and heard < UNSURE else _ENOUGH
        if weighed.confidence < enough:
            sure[number] = Weighed(_HELD, pick.column[pick.choice].text, -weighed.log_odds)
            picks[number] = [replace(pick, choice=0)]


def single_words(picks: dict[int, list[Pick]]) -> list[Pick]:
    """Return the picks of slots that remain one word."""
    return [
        row[-1 if len(row) == 1 else 0]
        for row in picks.values()
        if simple(row[0].column, row[0].choice)
    ]


def by_place(
    slots: Sequence[Slot], picks: dict[int, list[Pick]], sure: dict[int, Weighed]
) -> dict[int, dict[int, Chosen]]:
    """File the picks under the line and column of their tokens."""
    chosen: dict[int, dict[int, Chosen]] = {}
    for number, row in picks.items():
        place = slots[number].place
        if place is None:
            continue
        token = chosen.setdefault(place[0], {}).setdefault(place[1], Chosen({}, []))
        token.options[place[2]] = [pick.column[pick.choice] for pick in row]
        token.weighed.append(sure.get(number, _JOINED))
    return chosen
