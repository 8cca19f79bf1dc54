"""A spaCy pipeline component: `nlp.add_pipe("vnocr_restorer", first=True)`.

It leaves the tokens of the Doc as they are and sets, on the Doc, `doc._.restored` (the
restored text, as many lines as the Doc has) and `doc._.restoration` (words and changes).
Importing this module registers the component.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from vnocr.restore.restorer import Restorer
from vnocr.settings import RestoreSettings, Settings


class RestorerComponent:
    """Restores the text of every Doc that passes."""

    def __init__(self, restorer: Restorer) -> None:
        self._restorer = restorer

    def __call__(self, doc: Doc) -> Doc:
        """Set the restored text and the restoration on the Doc."""
        restoration = self._restorer.restore(doc.text)
        doc._.restoration = restoration
        doc._.restored = restoration.text
        return doc


@Language.factory(
    "vnocr_restorer",
    default_config={"dictionaries": "", "tone": "old", "user_words": ""},
    assigns=["doc._.restored", "doc._.restoration"],
)
def create_restorer(
    nlp: Language, name: str, dictionaries: str, tone: Any, user_words: str
) -> RestorerComponent:
    """Return the component. Raises DictionaryError if the dictionaries cannot be loaded."""
    del nlp, name
    for extension in ("restored", "restoration"):
        if not Doc.has_extension(extension):
            Doc.set_extension(extension, default=None)
    folder = Settings(dictionaries=dictionaries).dictionary_folder
    return RestorerComponent(Restorer.load(RestoreSettings(tone, user_words), folder))
