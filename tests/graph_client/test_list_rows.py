"""Any list is read by its columns, and later only what changed; a place that was lost is read afresh, once."""

from dataclasses import replace
from datetime import datetime

import httpx
import pytest

from emulator.sites import Item
from graph_client.errors import AnswerUnusable, NotThere, ReadAfresh
from graph_client.list_columns import read_columns
from graph_client.list_rows import changed_rows, read_rows
from models.days import LONDON
from tests.graph_client.emulated import SITE, InProcess, county

COLUMNS = ("Title", "Group", "MeetingDate")
ID = "council.sharepoint.example,11111111-1111-1111-1111-111111111111,22222222-2222-2222-2222-222222222222"


@pytest.fixture
def world():
    return county()


@pytest.fixture
async def tenant(opened, world):
    from graph_client.tokens import FixedToken

    here = InProcess(world)
    return await opened(here, tokens=FixedToken(here.bearer))


def papers(world, *items):
    world.sites = [
        replace(
            site,
            lists=tuple(replace(one, items=items) if one.name == "Papers" else one for one in site.lists),
        )
        for site in world.sites
    ]


def row(number, title, version=1):
    return Item(number, {"Title": title, "Group": "SEND Partnership Board"}, version)


async def test_rows_come_with_their_tag_and_only_the_columns_asked(tenant, world):
    papers(world, row(1, "Agenda"), row(2, "Minutes", 4))
    read = await read_rows(tenant, SITE, "Papers", COLUMNS)
    assert [one.fields for one in read.rows] == [
        {"Title": "Agenda", "Group": "SEND Partnership Board"},
        {"Title": "Minutes", "Group": "SEND Partnership Board"},
    ]
    assert read.rows[1].tag.endswith(',4"')
    assert read.rows[0].changed_at == datetime(2026, 8, 3, 10, 0, tzinfo=LONDON)
    assert read.whole
    assert not read.unreadable


async def test_thousands_of_rows_come_in_pages(tenant, world):
    papers(world, *(row(number, f"Row {number}") for number in range(1, 2502)))
    assert len((await read_rows(tenant, SITE, "Papers", COLUMNS)).rows) == 2501


async def test_after_a_first_round_only_changes_come(tenant, world):
    papers(world, row(1, "Agenda"), row(2, "Minutes"), row(3, "Plan"))
    first = await changed_rows(tenant, SITE, "Papers", COLUMNS)
    assert (first.whole, len(first.rows), first.gone) == (True, 3, frozenset())
    papers(world, row(1, "Agenda"), row(2, "Minutes, corrected", 2))
    second = await changed_rows(tenant, SITE, "Papers", COLUMNS, first.link)
    assert not second.whole
    assert [one.fields["Title"] for one in second.rows] == ["Minutes, corrected"]
    assert second.gone == {"3"}
    third = await changed_rows(tenant, SITE, "Papers", COLUMNS, second.link)
    assert (third.rows, third.gone) == ((), frozenset())
    assert "token" not in repr(third)


async def test_a_forgotten_place_is_read_afresh(tenant, world):
    papers(world, row(1, "Agenda"))
    first = await changed_rows(tenant, SITE, "Papers", COLUMNS)
    world.deltas.expire()
    papers(world, row(2, "Minutes"))
    again = await changed_rows(tenant, SITE, "Papers", COLUMNS, first.link)
    assert again.whole
    assert [one.id for one in again.rows] == ["2"]


def lost(status, code=""):
    return httpx.Response(status, json={"error": {"code": code, "message": "x"}})


def ended(*entries, link="https://graph.council.example/v1.0/next?token=2"):
    return {"value": list(entries), "@odata.deltaLink": link}


LINK = "https://graph.council.example/v1.0/sites/x/lists/Papers/items/delta?token=1"


@pytest.mark.parametrize(
    "answer",
    [lost(410), lost(410, "resyncRequired"), lost(400, "syncStateNotFound"), lost(404, "ResyncRequired")],
)
async def test_every_way_of_losing_our_place_is_read_afresh_once(opened, wire, answer):
    here = wire(answer, ended({"id": "1", "fields": {}}))
    read = await changed_rows(await opened(here), ID, "Papers", COLUMNS, LINK)
    assert read.whole
    assert [str(asked.url) == LINK for asked in here.asked] == [True, False]
    here = wire(answer)
    with pytest.raises(ReadAfresh):
        await changed_rows(await opened(here), ID, "Papers", COLUMNS, LINK)
    assert len(here.asked) == 2


async def test_a_link_to_somewhere_else_is_not_followed(opened, wire):
    here = wire(ended())
    read = await changed_rows(
        await opened(here), ID, "Papers", COLUMNS, "https://elsewhere.example/v1.0/delta"
    )
    assert read.whole
    assert here.asked[0].url.host == "graph.council.example"


async def test_of_a_row_that_came_twice_the_last_counts(opened, wire):
    gone = {"id": "1", "deleted": {}}
    here = wire(ended({"id": "1", "fields": {"Title": "a"}}, {"id": "2", "fields": {}}, gone, {"id": "2"}))
    read = await changed_rows(await opened(here), ID, "Papers", COLUMNS, LINK)
    assert read.gone == {"1"}
    assert [one.id for one in read.rows] == ["2"]


async def test_a_round_without_an_end_is_not_taken_for_the_whole(opened, wire):
    with pytest.raises(AnswerUnusable, match="link for the next time"):
        await changed_rows(await opened(wire({"value": []})), ID, "Papers", COLUMNS)


async def test_an_odd_row_is_told_and_the_rest_is_read(opened, wire):
    here = wire({"value": [{"fields": {}}, "rubbish", {"id": 3, "fields": {"Title": "x"}}]})
    read = await read_rows(await opened(here), ID, "Papers", COLUMNS)
    assert [one.id for one in read.rows] == ["3"]
    assert len(read.unreadable) == 2
    assert "'Papers'" in read.unreadable[0]
    here = wire(ended({"fields": {}}, "rubbish", {"id": 3}))
    assert len((await changed_rows(await opened(here), ID, "Papers", COLUMNS)).unreadable) == 2


async def test_a_list_that_is_not_there(tenant):
    with pytest.raises(NotThere, match="'Minutes'"):
        await read_rows(tenant, SITE, "Minutes", COLUMNS)


async def test_columns_have_two_names_and_a_kind(tenant):
    read = await read_columns(tenant, SITE, "Papers")
    kinds = {column.name: column.kind for column in read.columns}
    assert kinds["Title"] == "text"
    assert kinds["NoPapers"] == "boolean"
    assert not read.unreadable


async def test_an_odd_column_is_told(opened, wire):
    here = wire({"value": [{"displayName": "x"}, {"name": "A", "indexed": True, "dateTime": {}}]})
    read = await read_columns(await opened(here), ID, "Papers")
    [column] = read.columns
    assert (column.name, column.title, column.kind, column.indexed) == ("A", "A", "dateTime", True)
    assert len(read.unreadable) == 1
