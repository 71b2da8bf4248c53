"""What may be wrong with the manager's site: each is told once, with its cure and where to put it right.

All else goes on.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from emulator.sites import Column
from functions.showing.links import link_of_question
from functions.showing.page import NAME, show_page
from functions.showing.showing import LOOK_AGAIN, show
from models.facts import Said
from models.showing import Counts, quarter_rows
from models.shown_lists import KEY, NEEDS_YOU, PROMISES, QUARTER, SHOWN_LISTS, peoples_columns
from tests.stories.stage import SITE, Stage, Wire, made_list, meeting
from tests.stories.test_the_managers_lists import (
    BOARD,
    CHAIR,
    EARLY,
    MANAGER,
    put,
    questions,
    row_of,
    rows,
    run,
    said,
    the_list,
    type_in,
)

MARKUP = '<div class="ExternalClass"><p>The hall&nbsp;was <b>booked.</b></p></div>'


@pytest.fixture
def stage(stage: Stage) -> Stage:
    stage.only(BOARD)
    stage.calendar(EARLY)
    stage.people([MANAGER, CHAIR])
    for one in SHOWN_LISTS:
        put(stage, made_list(one))
    return stage


def take_away(stage: Stage, *names: str) -> None:
    """Somebody deletes lists."""
    site = stage.world.sites[0]
    stage.world.sites[0] = replace(site, lists=tuple(one for one in site.lists if one.name not in names))


def on_the_wire(
    monkeypatch: pytest.MonkeyPatch,
    stage: Stage,
    when: Callable[[httpx.Request], bool],
    what: Callable[[], None],
) -> list[str]:
    """Something happens once, just before the first request that fits; gives every request after it."""
    real, after = Wire.handle_async_request, list[str]()

    async def watched(self: Wire, request: httpx.Request) -> httpx.Response:
        if after or when(request):
            if not after:
                what()
            after.append(f"{request.method} {request.url}")
        return await real(self, request)

    monkeypatch.setattr(Wire, "handle_async_request", watched)
    return after


# --- lists that go, or never were


async def test_a_list_deleted_between_our_read_and_our_write_is_told_and_the_others_go_on(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def writes(request: httpx.Request) -> bool:
        return b"ShownKey" in request.content

    kept = the_list(stage, PROMISES)
    after = on_the_wire(monkeypatch, stage, writes, lambda: take_away(stage, PROMISES))
    await run(stage)
    assert after
    await run(stage)
    [asked] = [one for one in await questions(stage) if f"'{PROMISES}'" in one]
    assert asked.startswith(f"The list '{PROMISES}' is not on the site: run protocol-watch provision")
    [told] = [one for one in rows(stage, NEEDS_YOU) if f"'{PROMISES}'" in one["WhatWeSee"]]
    assert not told.get("Link"), "a list that is gone is no place to go to"
    put(stage, replace(kept, items=()))
    await run(stage)
    await run(stage)
    assert [one for one in rows(stage) if one["Promise"] == "P04"]
    assert not [one for one in await questions(stage) if f"'{PROMISES}'" in one]


async def test_a_list_deleted_between_two_pages_of_it_is_told_and_no_half_of_it_is_believed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.calendar(*(meeting(BOARD, f"Fri 11 Dec 2026 09:{minute:02}") for minute in range(0, 50, 5)))
    await run(stage)
    stage.world.deltas.expire()  # so that it is read whole, in small pages
    real = Wire.handle_async_request

    async def small_pages(self: Wire, request: httpx.Request) -> httpx.Response:
        if f"lists/{PROMISES}/items/delta" in request.url.path:
            if "token" not in request.url.params:
                request = _with_top(request, 3)
            else:
                take_away(stage, PROMISES)
        return await real(self, request)

    monkeypatch.setattr(Wire, "handle_async_request", small_pages)
    await run(stage)
    monkeypatch.setattr(Wire, "handle_async_request", real)
    assert [one for one in await questions(stage) if f"'{PROMISES}' is not on the site" in one]


async def test_lists_that_nobody_made_are_looked_for_once_an_hour_and_nobody_is_asked(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists = [the_list(stage, one.name) for one in SHOWN_LISTS]
    take_away(stage, *(one.name for one in SHOWN_LISTS))
    asked = on_the_wire(monkeypatch, stage, lambda request: "delta" in request.url.path, lambda: None)
    for _ in range(int(LOOK_AGAIN / timedelta(minutes=5))):
        async with stage.watching() as watch:
            await show(watch, stage.clock())
        stage.clock.pass_by(timedelta(minutes=5))
    assert len([one for one in asked if "delta" in one]) == 2, "each of the two once"
    assert await questions(stage) == ()
    for one in lists:
        put(stage, one)
    await run(stage)
    assert rows(stage), "an hour later they are there"


async def test_lists_made_a_moment_ago_are_filled_at_once_by_who_asks_for_the_quarter_too(
    stage: Stage,
) -> None:
    lists = [the_list(stage, one.name) for one in SHOWN_LISTS]
    take_away(stage, *(one.name for one in SHOWN_LISTS))
    await run(stage)
    for one in lists:
        put(stage, one)
    await run(stage, quarters=())
    assert rows(stage)


async def test_what_is_asked_of_the_quarters_list_stands_until_that_list_is_looked_at_again(
    stage: Stage,
) -> None:
    quarters = quarter_rows([("P04", "2026/27-Q3", Counts(kept=7))], stage.book.agreement)
    there = the_list(stage, QUARTER)
    put(stage, replace(there, columns=tuple(one for one in there.columns if one.name != "Kept")))
    await run(stage, quarters=quarters)
    assert [one for one in await questions(stage) if "'Kept'" in one]
    await run(stage)  # five minutes later, without the quarter
    assert [one for one in await questions(stage) if "'Kept'" in one]
    put(stage, there)
    await run(stage, quarters=quarters)
    assert not [one for one in await questions(stage) if "'Kept'" in one]
    assert [one["Kept"] for one in rows(stage, QUARTER)] == ["7"]


# --- the page


async def test_a_page_that_somebody_has_checked_out_is_told_and_written_when_it_is_back(stage: Stage) -> None:
    await run(stage)
    async with stage.watching() as watch:
        await show_page(watch, stage.clock())
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 10:30", uid="early"))
    await run(stage)
    stage.world.faults.answer("PATCH .*horizontalSections", 423, times=2)
    async with stage.watching() as watch:
        assert await show_page(watch, stage.clock())
        assert await show_page(watch, stage.clock()), "it may be back"
    [told] = [one for one in await questions(stage) if "the page" in one]
    assert NAME in told
    async with stage.watching() as watch:
        assert await show_page(watch, stage.clock())
        assert not await show_page(watch, stage.clock())
    assert not [one for one in await questions(stage) if "the page" in one]
    [page] = [one for one in stage.world.sites[0].pages if one.content["name"] == NAME]
    assert page.published
    assert "at risk" not in str(page.content)


# --- rows and values


async def test_a_row_that_nobody_understands_leads_to_that_row_and_the_others_count(stage: Stage) -> None:
    stage.calendar(EARLY, meeting(BOARD, "Mon 9 Nov 2026 10:00", uid="next"))
    stage.papers(
        {"Group": BOARD, "MeetingDate": "2026-11-09", "SentOn": "2026-10-28T09:00:00Z"},
        {"Group": BOARD, "MeetingDate": "next Friday", "SentOn": "soon"},
    )
    await run(stage)
    await run(stage)
    [told] = [one for one in rows(stage, NEEDS_YOU) if "Row 2 of the list 'Papers'" in one["WhatWeSee"]]
    assert told["Link"] == f"{SITE}/Lists/Papers/DispForm.aspx?ID=2"
    assert "write it as 2026-11-27" in told["WhatWeSee"]
    assert [one for one in rows(stage) if one["Promise"] == "P04"], "all else goes on"


async def test_contacts_that_can_not_be_used_lead_to_their_row(stage: Stage) -> None:
    stage.people([MANAGER, replace(CHAIR, address="no address")])
    stage.sender = "send.partnership@council.example"
    await run(stage)
    await run(stage)
    told = [one for one in rows(stage, NEEDS_YOU) if "Row 2 of the list 'Contacts'" in one["WhatWeSee"]]
    assert [one["Link"] for one in told] == [f"{SITE}/Lists/Contacts/DispForm.aspx?ID=2"]
    assert "no address" not in told[0]["WhatWeSee"]


LINKS = [
    ("Row 7 of the list 'Venues' has no date in 'Asked on'.", "/Lists/Venues/DispForm.aspx?ID=7"),
    ("Rows 3 and 12 of the list 'Promises' have one reference.", "/Lists/Promises/DispForm.aspx?ID=12"),
    ("Row 4 of the Papers list (2 November) is for Board.", "/Lists/Our%20papers/DispForm.aspx?ID=4"),
    ("We may not have changed row 9 of the list 'Needs you'.", "/Lists/Needs%20you/DispForm.aspx?ID=9"),
    ("The list 'Forum reps' has no column 'Role'.", "/Lists/Forum%20reps/AllItems.aspx"),
    ("3 more rows of the list 'Venues' could not be understood.", "/Lists/Venues/AllItems.aspx"),
    ("The list 'Venues' is not on the site: run provision.", ""),
    ("Which group is this?", ""),
    ("The list of rooms can't be read.", ""),
]


@pytest.mark.parametrize(("question", "leads_to"), LINKS, ids=[one for one, _ in LINKS])
def test_what_we_ask_leads_to_where_it_is_put_right(question: str, leads_to: str) -> None:
    expected = f"{SITE}{leads_to}" if leads_to else ""
    assert link_of_question(SITE, question, papers="Our papers") == expected
    assert link_of_question("council.sharepoint.example,a,b", question) == "", "an id leads nowhere"


@pytest.mark.parametrize("given", [{"LookupId": 5}, {"LookupId": 5, "LookupValue": ""}, {}, None])
async def test_a_lookup_whose_row_is_gone_is_as_nothing(
    stage: Stage, given: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await run(stage)
    loosened(stage)
    type_in(stage, row_of(stage, "P04"), Reason=given, Agree=given, Wrong="The room was another.")
    await run(stage)
    assert [(one.said, one.text) for one in await said(stage)] == [(Said.CONTEST, "The room was another.")]


def loosened(stage: Stage) -> None:
    """Somebody made people's columns anew, of a kind that holds anything."""
    there = the_list(stage, PROMISES)
    loose = [Column(one, "note", one) for one in peoples_columns(PROMISES)]
    ours = [one for one in there.columns if one.name not in peoples_columns(PROMISES)]
    put(stage, replace(there, columns=(*ours, *loose)))


