"""Reads a document library: what lies in a folder, with its columns, and what changed since last time.

No content is downloaded here: file_content.py does so, for the files of the set-up alone. A file's `content_tag`
changes only when its content does, its other tag with every column (facts: graph §4). When a file was uploaded
is not when it was sent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from graph_client.asked import library_called
from graph_client.asking import following, get
from graph_client.bodies import Body, Text
from graph_client.deltas import read_round
from graph_client.libraries import library_id_of
from graph_client.quirks.date_columns_in_site_time import moment_in
from graph_client.reads import Read

if TYPE_CHECKING:
    from graph_client.tenant import Tenant

A_PAGE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file or folder. `fields` are the columns beside it, by name; a delta brings none of them."""

    id: str
    name: str
    is_folder: bool
    size: int
    created_at: datetime | None
    changed_at: datetime | None
    content_tag: str
    web_address: str = field(repr=False)
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesRead:
    """What lies in a folder, or (`whole` is False) what changed in the library, with a link to the next changes."""

    library: str
    read_at: datetime
    files: tuple[File, ...]
    unreadable: tuple[str, ...] = ()
    gone: frozenset[str] = frozenset()
    link: str = field(default="", repr=False)
    whole: bool = True


class _Columns(Body):
    fields: dict[str, Any] | None = None


class DriveItem(Body):
    """A file or a folder as Graph sends it."""

    id: str
    name: Text = ""
    size: int | None = None
    created_date_time: Text = ""
    last_modified_date_time: Text = ""
    c_tag: Text = ""
    web_url: Text = ""
    folder: dict[str, Any] | None = None
    root: dict[str, Any] | None = None
    list_item: _Columns | None = None


async def read_folder(
    tenant: "Tenant", site: str, library: str, columns: Sequence[str] = (), *, folder: str = ""
) -> FilesRead:
    """What lies in a folder, given by its id, or at the top; folders among it are not opened."""
    read_at = tenant.clock()
    drive = await library_id_of(tenant, site, library)
    place = ("items", folder) if folder else ("root",)
    fields = f"($select={','.join(columns)})" if columns else ""
    first = get(
        tenant, "drives", drive, *place, "children", expand=f"listItem($expand=fields{fields})", top=A_PAGE
    )
    entries = await Read(tenant, library_called(library, site)).every(first, following())
    files, unreadable = _understood(entries, library)
    return FilesRead(library=library, read_at=read_at, files=files, unreadable=unreadable)


async def changed_files(tenant: "Tenant", site: str, library: str, link: str = "") -> FilesRead:
    """What changed in the whole library since `link` was given; all of it without one, or where it was forgotten."""
    read_at = tenant.clock()
    drive = await library_id_of(tenant, site, library)
    first = get(tenant, "drives", drive, "root", "delta", top=A_PAGE)
    round = await read_round(tenant, library_called(library, site), first, link)
    files, unreadable = _understood(round.here, library)
    return FilesRead(
        library=library,
        read_at=read_at,
        files=files,
        unreadable=unreadable,
        gone=round.gone,
        link=round.link,
        whole=round.whole,
    )


def _understood(entries: Sequence[Any], library: str) -> tuple[tuple[File, ...], tuple[str, ...]]:
    files: list[File] = []
    unreadable: list[str] = []
    for entry in entries:
        try:
            item = DriveItem.model_validate(entry)
        except ValidationError:
            unreadable.append(f"A file in the library '{library}' could not be understood: it has no id.")
            continue
        if item.root is None:  # the library's own top comes first in a delta; it is no folder of anybody's
            files.append(_file(item))
    return tuple(files), tuple(unreadable)


def _file(item: DriveItem) -> File:
    fields = (item.list_item.fields if item.list_item else None) or {}
    return File(
        id=item.id,
        name=item.name,
        is_folder=item.folder is not None,
        size=item.size or 0,
        created_at=moment_in(item.created_date_time),
        changed_at=moment_in(item.last_modified_date_time),
        content_tag=item.c_tag,
        web_address=item.web_url,
        fields=MappingProxyType({name: value for name, value in fields.items() if not name.startswith("@")}),
    )
