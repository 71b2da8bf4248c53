"""A rep's calendar to subscribe to: other programs read it, titles are only words, and its bytes stay the same."""

import http.server
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from models.ahead import MeetingAhead, PapersAre
from models.days import LONDON
from tests.wording.invented_cards import TEXTS
from wording.feed_file import feed_file

READ_AT = datetime(2026, 11, 23, 8, 0, 12, 345, tzinfo=LONDON)
SUMMER = datetime(2027, 6, 8, 10, 30, tzinfo=LONDON)  # a Tuesday, 9:30 in UTC
HOSTILE = [
    "x\r\nEND:VEVENT\r\nEND:VCALENDAR",
    "a\nATTENDEE:mailto:somebody@families.example",
    "<img src=x onerror=alert(1)>",
    "\u202eright to left\u2066 👩‍👩‍👧 Ünïcödé; commas, and \\ slashes",
    "long " * 2_000,
    "",
]


def ahead(title: str = "SEND Partnership Board", **more: object) -> MeetingAhead:
    known = {
        "key": "k" * 20,
        "group": "SEND Partnership Board",
        "starts": SUMMER,
        "place": "County Hall; Room 2",
    }
    times = {"ends": SUMMER + timedelta(hours=2), "papers": PapersAre.EXPECTED, "due": date(2027, 5, 28)}
    return MeetingAhead(**known | times | {"title": title} | more)  # type: ignore[arg-type]


def events(feed: bytes) -> list[dict[str, str]]:
    return [
        {name: str(value) for name, value in one.items()} for one in Calendar.from_ical(feed).walk("VEVENT")
    ]


def test_a_meeting_and_its_due_day() -> None:
    feed = feed_file(TEXTS, [ahead()], READ_AT)
    text = feed.decode()
    assert "DTSTART:20270608T093000Z" in text
    assert "DTSTART;VALUE=DATE:20270528" in text
    assert "DTSTAMP:20261123T080012Z" in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H" in text
    assert [(one["SUMMARY"], one["UID"]) for one in events(feed)] == [
        ("SEND Partnership Board", f"{'k' * 20}@protocol-watch"),
        ("Papers due: SEND Partnership Board", f"{'k' * 20}-papers@protocol-watch"),
    ]


@pytest.mark.parametrize("papers", PapersAre)
def test_it_never_says_that_anything_is_late(papers: PapersAre) -> None:
    about = ahead(
        papers=papers, reason="The data came late", barrier="One file is closed.", sent=date(2027, 6, 7)
    )
    text = feed_file(TEXTS, [about], READ_AT).decode()
    assert not re.search("late|seen|sent|reason|closed", text, re.IGNORECASE)
    assert text == feed_file(TEXTS, [replace(about, reason="", barrier="")], READ_AT).decode()
    there = "Papers due" in text
    assert there is (papers not in (PapersAre.NONE, PapersAre.NOT_PROMISED))


def test_one_that_was_called_off_says_so_and_has_no_due_day() -> None:
    [one] = events(feed_file(TEXTS, [ahead(cancelled=True)], READ_AT))
    assert one["STATUS"] == "CANCELLED"


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_are_only_words(title: str) -> None:
    feed = feed_file(TEXTS, [ahead(title, place=title)], READ_AT)
    assert len(events(feed)) == 2
    assert {name for one in events(feed) for name in one} <= {
        *("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "LOCATION", "TRANSP"),
        "X-MICROSOFT-CDO-BUSYSTATUS",
    }
    assert all(len(line) <= 75 for line in feed.split(b"\r\n"))
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", feed.decode())
    assert len(feed) < 5_000


@given(title=st.text(max_size=300), place=st.text(max_size=300))
def test_any_title_can_be_read_back(title: str, place: str) -> None:
    feed = feed_file(TEXTS, [ahead(title, place=place)], READ_AT)
    assert feed == feed_file(TEXTS, [ahead(title, place=place)], READ_AT)
    assert all(len(line) <= 75 for line in feed.split(b"\r\n"))
    assert len(events(feed)) == 2


@pytest.mark.filterwarnings("ignore:'maxsplit' is passed:DeprecationWarning")  # the other library's own
def test_a_second_parser_reads_the_same() -> None:
    ics = pytest.importorskip("ics", reason="the calendar library 'ics' is not installed")
    feed = feed_file(TEXTS, [ahead(), ahead("Ünïcödé; commas, and \\ slashes", key="other")], READ_AT)
    read = ics.Calendar(feed.decode())
    assert sorted(one.name for one in read.events) == sorted(one["SUMMARY"] for one in events(feed))
    assert {one.begin.astimezone(UTC) for one in read.events if not one.all_day} == {SUMMER.astimezone(UTC)}


TOOLS = os.environ.get(
    "CALENDAR_TOOLS", ""
)  # a folder with vdirsyncer and khal, where they are not on the path


def tool(name: str) -> str:
    found = shutil.which(name, path=os.pathsep.join(filter(None, [TOOLS, os.environ.get("PATH", "")])))
    if found is None:
        pytest.skip(f"{name} is not installed; put it on the path, or its folder into CALENDAR_TOOLS")
    return found


@pytest.fixture
def address() -> Iterator[str]:
    feed = feed_file(TEXTS, [ahead(), ahead("Called off", key="off", cancelled=True, due=None)], READ_AT)

    class Feed(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/calendar; charset=utf-8")
            self.send_header("Content-Length", str(len(feed)))
            self.end_headers()
            self.wfile.write(feed)

        def log_message(self, *_told: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Feed) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/feed/x.ics"
        server.shutdown()
        thread.join()


def test_vdirsyncer_subscribes_and_khal_shows_it(address: str, tmp_path: Path) -> None:
    vdirsyncer, khal, here = tool("vdirsyncer"), tool("khal"), tmp_path / "calendars"
    (tmp_path / "vdirsyncer").write_text(
        f'[general]\nstatus_path = "{tmp_path / "status"}"\n'
        '[pair feed]\na = "from"\nb = "to"\ncollections = null\n'
        f'[storage from]\ntype = "http"\nurl = "{address}"\n'
        f'[storage to]\ntype = "filesystem"\npath = "{here}"\nfileext = ".ics"\n'
    )
    (tmp_path / "khal").write_text(
        f"[calendars]\n[[feed]]\npath = {here}\ntype = calendar\n"
        "[locale]\nlocal_timezone = Europe/London\ndefault_timezone = Europe/London\ntimeformat = %H:%M\n"
        "dateformat = %d.%m.%Y\nlongdateformat = %d.%m.%Y\ndatetimeformat = %d.%m.%Y %H:%M\n"
        "longdatetimeformat = %d.%m.%Y %H:%M\n"
        f"[sqlite]\npath = {tmp_path / 'khal.db'}\n"
    )
    own = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}

    def run(*command: str) -> str:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, env=own)
        assert done.returncode == 0, done.stderr
        return done.stdout

    sync = (vdirsyncer, "-c", str(tmp_path / "vdirsyncer"))
    run(*sync, "discover", "feed")
    run(*sync, "sync", "feed")
    files = {path.name: path.read_bytes() for path in here.glob("*.ics")}
    assert len(files) == 3
    run(*sync, "sync", "feed")
    assert {path.name: path.read_bytes() for path in here.glob("*.ics")} == files
    shown = run(khal, "-c", str(tmp_path / "khal"), "list", "28.05.2027", "30d")
    assert "10:30-12:30 SEND Partnership Board" in shown
    assert "Papers due: SEND Partnership Board" in shown