async def test_html_in_every_text_column_becomes_words_and_no_harm(stage: Stage) -> None:
    await run(stage)
    type_in(stage, row_of(stage, "P04"), Reason=MARKUP, Wrong=MARKUP, Agree=MARKUP, Ruling=MARKUP)
    await run(stage)
    heard = await said(stage)
    assert {one.said for one in heard} == {Said.REASON, Said.CONTEST}
    assert {one.text for one in heard} == {"The hall was booked."}
    asked = await questions(stage)
    assert len([one for one in asked if one.startswith("Row ") and "choose" in one]) == 2
    await run(stage)
    ours = {name: value for row in _ours(stage) for name, value in row.items() if "<" in str(value)}
    assert not ours


def _ours(stage: Stage) -> list[dict[str, Any]]:
    shown = [row for name in (PROMISES, NEEDS_YOU) for row in rows(stage, name)]
    return [{k: v for k, v in row.items() if k not in peoples_columns(PROMISES)} for row in shown]


async def test_markup_typed_into_our_own_columns_is_put_back(stage: Stage) -> None:
    await run(stage)
    before = dict(row_of(stage, "P04").fields)
    texts = [one.name for one in the_list(stage, PROMISES).columns if one.kind == "text"]
    ours = [one for one in texts if one not in (*peoples_columns(PROMISES), KEY)]
    type_in(stage, row_of(stage, "P04"), **dict.fromkeys(set(ours) - {"Promise"}, MARKUP))
    await run(stage)
    await run(stage)
    after = row_of(stage, "P04").fields
    assert {name: after.get(name) or "" for name in ours} == {name: before.get(name) or "" for name in ours}


