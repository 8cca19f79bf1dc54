"""What must go from a copy: text layers that are replaced, signatures that no longer hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

_INVISIBLE = 3
_SHOWING = {"Tj", "TJ", "'", '"'}
# These begin a new line as well; what follows must stay where it was.
_NEXT_LINE = {"'", '"'}
_NESTED = 4
_ACTIONS = {"/Launch", "/SubmitForm", "/ImportData"}


def remove_invisible_text(pdf: pikepdf.Pdf, sheet: pikepdf.Page) -> bool:
    """Take the text without ink out of `sheet`; return whether there was any.

    Such text is some program's recognition. Content that cannot be parsed stays as it is.
    """
    found = False
    if any(_fonts(sheet.obj)):
        content = _without_invisible(sheet)
        if content is not None:
            sheet.obj["/Contents"] = pdf.make_stream(content)
            found = True
    for form in _forms(sheet.obj):
        if not any(_fonts(form)):
            continue
        content = _without_invisible(form)
        if content is not None:
            form.write(content)
            found = True
    return found


def mute_text(sheet: pikepdf.Page) -> None:
    """Let readers pass over the text of `sheet` when they search or copy, as one blank.

    For letters that look right but mean others, as those of fonts from before Unicode.
    """
    sheet.contents_add(b"/Span <</ActualText <FEFF0020>>> BDC", prepend=True)
    sheet.contents_add(b"EMC")


def flatten_signatures(pdf: pikepdf.Pdf) -> int:
    """Draw the signatures of `pdf` into its pages as they look; return how many there were.

    Any change breaks a digital signature: a copy must not carry one that reads as forged.
    """
    from pikepdf import Array

    count = 0
    for sheet in pdf.pages:
        notes: Any = sheet.obj.get("/Annots")
        signatures = [note for note in notes or () if _is_signature(note)]
        for number, note in enumerate(signatures):
            _draw(sheet, note, f"/VnocrSignature{number}")
        if signatures:
            sheet.obj["/Annots"] = Array([note for note in notes if not _is_signature(note)])
            count += len(signatures)
    form = pdf.Root.get("/AcroForm")
    if form is not None:
        _drop_signature_fields(form)
        if "/SigFlags" in form:
            del form["/SigFlags"]
        if len(form.get("/Fields", [])) == 0:
            del pdf.Root["/AcroForm"]
    # The extensions that some signatures are written in are needed no more.
    for name in ("/Perms", "/DSS", "/Extensions"):
        if name in pdf.Root:
            del pdf.Root[name]
    return count


def remove_active_content(pdf: pikepdf.Pdf) -> None:
    """Take out what would act when the copy is opened: scripts, programs, media, forms' logic.

    Links to the web stay, unless the file also starts programs or sends forms.
    """
    from pikepdf import sanitize

    cleaner = sanitize.Sanitizer().remove_javascript().remove_multimedia()
    if any(_acts(thing) for thing in pdf.objects):
        cleaner = cleaner.remove_external_access()
    cleaner.apply(pdf)
    for holder in (pdf.Root, *(sheet.obj for sheet in pdf.pages)):
        for name in ("/AA", "/OpenAction", "/Trans", "/Dur", "/PresSteps"):
            if name in holder:
                del holder[name]
    wishes = pdf.Root.get("/ViewerPreferences")
    if wishes is not None and "/Type" in wishes:
        del wishes["/Type"]  # which the standard does not know
    form = pdf.Root.get("/AcroForm")
    if form is not None:
        for name in ("/XFA", "/NeedAppearances"):
            if name in form:
                del form[name]


def complete_attachments(pdf: pikepdf.Pdf) -> None:
    """Give the attachments of `pdf` both entries for their name, as PDF/A-3 asks for."""
    import pikepdf

    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Dictionary) or "/EF" not in thing:
            continue
        name = thing.get("/UF", thing.get("/F"))
        if isinstance(name, pikepdf.String):
            thing["/F"], thing["/UF"] = thing.get("/F", name), name
            thing["/Type"] = pikepdf.Name.Filespec


def _acts(thing: Any) -> bool:
    """Whether `thing` is an action that no archive wants, or has one."""
    import pikepdf

    if not isinstance(thing, pikepdf.Dictionary):
        return False
    action = thing.get("/A", pikepdf.Dictionary())
    inner = action.get("/S") if isinstance(action, pikepdf.Dictionary) else None
    return bool({str(thing.get("/S")), str(inner)} & _ACTIONS)


def _without_invisible(holder: Any) -> bytes | None:
    """Return the content without invisible text, None if it shows none."""
    import pikepdf

    mode, dropped = 0, 0
    modes: list[int] = []
    kept: list[Any] = []
    try:
        for instruction in pikepdf.parse_content_stream(holder):
            operator = str(instruction.operator)
            if operator == "q":
                modes.append(mode)
            elif operator == "Q" and modes:
                mode = modes.pop()
            elif operator == "Tr":
                mode = int(instruction.operands[0])
            elif operator in _SHOWING and mode == _INVISIBLE:
                dropped += 1
                if operator in _NEXT_LINE:
                    kept.append(pikepdf.ContentStreamInstruction([], pikepdf.Operator("T*")))
                continue
            kept.append(instruction)
    except (pikepdf.PdfError, ValueError, TypeError, IndexError):
        return None
    return pikepdf.unparse_content_stream(kept) if dropped else None


def _fonts(holder: Any) -> Iterator[Any]:
    yield from holder.get("/Resources", {}).get("/Font", {}).values()


def _forms(holder: Any, depth: int = 0) -> Iterator[Any]:
    if depth >= _NESTED:
        return
    for item in holder.get("/Resources", {}).get("/XObject", {}).values():
        if item.get("/Subtype") == "/Form":
            yield item
            yield from _forms(item, depth + 1)


def _is_signature(note: Any) -> bool:
    if note.get("/Subtype") != "/Widget":
        return False
    kind = note.get("/FT", note.get("/Parent", {}).get("/FT"))
    return bool(kind == "/Sig")


def _draw(sheet: pikepdf.Page, note: Any, name: str) -> None:
    import pikepdf

    shown: Any = pikepdf.Annotation(note)
    appearance = shown.get_appearance_stream(pikepdf.Name.N)
    if appearance is None:
        return
    rotate = int(sheet.obj.get("/Rotate", 0))
    placed = sheet.add_resource(appearance, pikepdf.Name.XObject, pikepdf.Name(name))
    drawing = shown.get_page_content_for_appearance(placed, rotate)
    sheet.contents_add(b"q\n", prepend=True)
    sheet.contents_add(b"Q\n" + drawing)


def _drop_signature_fields(holder: Any) -> None:
    """Remove the signature fields below a form or a field, in place."""
    name = "/Fields" if "/Fields" in holder else "/Kids"
    fields = holder.get(name)
    if fields is None:
        return
    for index in range(len(fields) - 1, -1, -1):
        if fields[index].get("/FT") == "/Sig":
            del fields[index]
        else:
            _drop_signature_fields(fields[index])
