"""SharePoint sites, their lists and the rows in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import NAMESPACE_URL, uuid5

from emulator.mailboxes import LONG_AGO


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list, by its internal name."""

    name: str
    kind: Literal["text", "boolean"] = "text"


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a list. An empty text is left out, as SharePoint leaves it out."""

    id: int
    fields: Mapping[str, str | bool]
    version: int = 1
    created: datetime = LONG_AGO
    modified: datetime = LONG_AGO


@dataclass(frozen=True, slots=True)
class SharePointList:
    """One list with its columns and rows."""

    name: str
    columns: tuple[Column, ...]
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """One SharePoint site, found by its host name and path."""

    hostname: str
    path: str
    name: str = ""
    lists: tuple[SharePointList, ...] = ()

    @property
    def id(self) -> str:
        """Host name and two guids, as SharePoint writes it."""
        address = f"site:{self.hostname}{self.path}"
        return f"{self.hostname},{uuid5(NAMESPACE_URL, address)},{uuid5(NAMESPACE_URL, address + '/web')}"
