"""The contract of JSON and CSV, the folding of series in text, and the size and speed of everything."""

import csv
import io
import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from rich.console import Console

from models.findings import State
from tests.wording.invented import BOARD, COMMS, meeting
from wording.check_csv import COLUMNS, as_csv
from wording.check_json import MEETING_FIELDS, as_json
from wording.check_page import page
from wording.check_text import text
from wording.results import Results

PROMISED = {"key", "promise", "clause", "operator", "state", "meeting", "due", "because", "counted"}
TOP = {
    "agreement",
    "window",
    "meetings",
    "findings",
    "now",
    "draft",
    "unplaced",
    "not_watched",
    "faults",
    "notes",
}


def test_json_holds_what_the_contract_promises(example: Results) -> None:
    """Names and shapes that other programs rely on."""
    value = as_json(example)
    assert set(value) == TOP | {"summary"}
    assert value["window"] == {"from": "2026-11-01", "to": "2027-01-31"}
    assert value["draft"] == "private draft"
    assert value["meetings"] == len(example.meetings)
    for one in value["findings"]:
        assert set(one) >= PROMISED | {"strength", "found", "due_latest", "skipped"}
        assert set(one["meeting"]) == set(MEETING_FIELDS)
        assert one.get("series", "some") != ""
        assert one.get("reason", "some") != ""


def test_times_in_json_carry_londons_offset(example: Results) -> None:
    """Papers for 5 January 2027: both days of the unsettled sum, the days counted, the days skipped."""
    [due] = [f for f in as_json(example)["findings"] if f["promise"] == "P01" and f["state"] == "due"]
    assert due["meeting"]["starts"] == "2027-01-05T10:00:00+00:00"
    assert (due["due"], due["due_latest"]) == ("2026-12-23T23:59:00+00:00", "2026-12-24T23:59:00+00:00")
    assert due["counted"] == ["2026-12-24", "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-04"]
    assert {"date": "2027-01-01", "why": "bank holiday: New Year’s Day"} in due["skipped"]
    summer = replace(example, now=datetime.fromisoformat("2026-07-01T08:00:00+00:00"))
    assert as_json(summer)["now"] == "2026-07-01T09:00:00+01:00"


def test_a_finding_about_no_meeting_has_the_same_fields(example: Results) -> None:
    """Its dates are those looked at, its title says what it is about, and the rest is empty."""
    share, row, authority = [f["meeting"] for f in as_json(example)["findings"][-3:]]
    looked_at = {"starts": "2026-11-01T00:00:00+00:00", "ends": "2027-01-31T23:59:00+00:00"}
    nothing = dict.fromkeys(MEETING_FIELDS, None)
    assert share == nothing | looked_at | {"group": BOARD, "title": BOARD}
    assert row == authority == nothing | looked_at | {"title": "All meetings in these dates"}


def test_the_summary_counts_every_state(example: Results) -> None:
    """All eight, also those with none."""
    summary = as_json(example)["summary"]
    assert list(summary) == [state.value for state in State]
    assert sum(summary.values()) == len(example.findings)
    assert all(summary.values())


def test_the_table_opens_in_excel(example: Results) -> None:
    """A mark for Excel, one heading, one row a finding, formulas made inert."""
    written = as_csv(example)
    assert written.startswith("\ufeffstate,promise,")
    rows = list(csv.DictReader(io.StringIO(written.removeprefix("\ufeff"))))
    assert len(rows) == len(example.findings)
    assert tuple(rows[0]) == COLUMNS
    assert '\'=HYPERLINK("http://evil.example","Click")' in {row["title"] for row in rows}


def test_a_series_is_one_line(example: Results) -> None:
    """Ten dates of twelve that start too early are said once, with the dates."""
    shown = " ".join(_shown(example).split())
    assert shown.count("10 of 12 dates start at 9:30am") == 1
    assert "7 at risk, 3 missed. 10 of 12 dates start at 9:30am." in shown
    assert "Tue 29 Dec 2026, Tue 12 Jan, Tue 19 Jan 2027" in shown


def test_series_are_said_by_what_their_dates_share(example: Results) -> None:
    """A late end, both ends, or only that the hours differ."""
    for first, second, told in (
        (("13:00", "15:00"), ("13:00", "15:00"), "2 of 2 dates end at 3pm."),
        (("09:00", "15:00"), ("09:00", "15:00"), "2 of 2 dates run from 9am to 3pm."),
        (("09:00", "10:00"), ("13:00", "15:00"), "2 of 2 dates are outside 10am to 2pm."),
    ):
        assert told in " ".join(_shown(_pair(example, first, second)).split())


def test_groups_come_in_the_agreements_order_and_meetings_by_date(example: Results) -> None:
    """Never the worst first."""
    shown = _shown(example)
    look = shown[shown.index("What needs a look") : shown.index("Coming up")]
    assert look.index(f"  {BOARD}\n") < look.index(f"  {COMMS}\n") < look.index("  Task and finish group\n")
    assert look.index("1 December") < look.index("9am to 10am: Board gnp") < look.index("Private meeting")


def test_text_fits_its_width(example: Results) -> None:
    """Eighty columns, and forty, without a line that runs over or ends in blanks."""
    for width in (80, 40):
        lines = _shown(example, width).splitlines()
        console = Console(width=width)
        assert max(console.measure(line).maximum for line in lines if "[" not in line) <= width
        assert not [line for line in lines if line != line.rstrip()]


def test_twenty_thousand_findings_stay_readable_and_quick(crowded: Results) -> None:
    """Text of a few screens, a page under 2 MB, and none of them slow."""
    before = time.perf_counter()
    shown, drawn = _shown(crowded), page(crowded)
    table, value = as_csv(crowded), json.dumps(as_json(crowded))
    took = time.perf_counter() - before
    assert shown.count("\n") < 500
    assert "and 4,980 more: use --format csv" in shown
    assert len(drawn.encode()) < 2_000_000
    assert "And 4,880 more." in drawn
    assert table.count("\r\n") == 20_001
    assert value.count('"key": "westshire/') == 20_000
    assert took < 20  # about 2 seconds on a laptop; quadratic work would take minutes


def test_endless_words_do_not_make_endless_pages(titled: Callable[[str], Results]) -> None:
    """A hundred thousand letters wherever somebody can type them are cut where people read."""
    endless = titled("word " * 20_000)
    assert len(page(endless)) < 100_000
    assert len(_shown(endless)) < 20_000
    assert len(as_csv(endless)) < 20_000


def _pair(example: Results, *times: tuple[str, str]) -> Results:
    pattern = next(f for f in example.findings if f.promise == "P04")
    made = [
        meeting(f"Board {n}", date(2026, 12, 1 + n), *span, BOARD, series="pair")
        for n, span in enumerate(times)
    ]
    found = (
        replace(pattern, meeting=one, subject=one.key, key=one.key, series="pair", because=f"Reason {n}.")
        for n, one in enumerate(made)
    )
    return replace(example, meetings=tuple(made), findings=tuple(found))


def _shown(results: Results, width: int = 80) -> str:
    console = Console(file=io.StringIO(), width=width)
    console.print(text(results))
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]
