"""Active content of PDFs is named and never run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from vnocr.imaging.active import find_active_content

Change = Callable[[pikepdf.Pdf], None]


def on_opening(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def named_script(pdf: pikepdf.Pdf) -> None:
    action = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=pdf.make_stream(b"x()")))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", action])))


def launching_link(pdf: pikepdf.Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])
    link.A = Dictionary(S=Name.Launch, F="cmd.exe")
    pdf.pages[0].Annots = Array([link])


def attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["virus.exe"] = b"MZ"


def form(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=[], XFA=pdf.make_stream(b"<xdp/>"))
    pdf.pages[0].AA = Dictionary(O=Dictionary(S=Name.SubmitForm, F="http://example.invalid"))


def saved(path: Path, change: Change | None, *, packed: bool = False) -> Path:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        if change:
            change(pdf)
        modes = pikepdf.ObjectStreamMode
        pdf.save(path, object_stream_mode=modes.generate if packed else modes.disable)
    return path


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (on_opening, ["JavaScript"]),
        (named_script, ["JavaScript"]),
        (launching_link, ["starting of programs"]),
        (attachment, ["embedded files"]),
        (form, ["XFA forms", "sending of forms"]),
    ],
)
def test_active_content_is_named(
    tmp_path: Path, change: Change, words: list[str], packed: bool
) -> None:
    (problem,) = find_active_content(saved(tmp_path / "a.pdf", change, packed=packed))
    assert problem.kind == "active-content"
    assert ", ".join(words) in problem.message


def test_a_plain_pdf_has_none(tmp_path: Path) -> None:
    assert find_active_content(saved(tmp_path / "a.pdf", None)) == ()


def test_what_cannot_be_parsed_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n1 0 obj << /S /Launch")
    assert find_active_content(tmp_path / "a.pdf") == ()
