"""What our section of a SharePoint page is made of, and how it is known again among people's own.

Graph takes text and fourteen standard parts, no list and no chart (graph §4); of the fourteen we use two.
Bodies follow Microsoft's page "Create a page", less what its published types don't have.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from graph_client.bodies import Body, Text

IMAGE = "d1d91016-032f-456d-98a4-721247c305e8"
QUICK_LINKS = "c70391ea-0b10-4ee9-b2b4-006d3fcad0cd"
FROM_A_LINK = 2  # other kinds of link make every later change of the page fail (docs-contrib issue 8455)
MARK = "Protocol Watch writes this section"
# A sentence that people can read survives what an attribute, a comment or an id may not.
NOTE = f"<p>{MARK}, anew each time. Please put your own words into another section.</p>"
_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r"""<a\b[^>]*?\bhref\s*=\s*["']([^"']*)""", re.IGNORECASE)
_HEADING = re.compile(r"<(h[1-6]|th)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextPart:
    """Words, as HTML that is ready to be shown."""

    html: str

    def body(self) -> dict[str, Any]:
        """The part as Graph wants it."""
        return {"@odata.type": "#microsoft.graph.textWebPart", "innerHtml": self.html}


@dataclass(frozen=True, slots=True)
class TablePart:
    """A real table with a heading and named columns, so that a screen reader can follow it."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def body(self) -> dict[str, Any]:
        """The part as Graph wants it."""
        names = "".join(f'<th scope="col">{escape(name)}</th>' for name in self.columns)
        rows = "".join(f"<tr>{_cells(row)}</tr>" for row in self.rows)
        table = f"<table><thead><tr>{names}</tr></thead><tbody>{rows}</tbody></table>"
        return TextPart(f"<h3>{escape(self.heading)}</h3>{table}").body()


@dataclass(frozen=True, slots=True)
class ImagePart:
    """A picture that lies on the site already; `alternative` says what it shows to who can't see it."""

    address: str
    alternative: str
    width: int
    height: int

    def __post_init__(self) -> None:
        if not self.alternative.strip():
            raise ValueError("A picture on a page needs words that say what it shows.")

    def body(self) -> dict[str, Any]:
        """The part as Graph wants it."""
        properties = {
            "imageSourceType": 2,
            "altText": self.alternative,
            "imgWidth": self.width,
            "imgHeight": self.height,
            "fixAspectRatio": False,
            "captionText": "",
            "alignment": "Center",
        }
        shown = {"imageSources": _pairs({"imageSource": self.address})}
        return _standard(IMAGE, "Image", "1.9", properties, shown)


@dataclass(frozen=True, slots=True)
class LinksPart:
    """A few links, each with its words and its address."""

    links: tuple[tuple[str, str], ...]

    def body(self) -> dict[str, Any]:
        """The part as Graph wants it."""
        items = [
            {"id": number, "sourceItem": {"itemType": FROM_A_LINK}, "thumbnailType": 3, "altText": ""}
            for number, _ in enumerate(self.links, start=1)
        ]
        properties = {"items": items, "layoutId": "List", "dataProviderId": "QuickLinks"}
        shown = {
            "searchablePlainTexts": _pairs({f"items[{n}].title": said for n, (said, _) in _each(self.links)}),
            "links": _pairs({f"items[{n}].sourceItem.url": to for n, (_, to) in _each(self.links)}),
        }
        return _standard(QUICK_LINKS, "Quick links", "2.2", properties, shown)


Part = TextPart | TablePart | ImagePart | LinksPart


class _WebPart(Body):
    inner_html: Text = ""
    web_part_type: Text = ""
    data: Any = None


class _Column(Body):
    webparts: list[_WebPart] | None = None


class Section(Body):
    """One section of a page, as far as we must read it."""

    id: Text = ""
    columns: list[_Column] | None = None

    @property
    def is_ours(self) -> bool:
        """Whether it bears our sentence, however SharePoint has dressed it."""
        return any(MARK in _words(part.inner_html) for part in self.parts())

    def shows(self, wanted: Mapping[str, Any]) -> bool:
        """Whether people see the same here as in `wanted`, a section that we made: words, links and pictures.

        How SharePoint dresses them doesn't count. Where it is in doubt, no: to write once more does no harm.
        """
        here, there = self.parts(), Section.model_validate(wanted).parts()
        return len(here) == len(there) and all(map(_same, here, there))

    def parts(self) -> list[_WebPart]:
        """What it is made of, column by column."""
        return [part for column in self.columns or [] for part in column.webparts or []]


def section(id: str, parts: Iterable[Part]) -> dict[str, Any]:
    """Our section: one column, with the sentence by which it is known at its end."""
    webparts = [*(part.body() for part in parts), TextPart(NOTE).body()]
    column = {"id": "1", "width": 12, "webparts": webparts}
    return {"id": id, "layout": "oneColumn", "emphasis": "none", "columns": [column]}


def _standard(
    kind: str, title: str, version: str, properties: Mapping[str, Any], shown: Mapping[str, Any]
) -> dict[str, Any]:
    data = {"dataVersion": version, "title": title, "properties": properties, "serverProcessedContent": shown}
    return {"@odata.type": "#microsoft.graph.standardWebPart", "webPartType": kind, "data": data}


def _pairs(values: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in values.items()]


def _each(links: tuple[tuple[str, str], ...]) -> list[tuple[int, tuple[str, str]]]:
    return list(enumerate(links))


def _cells(row: tuple[str, ...]) -> str:
    return "".join(f"<td>{escape(cell)}</td>" for cell in row)


def _words(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def _same(here: _WebPart, wanted: _WebPart) -> bool:
    return (
        here.web_part_type.casefold() == wanted.web_part_type.casefold()
        and _read_in(here.inner_html) == _read_in(wanted.inner_html)
        and _holds(here.data, wanted.data)
    )


def _read_in(html: str) -> tuple[str, list[str], list[str]]:
    """What a text says, where it leads and how it is ordered, without what SharePoint dresses it in."""
    headings = [tag.casefold() for tag in _HEADING.findall(html)]
    return _words(html), [unescape(link) for link in _LINK.findall(html)], headings


def _holds(here: Any, wanted: Any) -> bool:
    """Whether all that we send stands here; what SharePoint adds to an object doesn't count."""
    if isinstance(wanted, Mapping):
        return isinstance(here, Mapping) and all(
            _holds(here.get(name), value) for name, value in wanted.items()
        )
    if isinstance(wanted, list):
        return isinstance(here, list) and len(here) == len(wanted) and all(map(_holds, here, wanted))
    return bool(here == wanted)