async def test_two_rows_of_papers_for_one_meeting_lose_nothing_that_was_said(stage: Stage) -> None:
    stage.calendar(meeting(BOARD, "Fri 13 Nov 2026 10:00", uid="papers"))
    sent = {"Group": BOARD, "MeetingDate": "2026-11-13", "SentOn": "2026-11-02T09:00:00Z"}
    nothing = {"Group": BOARD, "MeetingDate": "2026-11-13"}
    shown = []
    for papers in ((sent,), (sent, nothing), (nothing, sent), (nothing,)):
        stage.papers(*papers)
        await run(stage)
        shown.append([(one["State"], one["WhatWeSee"]) for one in rows(stage) if one["Promise"] == "P01"])
    assert shown[0] == shown[1] == shown[2] != shown[3]


async def test_a_register_list_over_the_threshold_is_read_by_pages(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [{"Group": BOARD, "MeetingDate": "2026-10-01", "SentOn": "2026-09-01T09:00:00Z"}] * 5_200
    stage.papers(*many, {"Group": BOARD, "MeetingDate": "someday"})
    asked = on_the_wire(monkeypatch, stage, lambda request: "Papers/items" in request.url.path, lambda: None)
    await run(stage)
    assert not [one for one in asked if "filter" in one or "orderby" in one]
    assert len([one for one in asked if "Papers/items" in one]) <= 2 * 6
    assert [one for one in await questions(stage) if "Row 5201 of the list 'Papers'" in one]


def _with_top(request: httpx.Request, top: int) -> httpx.Request:
    url = request.url.copy_set_param("$top", str(top))
    return httpx.Request(request.method, url, headers=request.headers, content=request.content)
