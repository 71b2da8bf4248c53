"""The demo on the invented county: a term played from beginning to end, and told as a story."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from demonstration.books import county_book
from demonstration.county import PARTNERSHIP, County, allow_everything_the_story_needs
from demonstration.folder import OTHER_FILES, Folder
from demonstration.pages import PUBLIC_URL, PagesOf
from demonstration.people import with_people
from demonstration.player import Played, Player
from demonstration.script import paragraphs
from demonstration.sharepoint import lists_kept, lists_made
from demonstration.tenant import Served, served
from demonstration.term import ABOUT, TERM, TITLE, before_the_story
from emulator.seed import invented_county
from functions.demo import DemoClock, results_of
from functions.files import shipped
from functions.files.rulebooks import read_book
from functions.quarter_report import begun_quarter, from_record
from functions.settings import PREFIX, settings
from functions.wiring import open_watch
from models.days import LONDON
from models.rulebook import Rulebook
from models.spoken import count
from reading.texts import read_texts
from wording.check_page import page
from wording.report_document import report_document
from wording.report_page import report_page
from wording.reported import Reported
from wording.story_page import CardSeen, MailSeen, Story, days, story_page

COUNTY_NOW = datetime(2026, 11, 5, 9, 15, tzinfo=LONDON)  # Thursday: what the county's files are written for
A_TERM = timedelta(days=60)
QUARTER = "2026/27-Q3"  # October to December 2026
COUNTY_FILES = (
    ("report.html", "the quarter so far, for the partnership to adopt."),
    ("report.docx", "the same as a Word document."),
    ("last-look.html", "what the last look found, promise by promise."),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The story as it was played, and the report of its quarter from what the ledger has on record."""

    played: Played
    report: Reported


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
    world.put_site(with_people(world.sites[0]))
    county = County(world, clock)
    before_the_story(county)
    folder.opened()
    folder.emptied()
    book = county_book(read_book().book)
    with served(world, folder.ledger_of("invented-county"), folder.exchanges, folder.other) as tenant:
        outcome = asyncio.run(_play(tenant, book, clock, county, folder, say))
    played = outcome.played
    folder.write("report.html", report_page(outcome.report))
    folder.write_bytes("report.docx", report_document(outcome.report))
    folder.write("last-look.html", page(results_of(book.agreement, played.last, clock())))
    lists = lists_kept(county, folder)
    folder.write("index.html", story_page(_story(played, folder, lists)))
    return _summary(played, folder)


async def _play(
    tenant: Served,
    book: Rulebook,
    clock: DemoClock,
    county: County,
    folder: Folder,
    say: Callable[[str], None],
) -> Outcome:
    environment = {
        **tenant.environment,
        f"{PREFIX}SENDER": PARTNERSHIP,
        f"{PREFIX}PUBLIC_URL": PUBLIC_URL,
        f"{PREFIX}SIGNING_KEY": token_urlsafe(),
    }
    given, texts = settings(environment), read_texts(None, shipped.WORDING).texts
    async with open_watch(given, book, texts, clock, by="demo", ca_file=tenant.ca_file) as watch:
        pages = PagesOf(environment, clock, watch)
        await lists_made(watch, county)
        played = await Player(watch, pages, county, clock, folder, say).play(TERM)
        quarter = begun_quarter(QUARTER, book.agreement, clock())
        return Outcome(played, await from_record(watch.ledger, book, quarter, clock()))


def _story(played: Played, folder: Folder, lists: Sequence[tuple[str, str]]) -> Story:
    return Story(
        title=TITLE,
        about=paragraphs(ABOUT),
        chapters=played.chapters,
        figures=(
            (f"{len(played.chapters)}", "chapters"),
            (f"{played.looks}", "looks at the calendars"),
            (f"{folder.calls():,}", "calls to Microsoft Graph"),
            (f"{len(_cards(played))}", "cards"),
            (f"{len(_mails(played))}", "mails"),
        ),
        files=(*COUNTY_FILES, *lists, *OTHER_FILES),
    )


def _summary(played: Played, folder: Folder) -> str:
    """The ten-second summary."""
    cards = _cards(played)
    managers = sum("manager" in card.to for card in cards)
    mails = _mails(played)
    to_reps = sum(mail.to.startswith("Forum rep") for mail in mails)
    others = len(mails) - to_reps
    quiet = [chapter.title.lower() for chapter in played.chapters if not chapter.heard]
    looked = f"Looked {played.looks} times through Microsoft Graph (emulated on this computer)"
    lines = [
        f"{TITLE}: {days(played.chapters[0].first, played.chapters[-1].last)}.",
        f"{looked}: {count(folder.calls(), 'call')}.",
        f"{count(len(cards), 'card')}: {len(cards) - managers} to the officers, {managers} to the manager.",
        f"{count(len(mails), 'mail')}: {to_reps} to forum reps, {others} to officers, manager and chair.",
        *([f"Nobody heard: {'; '.join(quiet)}."] if quiet else []),
        "",
        f"Open {folder.path / 'index.html'}: the story, with every card in it.",
        "Beside it: report.html and .docx, cards/, mails/, pages/, sharepoint/, graph-exchanges.jsonl.",
    ]
    return "\n".join(lines)


def _cards(played: Played) -> list[CardSeen]:
    return [card for chapter in played.chapters for card in chapter.cards]


def _mails(played: Played) -> list[MailSeen]:
    return [mail for chapter in played.chapters for mail in chapter.mails]
