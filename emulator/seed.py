"""The tenant read from files: an invented county, or somebody's own exported calendar."""

import csv
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from emulator.ics_calendar import IcsCalendar
from emulator.mailboxes import ListedEvents, Mailbox, Message, Person
from emulator.rights import AppRegistration
from emulator.seed_sites import site_from, with_register
from emulator.world import Flow, World
from emulator.year_calendar import year_calendar

INVENTED_COUNTY = Path(__file__).parent / "invented_county"


def invented_county() -> World:
    """The invented partnership that the demo and the tests start from."""
    return world_from_folder(INVENTED_COUNTY)


def whole_county() -> World:
    """The invented partnership with every list of the register made and filled, not only that of the papers."""
    world = invented_county()
    world.put_site(with_register(world.sites[0], INVENTED_COUNTY / "register.yaml"))
    return world


def world_from_folder(folder: Path) -> World:
    """The tenant that a county.yaml describes, with the calendars and rows in the files that it names."""
    said = yaml.safe_load((folder / "county.yaml").read_text("utf-8"))
    world = World(tenant_id=said["tenant"]["id"])
    for entry in said["mailboxes"]:
        world.put(_mailbox(entry, folder))
    world.sites = [site_from(entry, folder) for entry in said["sites"]]
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
    return Mailbox(
        person.address,
        _calendar(entry, folder, person),
        person.name,
        kind=entry.get("kind", "user"),
        messages=_messages(folder / entry["mails"]) if "mails" in entry else (),
        wheelchair=entry.get("wheelchair"),
    )


def _calendar(entry: dict[str, Any], folder: Path, owner: Person) -> IcsCalendar | ListedEvents:
    if "calendar" in entry:
        return _opened((folder / entry["calendar"]).read_bytes(), owner, entry["calendar"])
    if "year" in entry:
        return year_calendar(folder / entry["year"], (owner, *(Person(each) for each in entry["guests"])))
    return ListedEvents()


@lru_cache
def _opened(content: bytes, owner: Person, name: str) -> IcsCalendar:
    """A file's calendar, which no world changes: many worlds in one process share it."""
    return IcsCalendar(content, owner, name=name)


def _messages(path: Path) -> tuple[Message, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_message(row) for row in csv.DictReader(file))


def _message(row: dict[str, str]) -> Message:
    at, copy = datetime.fromisoformat(row["Received"]), (Person(row["Copy"]),) if row["Copy"] else ()
    return Message(row["Subject"], Person(row["From"]), (Person(row["To"]),), at, copy, row["Files"] == "yes")


def _app(entry: dict[str, Any]) -> AppRegistration:
    scopes = {right: frozenset(boxes) for right, boxes in entry["exchange"].items()}
    return AppRegistration(
        entry["client_id"],
        entry["name"],
        scopes.pop("Calendars.Read"),
        entry["sites"],
        entra=frozenset(entry["entra"]),
        exchange=scopes,
    )
