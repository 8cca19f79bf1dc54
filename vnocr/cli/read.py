"""`vnocr read`: scans, PDFs and text files to records."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import click

from vnocr.cli.options import (
    STANDARD_STREAM,
    config_option,
    make_toolkit,
    output_option,
    user_words_option,
    write_result,
)
from vnocr.cli.progress import progress_bar
from vnocr.cli.scratch import private_folder
from vnocr.errors import BatchFailuresError, VnocrError
from vnocr.export.plain import to_markdown, to_text
from vnocr.export.record import to_json
from vnocr.model import Dispatch
from vnocr.pipeline import Toolkit, draw_stages, read_dispatch


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "text", "markdown"]),
    default="json",
    show_default=True,
    help="json: the record; text: the restored text; markdown: a page to read.",
)
@output_option
@click.option(
    "--debug-images",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write each page to DIR as scanned, as cleaned, and with what was read over it (PNG).",
)
@user_words_option
@config_option
def command(
    files: tuple[str, ...],
    form: str,
    output: Path | None,
    debug_images: Path | None,
    user_words: Path | None,
    config: Path | None,
) -> None:
    """Read scans (PDF, TIFF, JPEG, PNG) or text files.

    One FILE gives its record as one JSON object, several give JSON Lines; "-" reads one
    document from standard input. A file that cannot be read is told on standard error and
    the others go on.

    \b
    vnocr read scan.pdf > scan.json
    vnocr read --format text scan.tif
    vnocr read *.pdf -o records.jsonl
    curl -s URL | vnocr read - | jq .fields.number
    """
    with private_folder():
        read = _Reader(make_toolkit(config, user_words), debug_images)
        _read_files(files, form, output, read)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads a file or standard input, and draws the stages where that is asked for."""

    toolkit: Toolkit
    pictures: Path | None

    def __call__(self, name: str) -> Dispatch:
        if name != STANDARD_STREAM:
            return self._read(Path(name))
        with tempfile.NamedTemporaryFile(prefix="vnocr-") as copy:
            copy.write(sys.stdin.buffer.read())
            copy.flush()
            dispatch = self._read(Path(copy.name))
        return replace(dispatch, source=replace(dispatch.source, path=STANDARD_STREAM))

    def _read(self, path: Path) -> Dispatch:
        dispatch = read_dispatch(path, self.toolkit)
        if self.pictures:
            draw_stages(path, dispatch, self.pictures, self.toolkit)
        return dispatch


def _read_files(files: tuple[str, ...], form: str, output: Path | None, read: _Reader) -> None:
    if len(files) == 1:
        write_result(_render(read(files[0]), form, indent=2), output)
        return
    rendered, failures = [], 0
    for name, result in _read_all(files, read):
        if isinstance(result, Dispatch):
            rendered.append(_render(result, form))
            if not output:
                write_result(rendered.pop(), None)
        else:
            failures += 1
            click.echo(f"vnocr: {result if name in str(result) else f'{name}: {result}'}", err=True)
    if output:
        write_result("".join(rendered), output)
    if failures:
        raise BatchFailuresError(f"{failures} of {len(files)} files could not be read")


def _read_all(files: tuple[str, ...], read: _Reader) -> Iterator[tuple[str, Dispatch | VnocrError]]:
    with progress_bar("files", len(files)) as advance:
        for name in files:
            try:
                yield name, read(name)
            except VnocrError as error:
                yield name, error
            advance()


def _render(dispatch: Dispatch, form: str, indent: int | None = None) -> str:
    if form == "text":
        return to_text(dispatch)
    if form == "markdown":
        return to_markdown(dispatch)
    return to_json(dispatch, indent=indent) + "\n"
