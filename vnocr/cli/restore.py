"""`vnocr restore`: badly recognised text in, correct Vietnamese out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

import click

from vnocr.cli.options import (
    STANDARD_STREAM,
    config_option,
    input_errors,
    make_toolkit,
    output_option,
    tone_option,
    user_words_option,
    write_result,
)
from vnocr.cli.progress import progress_bar
from vnocr.export.write import atomic_file
from vnocr.restore.restorer import Restoration
from vnocr.settings import ToneStyle

_KILO = 1000


@click.command()
@click.argument("file", default=STANDARD_STREAM)
@click.option("--explain", is_flag=True, help="List every change as JSON lines instead of text.")
@output_option
@user_words_option
@tone_option
@config_option
def command(
    file: str,
    explain: bool,
    output: Path | None,
    user_words: Path | None,
    tone: ToneStyle | None,
    config: Path | None,
) -> None:
    """Restore Vietnamese that was recognised without its marks, or badly.

    FILE is UTF-8 text of any size, "-" (the default) standard input. The output has the same
    lines in the same order. Good text is left alone; numbers, codes, dates, web and mail
    addresses are never replaced by words.

    \b
    vnocr restore old.txt > restored.txt
    echo "cai cach hanh chinh" | vnocr restore
    vnocr restore --explain old.txt | jq -r '.seen + " -> " + .text'
    """
    restorer = make_toolkit(config, user_words, tone).restorer
    watched = output is not None or not sys.stdout.isatty()
    with (
        _opened(file) as stream,
        _written_to(output) as write,
        _watched(stream, file, shown=watched) as lines,
    ):
        for part in _rendered(restorer.restore_stream(lines), explain=explain):
            write(part)


@contextmanager
def _written_to(output: Path | None) -> Iterator[Callable[[str], None]]:
    """Yield what writes the parts of the result as they come; a file is whole or not there."""
    if output is None:
        yield lambda part: write_result(part, None)
        return
    with atomic_file(output) as temporary, temporary.open("w", encoding="utf-8") as out:

        def write(part: str) -> None:
            out.write(part)

        yield write


@contextmanager
def _watched(stream: TextIO, name: str, *, shown: bool) -> Iterator[Iterator[str]]:
    """Yield the lines of `stream`, with a bar on the terminal for what has been read so far."""
    if not shown or name == STANDARD_STREAM or not Path(name).is_file():  # a pipe has no size
        yield _lines(stream, name)
        return
    with progress_bar("kB", max(1, Path(name).stat().st_size // _KILO)) as advance:
        yield _lines(stream, name, advance)


def _lines(
    stream: TextIO, name: str, advance: Callable[[int], None] | None = None
) -> Iterator[str]:
    done = 0
    with input_errors(name):  # here, lest they be taken for errors of the output
        for line in stream:
            yield line
            read = stream.buffer.tell() // _KILO if advance else 0
            if advance and read > done:
                advance(read - done)
                done = read


def _rendered(restorations: Iterator[Restoration], *, explain: bool) -> Iterator[str]:
    before = 0
    for restoration in restorations:
        if explain:
            for change in restoration.changes:
                row = asdict(change)
                row |= {"line": change.line + before, "confidence": round(change.confidence, 4)}
                yield json.dumps(row, ensure_ascii=False) + "\n"
        else:
            yield restoration.text + "\n"
        before += len(restoration.lines)


@contextmanager
def _opened(name: str) -> Iterator[TextIO]:
    if name == STANDARD_STREAM:
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="strict")  # type: ignore[union-attr]
        yield sys.stdin
    else:
        with ExitStack() as stack:
            with input_errors(name):
                stream = stack.enter_context(Path(name).open(encoding="utf-8-sig"))
            yield stream
