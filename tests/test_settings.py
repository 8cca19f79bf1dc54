"""Settings: defaults, a TOML file, and what is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import write_file
from vnocr.errors import SettingsError
from vnocr.settings import Settings, load_settings


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load_settings(write_file(tmp_path / "s.toml", "")) == Settings()


def test_values_are_taken_over(tmp_path: Path) -> None:
    text = '[imaging]\ndpi = 225\n[restore]\ntone = "new"\n[extract]\nreview_below = 1\n'
    settings = load_settings(write_file(tmp_path / "s.toml", text))
    assert settings.imaging.dpi == 225
    assert settings.restore.tone == "new"
    assert settings.extract.review_below == 1.0


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[imaging]\ndip = 200\n", "unknown setting 'imaging.dip'. Known: imaging.deskew"),
        ("colour = 1\n", "unknown setting 'colour'"),
        ('[imaging]\ndpi = "200"\n', "'imaging.dpi' must be of type int, not str"),
        ("[imaging]\ndpi = true\n", "'imaging.dpi' must be of type int, not bool"),
        ('[restore]\ntone = "odd"\n', "'restore.tone' must be one of old, new, keep"),
        ("imaging = 1\n", "'imaging' must be a table"),
        ("imaging = [\n", "not a valid TOML file"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    path = write_file(tmp_path / "s.toml", text)
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    assert complaint in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot read the settings file"):
        load_settings(tmp_path / "absent.toml")


def test_the_digest_follows_what_decides_the_result(tmp_path: Path) -> None:
    quick = load_settings(write_file(tmp_path / "a.toml", "[batch]\njobs = 7\n"))
    sharp = load_settings(write_file(tmp_path / "b.toml", "[imaging]\ndpi = 300\n"))
    assert quick.digest() == Settings().digest()
    assert sharp.digest() != Settings().digest()
