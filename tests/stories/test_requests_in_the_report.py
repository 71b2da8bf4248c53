"""Requests to the forum: what section 3 promises of them is in the report and in *Quarter*, beside the meetings."""

from dataclasses import replace
from datetime import timedelta

import pytest

from functions.flow import daily, sweep
from functions.quarter_report import from_record
from functions.showing.quarters import quarters_shown
from models.quarters import quarter_named
from tests.stories.stage import Stage, at, meeting
from wording.report_page import report_page
from wording.report_table import report_csv, report_json
from wording.report_words import easy, in_short

BOARD = "SEND Partnership Board"
REQUESTS = "Co-production requests"
ON = {"P04", "P16", "P17"}
IN_TIME = {
    "Title": "A new leaflet",
    "Objectives": "One page that parents would read",
    "ReceivedOn": "2026-09-14",
    "StartsOn": "2026-10-19",
}
LATE = {"Title": "Travel survey", "Objectives": "", "ReceivedOn": "2026-10-12", "StartsOn": "2026-10-26"}
AHEAD = {"Title": "Next year's plan", "Objectives": "", "ReceivedOn": "2026-10-28", "StartsOn": "2026-12-01"}


@pytest.fixture
def asked(stage: Stage) -> Stage:
    agreement = stage.book.agreement
    promises = tuple(one.model_copy(update={"on": one.id in ON}) for one in agreement.promises)
    stage.book = replace(stage.book, agreement=agreement.model_copy(update={"promises": promises}))
    stage.only(BOARD)
    stage.calendar(meeting(BOARD, "Tue 20 Oct 2026 10:30"))
    stage.rows(REQUESTS, IN_TIME, LATE, AHEAD)
    return stage


async def a_day(stage: Stage) -> None:
    async with stage.watching() as watch:
        await daily(watch, await sweep(watch, stage.clock()), stage.clock())


async def test_a_quarter_has_the_requests_whose_work_has_begun(asked: Stage) -> None:
    """Two of three: one came five weeks before with its objectives, one two weeks before without."""
    await a_day(asked)
    await a_day(asked)
    async with asked.watching() as watch:
        quarter = quarter_named("2026/27-Q3", asked.book.agreement.year_starts)
        report = await from_record(watch.ledger, asked.book, quarter, asked.clock())
        shown = {row.fields["PromiseId"]: row.fields for row in await quarters_shown(watch, asked.clock())}
    counts = {one["promise"]: one for one in report_json(report)["promises"]}
    assert {id: (one["counts_of"], one["of"], one["counts"]["kept"]) for id, one in counts.items()} == {
        "P04": ("meeting", 1, 1),
        "P16": ("request", 2, 1),
        "P17": ("request", 2, 1),
    }
    assert (shown["P17"]["Kept"], shown["P17"]["Missed"], shown["P17"]["OutOf"]) == ("one", "one", "two")
    assert in_short(report) == "We looked at one meeting of one group, at two requests and at three promises."
    assert any("This went well for one of two requests." in line for line in easy(report))
    rows = [line for line in report_csv(report).splitlines() if "request to the forum" in line]
    assert len(rows) == 4
    assert sum(",missed," in row for row in rows) == 2
    page = report_page(report)
    assert "A request to the forum is counted once its work has begun." in page
    assert "It came on Monday 12 October 2026 and starts on Monday 26 October 2026: 14 days." in page
    assert "Travel survey" not in page + report_csv(report)  # a title is somebody's own words


async def test_what_is_filled_in_later_counts_and_a_row_that_is_gone_does_not(asked: Stage) -> None:
    await a_day(asked)
    asked.clock.pass_by(timedelta(days=1))
    asked.rows(REQUESTS, LATE | {"Objectives": "What families pay for travel"})
    await a_day(asked)
    async with asked.watching() as watch:
        quarter = quarter_named("2026/27-Q3", asked.book.agreement.year_starts)
        report = await from_record(watch.ledger, asked.book, quarter, asked.clock())
    counts = {one["promise"]: one["counts"] for one in report_json(report)["promises"]}
    assert counts["P16"]["kept"] == 1
    assert counts["P16"]["missed"] == counts["P17"]["kept"] == 0
    assert counts["P17"]["missed"] == 1


async def test_where_the_list_could_not_be_read_what_was_known_stays(asked: Stage) -> None:
    await a_day(asked)
    asked.clock.pass_by(timedelta(days=1))
    site = asked.world.sites[0]
    asked.world.sites[0] = replace(site, lists=tuple(one for one in site.lists if one.name != REQUESTS))
    await a_day(asked)
    async with asked.watching() as watch:
        quarter = quarter_named("2026/27-Q3", asked.book.agreement.year_starts)
        report = await from_record(watch.ledger, asked.book, quarter, at("Thu 5 Nov 2026 09:15"))
    assert {one.promise: one.of for one in report.tallies}["P17"] == 2
