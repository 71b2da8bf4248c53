"""The manager opens SharePoint: what is not plain kept stands there, and what is typed there is heard, once."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from emulator.sites import Column, Item, SharePointList
from functions.flow import daily, deliver, sweep
from functions.keeping.erasing import erase
from functions.keeping.person import Person, held_about
from functions.saved import statement_back
from functions.showing.page import NAME, show_page
from functions.showing.quarters import quarters_shown
from functions.showing.showing import MOST, Shown, show
from functions.telling.needs import needs_of
from models.facts import Said, Statement
from models.people import Contact
from models.showing import Counts, quarter_rows
from models.shown_lists import KEY, NEEDS_YOU, PROMISES, QUARTER, SHOWN_LISTS, our_columns, peoples_columns
from models.statements import standing as standing_of
from tests.stories.stage import Stage, Wire, made_list, meeting
from wording.held_about import Row
from wording.held_text import erased_json, erased_text, held_text

BOARD = "SEND Partnership Board"
EARLY = meeting(BOARD, "Fri 11 Dec 2026 09:30", uid="early")
MANAGER = Contact(role="Partnership manager", partner="council", address="manager@council.example")
CHAIR = Contact(role="Forum chair", partner="forum", address="chair@forum.example")


@pytest.fixture
def stage(stage: Stage) -> Stage:
    stage.only(BOARD)
    stage.calendar(EARLY)
    stage.people([MANAGER, CHAIR])
    for one in SHOWN_LISTS:
        put(stage, made_list(one))
    return stage


def put(stage: Stage, changed: SharePointList) -> None:
    stage.world.sites[0] = stage.world.sites[0].with_list(changed)


def the_list(stage: Stage, name: str) -> SharePointList:
    return next(one for one in stage.world.sites[0].lists if one.name == name)


def rows(stage: Stage, name: str = PROMISES) -> list[dict[str, Any]]:
    return [dict(item.fields) for item in the_list(stage, name).items]


def row_of(stage: Stage, promise: str) -> Item:
    [item] = [one for one in the_list(stage, PROMISES).items if one.fields.get("Promise") == promise]
    return item


def type_in(stage: Stage, item: Item, by: str = MANAGER.address, **fields: object) -> None:
    """Somebody saves a row."""
    there = the_list(stage, PROMISES)
    now = there.item(item.id)
    assert now is not None
    stage.clock.pass_by(timedelta(seconds=1))  # each save has its own moment
    new = replace(
        now, fields={**now.fields, **fields}, version=now.version + 1, modified=stage.clock(), by=by
    )
    put(stage, there.with_item(new))


async def run(stage: Stage, **how: Any) -> Shown:
    async with stage.watching() as watch:
        await daily(watch, await sweep(watch, stage.clock()), stage.clock())
        await deliver(watch, stage.clock())
        return await show(watch, stage.clock(), **how)


async def said(stage: Stage) -> tuple[Statement, ...]:
    async with stage.watching() as watch:
        return tuple(statement_back(one.value) for one in await watch.ledger.statements(BOARD))


async def questions(stage: Stage) -> tuple[str, ...]:
    async with stage.watching() as watch:
        return (await needs_of(watch.ledger, watch.book, observing=False)).questions


def with_keys(shown: Iterable[dict[str, Any]]) -> set[str]:
    return {str(row[KEY]) for row in shown}


async def test_what_is_not_plain_kept_is_one_row_with_its_facts(stage: Stage) -> None:
    await run(stage)
    row = row_of(stage, "P04").fields
    assert row["Title"] == f"{BOARD}: P04"
    assert (row["Clause"], row["Group"], row["MeetingDate"]) == ("4.2", BOARD, "2026-12-11")
    assert row["State"] == "at risk"
    assert "9:30am" in row["WhatWeSee"]
    assert row[KEY].endswith(row[KEY].split("/")[-1])
    assert not [one for one in rows(stage) if one["State"] in ("kept", "not in scope")]


async def test_rows_are_the_findings_recounted(stage: Stage) -> None:
    async with stage.watching() as watch:
        swept = await daily(watch, await sweep(watch, stage.clock()), stage.clock())
        await show(watch, stage.clock())
        on = watch.book.agreement.promises_on
    counted = {
        one.key
        for one in swept.findings
        if one.promise in on and one.state.value not in ("kept", "not in scope")
    }
    assert counted
    assert with_keys(rows(stage)) == counted


async def test_a_second_look_writes_nothing(stage: Stage) -> None:
    assert (await run(stage)).written > 0
    before = stage.world.sites[0]
    assert (await run(stage)).written == 0
    assert stage.world.sites[0] == before


async def test_a_meeting_that_was_put_right_leaves_the_list(stage: Stage) -> None:
    await run(stage)
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 10:30", uid="early"))
    await run(stage)
    assert not [one for one in rows(stage) if one["Promise"] == "P04"]


async def test_a_reason_typed_there_is_said_once_by_a_role(stage: Stage) -> None:
    await run(stage)
    type_in(stage, row_of(stage, "P04"), Reason="<div>The hall was booked.</div>")
    await run(stage)
    [one] = await said(stage)
    assert (one.said, one.promise, one.text) == (Said.REASON, "P04", "The hall was booked.")
    assert (one.role, one.partner, one.proved) == (MANAGER.role, "council", "register")
    await run(stage)
    await run(stage)
    assert len(await said(stage)) == 1
    row = row_of(stage, "P04").fields
    assert row["ReasonGiven"] == "The hall was booked."
    assert row["Reason"] == "<div>The hall was booked.</div>", "theirs is never written"


async def test_words_that_are_changed_or_cleared_take_back_what_stood_there(stage: Stage) -> None:
    await run(stage)
    type_in(stage, row_of(stage, "P04"), Reason="One")
    await run(stage)
    type_in(stage, row_of(stage, "P04"), Reason="Two")
    await run(stage)
    type_in(stage, row_of(stage, "P04"), Reason="")
    await run(stage)
    type_in(stage, row_of(stage, "P04"), Reason="One")
    await run(stage)
    heard = await said(stage)
    assert [each.text for each in heard if not each.undoes] == ["One", "Two", "One"]
    assert [each.text for each in standing_of(heard)] == ["One"], "the last word alone stands"
    assert len({each.id for each in heard}) == len(heard)


async def test_a_yes_counts_for_the_partner_who_gave_it(stage: Stage) -> None:
    await run(stage)
    type_in(stage, row_of(stage, "P04"), by="stranger@council.example", Agree="Yes")
    await run(stage)
    assert await said(stage) == ()
    assert any("can't tell for which partner" in one for one in await questions(stage))
    type_in(stage, row_of(stage, "P04"), Agree="Yes")
    await run(stage)
    assert [one.partner for one in await said(stage)] == ["council"]
    assert "AgreedByForum" not in row_of(stage, "P04").fields
    type_in(stage, row_of(stage, "P04"), AgreedByForum="Yes")  # typed by the council
    await run(stage)
    assert not row_of(stage, "P04").fields.get("AgreedByForum"), "only the forum's own answer fills it in"
    assert row_of(stage, "P04").fields["AgreedBy"] == "council"


async def test_this_is_wrong_is_being_checked_and_stands_in_needs_you(stage: Stage) -> None:
    await run(stage)
    type_in(stage, row_of(stage, "P04"), Wrong="The clock was wrong.")
    await run(stage)
    await run(stage)
    [row] = [one for one in rows(stage, NEEDS_YOU) if one["Sort"] == "a check"]
    assert row["Group"] == BOARD
    assert row["Link"].startswith("https://council.sharepoint.example/sites/send-partnership/Lists/Promises/")
    type_in(stage, row_of(stage, "P04"), Ruling="our mistake")
    await run(stage)
    await run(stage)
    assert not [one for one in rows(stage) if one["Promise"] == "P04"]
    assert not [one for one in rows(stage, NEEDS_YOU) if one["Sort"] == "a check"]


async def test_a_private_meeting_shows_date_type_and_state_alone(stage: Stage) -> None:
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:30", uid="early", sensitivity="private"))
    await run(stage)
    shown = [one for one in rows(stage) if one.get("MeetingDate") == "2026-12-11"]
    for row in shown:
        assert set(row) <= {"Title", "MeetingDate", "State", "Promise", "Clause", KEY}
        assert BOARD not in str(row)


async def test_after_one_changed_meeting_at_most_five_requests(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = Wire.handle_async_request

    async def noted(self: Wire, request: httpx.Request) -> httpx.Response:
        asked.append(f"{request.method} {request.url}")
        return await real(self, request)

    monkeypatch.setattr(Wire, "handle_async_request", noted)
    stage.calendar(EARLY, meeting(BOARD, "Fri 8 Jan 2027 10:30", uid="later"))
    await run(stage)
    stage.calendar(EARLY, meeting(BOARD, "Fri 8 Jan 2027 09:00", uid="later"))
    async with stage.watching() as watch:
        await sweep(watch, stage.clock())
        watch.tenant.site_ids.clear()
        asked.clear()
        await show(watch, stage.clock())
    assert len([one for one in rows(stage) if one["Promise"] == "P04"]) == 2
    assert len(asked) <= 5, asked


async def test_quarters_are_counts_with_few_as_words(stage: Stage) -> None:
    few, many = Counts(kept=2, explained=1), Counts(kept=7, agreed_change=2, cannot_tell=1)
    counted = [("P04", "2026/27-Q3", few), ("P05", "2026/27-Q3", many), ("P99", "2026/27-Q3", many)]
    await run(stage, quarters=quarter_rows(counted, stage.book.agreement))
    shown = {row["PromiseId"]: row for row in rows(stage, QUARTER)}
    assert set(shown) == {"P04", "P05"}
    assert (shown["P04"]["Kept"], shown["P04"]["Explained"], shown["P04"]["OutOf"]) == ("two", "one", "three")
    assert (shown["P05"]["Kept"], shown["P05"]["AgreedChange"], shown["P05"]["OutOf"]) == ("7", "2", "10")
    assert BOARD not in str(shown)


async def test_quarters_are_what_is_on_record_of_meetings_that_were_held(stage: Stage) -> None:
    stage.clock.pass_by(
        timedelta(days=42)
    )  # Monday 14 December 2026: the meeting was held, early, on the 11th
    async with stage.watching() as watch:
        await daily(watch, await sweep(watch, stage.clock()), stage.clock())
        quarters = await quarters_shown(watch, stage.clock())
        await show(watch, stage.clock(), quarters=quarters)
    held = [one for one in rows(stage, QUARTER) if one["PromiseId"] == "P04"]
    assert [(one["Quarter"], one["Missed"], one["Kept"], one["OutOf"]) for one in held] == [
        ("2026/27-Q3", "one", "none", "one")
    ]


async def test_ours_and_theirs_never_share_a_column() -> None:
    for one in SHOWN_LISTS:
        assert not set(our_columns(one.name)) & set(peoples_columns(one.name))
        assert KEY in our_columns(one.name)
    assert MOST * 2 < 1250


async def test_the_page_has_counts_and_no_single_group_and_is_written_only_when_it_changed(
    stage: Stage,
) -> None:
    await run(stage)
    async with stage.watching() as watch:
        assert await show_page(watch, stage.clock())
        assert not await show_page(watch, stage.clock())
    [page] = [one for one in stage.world.sites[0].pages if one.content["name"] == NAME]
    assert page.published
    shown = str(page.content)
    assert BOARD not in shown
    assert "at risk" in shown
    assert "Monday 2 November 2026" in shown
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 10:30", uid="early"))
    await run(stage)
    async with stage.watching() as watch:
        assert await show_page(watch, stage.clock())
    [page] = [one for one in stage.world.sites[0].pages if one.content["name"] == NAME]
    assert "All promises that are on look kept" in str(page.content) or "at risk" not in str(page.content)


async def test_without_the_right_to_pages_it_is_said_once_and_the_lists_do_the_job(stage: Stage) -> None:
    stage.world.faults.answer("pages", 403, times=10_000)
    await run(stage)
    async with stage.watching() as watch:
        assert await show_page(watch, stage.clock())
        assert not await show_page(watch, stage.clock()), "it is not tried again for nothing"
    assert rows(stage)
    assert len([one for one in await questions(stage) if "the page" in one]) == 1


# --- bad days on the site


async def test_a_list_that_is_deleted_is_told_and_made_anew_whole(stage: Stage) -> None:
    await run(stage)
    many = len(rows(stage))
    gone = the_list(stage, PROMISES)
    site = stage.world.sites[0]
    stage.world.sites[0] = replace(site, lists=tuple(one for one in site.lists if one.name != PROMISES))
    await run(stage)
    [told] = [one for one in await questions(stage) if "'Promises'" in one]
    assert told.startswith("The list 'Promises' is not on the site")
    await run(stage)
    assert len([one for one in await questions(stage) if "'Promises'" in one]) == 1
    put(stage, replace(gone, items=(), highest_id=gone.highest_id))
    await run(stage)
    assert len(rows(stage)) == many
    assert not [one for one in await questions(stage) if "'Promises'" in one]


@pytest.mark.parametrize("how", ["deleted", "retyped"])
async def test_a_column_that_was_deleted_or_made_anew_is_told_with_its_cure(stage: Stage, how: str) -> None:
    await run(stage)
    there = the_list(stage, PROMISES)
    columns = [one for one in there.columns if one.name != "State"]
    if how == "retyped":
        columns.append(Column("State", "number", "How it stands"))
    items = tuple(
        replace(one, fields={k: v for k, v in one.fields.items() if k != "State"}, version=one.version + 1)
        for one in there.items
    )
    put(stage, replace(there, columns=tuple(columns), items=items))
    await run(stage)
    told = [one for one in await questions(stage) if "How it stands" in one]
    assert len(told) == 1
    assert "provision" in told[0]
    put(stage, replace(there, items=the_list(stage, PROMISES).items))
    await run(stage)
    assert row_of(stage, "P04").fields["State"] == "at risk"


async def test_a_column_that_was_renamed_is_the_same_column(stage: Stage) -> None:
    there = the_list(stage, PROMISES)
    renamed = tuple(
        replace(one, title="Where we are") if one.name == "State" else one for one in there.columns
    )
    put(stage, replace(there, columns=renamed))
    await run(stage)
    assert row_of(stage, "P04").fields["State"] == "at risk"


async def test_rows_added_by_hand_and_two_of_one_reference_are_told_and_left(stage: Stage) -> None:
    await run(stage)
    there = the_list(stage, PROMISES)
    ours = row_of(stage, "P04")
    loose = replace(there, columns=tuple(replace(one, unique=False) for one in there.columns))
    loose = loose.with_item(Item(there.next_id(), {"Title": "My own note"}, modified=stage.clock()))
    twin = Item(loose.next_id(), dict(ours.fields), modified=stage.clock())
    put(stage, loose.with_item(twin))
    await run(stage)
    asked = await questions(stage)
    assert any("was added by hand" in one for one in asked)
    assert any(
        f"Rows {ours.id} and {twin.id} of the list 'Promises' have one reference" in one for one in asked
    )
    assert {"Title": "My own note"} in rows(stage)


@pytest.mark.parametrize(
    "hostile", ['=HYPERLINK("http://x.example","y")', "<script>x</script><b>Why</b>", "+1"]
)
async def test_what_people_type_never_becomes_a_formula_in_our_columns(stage: Stage, hostile: str) -> None:
    await run(stage)
    type_in(stage, row_of(stage, "P04"), Reason=hostile)
    await run(stage)
    await run(stage)
    given = row_of(stage, "P04").fields["ReasonGiven"]
    assert given[0] not in "=+-@"
    assert "<b>" not in given


@pytest.mark.parametrize("status", [423, 429, 503, 412])
async def test_what_could_not_be_written_now_is_written_later(stage: Stage, status: int) -> None:
    stage.world.faults.answer("Promises/items", status, times=1)
    await run(stage)
    for _ in range(3):
        await run(stage)
    assert [one for one in rows(stage) if one["Promise"] == "P04"]
    assert len(with_keys(rows(stage))) == len(rows(stage))


async def test_a_save_between_our_read_and_our_write_is_not_lost(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await run(stage)
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:00", uid="early"))
    real = Wire.handle_async_request
    typed = False

    async def with_a_save(self: Wire, request: httpx.Request) -> httpx.Response:
        nonlocal typed
        if b"WhatWeSee" in request.content and not typed:
            typed = True
            type_in(stage, row_of(stage, "P04"), Reason="We moved it.")
        return await real(self, request)

    monkeypatch.setattr(Wire, "handle_async_request", with_a_save)
    await run(stage)
    assert typed
    await run(stage)
    await run(stage)
    assert [one.text for one in await said(stage)] == ["We moved it."]
    assert row_of(stage, "P04").fields["Reason"] == "We moved it."
    assert "9am" in row_of(stage, "P04").fields["WhatWeSee"]


async def test_who_is_named_in_the_lists_is_found_and_is_gone_once_people_mended_their_own_words(
    stage: Stage,
) -> None:
    """A reason that somebody typed names a rep. People's column is never written, and is read while it stands."""
    sam = Person("sam.hill@mail.example", "Sam Hill")
    await run(stage)
    row = row_of(stage, "P04")
    type_in(stage, row, Reason="Sam Hill asked for an early start")
    await run(stage)
    await run(stage)
    assert "Sam Hill" in row_of(stage, "P04").fields["ReasonGiven"]
    there = Row(PROMISES, str(row.id))
    async with stage.watching() as watch:
        held = await held_about(watch, sam)
        assert (held.shown, held.typed, held.unread) == ((there,), (there,), ())
        assert f"Named in the manager's list: {PROMISES}, row {row.id}." in held_text(held)
        done = await erase(watch, sam, stage.clock())
    assert "Please take the name out of these rows, then run this again." in erased_text(done, held)
    assert erased_json(done, held)["rows_to_mend"] == [{"list": PROMISES, "number": str(row.id)}]
    type_in(stage, row, Reason="A rep asked for an early start")
    async with stage.watching() as watch:
        await erase(watch, sam, stage.clock())
    await run(stage)
    await run(stage)
    assert "Sam Hill" not in str(rows(stage))
    async with stage.watching() as watch:
        assert not (await held_about(watch, sam)).anything
