"""`protocol-watch demo` as a user runs it: real HTTPS, the real client, a story told, and nothing twice."""

import json
import subprocess
import sys
from datetime import datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.door.demo_once import demo_once
from tests.door.typing_it import typed
from tests.proving import PROVING
from tests.wording.in_a_browser import assert_everybody_can_use

BOARD = "SEND Partnership Board"
INCLUSION = "Inclusion Task and Finish Group"
BOARD_MANAGER, MANAGER, CHAIR = "Board Manager", "SEND Partnership Manager", "Forum chair"
BUDGET, PLANNING = f"{INCLUSION}: the budget", f"{BOARD}: spring planning"
CARDS = [  # each chapter, and the first line of each card that came in it
    ("The quiet first day", ["For you: 7 things to look at"]),
    ("The telling starts", []),
    ("The reps' first mail, and a reason", []),
    (
        "Six dates at half past nine",
        [f"Starts before 10am: {INCLUSION}: travel to school", f"Put right: {INCLUSION}: travel to school"],
    ),
    ("A slip, put right at once", []),
    ("Papers: four groups send them, one not yet", ["For you: 3 things to look at"]),
    ("A bad day for computers", [f"Runs past 2pm: {BUDGET}"]),
    ("A paper that does not open", []),
    ("Late, with a reason", [f"Runs past 2pm: {BUDGET}"]),
    ("Private, and twice", ["Starts after 2pm: Private meeting"]),
    (
        "Nobody answers, and the month's end",
        ["Put right: Private meeting", "2 things to look at", "What went well in November"],
    ),
]
WEEKLY = (
    "Forum rep, Communications group",
    "Forum rep, Inclusion group",
    CHAIR,
    "Forum rep, Board and Executive",
)
SECRET = "Marlowe"  # in the title of the private meeting
SHARED_MAILBOXES = ("send.partnership@council.example", "send.county@council.example")


class Page(HTMLParser):
    """What a reader of the story sees: each chapter, the first lines of its cards, and who had which mail when."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.chapters: list[tuple[str, list[str]]] = []
        self.mails: list[tuple[str, str, str]] = []
        self.pages: list[str] = []
        self.nobody = 0
        self._to: list[str] = []
        self._place = ""
        self._in_a_card = False
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        marks = given.get("class") or ""
        self._place = tag if tag in ("h2", "h3", "summary") else marks if marks in ("chat", "at") else ""
        if (given.get("id") or "").startswith("chapter-"):
            self.chapters.append(("", []))
        if tag == "article":
            self._in_a_card, self._to = True, []
        if (given.get("href") or "").startswith("pages/"):
            self.pages.append(given["href"])
        self.nobody += marks == "nobody"

    def handle_endtag(self, tag):
        self._place = ""
        if tag == "article":
            self._in_a_card = False

    def handle_data(self, data):
        if self._place == "h2" and self.chapters and not self.chapters[-1][0]:
            self.chapters[-1] = (data, [])
        elif self._place == "h3" and self._in_a_card:
            self.chapters[-1][1].append(data)
        elif self._place in ("chat", "at"):
            self._to.append(data)
        elif self._place == "summary" and data.startswith("Mail: "):
            self.mails.append((self._to[0], self._to[1], data.removeprefix("Mail: ")))


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder after one run on the invented county, which leaves its words beside the output."""
    folder = demo_once(tmp_path_factory, tmp_path_factory.mktemp("county"))
    assert (folder / "complained.txt").read_text("utf-8") == ""  # nobody watches, so no progress is shown
    return folder


def cards_in(folder: Path) -> list[dict]:
    return [
        json.loads(path.read_text("utf-8")) for path in sorted((folder / "demo-output/cards").glob("*.json"))
    ]


def mails_in(folder: Path, subject: str) -> list[str]:
    """The words of every mail whose first line is this, in the order in which they went."""
    texts = [path.read_text("utf-8") for path in sorted((folder / "demo-output/mails").glob("*.txt"))]
    return [text for text in texts if text.splitlines()[0] == subject]


def without_links(text: str) -> list[str]:
    """A mail's words without the one link that only the forum's chair has."""
    lines = [line for line in text.splitlines() if line and not line.startswith("https://")]
    return [line for line in lines if line != "Answer for the forum:"]


def headlines_in(folder: Path) -> list[str]:
    return [card["body"][0]["text"] for card in cards_in(folder)]


