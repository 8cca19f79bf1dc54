"""One document from file to Dispatch: the whole product in one readable flow."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from threading import RLock, Thread
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from vnocr.errors import InputError, NoTextError, RecogniserError
from vnocr.model import (
    Dispatch,
    Page,
    PageImage,
    Problem,
    Producer,
    Reading,
    Signature,
    Source,
)
from vnocr.settings import BatchSettings, Settings
from vnocr.version import __version__

if TYPE_CHECKING:
    from vnocr.extract.extractor import Extractor
    from vnocr.imaging.load import Document
    from vnocr.ocr.engine import Engine
    from vnocr.ocr.handwriting.reader import LetterheadReader
    from vnocr.restore.restorer import Restorer


Model = TypeVar("Model")


class loaded_once(Generic[Model]):  # noqa: N801 - used as a decorator, as cached_property is
    """A cached property that two threads may ask for at once: the second waits for the first."""

    def __init__(self, load: Callable[[Any], Model]) -> None:
        self._load = load
        self._loading = RLock()
        self.__doc__ = load.__doc__

    def __get__(self, toolkit: object, owner: type[Any] | None = None) -> Model:
        if toolkit is None:
            return self  # type: ignore[return-value]  # asked of the class
        with self._loading:
            kept = vars(toolkit)
            if self._load.__name__ not in kept:
                kept[self._load.__name__] = self._load(toolkit)
            model: Model = kept[self._load.__name__]
            return model


class Toolkit:
    """Settings and the models they name, each loaded once, when first needed."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self._loading: tuple[Thread, ...] = ()

    def load_ahead(self) -> None:
        """Begin to load the recogniser while a page is drawn, the models while it is recognised.

        Returns at once. What goes wrong is met again, and raised, where it is needed.
        """
        if not self._loading:
            loads = (lambda: self.engine, self.load)
            self._loading = tuple(Thread(target=_attempt, args=(load,)) for load in loads)
            for thread in self._loading:
                thread.start()

    def load(self) -> None:
        """Load all models. Raises DictionaryError if files of theirs are missing or damaged."""
        _ = self.letterhead_reader, self.restorer, self.extractor

    @loaded_once
    def family_names(self) -> frozenset[str]:
        """The family names there are. Raises DictionaryError if their list is damaged."""
        from vnocr.extract.persons import Persons

        return Persons.load(self.settings.dictionary_folder).family_names

    @loaded_once
    def engine(self) -> Engine:
        """The recogniser. Raises MissingToolError if it is not installed."""
        from vnocr.ocr.engine import load_engine

        return load_engine(self.settings.ocr)

    @loaded_once
    def letterhead_reader(self) -> LetterheadReader:
        """The reader of handwriting. Raises DictionaryError if its weights are missing."""
        from vnocr.ocr.handwriting.reader import LetterheadReader

        return LetterheadReader.load(self.settings.dictionary_folder)

    @loaded_once
    def restorer(self) -> Restorer:
        """The restorer. Raises DictionaryError if its files are missing or damaged."""
        from vnocr.restore.restorer import Restorer

        return Restorer.load(self.settings.restore, self.settings.dictionary_folder)

    @loaded_once
    def extractor(self) -> Extractor:
        """The extractor. Raises DictionaryError if its files are missing or damaged."""
        from vnocr.extract.extractor import Extractor

        return Extractor.load(self.settings.extract, self.settings.dictionary_folder)

    @loaded_once
    def producer(self) -> Producer:
        """Version and digests: a record with the same producer need not be made again."""
        from vnocr.restore.dictionary import dictionary_digest

        return Producer(
            version=__version__,
            settings_sha256=self.settings.digest(),
            dictionary_sha256=dictionary_digest(
                self.settings.dictionary_folder, self.settings.restore.user_words
            ),
        )


def _attempt(load: Callable[[], object]) -> None:
    with suppress(Exception):
        load()


def loaded_toolkit(settings: Settings) -> Toolkit:
    """Return the toolkit of `settings` that this process keeps for all its documents.

    Its limits for batches are those of any: they decide nothing about a document.
    """
    return _kept_toolkit(replace(settings, batch=BatchSettings()))


@lru_cache(maxsize=1)
def _kept_toolkit(settings: Settings) -> Toolkit:
    return Toolkit(settings)


def read_dispatch(path: Path, toolkit: Toolkit) -> Dispatch:
    """Read one document.

    A page that cannot be read becomes a Problem and the others go on. Raises
    InputError if the file cannot be opened, NoTextError if no page can be read,
    MissingToolError if Tesseract or Poppler is not installed.
    """
    from vnocr.imaging.active import find_active_content
    from vnocr.imaging.load import open_document
    from vnocr.imaging.signatures import read_signatures

    with open_document(path, toolkit.settings.imaging) as document:
        toolkit.load_ahead()
        source = _describe(path, document)
        sight = _read_pages(document, toolkit)
    if not any(page.lines for page in sight.pages):
        raise NoTextError(
            f"{path}: no text found on any of {source.pages} page(s)."
            + "".join(f" {problem.message}" for problem in sight.problems)
        )
    if source.media_type == "application/pdf":
        problems = sight.problems + find_active_content(path)
        sight = replace(sight, signatures=read_signatures(path), problems=problems)
    return _understand(source, sight, toolkit)


