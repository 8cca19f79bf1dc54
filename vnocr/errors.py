"""The error tree. Every error carries the exit code of the command that meets it."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the `vnocr` command tells the shell."""

    DONE = 0
    BUG = 1
    USAGE = 2
    MISSING_TOOL = 3
    UNREADABLE_INPUT = 4
    CANNOT_WRITE = 5
    BAD_SETTINGS = 6
    SOME_FAILED = 7
    LOCKED = 8
    INTERRUPTED = 130


class VnocrError(Exception):
    """Base of all errors meant for people: what happened, to which file, what to do next.

    `reason` is the stable code that a batch keeps with the outcome of a document.
    """

    exit_code = ExitCode.BUG
    reason = "error"


class MissingToolError(VnocrError):
    """An external program or its language data is not installed."""

    exit_code = ExitCode.MISSING_TOOL
    reason = "missing-tool"


class InputError(VnocrError):
    """The input cannot be read as a document."""

    exit_code = ExitCode.UNREADABLE_INPUT
    reason = "unreadable"


class NotFoundError(InputError):
    """There is no such file."""

    reason = "not-found"


class UnsupportedError(InputError):
    """The file is of a kind that vnocr does not read."""

    reason = "unsupported"


class CorruptError(InputError):
    """The file is damaged, truncated or empty."""

    reason = "corrupt"


class EncryptedError(InputError):
    """The file needs a password."""

    reason = "encrypted"


class TooLargeError(InputError):
    """The file has more pages or pixels than the settings allow."""

    reason = "too-large"


class NoTextError(InputError):
    """No page of the document could be read."""

    reason = "no-text"


class RecogniserError(VnocrError):
    """The recogniser crashed, ran out of time or returned nonsense for one page."""

    exit_code = ExitCode.UNREADABLE_INPUT
    reason = "recogniser"


class OutputError(VnocrError):
    """A result cannot be written."""

    exit_code = ExitCode.CANNOT_WRITE
    reason = "cannot-write"


class SettingsError(VnocrError):
    """The settings file is wrong; the message names the key."""

    exit_code = ExitCode.BAD_SETTINGS
    reason = "bad-settings"


class DictionaryError(VnocrError):
    """A dictionary or language-model file is missing or damaged."""

    exit_code = ExitCode.BAD_SETTINGS
    reason = "bad-dictionary"


class BatchFailuresError(VnocrError):
    """The batch finished, but some documents failed."""

    exit_code = ExitCode.SOME_FAILED
    reason = "some-failed"


class LockedError(VnocrError):
    """Another run holds the lock on the same output."""

    exit_code = ExitCode.LOCKED
    reason = "locked"
