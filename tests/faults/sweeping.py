"""A sweep over four groups, each with a calendar of its own, on a wire where one has trouble."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import httpx

from functions.demo import demo_book
from functions.files.rulebooks import read_book
from functions.flow import sweep
from functions.swept import Swept
from functions.watch import Watch
from graph_client.workflows import CardNotTaken
from ledger import open_ledger
from models.rulebook import Rulebook
from tests.faults.partnership import CALENDARS, NOW, TROUBLED, opened
from tests.stories.stage import SITE, TEXTS

OTHERS = tuple(box for box in CALENDARS if box != TROUBLED)[:3]


@cache
def book() -> Rulebook:
    """The shipped agreement, where each of four groups has a calendar of its own."""
    shipped = demo_book(read_book().book, None)
    groups = tuple(
        group.model_copy(update={"calendar": box, "match": ()})
        for group, box in zip(shipped.agreement.groups, (TROUBLED, *OTHERS), strict=False)
    )
    return replace(shipped, agreement=shipped.agreement.model_copy(update={"groups": groups}))


async def swept(folder: Path, wire: httpx.AsyncBaseTransport, budget: float = 90.0) -> Swept:
    """One sweep with an empty ledger."""
    async with opened(wire, budget) as client:
        with open_ledger(f"sqlite:///{folder / 'ledger.sqlite3'}") as ledger:
            watch = Watch(
                book=book(),
                tenant=client.tenant,
                ledger=ledger,
                site=SITE,
                papers_list="Papers",
                texts=TEXTS,
                post=_nowhere,
                by="a test",
            )
            return await sweep(watch, NOW)


async def _nowhere(_card: dict[str, object]) -> None:
    raise CardNotTaken("nobody is there")
