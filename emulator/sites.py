"""SharePoint sites: their lists and rows, their libraries, and their pages."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal
from uuid import NAMESPACE_URL, uuid5

from emulator.drives import Drive
from emulator.mailboxes import LONG_AGO

type ColumnKind = Literal[
    "text", "note", "boolean", "choice", "number", "dateTime", "dateOnly", "hyperlinkOrPicture"
]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list: `name` is the internal one, `title` what people see."""

    name: str
    kind: ColumnKind = "text"
    title: str = ""
    description: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    indexed: bool = False
    unique: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a list. An empty text is left out, as SharePoint leaves it out."""

    id: int
    fields: Mapping[str, Any]
    version: int = 1
    created: datetime = LONG_AGO
    modified: datetime = LONG_AGO
    by: str | None = None
    """The address of whoever saved it last; "" is the app itself, and None the site's manager."""


@dataclass(frozen=True, slots=True)
class SharePointList:
    """One list with its columns and its rows, in the order of their ids."""

    name: str
    columns: tuple[Column, ...]
    items: tuple[Item, ...] = ()
    description: str = ""
    created: datetime = LONG_AGO
    highest_id: int = 0
    """The highest id that a row ever had: SharePoint gives none twice."""

    def item(self, item_id: int) -> Item | None:
        """The row with this id."""
        place = self._place(item_id)
        return self.items[place] if place < len(self.items) and self.items[place].id == item_id else None

    def next_id(self) -> int:
        """The id that the next row gets."""
        return max(self.highest_id, self.items[-1].id if self.items else 0) + 1

    def with_item(self, item: Item) -> SharePointList:
        """This list with the row added, or put in place of the one with its id."""
        if not self.items or item.id > self.items[-1].id:
            items = self.items + (item,)  # noqa: RUF005 (with 20,000 rows, ten times as fast)
            return replace(self, items=items, highest_id=max(self.highest_id, item.id))
        place = self._place(item.id)
        after = place + (self.item(item.id) is not None)
        items = (*self.items[:place], item, *self.items[after:])
        return replace(self, items=items, highest_id=max(self.highest_id, item.id))

    def without_item(self, item_id: int) -> SharePointList:
        """This list without the row."""
        place = self._place(item_id)
        items = self.items[:place] + self.items[place + 1 :]
        return replace(self, items=items, highest_id=max(self.highest_id, item_id))

    def _place(self, item_id: int) -> int:
        return bisect_left(self.items, item_id, key=lambda item: item.id)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a site, as its maker sent it."""

    id: str
    content: Mapping[str, Any]
    published: bool = False
    version: int = 1
    created: datetime = LONG_AGO
    modified: datetime = LONG_AGO


@dataclass(frozen=True, slots=True)
class Site:
    """One SharePoint site, found by its host name and path."""

    hostname: str
    path: str
    name: str = ""
    lists: tuple[SharePointList, ...] = ()
    drives: tuple[Drive, ...] = ()
    pages: tuple[Page, ...] = ()

    @property
    def id(self) -> str:
        """Host name and two guids, as SharePoint writes it."""
        address = f"site:{self.hostname}{self.path}"
        return f"{self.hostname},{uuid5(NAMESPACE_URL, address)},{uuid5(NAMESPACE_URL, address + '/web')}"

    def with_list(self, changed: SharePointList) -> Site:
        """This site with the list added, or put in place of the one with its name."""
        names = [each.name for each in self.lists]
        if changed.name not in names:
            return replace(self, lists=(*self.lists, changed))
        lists = tuple(changed if each.name == changed.name else each for each in self.lists)
        return replace(self, lists=lists)

    def with_drive(self, changed: Drive) -> Site:
        """This site with the library put in place of the one with its name."""
        return replace(
            self, drives=tuple(changed if each.name == changed.name else each for each in self.drives)
        )

    def with_page(self, changed: Page) -> Site:
        """This site with the page added, or put in place of the one with its id."""
        others = tuple(each for each in self.pages if each.id != changed.id)
        return replace(self, pages=(*others, changed))
