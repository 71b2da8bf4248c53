"""Shows the partnership manager what the ledger knows, and hears what was typed there. Nothing is judged here.

Called after a sweep, by one worker at a time. It can stop anywhere and be done again: what people typed becomes
statements before anything is written, and what a call could not write waits for the next.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.people_read import read_people
from functions.saved import statement_saved
from functions.showing.kept import PLACE, KnownList, known_in, save, with_typed
from functions.showing.links import link_of_subject
from functions.showing.needs_rows import needs_rows
from functions.showing.one_list import ColumnsWrong, changes_wanted, not_there, read_changes, write_changes
from functions.showing.remembered import SHOWN, rows_back, with_link
from functions.showing.typed import heard
from functions.telling.needs import ON_THE_SITE, needs_of
from functions.telling.release import WHOLE
from functions.watch import Watch
from graph_client.errors import GraphError, NotThere, will_pass
from graph_client.list_rows import ListRow
from ledger.entries import Json, StatementEntry
from models.agreement import Operator
from models.facts import Statement
from models.showing import ShownRow
from models.shown_lists import NEEDS_YOU, PROMISES, QUARTER, SHOWN_LISTS, peoples_columns

LEASE = timedelta(minutes=5)
LOOKED = "not made"  # the name under which we remember when we last looked for a list that nobody had made
LOOK_AGAIN = timedelta(hours=1)
MOST = 400  # rows written by one call: 800 of the 1,250 units that the smallest tenant has in a minute


@dataclass(frozen=True, slots=True)
class Shown:
    """How many rows were written, how many wait for the next call, and what people newly said.

    `not_made` are the lists that were looked for and that nobody has made yet.
    """

    written: int = 0
    left: int = 0
    statements: tuple[Statement, ...] = ()
    questions: tuple[str, ...] = ()
    not_made: tuple[str, ...] = ()


async def show(
    watch: Watch, now: datetime, *, quarters: Sequence[ShownRow] | None = None, most: int = MOST
) -> Shown:
    """Hear what people typed, then write what changed, at most `most` rows. Nothing without a site.

    `quarters` are the rows of *Quarter*; None leaves that list as it is. A list that nobody has made is looked for
    once an hour, and whenever there are quarters: once a day, and by a person at a keyboard.
    """
    if not watch.site or not await watch.ledger.take_lease(PLACE, by=watch.by, now=now, until=now + LEASE):
        return Shown()
    try:
        return await _shown(watch, now, quarters, most)
    finally:
        await watch.ledger.give_lease(PLACE, by=watch.by)


async def _shown(watch: Watch, now: datetime, quarters: Sequence[ShownRow] | None, most: int) -> Shown:
    remembered = await watch.ledger.remembered(PLACE)
    looked = remembered.get(LOOKED, {})
    # *Promises* comes first: what people typed there is heard whether or not anything is to be written
    names = [name for name in (PROMISES, NEEDS_YOU) if quarters is not None or not _lately(looked, name, now)]
    names += [] if quarters is None else [QUARTER]
    if not names:
        return Shown()
    promises = await promises_shown(watch) if PROMISES in names else {}
    total = Shown()
    for name in names:
        known = known_in(remembered, name)
        homes = {key: group for key, (group, _) in promises.items()} if name == PROMISES else {}
        wanted: Sequence[ShownRow] = quarters or ()
        if name == PROMISES:
            wanted = sorted((row for _, row in promises.values()), key=lambda row: row.order)
        elif name == NEEDS_YOU:
            wanted = await needs_shown(watch, now)
        one = await _one(watch, known, wanted, homes, most=most - total.written, now=now)
        total = Shown(
            total.written + one.written,
            total.left + one.left,
            (*total.statements, *one.statements),
            (*total.questions, *one.questions),
            (*total.not_made, *one.not_made),
        )
    await _note_looked(watch, looked, names, total.not_made, now)
    await _ask(watch, total.questions, names)
    return total


async def promises_shown(watch: Watch) -> Mapping[str, tuple[str, ShownRow]]:
    """The rows of *Promises* by key, each with its link, and with the group under which it is remembered."""
    papers = {one.id for one in watch.book.agreement.promises if one.operator is Operator.NOTICE}
    rows: dict[str, tuple[str, ShownRow]] = {}
    for group in (*(one.name for one in watch.book.agreement.groups), WHOLE):
        for row in rows_back((await watch.ledger.remembered(group)).get(SHOWN, {})):
            about_papers = row.day is not None and row.fields.get("Promise") in papers
            private = not row.fields.get("WhatWeSee")
            subject = row.key.split("/", 2)[-1]
            link = "" if private else link_of_subject(watch.site, subject, papers=about_papers)
            rows[row.key] = (group, with_link(row, link))
    return rows


async def needs_shown(watch: Watch, now: datetime) -> tuple[ShownRow, ...]:
    """The rows of *Needs you*."""
    needs = await needs_of(watch.ledger, watch.book, observing=watch.observing)
    return await needs_rows(watch, needs, now)


async def has_lists(watch: Watch) -> bool:
    """Whether the manager's lists were made: a partnership without them wants no page either."""
    remembered = await watch.ledger.remembered(PLACE)
    return any(known_in(remembered, name).link for name in (PROMISES, NEEDS_YOU))


