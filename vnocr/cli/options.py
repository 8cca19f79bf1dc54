"""Options that several commands share, and how they become values."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vnocr.errors import InputError, NotFoundError
from vnocr.export.write import write_atomically
from vnocr.pipeline import Toolkit
from vnocr.settings import Settings, ToneStyle, load_settings

if TYPE_CHECKING:
    from vnocr.catalog.store import Catalog

STANDARD_STREAM = "-"

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

config_option: Decorator = click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="Settings file (TOML). Without it the built-in settings hold.",
)
output_option: Decorator = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write the result to this file instead of standard output.",
)
user_words_option: Decorator = click.option(
    "--user-words",
    type=click.Path(path_type=Path),
    help="The office's own words and names, one a line (UTF-8).",
)
tone_option: Decorator = click.option(
    "--tone",
    type=click.Choice(["old", "new", "keep"]),
    help="Tone placement: old (hòa, thủy), new (hoà, thuỷ) or keep as found.  [default: old]",
)
catalog_argument: Decorator = click.argument("catalog")
format_option: Decorator = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="table: for the terminal; csv: for a spreadsheet; json: one object a line.",
)


def open_catalog(name: str) -> Catalog:
    """Open the catalog in the folder `name`, the file `name`, or the database of that URL.

    Raises NotFoundError if there is no such file.
    """
    from vnocr.catalog.store import CATALOG_NAME, Catalog

    if "://" in name:
        return Catalog(name)
    path = Path(name)
    return Catalog.existing(path / CATALOG_NAME if path.is_dir() else path)


def make_toolkit(
    config: Path | None, user_words: Path | None = None, tone: ToneStyle | None = None
) -> Toolkit:
    """Return the toolkit for the settings in `config`, changed by the command's options."""
    settings = load_settings(config) if config else Settings()
    restore = settings.restore
    if user_words:
        restore = replace(restore, user_words=str(user_words))
    if tone:
        restore = replace(restore, tone=tone)
    return Toolkit(replace(settings, restore=restore))


def read_text(name: str) -> str:
    """Return the text of file `name`, or of standard input for '-'.

    Raises InputError naming the file if it is missing, a folder, or not UTF-8.
    """
    with input_errors(name):
        if name == STANDARD_STREAM:
            return sys.stdin.buffer.read().decode("utf-8-sig")
        return Path(name).read_text(encoding="utf-8-sig")


@contextmanager
def input_errors(name: str) -> Iterator[None]:
    """Turn what goes wrong while text is read from `name` into an InputError with a remedy."""
    try:
        yield
    except FileNotFoundError as error:
        raise NotFoundError(f"{name}: no such file. Check the path.") from error
    except BrokenPipeError:
        raise  # of the output, not of the input
    except OSError as error:
        raise InputError(f"{name}: cannot read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name}: not UTF-8 text (byte {error.start}). "
            "Scans are read with: vnocr read; other encodings convert with: iconv -t UTF-8"
        ) from error


def write_result(text: str, output: Path | None) -> None:
    """Write `text` to `output`, or to standard output if it is None."""
    if output:
        write_atomically(output, text)
    else:
        sys.stdout.write(text)
        sys.stdout.flush()
