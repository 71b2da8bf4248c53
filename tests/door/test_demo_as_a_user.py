"""`protocol-watch demo` as a user runs it: real HTTPS, the real client, cards on disk, and nothing twice."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.door.typing_it import typed

BOARD = "SEND Partnership Board"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The folder after two runs on the invented county, and what each said."""
    folder = tmp_path_factory.mktemp("county")
    return folder, [typed(folder, "demo").stdout for _ in range(2)]


def cards_in(folder: Path) -> list[dict]:
    return [
        json.loads(path.read_text("utf-8")) for path in sorted((folder / "demo-output/cards").glob("*.json"))
    ]


def test_the_county_brings_cards_for_hours_holidays_and_papers(county: tuple[Path, list[str]]) -> None:
    headlines = {card["body"][0]["text"].split(":")[0] for card in cards_in(county[0])}
    assert {"Starts before 10am", "Runs past 2pm", "In the school holidays"} <= headlines
    assert any(headline.startswith("Papers") for headline in headlines)


def test_the_second_run_posts_nothing_new(county: tuple[Path, list[str]]) -> None:
    first, second = county[1]
    assert "7 cards posted to Teams" in first
    assert "no card was posted" in second


def test_nothing_private_and_nobodys_address_is_in_a_card_or_a_recording(
    county: tuple[Path, list[str]],
) -> None:
    folder = county[0] / "demo-output"
    cards = "".join(path.read_text("utf-8") for path in (folder / "cards").glob("*.json"))
    recorded = "".join(path.read_text("utf-8") for path in folder.glob("*.jsonl"))
    report = (folder / "report.html").read_text("utf-8")
    source = (Path(__file__).parents[2] / "emulator/invented_county/send.partnership.ics").read_text("utf-8")
    [private] = [entry for entry in source.split("BEGIN:VEVENT") if "CLASS:PRIVATE" in entry]
    [title] = [
        line.removeprefix("SUMMARY:").strip() for line in private.splitlines() if line.startswith("SUMMARY:")
    ]
    assert "@" not in cards
    for text in (cards, recorded, report):
        assert title not in text
    assert "access_token" not in recorded
    assert 'client_assertion"' not in recorded


def test_the_referee_is_content(county: tuple[Path, list[str]], shared: Path) -> None:
    exchanges = county[0] / "demo-output/graph-exchanges.jsonl"
    referee = [sys.executable, str(shared / "graph_contract/check_exchanges"), str(exchanges)]
    done = subprocess.run(
        [*referee, "--allow", "Calendars.Read", "Sites.Selected"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    calls, judged = done.stdout.split()[-6], done.stdout.split()[-4]
    assert calls == judged != "0"


OWN = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Somebody//EN
BEGIN:VEVENT
UID:one@own
DTSTART;TZID=GMT Standard Time:20260311T180000
DTEND;TZID=GMT Standard Time:20260311T200000
SUMMARY:Housing scrutiny
END:VEVENT
BEGIN:VEVENT
UID:two@own
DTSTART;TZID=GMT Standard Time:20260408T110000
DTEND;TZID=GMT Standard Time:20260408T130000
SUMMARY:=HYPERLINK("http://x") [link](http://x) <b>Planning</b>
END:VEVENT
BEGIN:VEVENT
UID:three@own
CLASS:PRIVATE
DTSTART:20260312T190000Z
DTEND:20260312T200000Z
SUMMARY:Secret talk with Sam
END:VEVENT
END:VCALENDAR
"""


def test_ones_own_calendar_comes_out_as_cards_and_once_only(tmp_path: Path) -> None:
    (tmp_path / "own.ics").write_bytes(OWN.replace("\n", "\r\n").encode())
    first = typed(tmp_path, "demo", "--calendar", "own.ics")
    assert first.returncode == 0, first.stderr
    assert "pretends" in first.stdout  # it is over, so the demo goes back to its day
    headlines = [card["body"][0]["text"] for card in cards_in(tmp_path)]
    assert sorted(headlines) == [
        'In the school holidays: =HYPERLINK("http://x") \\[link\\](http://x) \\<b\\>Planning\\</b\\>',
        "Runs past 2pm: Housing scrutiny",
        "Runs past 2pm: Private meeting",
    ]
    assert "no card was posted" in typed(tmp_path, "demo", "--calendar", "own.ics").stdout
    everything = "".join(path.read_text("utf-8") for path in tmp_path.glob("demo-output/**/*.*l"))
    assert "Sam" not in everything


def test_a_calendar_with_many_evenings_keeps_to_what_teams_takes(tmp_path: Path) -> None:
    entries = "".join(
        f"BEGIN:VEVENT\nUID:{day}@many\nDTSTART:202603{day:02}T190000Z\nDTEND:202603{day:02}T200000Z\n"
        f"SUMMARY:Evening {day}\nEND:VEVENT\n"
        for day in range(1, 28)
    )
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//EN\n{entries}END:VCALENDAR\n"
    (tmp_path / "many.ics").write_bytes(text.replace("\n", "\r\n").encode())
    assert "27 cards posted" in typed(tmp_path, "demo", "--calendar", "many.ics").stdout
    assert len(cards_in(tmp_path)) == 27