async def _one(
    watch: Watch,
    known: KnownList,
    wanted: Sequence[ShownRow],
    homes: Mapping[str, str],
    *,
    most: int,
    now: datetime,
) -> Shown:
    """One list: read where people write in it, or where something is to be written, or for the first time."""
    said: tuple[Statement, ...] = ()
    asked: list[str] = []
    if known.name == PROMISES or not known.link or changes_wanted(known, wanted):
        try:
            here, odd = await read_changes(watch.tenant, watch.site, known)
        except NotThere:  # one that was never made is nobody's fault: `provision` makes it for who wants it
            had = bool(known.link)
            await _forget(watch, known)
            told = had or await _was_told(watch, known.name)
            return Shown(questions=(not_there(known.name),)) if told else Shown(not_made=(known.name,))
        except ColumnsWrong as wrong:
            return Shown(left=len(changes_wanted(known, wanted)), questions=wrong.faults)
        except GraphError as error:
            return Shown(left=len(changes_wanted(known, wanted)), questions=(str(error),))
        asked += odd
        if known.name == PROMISES:
            said, more = await _hear(watch, known, here, homes, now)
            asked += more
        await save(watch.ledger, known, link=True)
    changes = changes_wanted(known, wanted)
    wrote = await write_changes(watch.tenant, watch.site, watch.ledger, known, changes, most=max(0, most))
    return Shown(wrote.written, wrote.left, said, (*asked, *wrote.questions))


async def _hear(
    watch: Watch, known: KnownList, here: Mapping[str, ListRow], homes: Mapping[str, str], now: datetime
) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
    """Make statements of what was typed, and save them before we note that they were taken."""
    rows = {key: row for key, row in here.items() if known.rows[key].typed or _typed_in(row)}
    if not rows:
        return (), ()
    people = (await read_people(watch.tenant, watch.site)).people
    said: list[Statement] = []
    asked: list[str] = []
    for key, row in rows.items():
        if key.count("/") < 2:
            continue
        took = heard(key, row, known.rows[key].typed, people, now)
        entries = [StatementEntry(one.id, one.at, statement_saved(one)) for one in took.statements]
        if entries:
            await watch.ledger.add_statements(homes.get(key, WHOLE), entries)
        known.put(key, with_typed(known.rows[key], took.typed))
        said += took.statements
        asked += took.questions
    return tuple(said), tuple(asked)


def _typed_in(row: ListRow) -> bool:
    return any(row.fields.get(name) not in (None, "", False) for name in peoples_columns(PROMISES))


async def _forget(watch: Watch, known: KnownList) -> None:
    """The list is gone: one of that name that is made later is a new one."""
    if known.rows or known.link:
        for key in list(known.rows):
            known.forget(key)
        known.link = ""
        await save(watch.ledger, known, link=True)


async def _was_told(watch: Watch, name: str) -> bool:
    asked = (await watch.ledger.remembered(WHOLE)).get(ON_THE_SITE, {})
    return not_there(name) in asked.get("questions", ())


def _lately(looked: Mapping[str, str], name: str, now: datetime) -> bool:
    """Whether a list was looked for within the hour, and had not been made."""
    at = looked.get(name, "")
    return bool(at) and abs(now - datetime.fromisoformat(at)) < LOOK_AGAIN


async def _note_looked(
    watch: Watch, looked: Mapping[str, str], names: Iterable[str], not_made: Iterable[str], now: datetime
) -> None:
    after = {name: at for name, at in looked.items() if name not in names}
    after |= {name: now.isoformat() for name in not_made}
    if after != dict(looked):
        await watch.ledger.remember(PLACE, LOOKED, after)


async def _ask(watch: Watch, questions: Iterable[str], names: Iterable[str]) -> None:
    """What a person must put right on the site, for the manager's next list; what will pass is nobody's matter.

    What was asked of a list that is not among `names` still stands.
    """
    before = (await watch.ledger.remembered(WHOLE)).get(ON_THE_SITE, {"questions": [], "unplaced": []})
    others = [f"'{one.name}'" for one in SHOWN_LISTS if one.name not in names]
    stand = [one for one in before["questions"] if any(other in one for other in others)]
    asked: Json = {
        "questions": [one for one in dict.fromkeys((*questions, *stand)) if not will_pass(one)],
        "unplaced": [],
    }
    if dict(before) != dict(asked):
        await watch.ledger.remember(WHOLE, ON_THE_SITE, asked)
