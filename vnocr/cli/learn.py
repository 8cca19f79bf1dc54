"""`vnocr learn`: approved corrections become the office's own dictionary."""

from __future__ import annotations

from pathlib import Path

import click

from vnocr.cli.options import catalog_argument, open_catalog, output_option, read_text, write_result
from vnocr.cli.table import render

_COLUMNS = ("word", "documents", "read as")


@click.command()
@catalog_argument
@output_option
@click.option(
    "--at-least",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Learn only what was corrected in this many documents.",
)
def command(catalog: str, output: Path | None, at_least: int) -> None:
    """Turn the approved corrections in CATALOG into a list of words for --user-words.

    CATALOG is the output folder of `vnocr batch`, or the URL of its database. Only words
    that people corrected in one and the same way are learned, and names of signers;
    numbers, codes and dates never are. Lines that you wrote into the file yourself stay;
    what was learned before is replaced. The list is one word or name a line, UTF-8.

    \b
    vnocr learn records/ -o our-words.txt
    vnocr batch --user-words our-words.txt scans/ records/
    """
    from vnocr.catalog.correction_log import all_corrections
    from vnocr.review.learn import describe, learn, user_words

    with open_catalog(catalog) as opened:
        lesson = learn(all_corrections(opened), at_least)
    existing = read_text(str(output)) if output and output.exists() else ""
    write_result(user_words(lesson, existing), output)
    if lesson.learned:
        click.echo(render(describe(lesson.learned), _COLUMNS, "table"), err=True, nl=False)
    parts = [f"{len(lesson.learned)} learned"]
    if lesson.disputed:
        spellings = "; ".join(" / ".join(texts) for texts in lesson.disputed)
        parts.append(f"{len(lesson.disputed)} left out, corrected in different ways: {spellings}")
    if lesson.unfit:
        parts.append(f"{lesson.unfit} left out: numbers, codes, signs or whole phrases")
    click.echo(f"vnocr: {', '.join(parts)}", err=True)
