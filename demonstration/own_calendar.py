"""The demo on a person's own calendar: one look, released at once, and the cards that come of it."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from demonstration.books import own_book
from demonstration.county import PARTNERSHIP
from demonstration.folder import FILES, Folder
from demonstration.tenant import Served, served, world_of
from emulator.world import World
from functions.demo import DemoClock, Shown, show, summary
from functions.files import shipped
from functions.files.rulebooks import known_type, read_book
from functions.flow import LOOK_AHEAD, LOOK_BACK
from functions.settings import PREFIX, settings
from functions.wiring import open_watch
from models.agreement import Group
from models.days import LONDON
from models.keys import slug
from models.rulebook import Rulebook
from models.spoken import count
from models.spoken import day as spoken_day
from reading.texts import read_texts
from wording.check_page import page
from wording.plain import clean
from wording.story_page import CardSeen, Chapter, Story, story_page

A_WEEK = timedelta(days=7)
TOLD_NOW = "These are the cards that the officers would get today. A second run sends none of them again."
NOTHING_NEW = "There is nothing new to say: either all is well, or it was said in an earlier run."


def demonstrate_own(
    calendar: Path, meeting_type: str, now: datetime | None, clock: datetime, folder: Folder
) -> str:
    """Show what would be told about a person's own .ics, and say it in a few lines.

    `now` is the moment to pretend, where one was named; `clock` the real one. A second run over the same
    calendar remembers the first. Unreadable where the file is no calendar, or the type is in no agreement.
    """
    world = world_of(calendar)
    moment, notes = (now, ()) if now is not None else _moment(world, clock)
    pretended = DemoClock(moment)
    world.clock = lambda: pretended().timestamp()
    read = read_book().book
    name = f"Meetings in {clean(calendar.name)}"
    group = Group(name=name, type=known_type(meeting_type, read.agreement), calendar=PARTNERSHIP)
    folder.opened()
    ledger = folder.ledger_of(slug(calendar.stem), calendar.read_bytes())
    with served(world, ledger, folder.exchanges, folder.other) as tenant:
        shown = asyncio.run(_show(tenant, own_book(read, group), pretended, notes))
    cards = folder.keep_cards(world.posts)
    folder.write("report.html", page(shown.results))
    folder.write("index.html", story_page(_story(name, shown, moment.date(), cards)))
    return summary(shown, str(folder.path))


async def _show(tenant: Served, book: Rulebook, clock: DemoClock, notes: Sequence[str]) -> Shown:
    """Only the officers can hear: with one's own calendar there is no manager to ask."""
    manager = f"{PREFIX}MANAGER_WORKFLOW_URL"
    given = settings({name: value for name, value in tenant.environment.items() if name != manager})
    texts = read_texts(None, shipped.WORDING).texts
    async with open_watch(given, book, texts, clock, by="demo", ca_file=tenant.ca_file) as watch:
        return await show(watch, clock, notes)


def _story(name: str, shown: Shown, day: date, cards: Sequence[CardSeen]) -> Story:
    meetings = count(sum(calendar.meetings for calendar in shown.swept.calendars), "meeting")
    chapter = Chapter(
        title=name,
        first=day,
        last=day,
        happened=(f"This calendar holds {meetings} in the window that is looked at.", *shown.results.notes),
        done=(TOLD_NOW if cards else NOTHING_NEW,),
        cards=cards,
    )
    return Story(
        title="Your own calendar",
        about=("What Protocol Watch would say about it. Nothing has left this computer.",),
        chapters=(chapter,),
        files=FILES,
        invented=False,
    )


def _moment(world: World, clock: datetime) -> tuple[datetime, tuple[str, ...]]:
    """The demo's present: today, or a week before a calendar that is over."""
    held = _days(world)
    today = clock.date()
    if not held or any(today - LOOK_BACK <= day <= today + LOOK_AHEAD for day in held):
        return clock, ()
    pretended = datetime.combine(held[0] - A_WEEK, time(9, 15), LONDON)
    note = f"This calendar has no meetings near today, so the demo pretends it is {spoken_day(pretended.date())}."
    return pretended, (note,)


def _days(world: World) -> list[date]:
    """The days with meetings in the shared mailbox, over ten years."""
    mailbox = world.mailbox(PARTNERSHIP)
    if mailbox is None:
        return []
    first, last = datetime(2020, 1, 1, tzinfo=LONDON), datetime(2030, 1, 1, tzinfo=LONDON)
    return sorted({event.starts.astimezone(LONDON).date() for event in mailbox.calendar.between(first, last)})
