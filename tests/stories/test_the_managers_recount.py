"""A year of boards: the rows of *Promises* and the figures of *Quarter* equal a recount over what was printed.

The recount knows only what `watch --format json` prints. One board in the quick run, twelve in `make prove`.
"""

import json
import os
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from functions.demo import results_of
from functions.showing.quarters import quarters_shown
from functions.showing.showing import show
from models.shown_lists import KEY, QUARTER, SHOWN_LISTS
from models.tally import RESULT_OF
from tests.stories.stage import Stage, made_list, meeting
from tests.stories.test_a_year_of_boards import BOARD, BOARDS, FIRST, PAPERS_SENT
from tests.stories.test_the_managers_lists import CHAIR, MANAGER, put, rows
from wording.check_json import as_json

PROVING = os.environ.get("HYPOTHESIS_PROFILE") == "prove"
GROUPS = 12 if PROVING else 1
LOOKS_BACK, STAYS = timedelta(days=35), timedelta(days=65)
WORDS = ("none", "one", "two", "three", "four")
COLUMNS = {
    "kept": "Kept", "explained": "Explained", "agreed change": "AgreedChange", "missed": "Missed",
    "missed, reason given": "MissedWithReason", "cannot tell": "CannotTell",
}  # fmt: skip
Printed = dict[str, dict[str, Any]]


async def test_rows_and_figures_of_a_year_equal_a_recount(tmp_path: Path) -> None:
    stage = Stage(tmp_path, FIRST)
    groups = [one.name for one in stage.book.agreement.groups][:GROUPS] if PROVING else [BOARD]
    if not PROVING:
        stage.only(BOARD)
    stage.people([MANAGER, CHAIR])
    for one in SHOWN_LISTS:
        put(stage, made_list(one))
    stage.calendar(*(meeting(f"{group} {one}", one) for group in groups for one in BOARDS))
    sent = [
        {"Group": group, "MeetingDate": day, "SentOn": f"{when}T09:00:00Z"}
        for group in groups
        for day, when in PAPERS_SENT.items()
    ]
    stage.papers(*sent)
    printed: Printed = {}
    seen: Counter[str] = Counter()
    for _ in range(28):
        swept = await stage.run(whole_day=True)
        found = json.loads(json.dumps(as_json(results_of(stage.book.agreement, swept, stage.clock()))))
        last = {one["key"]: one for one in found["findings"]}
        printed |= last
        async with stage.watching() as watch:
            quarters = await quarters_shown(watch, stage.clock())
            while (await show(watch, stage.clock(), quarters=quarters)).left:
                continue
        shown = {str(one[KEY]): one["State"] for one in rows(stage)}
        assert shown == _rows_again(stage, printed, last)
        assert _figures(rows(stage, QUARTER)) == _figures_again(stage, printed)
        seen.update(shown.values())
        stage.clock.pass_by(timedelta(days=14))
    assert {"missed", "at risk", "due", "cannot tell"} <= set(seen), "the year had something of each"


def _rows_again(stage: Stage, printed: Printed, last: Printed) -> dict[str, str]:
    """What *Promises* should show: this round's, and what has left the window and is not too old."""
    today, expected = stage.clock().date(), {}
    for key, one in printed.items():
        if one["promise"] not in stage.book.agreement.promises_on or one["state"] in ("kept", "not in scope"):
            continue
        day = _day(one)
        still = day is not None and day < today - LOOKS_BACK and day + STAYS >= today
        if key in last or still:
            expected[key] = one["state"]
    return expected


def _day(one: dict[str, Any]) -> date | None:
    starts = (one["meeting"] or {}).get("starts")
    return datetime.fromisoformat(starts).date() if starts else None


def _figures_again(stage: Stage, printed: Printed) -> dict[tuple[str, str], Counter[str]]:
    """Quarter and promise: how many of each, over meetings that were held."""
    states = {state.value: result.value for state, result in RESULT_OF.items()}
    counted: dict[tuple[str, str], Counter[str]] = {}
    now = stage.clock()
    begins = _quarter(now.date(), back=4)
    for one in printed.values():
        day = _day(one)
        held = day is not None and datetime.fromisoformat(one["meeting"]["ends"]) <= now
        if not held or day is None or one["promise"] not in stage.book.agreement.promises_on:
            continue
        if one["state"] == "not in scope" or _quarter(day) < begins:
            continue
        reasoned = one["state"] == "missed" and one.get("reason")
        result = "missed, reason given" if reasoned else states.get(one["state"], one["state"])
        year, number = _quarter(day)
        name = f"{year}/{(year + 1) % 100}-Q{number}"
        counted.setdefault((name, one["promise"]), Counter())[result] += 1
    return counted


def _quarter(day: date, back: int = 0) -> tuple[int, int]:
    """The council year that the day is in, and which quarter of it; or one so many quarters before."""
    quarters = (day.year * 12 + day.month - 4) // 3 - back
    return quarters // 4, quarters % 4 + 1


def _figures(shown: list[dict[str, Any]]) -> dict[tuple[str, str], Counter[str]]:
    """What *Quarter* shows, as numbers again; what is none is left out."""
    figures = {}
    for row in shown:
        numbers = {result: _number(row[column]) for result, column in COLUMNS.items()}
        assert _number(row["OutOf"]) == sum(numbers.values())
        figures[row["Quarter"], row["PromiseId"]] = Counter({k: n for k, n in numbers.items() if n})
    return figures


def _number(text: str) -> int:
    return WORDS.index(text) if text in WORDS else int(text)
