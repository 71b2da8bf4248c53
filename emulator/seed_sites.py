"""Sites read from files: their lists with columns and rows, and a library of papers."""

import csv
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from emulator.drives import Drive, DriveItem, Grant
from emulator.sites import Column, Item, SharePointList, Site

OPEN_TO = {
    "anybody with the link": (Grant("link", scope="anonymous"),),
    "the council only": (),
}


def site_from(entry: dict[str, Any], folder: Path) -> Site:
    """One site, with the lists and libraries in the files that it names."""
    lists = [_list(each, folder) for each in entry.get("lists", [])]
    drives = [_drive(each, folder) for each in entry.get("libraries", [])]
    return Site(entry["hostname"], entry["path"], entry["name"], tuple(lists), tuple(drives))


def with_register(site: Site, path: Path) -> Site:
    """The site with every list of the register, as it is once they were made and filled."""
    for entry in yaml.safe_load(path.read_text("utf-8")):
        site = site.with_list(_list(entry, path.parent))
    return site


def _list(entry: dict[str, Any], folder: Path) -> SharePointList:
    columns = tuple(_column(name, said) for name, said in entry["columns"].items())
    rows = [_fields(row, columns) for row in _rows(folder / entry["rows"])]
    items = tuple(Item(number, row) for number, row in enumerate(rows, start=1))
    return SharePointList(entry["name"], columns, items, entry["purpose"])


def _column(name: str, said: dict[str, Any]) -> Column:
    return Column(**{"name": name, **said, "choices": tuple(said.get("choices", ()))})


def _fields(row: dict[str, str], columns: tuple[Column, ...]) -> dict[str, Any]:
    return {each.name: _value(each, row[each.name]) for each in columns}


def _value(column: Column, text: str) -> Any:
    if column.kind == "boolean":
        return text == "yes"
    if column.kind == "hyperlinkOrPicture" and text:
        return {"Url": text, "Description": text}
    return text


def _drive(entry: dict[str, Any], folder: Path) -> Drive:
    """A library whose table has one row a file; folders come of the files' paths."""
    items: list[DriveItem] = []
    folders: dict[str, int] = {}
    for row in _rows(folder / entry["files"]):
        above, _, name = row["Path"].rpartition("/")
        if above and above not in folders:
            folders[above] = len(items) + 1
            items.append(DriveItem(folders[above], above, folder=True))
        at = datetime.fromisoformat(row["UploadedOn"])
        fields = {"Group": row["Group"], "MeetingDate": row["MeetingDate"]}
        grants, size = _grants(row["OpenTo"]), int(row["Size"])
        parent = folders.get(above)
        items.append(
            DriveItem(
                len(items) + 1, name, parent, size=size, fields=fields, grants=grants, created=at, modified=at
            )
        )
    members = Grant("group", ("write",), name="SEND Partnership Members", inherited=True)
    return Drive(entry["name"], entry["path"], tuple(items), ("Title", "Group", "MeetingDate"), (members,))


def _grants(words: str) -> tuple[Grant, ...]:
    if words in OPEN_TO:
        return OPEN_TO[words]
    address = words.removesuffix(" as a guest")
    return (Grant("invitation", name=address.split("@")[0], address=address),)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