def restore_and_extract(text: str, toolkit: Toolkit) -> Dispatch:
    """Read a dispatch from plain text, however badly recognised. Raises NoTextError if blank."""
    from vnocr.imaging.plain_text import pages_from_text

    if not text.strip():
        raise NoTextError("the text is empty: there is nothing to extract")
    content = text.encode("utf-8", errors="surrogatepass")
    text = content.decode("utf-8", errors="replace")  # halves of letters are none
    pages = tuple(toolkit.restorer.restore_page(page) for page in pages_from_text(text))
    digest = hashlib.sha256(content).hexdigest()
    source = Source("-", digest, "text/plain", len(pages), len(content))
    return _understand(source, _Sight(pages), toolkit)


def draw_stages(path: Path, dispatch: Dispatch, folder: Path, toolkit: Toolkit) -> list[Path]:
    """Write each page of `dispatch`, read from `path`, as scanned, as cleaned and as read.

    Returns the PNG files in `folder`. A document without pictures gives none. Raises
    InputError if a page cannot be drawn, OutputError if a file cannot be written.
    """
    from vnocr.imaging.clean import CleanedPage, clean
    from vnocr.imaging.debug import write_debug_images
    from vnocr.imaging.load import open_document

    settings, written = toolkit.settings.imaging, []
    stem = Path(dispatch.source.path).stem.strip("-") or "page"
    with open_document(path, settings) as document:
        for page in (page for page in dispatch.pages if page.origin != "text"):
            image = document.page_image(page.number)
            recognised = page.origin == "ocr"
            cleaned = clean(image, settings) if recognised else CleanedPage.as_drawn(image)
            written.extend(write_debug_images(page, cleaned, folder, stem))
    return written


def page_in_colour(path: Path, page: Page, toolkit: Toolkit) -> PageImage:
    """Return `page` of `path` in colour, turned and straightened as when it was read.

    Boxes of the page lie in it, in proportion to its width and height. Raises InputError
    if the page cannot be drawn.
    """
    from vnocr.imaging.load import open_document
    from vnocr.imaging.skew import rotate, turn_upright

    with open_document(path, toolkit.settings.imaging) as document:
        image = document.page_image(page.number)
    return replace(image, pixels=rotate(turn_upright(image.pixels, page.turn), page.skew))


@dataclass(frozen=True, slots=True)
class _Sight:
    """What was seen of a document, before it is understood."""

    pages: tuple[Page, ...]
    readings: tuple[Reading, ...] = ()
    signatures: tuple[Signature, ...] = ()
    problems: tuple[Problem, ...] = ()


def _read_pages(document: Document, toolkit: Toolkit) -> _Sight:
    pages: list[Page] = []
    readings: list[Reading] = []
    problems: list[Problem] = []
    for number in range(1, document.page_count + 1):
        try:
            page, ink = _read_page(document, number, toolkit)
            pages.append(page)
            readings.extend(ink)
        except (RecogniserError, InputError) as error:
            problems.append(Problem("read", error.reason, str(error), number))
    return _Sight(tuple(pages), tuple(readings), problems=tuple(problems))


def _read_page(
    document: Document, number: int, toolkit: Toolkit
) -> tuple[Page, tuple[Reading, ...]]:
    """Take the page's own text where it can be trusted, else recognise its picture; restore.

    Text that was written, not recognised, needs no restoring and is never touched. The
    letterhead, on the first page, is also read for what is written in it by hand.
    """
    from vnocr.imaging.clean import clean
    from vnocr.imaging.source import decide
    from vnocr.ocr.layout import arrange
    from vnocr.ocr.reading import read_page
    from vnocr.ocr.signer import read_signer
    from vnocr.ocr.witness import heed_witness

    decision = decide(document.text_layer(number))
    if decision.page:
        page = arrange(decision.page)
        return (page if decision.certain else toolkit.restorer.restore_page(page)), ()
    cleaned = clean(document.page_image(number), toolkit.settings.imaging)
    if cleaned.blank:
        height, width = cleaned.grey.pixels.shape
        return Page(number, (), "ocr", width, height, cleaned.grey.dpi, "blank page"), ()
    read = read_page(cleaned.grey, toolkit.engine, cleaned.cells)
    witness = cleaned.straightened(decision.witness) if decision.witness else None
    seen = replace(
        heed_witness(read, witness) if witness else read,
        reason=decision.reason,
        turn=cleaned.turn,
        skew=cleaned.skew,
        seals=cleaned.seals,
    )
    seen = read_signer(seen, cleaned.colour_of, toolkit.engine, toolkit.family_names)
    ink = toolkit.letterhead_reader.read(cleaned.letterhead, seen) if number == 1 else ()
    return toolkit.restorer.restore_page(seen), ink


def _understand(source: Source, sight: _Sight, toolkit: Toolkit) -> Dispatch:
    extraction = toolkit.extractor.extract(
        sight.pages, sight.readings, sight.signatures, Path(source.path).name
    )
    return Dispatch(
        source=source,
        fields=extraction.fields,
        evidence=extraction.evidence,
        directives=extraction.directives,
        references=extraction.references,
        signatures=sight.signatures,
        pages=sight.pages,
        problems=sight.problems + extraction.problems,
        vnocr=toolkit.producer,
    )


def _describe(path: Path, document: Document) -> Source:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    return Source(
        path=str(path),
        sha256=digest.hexdigest(),
        media_type=document.media_type,
        pages=document.page_count,
        bytes=path.stat().st_size,
    )
