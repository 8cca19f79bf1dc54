"""Recognition: what vnocr and bare Tesseract read on the transcribed pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapidfuzz.distance import Levenshtein

from evaluation import normal
from evaluation.align import NO_REPAIR, Count, Repair, errors_at, letters, missing, repair
from evaluation.gold import BODY_REGIONS, LETTERHEAD_REGIONS, Document, GoldPage
from evaluation.readings import Reading
from evaluation.reliability import reliability, reliability_table
from evaluation.report import Figures, Table, percent, rate
from evaluation.text import effect_figures

if TYPE_CHECKING:
    from vnocr.model import Page

BODY = "body measure"
READERS = ("tesseract", "tesseract restored", "vnocr before restoration", "vnocr")


@dataclass(slots=True)
class Score:
    """The sums of one reader over pages."""

    words: dict[str, Count] = field(default_factory=dict)
    letters: dict[str, Count] = field(default_factory=dict)
    missing: Count = field(default_factory=Count)
    letterhead: Count = field(default_factory=Count)
    worst: tuple[float, str] = (0.0, "")

    def figures(self) -> dict[str, Any]:
        """Return the rates."""
        return {
            "wer": self.words.get(BODY, Count()).rate,
            "cer": self.letters.get(BODY, Count()).rate,
            "missing": self.missing.rate,
            "letterhead_lines": self.letterhead.rate,
            "worst_page_wer": self.worst[0],
            "worst_page": self.worst[1],
            "words": self.words.get(BODY, Count()).total,
            "wer_by_region": {
                region: count.rate for region, count in self.words.items() if region != BODY
            },
        }


def measure(
    documents: Sequence[Document],
    readings: Mapping[Path, Reading],
    restore: Callable[[str], str] | None,
) -> Figures:
    """Score all transcribed pages; `restore` also tries restoration on Tesseract's plain text."""
    scores = {reader: Score() for reader in READERS}
    effects = {"vnocr": NO_REPAIR, "tesseract restored": NO_REPAIR}
    given: list[tuple[float, bool]] = []
    details = []
    for document in documents:
        reading = readings[document.path]
        for gold in document.pages:
            texts = page_texts(gold.number, reading, restore)
            row: dict[str, Any] = {"document": document.name, "page": gold.number}
            for reader, text in texts.items():
                row[reader] = score_page(gold, text, scores[reader])
            for reader, seen in _restored_pairs(texts):
                effect, row[f"{reader}: spoiled"] = page_effect(gold, texts[seen], texts[reader])
                effects[reader] += effect
            details.append(row)
            given.extend(word_verdicts(gold, _page(gold.number, reading)))
    summary: dict[str, Any] = {
        reader: score.figures() for reader, score in scores.items() if score.words
    }
    for reader, effect in effects.items():
        if reader in summary:
            summary[reader]["restoration"] = effect_figures(effect)
    if "vnocr" in summary:
        summary["vnocr"]["reliability"] = reliability(given)
    return Figures(summary, details, _tables(summary, details))


def page_texts(
    number: int, reading: Reading, restore: Callable[[str], str] | None
) -> dict[str, str]:
    """Return the text of page `number` by reader; vnocr's is empty where it gave no such page."""
    texts = {}
    if reading.bare:
        texts["tesseract"] = reading.bare[number - 1]
        if restore is not None:
            texts["tesseract restored"] = restore(texts["tesseract"])
    page = _page(number, reading)
    lines = page.lines if page else ()
    texts["vnocr before restoration"] = "\n".join(line.seen for line in lines)
    texts["vnocr"] = "\n".join(line.text for line in lines)
    return texts


def _page(number: int, reading: Reading) -> Page | None:
    pages: tuple[Page, ...] = reading.dispatch.pages if reading.dispatch else ()
    return next((page for page in pages if page.number == number), None)


def word_verdicts(gold: GoldPage, page: Page | None) -> list[tuple[float, bool]]:
    """Return for each word that vnocr gives where words are scored its confidence and if right."""
    read = [
        (token, word.confidence)
        for line in (page.lines if page else ())
        for word in line.words
        for token in normal.tokens(word.text)
    ]
    scored = gold.scored(BODY_REGIONS)
    verdicts = []
    for step in Levenshtein.opcodes(gold.words, [token for token, _ in read]):
        for place in range(step.dest_start, step.dest_end):
            at = min(step.src_start + place - step.dest_start, len(scored) - 1)
            if scored[at]:
                verdicts.append((read[place][1], step.tag == "equal"))
    return verdicts


