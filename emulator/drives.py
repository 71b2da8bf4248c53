"""Document libraries: folders and files, the columns beside them, and who may open each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal
from uuid import NAMESPACE_URL, uuid5

from emulator.mailboxes import LONG_AGO

MIME = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


@dataclass(frozen=True, slots=True)
class Grant:
    """One way in: a link (by scope), or somebody by name; a guest has an address outside the tenant."""

    kind: Literal["link", "person", "group", "invitation"]
    roles: tuple[str, ...] = ("read",)
    scope: Literal["anonymous", "organization", "users"] = "organization"
    name: str = ""
    address: str = ""
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class DriveItem:
    """One folder or file. `content_version` rises when the file is replaced, `version` with any change."""

    id: int
    name: str
    parent: int | None = None
    """The folder it is in; none for what stands at the top."""
    folder: bool = False
    size: int = 0
    content: bytes = b""
    """What is in it, where a test or a person put something in; its size follows."""
    fields: Mapping[str, Any] = field(default_factory=dict)
    grants: tuple[Grant, ...] = ()
    version: int = 1
    content_version: int = 1
    created: datetime = LONG_AGO
    modified: datetime = LONG_AGO

    def __post_init__(self) -> None:
        if self.content:
            object.__setattr__(self, "size", len(self.content))

    @property
    def mime_type(self) -> str:
        """What kind of file its name says it is."""
        return MIME.get(self.name.rsplit(".", 1)[-1].lower(), "application/octet-stream")


@dataclass(frozen=True, slots=True)
class Drive:
    """One library. `path` is the part of its address after the site's."""

    name: str
    path: str
    items: tuple[DriveItem, ...] = ()
    columns: tuple[str, ...] = ("Title",)
    grants: tuple[Grant, ...] = ()
    """Who may open everything in it."""

    def guid(self, site_id: str) -> str:
        """A guid that is this library's own in this site."""
        return str(uuid5(NAMESPACE_URL, f"drive:{site_id}/{self.name}"))

    def id(self, site_id: str) -> str:
        """The drive's id, as SharePoint's begin."""
        return f"b!{self.guid(site_id).replace('-', '')}"

    def children(self, parent: int | None) -> tuple[DriveItem, ...]:
        """What stands in this folder, or at the top."""
        return tuple(item for item in self.items if item.parent == parent)

    def item(self, item_id: int) -> DriveItem | None:
        """The folder or file with this number."""
        return next((item for item in self.items if item.id == item_id), None)

    def with_item(self, item: DriveItem) -> Drive:
        """This library with the item added, or put in place of the one with its number."""
        others = tuple(each for each in self.items if each.id != item.id)
        return replace(self, items=tuple(sorted((*others, item), key=lambda each: each.id)))

    def without_item(self, item_id: int) -> Drive:
        """This library without the item and what was in it."""
        gone = {item_id}
        for item in self.items:
            if item.parent in gone:
                gone.add(item.id)
        return replace(self, items=tuple(item for item in self.items if item.id not in gone))
