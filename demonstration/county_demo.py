"""The demo on the invented county: a term played from beginning to end, and told as a story."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from demonstration.books import county_book
from demonstration.county import County, allow_everything_the_story_needs
from demonstration.folder import FILES, Folder
from demonstration.player import Played, Player
from demonstration.script import paragraphs
from demonstration.tenant import Served, served
from demonstration.term import ABOUT, TERM, TITLE, before_the_story
from emulator.seed import invented_county
from functions.demo import DemoClock, results_of
from functions.files import shipped
from functions.files.rulebooks import read_book
from functions.settings import settings
from functions.wiring import open_watch
from models.days import LONDON
from models.rulebook import Rulebook
from models.spoken import count
from reading.texts import read_texts
from wording.check_page import page
from wording.story_page import CardSeen, Story, days, story_page

COUNTY_NOW = datetime(2026, 11, 5, 9, 15, tzinfo=LONDON)  # Thursday: what the county's files are written for
A_TERM = timedelta(days=60)


def demonstrate_county(folder: Folder, say: Callable[[str], None]) -> str:
    """Play the term and say what came of it in a few lines; `say` hears a line for each chapter.

    It begins anew each time, on its own clock, and takes nothing from an earlier run.
    """
    clock = DemoClock(COUNTY_NOW)
    world = invented_county()
    world.clock = lambda: clock().timestamp()
    world.token_lifetime = (
        A_TERM.total_seconds()
    )  # who signs in goes by the real clock: it would be a stale one
    allow_everything_the_story_needs(world)
    county = County(world, clock)
    before_the_story(county)
    folder.opened()
    folder.emptied()
    book = county_book(read_book().book)
    with served(world, folder.ledger_of("invented-county"), folder.exchanges, folder.other) as tenant:
        played = asyncio.run(_play(tenant, book, clock, county, folder, say))
    folder.write("report.html", page(results_of(book.agreement, played.last, clock())))
    folder.write("index.html", story_page(_story(played, folder)))
    return _summary(played, folder)


async def _play(
    tenant: Served,
    book: Rulebook,
    clock: DemoClock,
    county: County,
    folder: Folder,
    say: Callable[[str], None],
) -> Played:
    given, texts = settings(tenant.environment), read_texts(None, shipped.WORDING).texts
    async with open_watch(given, book, texts, clock, by="demo", ca_file=tenant.ca_file) as watch:
        return await Player(watch, county, clock, folder, say).play(TERM)


def _story(played: Played, folder: Folder) -> Story:
    return Story(
        title=TITLE,
        about=paragraphs(ABOUT),
        chapters=played.chapters,
        figures=(
            (f"{len(played.chapters)}", "chapters"),
            (f"{played.looks}", "looks at the calendars"),
            (f"{folder.calls():,}", "calls to Microsoft Graph"),
            (f"{len(_cards(played))}", "cards"),
        ),
        files=FILES,
    )


def _summary(played: Played, folder: Folder) -> str:
    """The ten-second summary."""
    cards = _cards(played)
    managers = sum("manager" in card.to for card in cards)
    quiet = [chapter.title.lower() for chapter in played.chapters if not chapter.cards]
    looked = f"Looked {played.looks} times through Microsoft Graph (emulated on this computer)"
    lines = [
        f"{TITLE}: {days(played.chapters[0].first, played.chapters[-1].last)}.",
        f"{looked}: {count(folder.calls(), 'call')}.",
        f"{count(len(cards), 'card')}: {len(cards) - managers} to the officers, {managers} to the manager.",
        f"Nobody heard: {'; '.join(quiet)}.",
        "",
        f"Open {folder.path / 'index.html'}: the story, with every card in it.",
        "Beside it: report.html, cards/, graph-exchanges.jsonl, other-exchanges.jsonl.",
    ]
    return "\n".join(lines)


def _cards(played: Played) -> list[CardSeen]:
    return [card for chapter in played.chapters for card in chapter.cards]
