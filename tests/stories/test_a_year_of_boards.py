"""A year of twelve boards, watched every two weeks: record and figures equal a recount over what was printed."""

import json
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from functions.demo import results_of
from functions.quarter_report import from_record
from functions.recorded import records_of
from functions.saved import statement_saved
from ledger.entries import StatementEntry
from models.days import LONDON
from models.facts import Said, Statement
from models.quarters import quarter_named
from models.tally import RESULT_OF, Result
from tests.stories.stage import Stage, at, meeting
from wording.check_json import as_json
from wording.report_table import report_json

BOARD = "SEND Partnership Board"
BOARDS = [  # Tuesdays; the one in November starts too early, the one in April is in the holidays
    "Tue 08 Sep 2026 10:00", "Tue 13 Oct 2026 10:00", "Tue 10 Nov 2026 09:30", "Tue 08 Dec 2026 10:00",
    "Tue 12 Jan 2027 10:00", "Tue 09 Feb 2027 10:00", "Tue 09 Mar 2027 10:00", "Tue 06 Apr 2027 10:00",
    "Tue 11 May 2027 10:00", "Tue 08 Jun 2027 10:00", "Tue 06 Jul 2027 13:00", "Tue 24 Aug 2027 10:00",
]  # fmt: skip
PAPERS_SENT = {  # on the day of the board: when its papers went out
    "2026-10-13": "2026-10-02", "2026-11-10": "2026-11-06", "2026-12-08": "2026-11-27",
    "2027-01-12": "2027-01-04", "2027-02-09": "2027-02-08",
}  # fmt: skip
FIRST = datetime(2026, 8, 31, 9, 15, tzinfo=LONDON)


async def test_a_year_of_boards_is_counted_as_it_was_printed(tmp_path: Path) -> None:
    stage = Stage(tmp_path, FIRST)
    stage.only(BOARD)
    stage.calendar(*(meeting(f"{BOARD} {one}", one) for one in BOARDS))
    stage.papers(
        *(
            {"Group": BOARD, "MeetingDate": day, "SentOn": f"{sent}T09:00:00Z"}
            for day, sent in PAPERS_SENT.items()
        )
    )
    printed: dict[str, dict[str, Any]] = {}
    for round in range(28):
        swept = await stage.run()
        found = json.loads(json.dumps(as_json(results_of(stage.book.agreement, swept, stage.clock()))))
        printed |= {one["key"]: one for one in found["findings"]}
        if round == 6:
            await _reason_given(stage, printed)
        stage.clock.pass_by(timedelta(days=14))
    recount = _recount(stage, printed, stage.clock())
    assert sum(recount.values()) == 36  # twelve boards, three promises that are on
    async with stage.watching() as watch:
        on_record = [
            entry for record in records_of(await watch.ledger.remembered(BOARD)) for entry in record.entries
        ]
        assert {(one.key, one.state.value) for one in on_record} == {
            (one["key"], one["state"]) for one in printed.values() if _counts(stage, one, stage.clock())
        }
        reported: Counter[tuple[str, str, str]] = Counter()
        for name in ("2026/27-Q2", "2026/27-Q3", "2026/27-Q4", "2027/28-Q1", "2027/28-Q2"):
            quarter = quarter_named(name)
            report = report_json(await from_record(watch.ledger, watch.book, quarter, stage.clock()))
            for promise in report["promises"]:
                for result, number in promise["counts"].items():
                    reported[name, promise["promise"], result] += number
        assert {key: number for key, number in reported.items() if number} == dict(recount)
        whole = [record.whole for record in records_of(await watch.ledger.remembered(BOARD))]
        assert whole[1:13] == [True] * 12  # September to August
    assert Result.MISSED.value in {result for _, _, result in recount}
    assert Result.MISSED_WITH_REASON.value in {result for _, _, result in recount}


def _recount(
    stage: Stage, printed: dict[str, dict[str, Any]], now: datetime
) -> Counter[tuple[str, str, str]]:
    """The figures again, in a few lines over what was printed: quarter, promise, result."""
    counted: Counter[tuple[str, str, str]] = Counter()
    for one in printed.values():
        if _counts(stage, one, now):
            day = datetime.fromisoformat(one["meeting"]["starts"]).date()
            year = day.year if day.month >= 4 else day.year - 1
            name = f"{year}/{(year + 1) % 100}-Q{(day.month - 4) % 12 // 3 + 1}"
            states = {state.value: result.value for state, result in RESULT_OF.items()}
            states |= {"missed": "missed, reason given" if one.get("reason") else "missed"}
            counted[name, one["promise"], states[one["state"]]] += 1
    return counted


def _counts(stage: Stage, one: dict[str, Any], now: datetime) -> bool:
    """Whether it is about a meeting that was held, and a promise that is on."""
    held = one["meeting"]["key"] and datetime.fromisoformat(one["meeting"]["ends"]) <= now
    return (
        bool(held) and one["promise"] in stage.book.agreement.promises_on and one["state"] != "not in scope"
    )


async def _reason_given(stage: Stage, printed: dict[str, dict[str, Any]]) -> None:
    """Somebody says why the board in November started early, two weeks after it was held."""
    [early] = [
        one
        for one in printed.values()
        if one["promise"] == "P04" and one["meeting"]["starts"][:10] == "2026-11-10"
    ]
    said = Statement(
        said=Said.REASON, promise="P04", subject=early["meeting"]["key"], text="The room was free only then",
        role="officer", partner="council", at=stage.clock(),
    )  # fmt: skip
    async with stage.watching() as watch:
        entry = StatementEntry("a reason", stage.clock(), statement_saved(said))
        await watch.ledger.add_statements(BOARD, [entry])


def test_the_days_of_the_boards_are_tuesdays() -> None:
    assert {f"{at(one):%A}" for one in BOARDS} == {"Tuesday"}
