"""The Papers list as a source: ticked by a person, with or without the newest column, or not to be had at all."""

import pytest

from functions.papers.sources import PapersSources
from models.facts import Papers
from tests.functions.papers_tenant import BOARD, INCLUSION, SITE, PapersTenant, at, meeting

FRIDAY = "Fri 27 Nov 2026 10:30"
SEEN = "Fri 27 Nov 2026"
TICKED = {"Group": BOARD, "MeetingDate": "2026-11-27", "SentOn": "2026-10-30", "Reason": "The data was late."}


@pytest.fixture
def tenant():
    tenant = PapersTenant("ticked")
    tenant.calendar(meeting(BOARD, FRIDAY), meeting(INCLUSION, "Wed 18 Nov 2026 13:00"))
    return tenant


async def test_a_row_that_is_ticked(tenant):
    tenant.rows(TICKED)
    seen = await tenant.board()
    papers = seen.papers[tenant.keys[SEEN]]
    assert (papers.sent, papers.files) == (at("Fri 30 Oct 2026 00:00"), 0)
    assert seen.works
    (reason,) = seen.statements
    assert (reason.promise, reason.subject, reason.text) == ("P01", tenant.keys[SEEN], "The data was late.")
    assert reason.at == at("Mon 03 Aug 2026 10:00")  # when the row was changed, the same in every sweep


async def test_a_list_made_before_there_was_a_column_for_the_reason(tenant):
    tenant.rows(TICKED, without=["Reason"])
    seen = await tenant.board()
    assert seen.papers[tenant.keys[SEEN]].sent == at("Fri 30 Oct 2026 00:00")
    assert (seen.works, seen.statements, tenant.questions) == (True, (), ())
    assert len([one for one in tenant.asked if "/lists/Papers/" in one]) == 3  # refused, which columns, read


async def test_a_list_in_order_costs_one_request(tenant):
    tenant.rows(TICKED)
    await tenant.sweep(BOARD, INCLUSION)
    assert len([one for one in tenant.asked if "/lists/Papers/" in one]) == 1


async def test_a_list_without_the_columns_that_matter_cannot_be_read(tenant):
    tenant.rows(TICKED, without=["SentOn"])
    seen = await tenant.board()
    assert not seen.works
    assert len(tenant.questions) == 1


async def test_a_refusal_of_a_list_in_order_is_told_and_no_reason_is_lost_silently(tenant):
    tenant.rows(TICKED)
    tenant.world.faults.answer("/items", 400, {"error": {"code": "invalidRequest", "message": ""}})
    seen = await tenant.board()
    assert not seen.works
    assert len(tenant.questions) == 1


async def test_a_future_tick_does_not_show_that_the_list_is_in_use(tenant):
    tenant.rows(TICKED | {"SentOn": "2026-11-03"})
    seen = await tenant.board()
    assert not seen.works
    assert f"{seen.papers[tenant.keys[SEEN]].coming_on}" == "2026-11-03"


async def test_once_in_use_the_list_stays_in_use(tenant):
    tenant.rows(TICKED)
    await tenant.board()
    tenant.rows()
    seen = await tenant.board()
    assert (seen.works, seen.papers) == (True, {})


OUTAGES = [(403, "accessDenied"), (404, "itemNotFound"), (503, "")]


@pytest.mark.parametrize(("status", "code"), OUTAGES)
async def test_a_list_that_cannot_be_had_is_told_once_and_makes_silence_mean_nothing(tenant, status, code):
    tenant.rows(TICKED)
    before = await tenant.sweep(BOARD, INCLUSION)
    tenant.world.faults.answer("/items", status, {"error": {"code": code, "message": ""}}, times=99)
    seen = await tenant.sweep(BOARD, INCLUSION)
    assert seen[BOARD].papers == before[BOARD].papers  # what people said stands
    assert seen[BOARD].statements == before[BOARD].statements != ()
    assert not any(one.works or one.questions for one in seen.values())
    assert len(tenant.questions) == 1


