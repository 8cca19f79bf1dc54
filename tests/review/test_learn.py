"""What is learned from corrections: words that can do no harm."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from click.testing import CliRunner

from vnocr.catalog.correction_log import add_corrections
from vnocr.catalog.store import Catalog
from vnocr.cli.learn import command
from vnocr.model import Correction, CorrectionKind, Place
from vnocr.pipeline import Toolkit
from vnocr.restore.user_words import read_user_words
from vnocr.review.learn import learn, user_words
from vnocr.settings import RestoreSettings, Settings

NUMBERS = itertools.count()


def correction(kind: CorrectionKind, after: object, target: str = "", seen: str = "") -> Correction:
    number = next(NUMBERS)
    place = Place(1, None, seen, 0, number) if kind == "word" else None
    return Correction(f"u{number}", "2026", "lan", kind, target, place, seen, after)


def word(seen: str, after: str) -> Correction:
    return correction("word", after, seen=seen)


APPROVAL = correction("approval", {})


def learned(*logs: list[Correction]) -> list[str]:
    by_content = {str(number): tuple(log) for number, log in enumerate(logs)}
    return [one.text for one in learn(by_content).learned]


def test_a_word_of_an_approved_document_is_learned() -> None:
    assert learned([word("Sập", "Sạp,"), APPROVAL]) == ["Sạp"]


def test_nothing_is_learned_before_the_approval_or_after_it_was_taken_back() -> None:
    undo = correction("undo", None, target=APPROVAL.uid)
    assert learned([word("Sập", "Sạp")]) == []
    assert learned([word("Sập", "Sạp"), APPROVAL, undo]) == []


def test_a_correction_that_was_undone_teaches_nothing() -> None:
    one = word("Sập", "Sạp")
    assert learned([one, correction("undo", None, target=one.uid), APPROVAL]) == []


@pytest.mark.parametrize(
    "after",
    [
        "12",
        "15/QĐ-UBND",
        "01/02/2024",
        "A4",
        "a@b.vn",
        "",
        "x",
        "công việc",
        "UBND-VX",
        "UBND",
        "2024.",
    ],
)
def test_numbers_codes_dates_and_phrases_are_never_learned(after: str) -> None:
    assert learned([word("gì đó", after), APPROVAL]) == []


def test_what_people_disagree_about_is_not_learned_but_told() -> None:
    logs = {"a": (word("Diên", "Điền"), APPROVAL), "b": (word("Dién", "Điện"), APPROVAL)}
    lesson = learn(logs)
    assert lesson.learned == ()
    assert lesson.disputed == (("Điền", "Điện"),)


def test_names_of_signers_are_learned_whole_and_not_in_capitals() -> None:
    name = correction("field", "TRẦN VĂN MẪU", target="signer.name", seen="TRẦN VĂN MÃU")
    assert learned([name, APPROVAL]) == ["Trần Văn Mẫu"]


def test_a_word_counts_once_a_document() -> None:
    log = (word("Sập", "Sạp"), word("Sáp", "Sạp"), APPROVAL)
    assert learn({"a": log}, at_least=2).learned == ()
    (one,) = learn({"a": log, "b": log}, at_least=2).learned
    assert (one.documents, one.read_as) == (2, ("Sáp", "Sập"))


def test_lines_of_people_stay_and_a_second_run_changes_nothing() -> None:
    lesson = learn({"a": (word("Sập", "Sạp"), word("Hòa", "Hoà"), APPROVAL)})
    first = user_words(lesson, "# ours\nThảo Điền\n")
    assert first.startswith("# ours\nThảo Điền\n# Learned")
    assert user_words(lesson, first) == first
    assert user_words(learn({}), first).splitlines()[:2] == ["# ours", "Thảo Điền"]
    assert "Sạp" not in user_words(learn({}), first)


def test_the_command_writes_a_list_that_the_restorer_reads(tmp_path: Path) -> None:
    with Catalog(tmp_path / "catalog.sqlite") as catalog:
        add_corrections(catalog, "a" * 64, [word("Krôngg", "Krông"), APPROVAL])
    path = tmp_path / "words.txt"
    result = CliRunner().invoke(command, [str(tmp_path), "-o", str(path)])
    assert result.exit_code == 0, result.output
    assert "1 learned" in result.stderr
    assert read_user_words(path).word("Krong") == "Krông"
    shown = CliRunner().invoke(command, [str(tmp_path)])
    assert "Krông" in shown.stdout


def test_words_learned_later_make_records_stale(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    settings = Settings(restore=RestoreSettings(user_words=str(path)))
    producers = []
    for text in ("Krông\n", "Krông\nSạp\n"):
        path.write_text(text, encoding="utf-8")
        producers.append(Toolkit(settings).producer)
    assert producers[0].settings_sha256 == producers[1].settings_sha256
    assert producers[0] != producers[1]
