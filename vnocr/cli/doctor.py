"""`vnocr doctor`: check what vnocr needs, and say how to mend what is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click

from vnocr.cli.options import config_option, make_toolkit
from vnocr.errors import ExitCode, VnocrError
from vnocr.pipeline import Toolkit

_MEGABYTE = 1 << 20
_NEEDED_MEGABYTES = 500


@click.command()
@config_option
def command(config: Path | None) -> int:
    """Check Tesseract, its Vietnamese data, Poppler, the dictionaries and the memory.

    Each line says what was found; a line with "missing" says how to mend it. The exit code
    is 0 if all is well, else that of the first thing missing.
    """
    toolkit = make_toolkit(config)
    first = ExitCode.DONE
    for name, check in CHECKS.items():
        try:
            click.echo(f"ok       {name}: {check(toolkit)}")
        except VnocrError as error:
            click.echo(f"missing  {name}: {error}")
            first = first or error.exit_code
    return first


def _recogniser(toolkit: Toolkit) -> str:
    return toolkit.engine.describe()


def _rasteriser(toolkit: Toolkit) -> str:
    from vnocr.imaging.draw import describe_rasteriser

    return describe_rasteriser()


def _dictionaries(toolkit: Toolkit) -> str:
    _ = toolkit.restorer, toolkit.extractor  # loading them reads every file
    digest = toolkit.producer.dictionary_sha256
    return f"{toolkit.settings.dictionary_folder}, digest {digest[:12]}"


def _memory(toolkit: Toolkit) -> str:
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // _MEGABYTE
    jobs = toolkit.settings.batch.jobs or os.cpu_count() or 1
    needed = jobs * _NEEDED_MEGABYTES
    if free < needed:
        return f"{free} MB free; {jobs} workers want {needed} MB: run batch with fewer --jobs"
    return f"{free} MB free, enough for {jobs} workers"


def _isolation(toolkit: Toolkit) -> str:
    if not toolkit.settings.batch.confined:
        return "switched off in the settings (batch.confined)"
    # Confining cannot be undone, so another process tries it.
    code = "import sys; from vnocr.batch.confine import confine; got = confine(()); "
    code += "sys.exit(got.network + 2 * got.files)"
    tried = subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode
    network, files = bool(tried & 1), bool(tried & 2)
    parts = [
        "run without network" if network else "keep the network (no network namespaces here)",
        "write to the output only" if files else "can write elsewhere (Landlock 2 is not here)",
    ]
    return f"workers of a batch {' and '.join(parts)}"


CHECKS: dict[str, Callable[[Toolkit], str]] = {
    "recogniser": _recogniser,
    "rasteriser": _rasteriser,
    "dictionaries": _dictionaries,
    "memory": _memory,
    "isolation": _isolation,
}
