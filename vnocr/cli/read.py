"""`vnocr read`: scans, PDFs and text files to records."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
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
from vnocr.export.alto import to_alto
from vnocr.export.edxml import to_edxml
from vnocr.export.hocr import to_hocr
from vnocr.export.plain import to_markdown, to_text
from vnocr.export.record import to_json
from vnocr.export.write import atomic_file
from vnocr.model import Dispatch
from vnocr.pipeline import Toolkit, draw_stages, read_dispatch

# Formats that hold one document.
_OF_ONE = ("pdf", "alto", "hocr", "edxml")


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "text", "markdown", *_OF_ONE]),
    default="json",
    show_default=True,
    help="json: the record; text: the restored text; markdown: a page to read; pdf: a "
    "searchable PDF/A copy; alto, hocr: the words with their places; edxml: the header of a "
    "message.",
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
    vnocr read --format pdf scan.pdf -o scan-searchable.pdf
    vnocr read *.pdf -o records.jsonl
    curl -s URL | vnocr read - | jq .fields.number
    """
    if form in _OF_ONE and len(files) > 1:
        raise click.UsageError(
            f"--format {form} takes one FILE. A folder: vnocr batch --pdf, --alto or --hocr."
        )
    with private_folder():
        read = _Reader(make_toolkit(config, user_words), debug_images)
        _read_files(files, form, output, read)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads a file or standard input, and draws the stages where that is asked for."""

    toolkit: Toolkit
    pictures: Path | None

    def __call__(self, name: str) -> Dispatch:
        with self.opened(name) as (_, dispatch):
            return dispatch

    @contextmanager
    def opened(self, name: str) -> Iterator[tuple[Path, Dispatch]]:
        """Give the file of `name`, which "-" has only for a while, and what was read of it."""
        with _as_file(name) as path:
            dispatch = read_dispatch(path, self.toolkit)
            if self.pictures:
                draw_stages(path, dispatch, self.pictures, self.toolkit)
            yield path, replace(dispatch, source=replace(dispatch.source, path=name))


def _read_files(files: tuple[str, ...], form: str, output: Path | None, read: _Reader) -> None:
    if len(files) == 1:
        _read_one(files[0], form, output, read)
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


def _read_one(name: str, form: str, output: Path | None, read: _Reader) -> None:
    if form != "pdf":
        write_result(_render(read(name), form, indent=2), output)
        return
    _check_target(Path(name), output)
    with read.opened(name) as (path, dispatch):
        _write_copy(dispatch, path, output)


@contextmanager
def _as_file(name: str) -> Iterator[Path]:
    """Give the file `name`; for "-" one with what comes through standard input."""
    if name != STANDARD_STREAM:
        yield Path(name)
        return
    with tempfile.NamedTemporaryFile(prefix="vnocr-") as copy:
        copy.write(sys.stdin.buffer.read())
        copy.flush()
        yield Path(copy.name)


def _check_target(original: Path, output: Path | None) -> None:
    if output and output.exists() and original.exists() and output.samefile(original):
        raise click.UsageError(f"{output} is the original; a copy needs another name.")
    if not output and sys.stdout.isatty():
        raise click.UsageError("A PDF is not for a terminal; name a file with -o.")


def _write_copy(dispatch: Dispatch, path: Path, output: Path | None) -> None:
    from vnocr.export.searchable_pdf import write_searchable_pdf

    with tempfile.TemporaryDirectory(prefix="vnocr-") as folder:
        made = output or Path(folder) / "copy.pdf"
        with atomic_file(made) as temporary:
            reasons = write_searchable_pdf(dispatch, path, temporary)
        if not output:
            sys.stdout.buffer.write(made.read_bytes())
    if reasons:
        told = "; ".join(reasons)
        click.echo(f"vnocr: {dispatch.source.path}: the copy is no PDF/A: {told}", err=True)


def _render(dispatch: Dispatch, form: str, indent: int | None = None) -> str:
    match form:
        case "text":
            return to_text(dispatch)
        case "markdown":
            return to_markdown(dispatch)
        case "alto":
            return to_alto(dispatch)
        case "hocr":
            return to_hocr(dispatch)
        case "edxml":
            message = to_edxml(dispatch)
            for finding in message.findings:
                click.echo(f"vnocr: {dispatch.source.path}: {finding}", err=True)
            return message.text
    return to_json(dispatch, indent=indent) + "\n"
