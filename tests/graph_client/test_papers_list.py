"""The papers list is read as people fill it in, and a row that can't be understood says how to mend it."""

from datetime import date

import httpx
import pytest

from graph_client.errors import NotThere, PersonMustAct
from graph_client.papers_list import COLUMNS, read_papers
from graph_client.sites import address_of
from tests.graph_client.conftest import GRAPH

SITE = "https://council.sharepoint.example/sites/send-partnership"
SITE_ID = (
    "council.sharepoint.example,1f0c6d1e-5a7b-4c2d-9e8f-10a2b3c4d5e6,2f0c6d1e-5a7b-4c2d-9e8f-10a2b3c4d5e6"
)


def row(number=1, **fields):
    return {"id": str(number), "fields": {"Group": "Board", "MeetingDate": "2026-11-27"} | fields}


@pytest.fixture
def rows_of(opened, wire):
    async def read(*rows):
        tenant = await opened(wire({"value": list(rows)}))
        return await read_papers(tenant, SITE_ID, "Papers")

    return read


async def test_the_site_is_found_by_its_address_and_asked_for_once(opened, wire):
    here = wire({"id": SITE_ID, "displayName": "SEND"}, {"value": [row()]})
    tenant = await opened(here)
    for _ in range(2):
        read = await read_papers(tenant, SITE, "Papers")
    assert len(read.rows) == 1
    first, second, third = here.asked
    assert str(first.url) == f"{GRAPH}/sites/council.sharepoint.example:/sites/send-partnership"
    assert second.url.path == third.url.path == f"/v1.0/sites/{SITE_ID}/lists/Papers/items"
    assert second.url.params["$expand"] == f"fields($select={','.join(COLUMNS)})"


@pytest.mark.parametrize(
    ("site", "host", "path"),
    [
        (SITE, "council.sharepoint.example", "sites/send-partnership"),
        (SITE + "/", "council.sharepoint.example", "sites/send-partnership"),
        (
            "council.sharepoint.example:/sites/send-partnership",
            "council.sharepoint.example",
            "sites/send-partnership",
        ),
        (
            "council.sharepoint.example:/sites/send-partnership:",
            "council.sharepoint.example",
            "sites/send-partnership",
        ),
        ("council.sharepoint.example/sites/SEND%20board", "council.sharepoint.example", "sites/SEND board"),
        ("https://council.sharepoint.example", "council.sharepoint.example", ""),
    ],
)
def test_a_site_in_every_way_that_people_paste_it(site, host, path):
    assert address_of(site) == (host, path)


@pytest.mark.parametrize(
    ("sent", "moment"),
    [
        ("2026-11-20", "2026-11-20 00:00 GMT"),
        ("2026-06-15", "2026-06-15 00:00 BST"),
        ("2026-06-14T23:00:00Z", "2026-06-15 00:00 BST"),  # a date-only column of a site in London
        ("2026-06-15T07:00:00Z", "2026-06-15 08:00 BST"),  # of a site in the default American zone
        ("2026-11-20T16:40:00+00:00", "2026-11-20 16:40 GMT"),
        ("2026-11-20T16:40:00.1234567Z", "2026-11-20 16:40 GMT"),
        ("2026-06-15T16:40:00", "2026-06-15 17:40 BST"),  # Graph's times without offset are UTC
    ],
)
async def test_when_papers_went_out(rows_of, sent, moment):
    (found,) = (await rows_of(row(SentOn=sent))).rows
    assert f"{found.sent_on:%Y-%m-%d %H:%M %Z}" == moment


async def test_a_whole_row(rows_of):
    full = row(
        7,
        Title="Papers for the Board",
        MeetingKey="ABCDEFGHIJKLMNOPQRST",
        SentOn=None,
        ComingOn="2026-11-24",
        NoPapers=True,
        Link={"Description": "Papers", "Url": "https://council.sharepoint.example/Papers"},
    )
    (found,) = (await rows_of(full)).rows
    assert found.row == "7"
    assert found.title == "Papers for the Board"
    assert found.group == "Board"
    assert found.meeting_date == date(2026, 11, 27)
    assert found.meeting_key == "abcdefghijklmnopqrst"
    assert (found.sent_on, found.coming_on, found.no_papers) == (None, date(2026, 11, 24), True)
    assert found.link == "https://council.sharepoint.example/Papers"


@pytest.mark.parametrize(
    ("box", "ticked"), [(True, True), ("Yes", True), (0, False), (None, False), ("", False)]
)
async def test_no_papers_this_time(rows_of, box, ticked):
    assert (await rows_of(row(NoPapers=box))).rows[0].no_papers is ticked


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"SentOn": "last Friday"},
            "Row 3 of the list 'Papers' has no date in SentOn: write it as 2026-11-27.",
        ),
        ({"MeetingDate": "27/11/2026"}, "has no date in MeetingDate"),
        ({"ComingOn": 5}, "has no date in ComingOn"),
        ({"NoPapers": "perhaps"}, "neither yes nor no in NoPapers"),
        ({"MeetingDate": ""}, "does not say which meeting it is for: fill in MeetingDate"),
        ({"SentOn": "0001-01-01T00:00:00+14:00"}, "no date in SentOn"),
    ],
)
async def test_a_row_that_cannot_be_understood_says_how_to_mend_it(rows_of, fields, said):
    read = await rows_of(row(1), row(3, **fields), row(4))
    assert [found.row for found in read.rows] == ["1", "4"]
    (sentence,) = read.unreadable
    assert said in sentence
    assert sentence.startswith("Row 3 of the list 'Papers' ")


async def test_a_key_without_a_date_is_enough(rows_of):
    (found,) = (await rows_of(row(MeetingDate="", MeetingKey="abc"))).rows
    assert found.meeting_date is None


async def test_rubbish_among_the_rows_is_told(rows_of):
    read = await rows_of("rubbish", {"fields": {}}, row(2))
    assert len(read.rows) == 1
    assert len(read.unreadable) == 2


async def test_a_site_without_rights_and_a_list_that_is_not_there(opened, wire):
    denied = httpx.Response(403, json={"error": {"code": "accessDenied", "message": "Access denied"}})
    with pytest.raises(PersonMustAct, match=r"Sites\.Selected"):
        await read_papers(await opened(wire(denied)), SITE, "Papers")
    missing = httpx.Response(404, json={"error": {"code": "itemNotFound", "message": ""}})
    with pytest.raises(NotThere, match="the list 'Papers'"):
        await read_papers(await opened(wire(missing)), SITE_ID, "Papers")
