"""`protocol-watch demo` as a user runs it: real HTTPS, the real client, a story told, and nothing twice."""

import json
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.door.typing_it import typed

BOARD = "SEND Partnership Board"
INCLUSION = "Inclusion Task and Finish Group"
TOLD = [  # each chapter, and the first line of each card that came in it
    ("The quiet first day", ["For you: 7 things to look at"]),
    (
        "The manager lets the telling start",
        [f"In the school holidays: {BOARD}", f"Starts before 10am: {INCLUSION}: the health offer"],
    ),
    ("A slip, put right at once", []),
    (
        "Six dates at half past nine",
        [f"Starts before 10am: {INCLUSION}: travel to school", f"Put right: {INCLUSION}: travel to school"],
    ),
    (
        "A meeting in the holidays",
        [f"In the school holidays: {BOARD} (extra)", f"Called off: {BOARD} (extra)"],
    ),
    ("Papers, four ways", []),
    ("Papers not seen yet", [f"Papers not seen yet: {BOARD}"]),
    ("A bad day for computers", [f"Runs past 2pm: {BOARD}: the budget"]),
    ("Moved, and all is well", [f"Put right: {INCLUSION}: the health offer"]),
    ("Late, with a reason", [f"Explained: {BOARD}"]),
    (
        "Private, and twice",
        [f"Starts before 10am: {BOARD}: spring planning", "Starts after 2pm: Private meeting"],
    ),
    ("The month's end", ["What went well in November"]),
]
SECRET = "Marlowe"  # in the title of the private meeting
SHARED_MAILBOXES = ("send.partnership@council.example", "send.county@council.example")


class Page(HTMLParser):
    """What a reader of the story sees: each chapter, and the first lines of the cards in it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.chapters: list[tuple[str, list[str]]] = []
        self.nobody = 0
        self._heading = ""
        self._in_a_card = False
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self._heading = tag if tag in ("h2", "h3") else ""
        if given.get("id", "").startswith("chapter-"):
            self.chapters.append(("", []))
        if tag == "article":
            self._in_a_card = True
        self.nobody += given.get("class") == "nobody"

    def handle_endtag(self, tag):
        self._heading = ""
        if tag == "article":
            self._in_a_card = False

    def handle_data(self, data):
        if self._heading == "h2" and self.chapters and not self.chapters[-1][0]:
            self.chapters[-1] = (data, [])
        elif self._heading == "h3" and self._in_a_card:
            self.chapters[-1][1].append(data)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder after one run on the invented county, which leaves its words beside the output."""
    folder = tmp_path_factory.mktemp("county")
    ran = typed(folder, "demo")
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""  # nobody watches, so no progress is shown
    (folder / "said.txt").write_text(ran.stdout, "utf-8")
    return folder


def cards_in(folder: Path) -> list[dict]:
    return [
        json.loads(path.read_text("utf-8")) for path in sorted((folder / "demo-output/cards").glob("*.json"))
    ]


def headlines_in(folder: Path) -> list[str]:
    return [card["body"][0]["text"] for card in cards_in(folder)]


def test_the_story_is_told_chapter_by_chapter_with_its_cards(county: Path) -> None:
    assert Page(county / "demo-output/index.html").chapters == TOLD


def test_every_card_is_on_disk_as_it_was_posted_and_in_that_order(county: Path) -> None:
    assert headlines_in(county) == [headline for _, cards in TOLD for headline in cards]
    posted = [
        attachment["content"]
        for line in (county / "demo-output/other-exchanges.jsonl").read_text("utf-8").splitlines()
        if "/workflows/" in (exchange := json.loads(line))["url"] and exchange["status"] == 202
        for attachment in exchange["request_body"]["attachments"]
    ]
    assert posted == cards_in(county)


def test_nobody_is_told_twice_and_what_may_have_arrived_says_so(county: Path) -> None:
    assert (
        max(Counter(headline for headline in headlines_in(county) if "For you" not in headline).values()) == 1
    )
    again = [card["body"][0]["text"] for card in cards_in(county) if "Sent again" in card["fallbackText"]]
    assert again == [f"Runs past 2pm: {BOARD}: the budget"]


def test_the_summary_takes_ten_seconds_to_read(county: Path) -> None:
    said = (county / "said.txt").read_text("utf-8").splitlines()
    assert len(said) <= 12
    assert "14 cards: 13 to the officers, 1 to the manager." in said
    assert any("index.html" in line for line in said)
    assert Page(county / "demo-output/index.html").nobody == 2


def test_every_file_that_the_story_names_is_there(county: Path) -> None:
    output = county / "demo-output"
    links = (output / "index.html").read_text("utf-8").split('href="')[1:]
    named = {link.split('"')[0] for link in links} - {"#main"}
    files = {name for name in named if not name.startswith("#")}
    assert {"report.html", "graph-exchanges.jsonl", "other-exchanges.jsonl"} < files
    assert not [name for name in files if not (output / name).is_file()]


def test_nothing_private_and_nobodys_address_is_in_what_people_see_or_a_recording(county: Path) -> None:
    output = county / "demo-output"
    cards = json.dumps(cards_in(county))
    recorded = "".join(path.read_text("utf-8") for path in output.glob("*.jsonl"))
    for mailbox in SHARED_MAILBOXES:  # they are nobody's own
        cards = cards.replace(mailbox, "")
    assert "@" not in cards
    for path in (
        output / "index.html",
        output / "report.html",
        *output.glob("cards/*"),
        *output.glob("*.jsonl"),
    ):
        assert SECRET not in path.read_text("utf-8"), path
    assert not [path for path in output.glob("ledger*") if SECRET.encode() in path.read_bytes()]
    assert "access_token" not in recorded
    assert 'client_assertion"' not in recorded


def test_the_county_begins_anew_each_time_and_leaves_other_peoples_files_alone(county: Path) -> None:
    (county / "demo-output/notes.txt").write_text("mine")
    before = headlines_in(county)
    assert typed(county, "demo").returncode == 0
    assert headlines_in(county) == before
    assert (county / "demo-output/notes.txt").read_text() == "mine"


def test_the_referee_is_content(county: Path, shared: Path, house: Path) -> None:
    allowed = json.loads((house / "infra/graph-permissions.json").read_text("utf-8"))["application"]
    exchanges = county / "demo-output/graph-exchanges.jsonl"
    referee = [sys.executable, str(shared / "graph_contract/check_exchanges"), str(exchanges), "--summary"]
    done = subprocess.run([*referee, "--allow", *allowed], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    *needs, last = done.stdout.splitlines()
    calls, judged, violations = (int(word) for word in last.split() if word.isdigit())
    assert calls == judged > 200
    assert violations == 0
    assert sum(int(line.split(" kind(s)")[0].split()[-1]) for line in needs) >= 8


def test_the_calls_are_of_many_kinds_and_none_was_refused_but_in_the_outage(county: Path) -> None:
    lines = (county / "demo-output/graph-exchanges.jsonl").read_text("utf-8").splitlines()
    exchanges = [json.loads(line) for line in lines]
    assert len(exchanges) > 200
    assert {exchange["status"] for exchange in exchanges} == {200, 429}


def test_the_story_has_days_of_its_own(tmp_path: Path) -> None:
    refused = typed(tmp_path, "demo", "--now", "2026-11-27")
    assert refused.returncode == 2
    assert refused.stderr.startswith("--now: the county's story has days of its own.")
    assert not (tmp_path / "demo-output").exists()


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
        "Starts after 2pm: Housing scrutiny",
        "Starts after 2pm: Private meeting",
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
