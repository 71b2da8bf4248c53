"""Tidying, exporting and erasing as an administrator asks for them at the keyboard."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from functions.files.book_of_settings import book_from
from functions.files.last_good import set_up
from functions.keeping.erasing import erase
from functions.keeping.person import Person, held_about
from functions.keeping.tidying import Tidied, tidy
from functions.once import clock_from
from functions.settings import Settings
from functions.watch import Watch
from functions.wiring import open_watch, site_of_files, storage_token, whole_files
from ledger import open_ledger
from models.agreement import Agreement
from wording.held_about import Erased, HeldAbout


async def agreement_named(settings: Settings, now: datetime) -> Agreement:
    """The agreement that the settings name, on a disk or on the site; Unreadable where it can't be used."""
    async with whole_files(settings, now) as here:
        return book_from(here).book.agreement


async def tidy_now(settings: Settings, now: datetime, *, by: str, dry: bool) -> Tidied:
    """The nightly run, now."""
    async with _watching(settings, now, by) as watch:
        return await tidy(watch, now, dry=dry)


async def look_for(settings: Settings, person: Person, now: datetime, *, by: str) -> HeldAbout:
    """What is held about a person."""
    async with _watching(settings, now, by) as watch:
        return await held_about(watch, person)


async def erase_now(settings: Settings, person: Person, now: datetime, *, by: str, dry: bool) -> Erased:
    """Erase a person here."""
    async with _watching(settings, now, by) as watch:
        return await erase(watch, person, now, dry=dry)


@asynccontextmanager
async def _watching(settings: Settings, now: datetime, by: str) -> AsyncIterator[Watch]:
    async with (
        open_ledger(settings.ledger, storage_token(settings)) as ledger,
        site_of_files(settings, lambda: now) as site,
    ):
        found = await set_up(settings, ledger, now, site)
    opening = open_watch(settings, found.read.book, found.texts.texts, clock_from(now), by=by)
    async with opening as watch:
        yield watch