@pytest.mark.parametrize(("status", "works"), [(403, False), (404, True)])
async def test_for_other_routes_a_word_that_cannot_be_read_may_have_been_said(status, works):
    """Where there is no list, nobody wrote in it; where it is locked, somebody may have: No papers this time."""
    tenant = PapersTenant("mail")
    tenant.remembered[BOARD] = {"route": "mail", "works": True}
    tenant.mails()
    tenant.calendar(meeting(BOARD, FRIDAY))
    tenant.world.faults.answer("/items", status, {"error": {"code": "", "message": ""}}, times=9)
    assert (await tenant.board()).works is works


async def test_a_list_that_was_there_and_is_gone_may_have_held_more():
    tenant = PapersTenant("mail")
    tenant.remembered[BOARD] = {"route": "mail", "works": True}
    tenant.mails()
    tenant.calendar(meeting(BOARD, FRIDAY))
    tenant.rows(TICKED)
    assert (await tenant.board()).works
    tenant.world.faults.answer("/items", 404, {"error": {"code": "itemNotFound", "message": ""}})
    assert not (await tenant.board()).works


async def test_rows_of_no_group_and_rows_that_cannot_be_read_are_asked_about_once(tenant):
    tenant.rows(
        {"Group": "Bord", "MeetingDate": "2026-11-27", "SentOn": "2026-10-30"},
        {"Group": BOARD, "MeetingDate": "2026-11-27", "SentOn": "last Friday"},
        {"Group": BOARD, "MeetingDate": "2026-11-20", "SentOn": "2026-10-30"},
    )
    seen = await tenant.sweep(BOARD, INCLUSION)
    assert tenant.questions == (
        "Row 2 of the list 'Papers' has no date in SentOn: write it as 2026-11-27.",
        "Row 1 of the Papers list (Friday 27 November 2026) names no group that we know: which group is it for?",
    )
    assert seen[BOARD].questions == (
        (
            "Row 3 of the Papers list (Friday 20 November 2026) is for SEND Partnership Board, and we see no meeting "
            "of it on that day: which meeting is it for?"
        ),
    )
    assert seen[INCLUSION].questions == ()
    assert seen[BOARD].papers == {
        tenant.keys[SEEN]: Papers(unclear=True)
    }  # nobody is late for a slip of the pen


async def test_a_row_with_the_key_needs_no_group(tenant):
    await tenant.board()
    tenant.rows({"MeetingDate": "2026-11-27", "MeetingKey": tenant.keys[SEEN], "SentOn": "2026-10-30"})
    seen = await tenant.board()
    assert list(seen.papers) == [tenant.keys[SEEN]]
    assert tenant.questions == ()


async def test_without_a_site_there_is_no_list_and_no_question(tenant):
    async with tenant.opened() as (line, wire):
        sources = PapersSources(line, tenant.agreement, site="", papers_list="Papers", now=tenant.now)
        from graph_client.calendar_windows import WindowRead

        read = WindowRead(
            mailbox="x", first=tenant.now.date(), last=tenant.now.date(), read_at=tenant.now, meetings=()
        )
        seen = await sources.seen(tenant.group(BOARD), read, {})
        assert (seen.works, seen.papers, sources.questions, wire.asked) == (False, {}, (), [])


async def test_a_group_without_a_route_can_never_be_silent(tenant):
    tenant.rows(TICKED)
    none = tenant.group(BOARD).model_copy(update={"papers": None})
    tenant.agreement = tenant.agreement.model_copy(update={"groups": (none,)})
    seen = await tenant.board()
    assert seen.papers[tenant.keys[SEEN]].sent == at("Fri 30 Oct 2026 00:00")
    assert not seen.works


def test_the_site_of_these_tests_is_the_countys():
    assert SITE.endswith("/sites/send-partnership")
