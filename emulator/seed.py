"""The tenant read from files: an invented county, or somebody's own exported calendar."""

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from emulator.ics_calendar import IcsCalendar
from emulator.mailboxes import ListedEvents, Mailbox, Person
from emulator.sites import Column, Item, SharePointList, Site
from emulator.world import AppRegistration, Flow, World

INVENTED_COUNTY = Path(__file__).parent / "invented_county"


def invented_county() -> World:
    """The invented partnership that the demo and the tests start from."""
    return world_from_folder(INVENTED_COUNTY)


def world_from_folder(folder: Path) -> World:
    """The tenant that a county.yaml describes, with the calendars and rows in the files that it names."""
    said = yaml.safe_load((folder / "county.yaml").read_text("utf-8"))
    world = World(tenant_id=said["tenant"]["id"])
    for entry in said["mailboxes"]:
        world.put(_mailbox(entry, folder))
    world.sites = [_site(entry, folder) for entry in said["sites"]]
    for entry in said["apps"]:
        app = _app(entry)
        world.apps[app.client_id] = app
        world.bearers[entry["bearer"]] = app.client_id
    world.flows = {entry["id"]: Flow(entry["id"], entry["signature"]) for entry in said["workflows"]}
    return world


def world_from_ics(path: Path, mailbox: str = "send.partnership@council.example") -> World:
    """The same tenant, but with a person's own calendar in the shared mailbox, and no rows in its lists."""
    world = invented_county()
    calendar = IcsCalendar(_content(path), Person(mailbox), name=path.name)
    world.put(Mailbox(mailbox, calendar, "Calendar from a file"))
    world.sites = [
        replace(site, lists=tuple(replace(each, items=()) for each in site.lists)) for site in world.sites
    ]
    for client_id, app in world.apps.items():
        world.apps[client_id] = replace(app, mailboxes=frozenset({mailbox.lower()}))
    return world


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as missing:
        raise ValueError(f"{path} can't be opened: {missing.strerror}.") from missing


def _mailbox(entry: dict[str, Any], folder: Path) -> Mailbox:
    person = Person(entry["address"], entry["name"])
    calendar = ListedEvents()
    if "calendar" in entry:
        content = (folder / entry["calendar"]).read_bytes()
        return Mailbox(person.address, IcsCalendar(content, person, name=entry["calendar"]), person.name)
    return Mailbox(person.address, calendar, person.name)


def _site(entry: dict[str, Any], folder: Path) -> Site:
    lists = tuple(_list(each, folder) for each in entry["lists"])
    return Site(entry["hostname"], entry["path"], entry["name"], lists)


def _list(entry: dict[str, Any], folder: Path) -> SharePointList:
    columns = tuple(Column(name, kind) for name, kind in entry["columns"].items())
    with (folder / entry["rows"]).open(encoding="utf-8", newline="") as file:
        rows = [_fields(row, columns) for row in csv.DictReader(file)]
    return SharePointList(
        entry["name"], columns, tuple(Item(number, row) for number, row in enumerate(rows, start=1))
    )


def _fields(row: dict[str, str], columns: tuple[Column, ...]) -> dict[str, str | bool]:
    return {
        each.name: row[each.name] == "yes" if each.kind == "boolean" else row[each.name] for each in columns
    }


def _app(entry: dict[str, Any]) -> AppRegistration:
    mailboxes = frozenset(address.lower() for address in entry["mailboxes"])
    return AppRegistration(entry["client_id"], entry["name"], mailboxes, entry["sites"])
