"""Reading the tables of `dictionaries/`: tab-separated, `#` opens a comment line."""

from __future__ import annotations

from pathlib import Path

from vnocr.errors import DictionaryError


def read_table(path: Path, columns: int) -> list[tuple[str, ...]]:
    """Return the rows of `path`, each padded to `columns` cells.

    Raises DictionaryError naming the file (and line) if it cannot be read or a row is too long.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DictionaryError(
            f"{path}: cannot read this dictionary ({error}). Reinstall vnocr, or point the "
            f"setting 'dictionaries' to a folder that holds it."
        ) from error
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) > columns or not cells[0]:
            raise DictionaryError(
                f"{path}, line {number}: expected 1 to {columns} tab-separated cells"
            )
        rows.append((*cells, *("",) * (columns - len(cells))))
    return rows


def parts(cell: str) -> tuple[str, ...]:
    """Return the items of a cell that holds several, parted by semicolons."""
    return tuple(item.strip() for item in cell.split(";") if item.strip())
