import pytest

from vnocr.model import Box, Line, Region, Word
from vnocr.restore.motto import with_motto


def line(text: str, region: Region | None = Region.HEADER_RIGHT) -> Line:
    words = (
        Word(one, one, Box(90 * at, 0, 90 * at + 80, 30), 0.9)
        for at, one in enumerate(text.split())
    )
    return Line(tuple(words), Box(0, 0, 900, 30), region)


@pytest.mark.parametrize(
    "seen",
    [
        "Độc lập Tự do -Hạnh phúc",
        "Độc lập —- Tự do — Hạnh phúc",
        "Độc lập - - Tự do- Hạnh phúc",
        "Độc lập - Tự do - Hạnh phúc",
        "Độc lập Tự do Hạnh phúc",
    ],
)
def test_dashes_are_put_in_place_and_what_was_seen_is_kept(seen: str) -> None:
    done = with_motto(line(seen))
    assert done.text == "Độc lập - Tự do - Hạnh phúc"
    assert done.seen == seen


@pytest.mark.parametrize(
    "text", ["Độc lập Tự do", "Độc - lập Tự do Hạnh phúc", "Độc lập, Tự do, Hạnh phúc cho dân"]
)
def test_other_words_are_left_alone(text: str) -> None:
    assert with_motto(line(text)).text == text


def test_the_body_may_quote_it_as_it_likes() -> None:
    quoted = line("Độc lập Tự do Hạnh phúc", Region.BODY)
    assert with_motto(quoted) is quoted
