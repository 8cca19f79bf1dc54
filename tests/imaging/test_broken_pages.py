"""Pages whose numbers are words once met a TypeError; they are damaged, and told so."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from vnocr.errors import InputError
from vnocr.imaging.load import open_document
from vnocr.settings import ImagingSettings


@pytest.mark.parametrize(
    "entries",
    [
        {"/UserUnit": Name.x},
        {"/MediaBox": Array([Name.a, Name.b, Name.c, Name.d])},
        {"/MediaBox": Array([0, 0])},
        {"/Resources": Dictionary(XObject=Dictionary(Im=Array([1])))},
    ],
    ids=lambda entries: next(iter(entries)),
)
def test_a_page_of_nonsense_is_an_error_for_people(
    tmp_path: Path, entries: dict[str, pikepdf.Object]
) -> None:
    path = tmp_path / "a.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        for key, value in entries.items():
            pdf.pages[0].obj[key] = value
        pdf.save(path)
    with open_document(path, ImagingSettings()) as document:
        assert document.text_layer(1) is None
        try:
            document.page_image(1)
        except InputError as error:
            assert "page 1" in str(error)
