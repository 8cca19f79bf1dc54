"""`vnocr schema`: print the JSON Schema of a record."""

from __future__ import annotations

import json
from pathlib import Path

import click

from vnocr.cli.options import output_option, write_result
from vnocr.export.record import record_schema


@click.command()
@output_option
def command(output: Path | None) -> None:
    """Print the JSON Schema that every record of `read`, `batch` and `extract` satisfies.

    \b
    vnocr schema > record.schema.json
    """
    write_result(json.dumps(record_schema(), ensure_ascii=False, indent=2) + "\n", output)
