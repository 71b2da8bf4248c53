"""`protocol-watch check` as a new user types it: real files, a subprocess, an empty home."""

import csv
import io
import json
from datetime import date, time
from pathlib import Path

import pytest

from tests.door.typing_it import typed

SECRET = "Sam Okafor tribunal"
CALENDAR = f"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Somebody//Outlook//EN
BEGIN:VEVENT
UID:series@x
DTSTART;TZID=GMT Standard Time:20260601T103000
DTEND;TZID=GMT Standard Time:20260601T123000
RRULE:FREQ=WEEKLY;COUNT=3
SUMMARY:SEND Partnership Board
END:VEVENT
BEGIN:VEVENT
UID:series@x
RECURRENCE-ID;TZID=GMT Standard Time:20260608T103000
DTSTART;TZID=GMT Standard Time:20260609T093000
DTEND;TZID=GMT Standard Time:20260609T113000
SUMMARY:SEND Partnership Board
END:VEVENT
BEGIN:VEVENT
UID:utc@x
DTSTART:20260616T090000Z
DTEND:20260616T133000Z
SUMMARY:SEND Partnership Board extra
END:VEVENT
BEGIN:VEVENT
UID:day@x
DTSTART;VALUE=DATE:20260623
DTEND;VALUE=DATE:20260624
SUMMARY:SEND Partnership Board away day
END:VEVENT
BEGIN:VEVENT
UID:private@x
CLASS:PRIVATE
DTSTART:20260625T080000Z
DTEND:20260625T093000Z
SUMMARY:SEND Partnership Board: {SECRET}
LOCATION:12 Elm Row
END:VEVENT
BEGIN:VEVENT
UID:iceland@x
DTSTART;TZID=Greenwich Standard Time:20260630T130000
DTEND;TZID=Greenwich Standard Time:20260630T140000
SUMMARY:SEND Partnership Board
END:VEVENT
BEGIN:VEVENT
UID:halfterm@x
DTSTART;TZID=Europe/London:20261028T103000
DTEND;TZID=Europe/London:20261028T123000
SUMMARY:SEND Partnership Board
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "board.ics").write_bytes(CALENDAR.replace("\n", "\r\n").encode())
    (tmp_path / "broken.ics").write_text("BEGIN:VCALENDAR\r\nBEGIN:VEV")
    return tmp_path


def states(folder: Path, promise: str, *words: str) -> dict[str, str]:
    """Day of the meeting and state, of one promise."""
    done = typed(folder, "check", "board.ics", "--format", "json", "--now", "2026-05-20", *words)
    told = json.loads(done.stdout)
    return {
        finding["meeting"]["starts"][:10]: finding["state"]
        for finding in told["findings"]
        if finding["promise"] == promise
    }


def test_hours_are_london_hours(folder: Path) -> None:
    assert states(folder, "P04") == {
        "2026-06-01": "kept",
        "2026-06-09": "at risk",  # moved to 9:30
        "2026-06-15": "kept",
        "2026-06-16": "at risk",  # 13:30 UTC is 2:30pm in London
        "2026-06-23": "cannot tell",  # all day
        "2026-06-25": "at risk",
        "2026-06-30": "at risk",  # Greenwich Standard Time has no summer time: 2pm to 3pm in London
        "2026-10-28": "kept",
    }


def test_half_term_is_seen(folder: Path) -> None:
    at_risk = {day for day, state in states(folder, "P05").items() if state != "kept"}
    assert at_risk == {"2026-10-28"}


@pytest.mark.parametrize("format", ["text", "json", "csv", "html"])
def test_a_broken_file_beside_a_good_one(folder: Path, format: str) -> None:
    done = typed(folder, "check", "board.ics", "broken.ics", "--format", format, "--now", "2026-05-20")
    assert done.returncode == 2
    assert "broken.ics" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert "SEND Partnership Board" in done.stdout
    for hidden in (SECRET, "Sam", "Elm Row", "private@x"):
        assert hidden not in done.stdout + done.stderr


