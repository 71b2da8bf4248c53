"""What a report is made of, before it is a page or a document: headings, sentences, lists, tables, drawings, boxes.

The report's words are chosen once; the page, the document and the plain text only set them.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a part (level 2) or of a piece of it (level 3)."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence or a few. `strong`: one to be seen first."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list. `numbered` where people will speak of "the second one"."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its caption and heads; the first cell of each row is its head."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int = 0  # rows that were left out


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing (SVG) that only shows what the table after it says, and what it says aloud."""

    svg: str
    says: str


@dataclass(frozen=True, slots=True)
class Box:
    """Room for what a person writes by hand or by keyboard."""

    label: str


Block = Heading | Words | Points | Grid | Drawing | Box
Blocks = Sequence[Block]


def grid(caption: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], most: int) -> Grid:
    """A table of no more than so many rows."""
    return Grid(caption, columns, tuple(rows[:most]), max(0, len(rows) - most))
