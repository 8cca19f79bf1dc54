"""The `vnocr` command: its sub-commands, loaded when called, and how errors are told."""

from __future__ import annotations

import logging
import sys
from importlib import import_module
from typing import NoReturn

import click

from vnocr.errors import ExitCode, VnocrError
from vnocr.extract.frameworks import keep_frameworks_out
from vnocr.version import __version__

# name: (module, one line of help); the modules load only when their command runs.
COMMANDS = {
    "read": ("vnocr.cli.read", "Read scans, PDFs or text files into records."),
    "batch": ("vnocr.cli.batch", "Read a folder of documents, only what is new."),
    "restore": ("vnocr.cli.restore", "Restore badly recognised Vietnamese text."),
    "extract": ("vnocr.cli.extract", "Find fields, directives and references in a text."),
    "directives": ("vnocr.cli.directives", "List who must do what by when, over an archive."),
    "trace": ("vnocr.cli.trace", "Show what a dispatch cites and who cites it."),
    "search": ("vnocr.cli.search", "Find documents in an archive, with or without marks."),
    "review": ("vnocr.cli.review", "Check and correct an archive on a page in your browser."),
    "learn": ("vnocr.cli.learn", "Turn approved corrections into the office's dictionary."),
    "status": ("vnocr.cli.status", "Show what an archive holds and how its runs went."),
    "export": ("vnocr.cli.export", "Write tables and archive metadata of an archive."),
    "doctor": ("vnocr.cli.doctor", "Check what vnocr needs and say how to mend it."),
    "schema": ("vnocr.cli.schema", "Print the JSON Schema of a record."),
}


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the command names in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command `cmd_name`, or None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        command: click.Command = import_module(module).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with: vnocr doctor. Each command explains itself: vnocr COMMAND --help.",
)
@click.version_option(__version__, prog_name="vnocr")
def cli() -> None:
    """Turn scanned Vietnamese government dispatches into data.

    \b
    One scan:    vnocr read scan.pdf > scan.json
    A folder:    vnocr batch scans/ records/
    Old text:    vnocr restore old.txt > restored.txt

    Results go to standard output, progress and messages to standard error.

    Exit codes: 0 done, 1 bug, 2 wrong usage, 3 missing tool or language data,
    4 unreadable input, 5 cannot write, 6 bad settings or dictionary, 7 finished with
    failures, 8 another run holds the lock, 130 interrupted.
    """


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # its warnings name no file
    keep_frameworks_out()
    sys.exit(_run())


def _run() -> int:
    try:
        result = cli.main(standalone_mode=False)
    except VnocrError as error:
        click.echo(f"vnocr: {error}", err=True)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("vnocr: interrupted", err=True)
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone, as in `vnocr read x | head`: nothing to tell.
        sys.stderr.close()
        return ExitCode.DONE
    except Exception:
        logging.getLogger("vnocr").exception(
            "this is a bug in vnocr; please report it with the lines below"
        )
        return ExitCode.BUG
    return result if isinstance(result, int) else ExitCode.DONE