def _restored_pairs(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    pairs = [("vnocr", "vnocr before restoration"), ("tesseract restored", "tesseract")]
    return [(after, before) for after, before in pairs if after in texts]


def score_page(gold: GoldPage, text: str, score: Score) -> dict[str, Any]:
    """Add the page to `score` and return its own figures."""
    read = normal.tokens(text)
    sets = {BODY: BODY_REGIONS} | {region: (region,) for region in dict.fromkeys(gold.regions)}
    for name, regions in sets.items():
        scored = gold.scored(regions)
        words = errors_at(gold.words, read, scored)
        line, flags = letters(gold.words, scored)
        chars = errors_at(line, " ".join(read), flags)
        score.words[name] = score.words.get(name, Count()) + words
        score.letters[name] = score.letters.get(name, Count()) + chars
        if name == BODY:
            wer, cer = words.rate, chars.rate
    lost = missing(_scored_words(gold), read)
    score.missing += Count(lost.total(), len(_scored_words(gold)))
    heads, absent = letterhead_lines(gold, text)
    score.letterhead += heads
    label = f"{gold.document} p{gold.number}"
    score.worst = max(score.worst, (wer or 0.0, label))
    return {
        "wer": wer,
        "cer": cer,
        "missing": lost.total(),
        "missing_words": list(lost)[:40],
        "letterhead_lines_absent": absent,
    }


def _scored_words(gold: GoldPage) -> list[str]:
    scored = gold.scored(BODY_REGIONS)
    return [word for word, wanted in zip(gold.words, scored, strict=True) if wanted]


def letterhead_lines(gold: GoldPage, text: str) -> tuple[Count, list[str]]:
    """Count the letterhead lines that stand as whole lines in `text`, case folded."""
    wanted = Counter(
        normal.folded(line) for line, region in gold.lines if region in LETTERHEAD_REGIONS
    )
    absent = wanted - Counter(normal.folded(line) for line in text.split("\n"))
    return Count(wanted.total() - absent.total(), wanted.total()), list(absent.elements())


def page_effect(gold: GoldPage, seen: str, restored: str) -> tuple[Repair, list[str]]:
    """Return what restoration did to the scored words of the page, and which it spoiled."""
    effect, spoiled = repair(
        gold.words, normal.tokens(seen), normal.tokens(restored), gold.scored(BODY_REGIONS)
    )
    return effect, [" ".join(gold.words[max(0, at - 2) : at + 3]) for at in spoiled]


def accuracy_table(title: str, summary: Mapping[str, Any]) -> Table:
    """Return the figures of readers, as `Score` gives them, side by side."""
    rows = [
        [
            reader,
            rate(figures["wer"]),
            rate(figures["cer"]),
            percent(figures["missing"]),
            f"{rate(figures['worst_page_wer'], 3)} {figures['worst_page']}",
            percent(figures["letterhead_lines"], 1),
        ]
        for reader, figures in summary.items()
    ]
    columns = ["reader", "body WER", "body CER", "missing", "worst page WER", "letterhead lines"]
    return Table(title, columns, rows)


def _tables(summary: dict[str, Any], details: list[dict[str, Any]]) -> list[Table]:
    if not details:
        return []
    tables = [accuracy_table(f"{len(details)} transcribed pages", summary)]
    regions = list(next(iter(summary.values()))["wer_by_region"])
    by_region = [
        [reader, *(rate(figures["wer_by_region"].get(region), 3) for region in regions)]
        for reader, figures in summary.items()
    ]
    tables.append(Table("WER by region (handwriting left out)", ["reader", *regions], by_region))
    effects = [
        [
            reader,
            f"{effect['false_changes']} of {effect['words_right']}",
            percent(effect["false_change_rate"], 3),
            f"{effect['repaired']} of {effect['words_wrong']}",
            percent(effect["repaired_share"], 1),
        ]
        for reader, figures in summary.items()
        if (effect := figures.get("restoration"))
    ]
    if effects:
        columns = ["restoration of", "false changes", "rate", "repaired", "share"]
        tables.append(Table("What restoration did to the words of the pages", columns, effects))
    if rows := summary.get("vnocr", {}).get("reliability"):
        title = "Reliability of the confidences, words of vnocr"
        tables.append(reliability_table(title, "words", rows))
    return tables
