"""Rows are added once, changed only where nobody changed them meanwhile, and never twice by mistake."""

import httpx
import pytest

from graph_client.errors import ChangedMeanwhile, PersonMustAct
from graph_client.lists_written import ensure_list
from graph_client.rows_written import Row, add_row, change_row, delete_row, ensure_row, row_with
from graph_client.tokens import FixedToken
from graph_client.writes_refused import WriteUnsure
from models.register import register_list
from tests.graph_client.emulated import SITE, WHERE, InProcess, county

KEY = "abcd2345abcd2345abcd"
A_ROW = {"Title": "SEND Partnership Board", "MeetingKey": KEY, "MeetingDate": "2026-11-27", "NoPapers": False}


@pytest.fixture
def emulated(opened):
    """A site on which Protocol Watch has made its list of papers itself, so that its key is indexed."""

    async def make():
        here = InProcess(county(lists=False))
        tenant = await opened(here, tokens=FixedToken(here.bearer))
        await ensure_list(tenant, SITE, register_list("Papers"))
        return here, tenant

    return make


def rows(here):
    site = next(each for each in here.world.sites if f"{each.hostname}{each.path}" == WHERE)
    return next(each for each in site.lists if each.name == "Papers").items


async def test_a_row_is_added_changed_and_deleted(opened):
    here = InProcess(county("write"))
    tenant = await opened(here, tokens=FixedToken(here.bearer))
    before = len(rows(here))
    row = await add_row(tenant, SITE, "Papers", A_ROW)
    assert len(rows(here)) == before + 1
    changed = await change_row(tenant, SITE, "Papers", row, {"SentOn": "2026-11-20"})
    assert changed.id == row.id
    assert changed.etag not in ("", row.etag)
    assert rows(here)[-1].fields["SentOn"] == "2026-11-20"
    assert rows(here)[-1].fields["Title"] == "SEND Partnership Board"
    assert await delete_row(tenant, SITE, "Papers", changed)
    assert len(rows(here)) == before
    assert not await delete_row(tenant, SITE, "Papers", changed)


async def test_what_somebody_changed_meanwhile_is_not_overwritten(opened):
    here = InProcess(county("write"))
    tenant = await opened(here, tokens=FixedToken(here.bearer))
    row = await add_row(tenant, SITE, "Papers", A_ROW)
    await change_row(tenant, SITE, "Papers", row, {"SentOn": "2026-11-19"})
    with pytest.raises(ChangedMeanwhile, match=f"Somebody changed row {row.id} of the list 'Papers'"):
        await change_row(tenant, SITE, "Papers", row, {"SentOn": "2026-11-20"})
    with pytest.raises(ChangedMeanwhile):
        await delete_row(tenant, SITE, "Papers", row)
    assert rows(here)[-1].fields["SentOn"] == "2026-11-19"


async def test_nothing_is_changed_without_a_version(opened, wire):
    here = wire({})
    with pytest.raises(ValueError, match="without its version"):
        await change_row(await opened(here), "h,a,b", "Papers", Row("5", ""), {"SentOn": "2026-11-20"})
    assert here.asked == []


async def test_an_answer_without_a_version_still_tells_the_number(opened, wire, shared):
    body = (shared / "data/graph_samples/listitem_created.json").read_bytes()
    row = await add_row(await opened(wire(httpx.Response(201, content=body))), "h,a,b", "Papers", A_ROW)
    assert row == Row("20", "")


async def test_an_added_row_that_is_not_shown_back_is_unsure(opened, wire):
    with pytest.raises(WriteUnsure):
        await add_row(await opened(wire(httpx.Response(201))), "h,a,b", "Papers", A_ROW)


async def test_a_row_is_found_by_its_key(emulated):
    _, tenant = await emulated()
    odd = "o'brien's'"
    await add_row(tenant, SITE, "Papers", A_ROW | {"MeetingKey": odd})
    found = await row_with(tenant, SITE, "Papers", "MeetingKey", odd)
    assert found is not None
    assert found.fields["Title"] == "SEND Partnership Board"
    assert await row_with(tenant, SITE, "Papers", "MeetingKey", "none") is None
    assert "Board" not in repr(found)


async def test_a_row_is_seen_to_and_the_second_time_nothing_is_written(emulated):
    here, tenant = await emulated()
    first = await ensure_row(tenant, SITE, "Papers", "MeetingKey", A_ROW)
    before = len(here.writes)
    assert (await ensure_row(tenant, SITE, "Papers", "MeetingKey", A_ROW | {"ComingOn": None})).id == first.id
    assert len(here.writes) == before
    again = await ensure_row(tenant, SITE, "Papers", "MeetingKey", A_ROW | {"SentOn": "2026-11-20"})
    assert again.id == first.id
    assert here.writes[before:] == ["PATCH"]


async def test_a_row_whose_answer_was_lost_is_not_added_twice(emulated):
    here, tenant = await emulated()
    before = len(rows(here))
    here.lose.add("POST")
    with pytest.raises(WriteUnsure, match="may or may not have added a row to the list 'Papers'"):
        await ensure_row(tenant, SITE, "Papers", "MeetingKey", A_ROW)
    await ensure_row(tenant, SITE, "Papers", "MeetingKey", A_ROW)
    assert len(rows(here)) == before + 1


async def test_a_role_that_is_too_small_is_said_with_its_cure(opened):
    here = InProcess(county("read"))
    tenant = await opened(here, tokens=FixedToken(here.bearer))
    with pytest.raises(PersonMustAct, match="grant Protocol Watch the role 'write' on this site") as raised:
        await add_row(tenant, SITE, "Papers", A_ROW)
    assert "SEND Partnership Board" not in str(raised.value)
    assert KEY not in str(raised.value)