def test_the_story_is_told_chapter_by_chapter_with_its_cards(county: Path) -> None:
    assert Page(county / "demo-output/index.html").chapters == CARDS


def test_every_card_is_on_disk_as_it_was_posted_and_in_that_order(county: Path) -> None:
    assert headlines_in(county) == [headline for _, cards in CARDS for headline in cards]
    posted = [
        attachment["content"]
        for line in (county / "demo-output/other-exchanges.jsonl").read_text("utf-8").splitlines()
        if "/workflows/" in (exchange := json.loads(line))["url"] and exchange["status"] == 202
        for attachment in exchange["request_body"]["attachments"]
    ]
    assert posted == cards_in(county)


def test_what_may_have_arrived_is_sent_again_and_says_so(county: Path) -> None:
    again = [card["body"][0]["text"] for card in cards_in(county) if "Sent again" in card["fallbackText"]]
    assert again == [f"Runs past 2pm: {BUDGET}"]


def test_a_second_word_says_since_when_nothing_changed(county: Path) -> None:
    [_, second] = [card for card in cards_in(county) if card["body"][0]["text"] == f"Runs past 2pm: {BUDGET}"]
    assert "We told you of this on Thursday 19 November 2026." in json.dumps(second, ensure_ascii=False)


def test_the_forums_chair_says_yes_before_any_rep_hears(county: Path) -> None:
    mails = Page(county / "demo-output/index.html").mails
    assert mails[0] == (CHAIR, "Fri 6 Nov, 1:15pm", "May we write to your forum’s reps?")
    to_reps = [mail for mail in mails if mail[0].startswith("Forum rep")]
    assert to_reps[0][1] == "Mon 9 Nov, 9:15am"
    first = (county / "demo-output/pages/02-mails-for-the-forum-s-reps.html").read_text("utf-8")
    assert "Thank you. The mails begin." in first


@pytest.mark.parametrize("monday", [9, 16, 23, 30])
def test_each_rep_has_one_mail_a_week_and_at_most_one_more(county: Path, monday: int) -> None:
    weekly = [
        (to, subject)
        for to, at, subject in Page(county / "demo-output/index.html").mails
        if at == f"Mon {monday} Nov, 9:15am" and subject.startswith("Your forum meetings")
    ]
    assert [to for to, _ in weekly] == list(WEEKLY)
    assert {subject for _, subject in weekly} == {f"Your forum meetings: Monday {monday} November"}


def test_a_reason_is_no_yes_until_the_forum_says_so(county: Path) -> None:
    mails = Page(county / "demo-output/index.html").mails
    assert (BOARD_MANAGER, "Tue 10 Nov, 9:15am", f"Not this time: {BOARD}") in mails
    assert (BOARD_MANAGER, "Fri 13 Nov, 1:15pm", f"Put right: {BOARD}") in mails


@pytest.mark.parametrize("at", ["Mon 9 Nov, 1:15pm", "Mon 23 Nov, 9:15am"])
def test_chair_and_manager_hear_a_reason_in_the_same_minute_and_in_the_same_words(
    county: Path, at: str
) -> None:
    subject = f"A reason was given: {BOARD}"
    heard = [mail for mail in Page(county / "demo-output/index.html").mails if mail[1:] == (at, subject)]
    assert [to for to, _, _ in heard] == [CHAIR, MANAGER]
    chairs, managers = [
        text for text in mails_in(county, subject) if ("figures" in text) == (at == "Mon 23 Nov, 9:15am")
    ]
    assert without_links(chairs) == without_links(managers)


def test_when_nobody_answers_chair_and_manager_hear_together_and_hear_its_end(county: Path) -> None:
    mails = Page(county / "demo-output/index.html").mails
    third = [mail[:2] for mail in mails if mail[2] == f"Runs past 2pm: {BUDGET}"]
    assert third == [
        (MANAGER, "Mon 23 Nov, 1:15pm"),  # the deputy, two working days after the officers
        (CHAIR, "Mon 30 Nov, 9:15am"),
        (MANAGER, "Mon 30 Nov, 9:15am"),
    ]
    assert {to for to, _, subject in mails if subject == f"Put right: {BUDGET}"} == {CHAIR, MANAGER}


def test_a_rep_cant_open_a_paper_and_hears_when_it_should_open(county: Path) -> None:
    friday = [mail for mail in Page(county / "demo-output/index.html").mails if "Fri 20 Nov" in mail[1]]
    assert friday == [
        (MANAGER, "Fri 20 Nov, 10am", f"A forum rep can’t open a paper: {INCLUSION}"),
        ("Forum rep, Inclusion group", "Fri 20 Nov, 2:30pm", f"You can open it now: {INCLUSION}"),
    ]