def test_exit_codes(folder: Path) -> None:
    (folder / "good.csv").write_text(
        "date,start_time,end_time,title\n2026-12-11,10:00,12:00,Partnership Board\n"
    )
    (folder / "early.csv").write_text(
        "date,start_time,end_time,title\n2026-12-11,9:30,11:00,Partnership Board\n"
    )
    assert typed(folder, "check", "good.csv", "--now", "2026-11-01").returncode == 0
    assert typed(folder, "check", "early.csv", "--now", "2026-11-01").returncode == 1
    assert typed(folder, "check", "missing.csv").returncode == 2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("check", "board.ics", "--now", "tomorrow"), "--now: 'tomorrow' is not a day or time"),
        (("check", "board.ics", "--from", "1st June"), "--from: '1st June' is not a day"),
        (("check", "board.ics", "--meeting-type", "priority grup"), "Perhaps you meant 'priority group'"),
        (("check", "board.ics", "--agreement", "none.yaml"), "none.yaml"),
        (("check", "board.ics", "--terms", "none.csv"), "none.csv"),
        (("demo", "--calendar", "none.ics"), "none.ics"),
        (("agreement", "lint", "none.yaml"), "none.yaml"),
        (("agreement", "diff", "none.yaml", "nor-this.yaml"), "nor-this.yaml"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(folder: Path, words: tuple[str, ...], sentence: str) -> None:
    done = typed(folder, *words)
    assert done.returncode == 2
    assert sentence in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_what_changed_in_an_agreement_is_said(folder: Path) -> None:
    shipped = (Path(__file__).parents[2] / "agreements" / "lancashire-2024.yaml").read_text("utf-8")
    (folder / "old.yaml").write_text(shipped, "utf-8")
    (folder / "new.yaml").write_text(shipped.replace("count: unsettled", "count: clear", 1), "utf-8")
    same = typed(folder, "agreement", "diff", "old.yaml", "old.yaml")
    assert (same.returncode, same.stdout) == (0, "No change that we look at.\n")
    done = typed(folder, "agreement", "diff", "old.yaml", "new.yaml")
    assert done.returncode == 1
    assert "How we count.\n      Before: not settled.\n      Now:    only clear days count." in done.stdout
    told = json.loads(typed(folder, "agreement", "diff", "old.yaml", "new.yaml", "--format", "json").stdout)
    assert [(one["about"], one["what"], one["before"], one["after"]) for one in told["changes"]] == [
        ("counting", "count", "unsettled", "clear")
    ]


def test_dates_past_the_terms_ask_for_dates_once(folder: Path) -> None:
    rows = "".join(f"2029-0{month}-14,10:00,12:00,Partnership Board\n" for month in (1, 2, 3))
    (folder / "far.csv").write_text("date,start_time,end_time,title\n" + rows)
    done = typed(folder, "check", "far.csv", "--format", "json")
    findings = json.loads(done.stdout)["findings"]
    assert [one["state"] for one in findings if one["promise"] == "P05"] == ["cannot tell"] * 4
    assert sum("Please add dates" in one["because"] for one in findings) == 1


def test_the_same_meetings_in_two_files_are_judged_once(folder: Path) -> None:
    (folder / "copy.ics").write_bytes((folder / "board.ics").read_bytes())
    once = json.loads(typed(folder, "check", "board.ics", "--format", "json").stdout)
    twice = json.loads(typed(folder, "check", "board.ics", "copy.ics", "--format", "json").stdout)
    assert once["findings"] == twice["findings"]
    assert any("judged once" in note for note in twice["notes"])


def test_meetings_of_no_known_group_are_listed_and_not_judged(folder: Path) -> None:
    (folder / "other.csv").write_text("date,start_time,title\n2026-12-11,9:30,Budget catch-up\n")
    told = json.loads(typed(folder, "check", "other.csv", "--format", "json").stdout)
    assert told["findings"] == []
    assert [one["title"] for one in told["unplaced"]] == ["Budget catch-up"]


def test_public_meetings_through_both_file_shapes(folder: Path, shared: Path) -> None:
    """The 134 real meetings, as CSV and as .ics, against an oracle that knows nothing of our code."""
    rows = list(csv.DictReader(io.StringIO((shared / "data" / "public_meetings.csv").read_text("utf-8"))))
    timed = [row for row in rows if row["start_time"]]  # one was published without a time
    terms = [
        (date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"]))
        for row in csv.DictReader(io.StringIO((shared / "data" / "term_dates.csv").read_text("utf-8")))
        if row["authority"] == "Lancashire County Council"
    ]
    (folder / "real.csv").write_text(_as_csv(timed))
    (folder / "real.ics").write_text(_as_ics(timed))
    for name in ("real.csv", "real.ics"):
        done = typed(folder, "check", name, "--format", "json", "--meeting-type", "partnership group")
        found = {
            (one["meeting"]["title"], one["meeting"]["starts"][:16], one["promise"]): one["found"]
            for one in json.loads(done.stdout)["findings"]
        }
        for row in timed:
            day, starts = date.fromisoformat(row["date"]), time.fromisoformat(row["start_time"])
            within = starts >= time(10) and starts <= time(12)  # two hours are assumed
            in_term = any(first <= day <= last for first, last in terms)
            key = (" ".join(row["committee"].split()), f"{day}T{starts:%H:%M}")
            assert found[*key, "P04"] is not within, (name, row)
            assert found[*key, "P05"] is not in_term, (name, row)


def _as_csv(rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["date", "start_time", "title"])
    table.writerows([row["date"], row["start_time"], row["committee"]] for row in rows)
    return out.getvalue()


def _as_ics(rows: list[dict[str, str]]) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN"]
    for number, row in enumerate(rows):
        title = row["committee"].replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number}@real",
            f"DTSTART;TZID=GMT Standard Time:{row['date'].replace('-', '')}T{row['start_time'].replace(':', '')}00",
            f"SUMMARY:{title}",
            "DURATION:PT2H",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])
