"""Serves calendars in a process of its own, so that what serving costs is not counted as reading.

`canned N` renders a calendar of N events once, with the emulator, and then hands out the same bytes to
whoever asks: serving costs almost nothing. `calendars N M` is the emulator itself with N mailboxes of M
events. Prints its address, and ends when its standard input does.
"""

import asyncio
import json
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import process_time
from urllib.parse import parse_qs, unquote

import httpx

from emulator.app import emulator_app
from emulator.mailboxes import Attendee, Event, ListedEvents, Mailbox, Person
from emulator.recording import App, Receive, Scope, Send
from emulator.seed import invented_county
from emulator.serve import start
from emulator.world import World
from graph_client.calendar_windows import A_PAGE, PREFER, SELECT

MAILBOX = "send.partnership@council.example"
WARM_UP = "warm.up@council.example"  # one page, to have everything imported before time is taken
FIRST = datetime(2026, 10, 17, tzinfo=UTC)
DAYS, ATTENDEES = 430, 10
TITLES = (
    "SEND Partnership Board",
    "SEND Executive Group",
    "SEND Operations Group",
    "Communications Priority Group",
    "Inclusion priority group",
    "Transport task and finish",
    "Executive and forum",
    "Officers and forum",
    "Engagement event: transitions",
    "Formal consultation on short breaks",
)
PEOPLE = tuple(
    Attendee(Person(f"person.{number:03}@council.example", f"Person Number {number}"), response="accepted")
    for number in range(200)
)


def events(number: int, name: str = "calendar") -> Iterator[Event]:
    """So many meetings over the whole window, of every kind of group, with ten people each."""
    for n in range(number):
        day = FIRST + timedelta(days=n * 7919 % DAYS)
        starts = day.replace(hour=8 + n % 9, minute=30 * (n % 2))
        yield Event(
            uid=f"{name}-{n}",
            subject=TITLES[n % len(TITLES)],
            starts=starts,
            ends=starts + timedelta(hours=2),
            organizer=PEOPLE[n % len(PEOPLE)].person,
            attendees=tuple(PEOPLE[(n + m) % len(PEOPLE)] for m in range(ATTENDEES)),
            location=f"Venue {n % 60}",
        )


def tenant(calendars: dict[str, tuple[Event, ...]]) -> World:
    """The invented county's tenant with these calendars, all of which the app may read."""
    world = invented_county()
    for address, held in calendars.items():
        world.put(Mailbox(address, ListedEvents(held)))
    for client_id, app in world.apps.items():
        world.apps[client_id] = replace(app, mailboxes=frozenset(calendars))
    return world


class Canned:
    """Pages that are ready: the first of a mailbox by its address, the others by the link that names them."""

    def __init__(self) -> None:
        self.first: dict[str, bytes] = {}
        self.following: dict[str, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 (ASGI's)
        """Send the page as it lies here."""
        token = parse_qs(scope["query_string"].decode()).get("$skiptoken", [""])[0]
        page = self.following[token] if token else self.first[unquote(scope["path"]).split("/")[3]]
        await _send(page, send)

    async def render(self, world: World, base_url: str) -> None:
        """Ask the emulator for every page once."""
        bearer = {"Authorization": f"Bearer {next(iter(world.bearers))}", "Prefer": ", ".join(PREFER)}
        wire = httpx.ASGITransport(emulator_app(world))
        async with httpx.AsyncClient(transport=wire, base_url=base_url, headers=bearer) as http:
            for mailbox in (MAILBOX, WARM_UP):
                self.first[mailbox] = await self._page(http, f"/v1.0/users/{mailbox}/calendarView?{_query()}")

    async def _page(self, http: httpx.AsyncClient, link: str) -> bytes:
        here = first = (await http.get(link)).raise_for_status().content
        while following := json.loads(here).get("@odata.nextLink"):
            here = (await http.get(following)).raise_for_status().content
            self.following[parse_qs(following.partition("?")[2])["$skiptoken"][0]] = here
        return first


def _query() -> str:
    starts, ends = (f"{day:%Y-%m-%dT%H:%M:%SZ}" for day in (FIRST, FIRST + timedelta(days=DAYS + 1)))
    chosen = ",".join(dict.fromkeys([*SELECT, "attendees"]))
    return f"startDateTime={starts}&endDateTime={ends}&$top={A_PAGE}&$select={chosen}"


class Counted:
    """An app that says, at /spent, how many requests it has had and what processor time they took."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.requests = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for ourselves at /spent, else pass the call on."""
        if scope["path"] == "/spent":
            await _send(json.dumps({"seconds": process_time(), "requests": self.requests}).encode(), send)
        else:
            self.requests += 1
            await self.app(scope, receive, send)


async def _send(body: bytes, send: Send) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def calendar(number: int) -> str:
    """The address of one of many calendars."""
    return f"calendar.{number:04}@council.example"


def main(kind: str, number: int, each: int = 0) -> None:
    """Serve until whoever started us goes away."""
    canned, began = Canned(), process_time()
    if kind == "canned":
        world = tenant({MAILBOX: tuple(events(number)), WARM_UP: tuple(events(20, "warm"))})
        served, began = start(Counted(canned), tls=False), process_time()
        asyncio.run(canned.render(world, served.base_url))
    else:
        world = tenant({calendar(n): tuple(events(each, f"calendar-{n}")) for n in range(number)})
        served = start(Counted(emulator_app(world)), tls=False)
    said = {"url": served.base_url, "bearer": next(iter(world.bearers)), "made_in": process_time() - began}
    print(json.dumps(said), flush=True)
    done = threading.Thread(target=sys.stdin.read)
    done.start()
    done.join()
    served.stop()


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