def test_no_officer_hears_more_than_twice_in_any_seven_days(county: Path) -> None:
    heard = [
        datetime.strptime(f"{at} 2026 +0000", "%a %d %b, %I:%M%p %Y %z")
        for to, at, subject in Page(county / "demo-output/index.html").mails
        if to == BOARD_MANAGER
    ]
    assert len(heard) > 6
    for moment in heard:
        assert sum(moment <= one < moment + timedelta(days=7) for one in heard) <= 2


def test_every_mail_lies_there_as_words_as_a_page_and_as_it_was_sent(county: Path) -> None:
    mails, folder = Page(county / "demo-output/index.html").mails, county / "demo-output/mails"
    assert len(mails) == len(list(folder.glob("*.eml")))
    for eml in folder.glob("*.eml"):
        assert eml.with_suffix(".txt").read_text("utf-8").strip()
        assert eml.with_suffix(".html").read_text("utf-8").startswith("<!doctype html>")


def test_the_pages_that_people_opened_are_there(county: Path) -> None:
    pages = Page(county / "demo-output/index.html").pages
    assert len(pages) == len(list((county / "demo-output/pages").glob("*.html"))) == 12
    shown = "".join((county / "demo-output" / page).read_text("utf-8") for page in pages)
    for words in ("Yes, start", "Give a reason", "Not this time", "My meetings", "Tell the officer", "Agree"):
        assert words in shown, words


def test_the_quarters_report_is_made_from_the_ledgers_record(county: Path) -> None:
    report = (county / "demo-output/report.html").read_text("utf-8")
    assert "How our promises went: October to December 2026" in report
    assert "Millbrook SEND Partnership Protocol" in report
    assert (county / "demo-output/report.docx").read_bytes().startswith(b"PK")


def test_the_managers_lists_stand_there_as_in_sharepoint(county: Path) -> None:
    lists = sorted(path.name for path in (county / "demo-output/sharepoint").glob("*.html"))
    assert lists == ["1-needs-you.html", "2-promises.html", "3-quarter.html"]
    promises = (county / "demo-output/sharepoint/2-promises.html").read_text("utf-8")
    assert "Three services sent their figures on Friday evening." in promises


def test_everybody_can_use_the_story_and_the_lists(county: Path, tmp_path: Path, house: Path) -> None:
    for page in ("index.html", "sharepoint/1-needs-you.html"):
        assert_everybody_can_use((county / "demo-output" / page).read_text("utf-8"), tmp_path, house)


def test_the_summary_takes_ten_seconds_to_read(county: Path) -> None:
    said = (county / "said.txt").read_text("utf-8").splitlines()
    assert len(said) <= 12
    page = Page(county / "demo-output/index.html")
    cards = sum(len(cards) for _, cards in page.chapters)
    assert f"{cards} cards: {cards - 2} to the officers, 2 to the manager." in said
    assert any(line.startswith(f"{len(page.mails)} mails: ") for line in said)
    assert any("index.html" in line for line in said)
    assert page.nobody == 0


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
    for path in (output / "index.html", *output.glob("mails/*.txt"), *output.glob("mails/*.html")):
        words = path.read_text("utf-8")
        for mailbox in SHARED_MAILBOXES:
            words = words.replace(mailbox, "")
        assert "@" not in words.replace("@media", "").replace("@page", ""), path
    for path in (
        output / "index.html",
        output / "report.html",
        *output.glob("cards/*"),
        *output.glob("mails/*"),
        *output.glob("pages/*"),
        *output.glob("sharepoint/*"),
        *output.glob("*.jsonl"),
    ):
        assert SECRET not in path.read_text("utf-8"), path
    assert not [path for path in output.glob("ledger*") if SECRET.encode() in path.read_bytes()]
    assert "access_token" not in recorded
    assert 'client_assertion"' not in recorded


@pytest.mark.skipif(not PROVING, reason="runs the whole demo again: only in make prove")
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
    refused = {exchange["status"] for exchange in exchanges if exchange["status"] >= 400}
    missing = [exchange for exchange in exchanges if exchange["status"] == 404]
    assert refused == {404, 429}
    assert all("/lists/" in exchange["url"] for exchange in missing)  # looked for, then made


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
