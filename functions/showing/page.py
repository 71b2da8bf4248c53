"""Keeps the partnership's page: made once, our section refreshed only when what it says has changed.

Where we may not have pages the manager is told once, and the lists do the whole job.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from html import escape

from functions.showing.kept import PLACE
from functions.showing.links import list_link
from functions.showing.showing import needs_shown, promises_shown
from functions.telling.needs import OF_THE_PAGE
from functions.telling.release import WHOLE
from functions.watch import Watch
from graph_client.errors import GraphError, PersonMustAct, will_pass
from graph_client.page_parts import LinksPart, Part, TablePart, TextPart
from graph_client.pages import ensure_page
from ledger.entries import DeliveryState, Json
from models.days import LONDON
from models.showing import ShownRow
from models.shown_lists import SHOWN_LISTS
from wording import site_page
from wording.shown_words import question_row
from wording.site_page import Seen, Table

NAME = "protocol-watch.aspx"
PAGE = "page"  # the name under which a print of what it says is remembered
CHECKED_OUT = 423  # somebody has the page open to change it, and will give it back
WAITS = frozenset({DeliveryState.OWED, DeliveryState.CLAIMED})


async def show_page(watch: Watch, now: datetime, quarters: Sequence[ShownRow] = ()) -> bool:
    """Make or refresh the page; whether anything was asked of the site. `quarters` are those to show."""
    if not watch.site:
        return False
    parts = await _parts(watch, now, quarters)
    print = sha256(json.dumps([part.body() for part in parts], sort_keys=True).encode()).hexdigest()[:16]
    if (await watch.ledger.remembered(PLACE)).get(PAGE, {}).get("print") == print:
        return False
    title = site_page.title(watch.texts)
    try:
        await ensure_page(watch.tenant, watch.site, NAME, title, parts)
    except PersonMustAct as refused:
        if (
            refused.status != CHECKED_OUT
        ):  # without the right there is no use in trying before something changes
            await watch.ledger.remember(PLACE, PAGE, {"print": print})
        await _ask(watch, [str(refused)])
    except GraphError as fault:
        await _ask(watch, [] if will_pass(str(fault)) else [str(fault)])
    else:
        await watch.ledger.remember(PLACE, PAGE, {"print": print})
        await _ask(watch, [])
    return True


async def _parts(watch: Watch, now: datetime, quarters: Sequence[ShownRow]) -> list[Part]:
    promises = [row for _, row in (await promises_shown(watch)).values()]
    about_us = (await watch.ledger.remembered(WHOLE)).get(OF_THE_PAGE, {}).get("questions", ())
    ours = {question_row(watch.texts, question).key for question in about_us}
    needs = [
        row for row in await needs_shown(watch, now) if row.key not in ours
    ]  # or it would change by itself
    tables = site_page.tables(
        watch.texts, watch.book.agreement, needs, promises, quarters, await _seen(watch, now)
    )
    parts: list[Part] = [TextPart(f"<p>{escape(site_page.intro(watch.texts))}</p>")]
    for table in tables:
        parts += _shown(table)
    links = tuple((one.name, link) for one in SHOWN_LISTS if (link := list_link(watch.site, one.name)))
    heading = TextPart(f"<h3>{escape(site_page.lists_heading(watch.texts))}</h3>")
    return [*parts, heading, LinksPart(links)] if links else parts


def _shown(table: Table) -> list[Part]:
    says: list[Part] = [TextPart(f"<p>{escape(table.says)}</p>")] if table.says else []
    if not table.rows:
        return [TextPart(f"<h3>{escape(table.heading)}</h3><p>{escape(table.says)}</p>")]
    return [TablePart(table.heading, table.columns, table.rows), *says]


async def _seen(watch: Watch, now: datetime) -> Seen:
    """What we could see, and what we could not, by day."""
    calendars = {}
    for mailbox in watch.book.agreement.calendars:
        snapshots = [await watch.ledger.snapshot(group.name) for group in watch.groups_of(mailbox)]
        read = [one.read_at for one in snapshots if one is not None]
        whole = read and len(read) == len(snapshots)
        calendars[mailbox] = min(read).astimezone(LONDON).date() if whole else None
    deliveries = await watch.ledger.deliveries(since=now)
    remembered = await watch.ledger.remembered(WHOLE)
    questions = {
        question
        for name, value in remembered.items()
        if name != OF_THE_PAGE and isinstance(value.get("questions"), list)
        for question in value["questions"]
    }
    terms = watch.book.agreement.terms
    ours = (terms.main, *terms.also_warn)  # a shipped copy has dates of many more
    return Seen(
        calendars=calendars,
        covered={name: one.covered_until for name, one in watch.book.terms.calendars.items() if name in ours},
        waiting=sum(one.state in WAITS and one.not_before <= now for one in deliveries),
        unsure=sum(one.state is DeliveryState.UNSURE for one in deliveries),
        questions=len(questions),
    )


async def _ask(watch: Watch, questions: list[str]) -> None:
    asked: Json = {"questions": questions, "unplaced": []}
    before = (await watch.ledger.remembered(WHOLE)).get(OF_THE_PAGE, {"questions": [], "unplaced": []})
    if dict(before) != dict(asked):
        await watch.ledger.remember(WHOLE, OF_THE_PAGE, asked)
