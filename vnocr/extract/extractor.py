"""From the pages of a dispatch to its fields, references and directives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from vnocr.model import Extraction, Page, Reading, Signature
from vnocr.settings import ExtractSettings

if TYPE_CHECKING:
    from spacy.language import Language

# The pipeline in the order it runs: a registered factory and the module that registers it.
# Every factory takes the setting `dictionaries`, the folder of dictionaries.
PIPELINE: tuple[tuple[str, str], ...] = (
    ("vnocr_letterhead", "vnocr.extract.letterhead"),
    ("vnocr_recipients", "vnocr.extract.recipients"),
    ("vnocr_signature", "vnocr.extract.signature"),
    ("vnocr_structure", "vnocr.extract.structure"),
    ("vnocr_references", "vnocr.extract.references"),
    ("vnocr_directives", "vnocr.extract.directives"),
)

# Splits at white space; spaCy's default for Vietnamese would need another package.
_TOKENIZER = {"@tokenizers": "spacy.vi.VietnameseTokenizer", "use_pyvi": False}


@dataclass(frozen=True, slots=True)
class Extractor:
    """A loaded pipeline. Cheap to call, safe to reuse for many documents."""

    nlp: Language
    settings: ExtractSettings

    @classmethod
    def load(cls, settings: ExtractSettings, folder: Path) -> Extractor:
        """Build the pipeline from the dictionaries in `folder`.

        Raises DictionaryError naming the file if a dictionary is missing or damaged.
        """
        from spacy.lang.vi import Vietnamese

        nlp = Vietnamese.from_config({"nlp": {"tokenizer": _TOKENIZER}})
        for factory, module in PIPELINE:
            import_module(module)
            nlp.add_pipe(factory, config={"dictionaries": str(folder)})
        return cls(nlp, settings)

    def extract(
        self,
        pages: Sequence[Page],
        readings: Sequence[Reading] = (),
        signatures: Sequence[Signature] = (),
        file_name: str = "",
    ) -> Extraction:
        """Return what stands in `pages`, the pages of one document in order.

        `readings` are what a reader of ink saw in the letterhead, `signatures` the digital
        ones of the file; both vote beside the print. `file_name` is heard last, where the
        settings allow it.
        """
        from vnocr.extract.document import make_doc
        from vnocr.extract.review import review

        name = file_name if self.settings.file_names else ""
        doc = self.nlp(make_doc(self.nlp.vocab, pages, readings, signatures, name))
        fields, evidence = doc._.vnocr_fields, dict(doc._.vnocr_evidence)
        doubts = review(fields, evidence, self.settings.review_below)
        return Extraction(
            fields=fields,
            evidence=evidence,
            directives=doc._.vnocr_directives,
            references=doc._.vnocr_references,
            problems=(*doc._.vnocr_problems, *doubts),
        )
