"""`vnocr extract`: text in, record out."""

from __future__ import annotations

from pathlib import Path

import click

from vnocr.cli.options import (
    config_option,
    make_toolkit,
    output_option,
    read_text,
    user_words_option,
    write_result,
)
from vnocr.export.record import to_json
from vnocr.pipeline import restore_and_extract


@click.command()
@click.argument("file", default="-")
@output_option
@user_words_option
@config_option
def command(file: str, output: Path | None, user_words: Path | None, config: Path | None) -> None:
    """Find number, date, issuer, directives and references in a text.

    FILE is a UTF-8 text of one dispatch, "-" (the default) standard input. Damaged text is
    restored first. The record is printed as JSON; `vnocr schema` describes it.

    \b
    vnocr extract dispatch.txt
    pdftotext -layout born-digital.pdf - | vnocr extract | jq .fields
    """
    toolkit = make_toolkit(config, user_words)
    dispatch = restore_and_extract(read_text(file), toolkit)
    write_result(to_json(dispatch, indent=2) + "\n", output)
