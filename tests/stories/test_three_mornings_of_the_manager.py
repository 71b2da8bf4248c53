"""Three mornings of a partnership manager: the first Tuesday, a Monday with its list, and a quarter's end.

Each reads what came, and opens what it leads to, as the manager would: nobody asks the program how it meant it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import docx

from functions.files import shipped
from functions.quarter_report import from_record
from graph_client.calendar_windows import WindowRead
from graph_client.windows_of_many import read_windows
from models.proposals import propose
from models.quarters import quarter_named
from models.shown_lists import NEEDS_YOU, PROMISES, SHOWN_LISTS
from reading.agreements import read_agreement
from tests.stories.stage import MAILBOX, MANAGERS_FLOW, SITE, Stage, at, made_list, meeting
from tests.stories.test_the_managers_lists import MANAGER, put, rows, run, the_list
from wording.report_document import report_document

BOARD = "SEND Partnership Board"
SERIES = (
    "Officers and Forum monthly catch-up", "Inclusion Task and Finish Group", "SEND Executive Group",
    "SEND Operations Group", BOARD, "Communications Priority Group", "Engagement event",
)  # fmt: skip
ODD = tuple(f"Talk about {one}" for one in (
    "buses", "a leaflet", "the website", "rooms", "short breaks", "a survey", "training", "the budget",
    "a visit", "the newsletter", "parking", "respite", "equipment", "sleep", "swimming", "the summer", "lifts",
))  # fmt: skip
RESULTS = ("kept", "explained", "agreed change", "missed", "missed, reason given", "we can't tell")
JUDGED = (
    BOARD,
    "Inclusion Task and Finish Group",
    "Communications Priority Group",
)  # these have hours promised
IN_WORDS = {"none": 0, "one": 1, "two": 2, "three": 3, "four": 4}


async def test_the_first_tuesday(stage: Stage) -> None:
    """Seven series are proposed, 23 things stand in one list, and nobody but the manager hears."""
    stage.clock.pass_by(at("Tue 3 Nov 2026 09:15") - stage.clock())
    stage.quiet = True
    stage.sender, stage.links = "send.partnership@council.example", True
    stage.people([MANAGER])
    stage.calendar(
        *(meeting(one, day) for one in SERIES for day in ("Tue 10 Nov 2026 09:30", "Tue 1 Dec 2026 09:30")),
        *(meeting(one, "Wed 18 Nov 2026 11:00") for one in ODD),
    )
    agreement = read_agreement(shipped.AGREEMENT)
    today = stage.clock().date()
    async with stage.watching() as watch:
        first, last = today - timedelta(days=31), today + timedelta(days=32)
        read = (await read_windows(watch.tenant, [MAILBOX], first, last))[MAILBOX]
    assert isinstance(read, WindowRead)
    empty = agreement.model_copy(update={"groups": ()})
    proposed = propose(empty, read.meetings, agreement.groups, awaited_in=MAILBOX)
    assert {one.group.name for one in proposed.proposals} == set(SERIES)

    groups = stage.book.agreement.model_copy(update={"groups": proposed.groups})
    stage.book = replace(stage.book, agreement=groups)
    for _ in range(3):
        await stage.run(whole_day=True)
        stage.clock.pass_by(timedelta(minutes=5))
    assert stage.managers_headlines == ["For you: 23 things to look at"]
    assert {post.flow for post in stage.world.posts} == {MANAGERS_FLOW}
    assert stage.mails == []
    [card] = [card for post in stage.world.posts for card in post.cards]
    lines = [str(one["text"]) for one in card["body"][-1]["items"]]  # what *More* opens
    assert sum("Starts before 10am" in line for line in lines) == 2 * len(JUDGED) == 6
    assert set(JUDGED) <= set(lines)
    odd = [line for line in lines if "Talk about" in line]
    [more] = [line for line in lines if line.startswith("And ")]
    assert len(odd) + int(more.split()[1]) == len(ODD) == 17


async def test_a_monday_whose_five_lines_open_their_rows(stage: Stage) -> None:
    """The list in Teams says five things. *Needs you* has a line for each, and each opens the row it is about."""
    stage.quiet = True
    for one in SHOWN_LISTS:
        put(stage, made_list(one))
    stage.people([MANAGER])
    stage.calendar(
        meeting(BOARD, "Fri 11 Dec 2026 09:30"),
        meeting("Inclusion Task and Finish Group", "Wed 16 Dec 2026 15:00"),
        meeting("Communications Priority Group", "Thu 10 Dec 2026 09:00"),
        meeting("Communications Priority Group", "Thu 14 Jan 2027 10:00"),
    )
    stage.papers(
        {"Group": BOARD, "MeetingDate": "2026-12-11", "SentOn": "2026-11-30T09:00:00Z"},
        {"Group": BOARD, "MeetingDate": "next Friday", "SentOn": "2026-11-30T09:00:00Z"},
        {"Group": BOARD, "MeetingDate": "2026-12-11", "SentOn": "soon"},
    )
    await run(stage)
    await run(stage)
    lines = rows(stage, NEEDS_YOU)
    assert stage.managers_headlines == ["For you: 5 things to look at"]
    assert len(lines) == 5
    for line in lines:
        name, [row] = opened(stage, line["Link"])
        if line["Sort"] == "a look":
            assert name == PROMISES
            assert (row["Group"], row["MeetingDate"]) == (line["Group"], line["MeetingDate"])
            assert str(row["WhatWeSee"]) in line["WhatWeSee"]
        else:
            assert name == "Papers"
            wrong = {"next Friday": "MeetingDate", "soon": "SentOn"}
            assert [
                column
                for text, column in wrong.items()
                if row[column] == text and column in line["WhatWeSee"]
            ]
    assert len({line["Link"] for line in lines}) == 5


def opened(stage: Stage, link: str) -> tuple[str, list[dict[str, Any]]]:
    """What SharePoint shows under an address: the list, and those of its rows that a person would see."""
    assert link.startswith(f"{SITE}/Lists/")
    parts = urlsplit(link)
    name, page = unquote(parts.path).split("/")[-2:]
    asked = {key: value for key, [value] in parse_qs(parts.query).items()}
    items = the_list(stage, name).items
    if page == "DispForm.aspx":
        return name, [dict(one.fields) for one in items if one.id == int(asked["ID"])]
    column, value = asked["FilterField1"], asked["FilterValue1"]
    return name, [dict(one.fields) for one in items if one.fields.get(column) == value]


async def test_at_a_quarters_end_every_number_leads_to_its_meetings(stage: Stage) -> None:
    """The Word document alone: each number in it is how many lines of *Every meeting* it is about."""
    stage.only(BOARD)
    stage.calendar(
        meeting(BOARD, "Tue 10 Nov 2026 09:30"),
        meeting(BOARD, "Tue 17 Nov 2026 10:00"),
        meeting(BOARD, "Tue 8 Dec 2026 10:00"),
    )
    stage.papers(
        {"Group": BOARD, "MeetingDate": "2026-11-17", "SentOn": "2026-11-16T09:00:00Z"},
        {"Group": BOARD, "MeetingDate": "2026-12-08", "SentOn": "2026-11-26T09:00:00Z"},
    )
    for _ in range(9):
        await stage.run(whole_day=True)
        stage.clock.pass_by(timedelta(days=7))
    async with stage.watching() as watch:
        quarter = quarter_named("2026/27-Q3", stage.book.agreement.year_starts)
        report = await from_record(watch.ledger, stage.book, quarter, stage.clock())
    tables = list(tables_of(report_document(report)))
    every = tables[-1]
    assert {line["When"] for line in every} == {"Tue 10 Nov 2026", "Tue 17 Nov 2026", "Tue 8 Dec 2026"}

    by_promise = Counter((line["What was promised"], line["What came of it"]) for line in every)
    for told in tables[0]:
        name, _, rest = told["What was promised"].partition(",")  # "Time of day (P04, clause 4.2): …"
        assert rest
        counts = [number(told, one) for one in RESULTS]
        assert counts == [by_promise[f"{name})", one] for one in RESULTS]
        assert number(told, "of how many") == sum(counts) == 3
    assert len(tables[0]) == len({promise for promise, _ in by_promise})

    by_month = Counter((line["When"].split()[2], line["What came of it"]) for line in every)
    [months] = [one for one in tables if "In all" in one[0]]
    [held] = [one for one in tables if "Meetings" in one[0]]
    for told, load in zip(months, held, strict=True):
        month = told["Month"][:3]
        counts = [number(told, one) for one in RESULTS]
        assert counts == [by_month[month, one] for one in RESULTS]
        assert number(told, "in all") == sum(counts)
        days = {line["When"] for line in every if line["When"].split()[2] == month}
        assert (load["Month"], number(load, "meetings")) == (told["Month"], len(days))
    assert by_promise.total() == 9
    assert {"kept", "missed", "we can't tell"} <= {result for _, result in by_promise}


def tables_of(document: bytes) -> Iterator[list[dict[str, str]]]:
    """Each table of a Word document, as its lines by the words over its columns."""
    for table in docx.Document(BytesIO(document)).tables:
        heading, *lines = [[cell.text for cell in row.cells] for row in table.rows]
        yield [dict(zip(heading, line, strict=True)) for line in lines]


def number(told: dict[str, str], column: str) -> int:
    """A number as it is written there: few as a word."""
    [text] = [value for name, value in told.items() if name.casefold() == column]
    return IN_WORDS[text] if text in IN_WORDS else int(text)
