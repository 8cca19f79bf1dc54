"""Frozen settings per stage, read from one TOML file; unknown keys are refused by name."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, Literal, get_type_hints

from vnocr.errors import SettingsError

ToneStyle = Literal["old", "new", "keep"]


@dataclass(frozen=True, slots=True)
class ImagingSettings:
    """How pages become images. Files above the limits are refused before any work."""

    dpi: int = 200
    max_pages: int = 2000
    max_megabytes: int = 1000
    max_megapixels: int = 80
    deskew: bool = True


@dataclass(frozen=True, slots=True)
class OcrSettings:
    """How images become words. `engine` "auto" takes the fastest that is installed."""

    engine: str = "auto"
    language: str = "vie"
    timeout_seconds: int = 180


@dataclass(frozen=True, slots=True)
class RestoreSettings:
    """How words get their Vietnamese spelling back."""

    tone: ToneStyle = "old"
    user_words: str = ""


@dataclass(frozen=True, slots=True)
class ExtractSettings:
    """How fields are found; documents with a field below `review_below` need a human look.

    `file_names` lets the name of a file vote, last, for a number that nobody could read well.
    """

    review_below: float = 0.9
    file_names: bool = True


@dataclass(frozen=True, slots=True)
class BatchSettings:
    """Limits that protect a batch from one bad document. `jobs` 0 means one a core.

    `confined` workers have no network and write to the output only, where the system can
    enforce it.
    """

    jobs: int = 0
    timeout_seconds: int = 900
    memory_megabytes: int = 4096
    confined: bool = True


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. `dictionaries` replaces the folder of dictionaries that ships with vnocr."""

    imaging: ImagingSettings = field(default_factory=ImagingSettings)
    ocr: OcrSettings = field(default_factory=OcrSettings)
    restore: RestoreSettings = field(default_factory=RestoreSettings)
    extract: ExtractSettings = field(default_factory=ExtractSettings)
    batch: BatchSettings = field(default_factory=BatchSettings)
    dictionaries: str = ""

    @property
    def dictionary_folder(self) -> Path:
        """The folder of dictionaries: the one set, else the one beside the package."""
        if self.dictionaries:
            return Path(self.dictionaries)
        package = Path(__file__).resolve().parent
        installed = package / "dictionaries"
        return installed if installed.is_dir() else package.parent / "dictionaries"

    def digest(self) -> str:
        """SHA-256 over what decides the result of a document; the batch limits do not."""
        relevant = {name: value for name, value in asdict(self).items() if name != "batch"}
        canonical = json.dumps(relevant, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()


def load_settings(path: Path) -> Settings:
    """Read `path` (TOML).

    Raises SettingsError naming the file and the key if it cannot be read, has an
    unknown key or a value of the wrong type.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot read the settings file: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not a valid TOML file: {error}") from error
    settings: Settings = _build(Settings, data, str(path), "")
    return settings


def _build(kind: type[Any], data: dict[str, Any], origin: str, prefix: str) -> Any:
    hints = get_type_hints(kind)
    known = {item.name for item in fields(kind)}
    for key in data:
        if key not in known:
            choices = ", ".join(sorted(prefix + name for name in known))
            raise SettingsError(f"{origin}: unknown setting '{prefix}{key}'. Known: {choices}")
    values = {key: _value(hints[key], value, origin, prefix + key) for key, value in data.items()}
    return kind(**values)


def _value(kind: Any, value: Any, origin: str, key: str) -> Any:
    if is_dataclass(kind) and isinstance(kind, type):
        if not isinstance(value, dict):
            raise SettingsError(f"{origin}: '{key}' must be a table, as in [{key}]")
        return _build(kind, value, origin, f"{key}.")
    choices = getattr(kind, "__args__", None)
    if choices:
        if value not in choices:
            raise SettingsError(f"{origin}: '{key}' must be one of {', '.join(choices)}")
        return value
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise SettingsError(
            f"{origin}: '{key}' must be of type {kind.__name__}, not {type(value).__name__}"
        )
    return value
