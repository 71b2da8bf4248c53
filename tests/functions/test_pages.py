"""Pages behind signed links: looking changes nothing, a press acts once, and what was said can be taken back."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from functions.waking.touched import Why, touched_in
from ledger import open_ledger
from models.alerts import AlertState
from models.facts import Said
from models.links import Purpose
from models.papers_said import PeopleSaid, Reason
from models.reps import BEGUN, PREFERENCES, partition_of
from models.statements import standing
from tests.functions import pages_stage as stage
from tests.functions.pages_stage import (
    CHAIR,
    EVERY_PAGE,
    MANAGER,
    NOW,
    OFFICER,
    REP,
    Desk,
    at_a_desk,
    token,
)

ALERT = EVERY_PAGE["alert"]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite3'}") as ledger:
        made = at_a_desk(ledger, tmp_path)
        await made.begin()
        yield made


def words(answer) -> str:
    """What a person reads on a page, without its style."""
    body = re.sub(r"<style>.*?</style>", "", answer.body.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def turn_of(answer) -> str:
    """The form that a page gives to be pressed."""
    return re.search(r'name="turn" value="(\d+)"', answer.body.decode())[1]


@pytest.mark.parametrize("name", EVERY_PAGE)
async def test_a_scanner_that_looks_three_times_says_nothing(desk: Desk, name: str) -> None:
    before = await desk.remembered(partition_of(REP)), await desk.remembered("")
    looks = [await desk.look(EVERY_PAGE[name]) for _ in range(3)]
    looks += [await desk.look(EVERY_PAGE[name], method="HEAD")]
    assert [one.status for one in looks] == [200] * 4
    assert len({one.body for one in looks[:3]}) == 1
    assert looks[3].body == b""
    assert not any(one.touched for one in looks)
    assert await desk.said() == []
    assert (await desk.remembered(partition_of(REP)), await desk.remembered("")) == before


@pytest.mark.parametrize("name", EVERY_PAGE)
async def test_every_answer_guards_its_reader(desk: Desk, name: str) -> None:
    for answer in (await desk.look(EVERY_PAGE[name]), await desk.press(EVERY_PAGE[name])):
        headers = {key.lower(): value for key, value in answer.headers.items()}
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert "noindex" in headers["x-robots-tag"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "form-action 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert "set-cookie" not in headers
        assert b"<script" not in answer.body
        assert b" style=" not in answer.body


# The answers of an officer on Tuesday 24 November 2026 to "papers for Tuesday 1 December not seen yet".
ANSWERS = [
    ({"do": "sent", "day": "2026-11-23"}, Said.SENT, date(2026, 11, 23), ""),  # a Monday
    ({"do": "sent", "day": "23/11/2026"}, Said.SENT, date(2026, 11, 23), ""),
    ({"do": "sent", "day": "Monday 23 November 2026"}, Said.SENT, date(2026, 11, 23), ""),
    ({"do": "none"}, Said.NONE_THIS_TIME, None, ""),
    (
        {"do": "coming", "day": "2026-11-26", "text": "New figures"},
        Said.COMING_ON,
        date(2026, 11, 26),
        "New figures",
    ),
    ({"do": "hand"}, Said.IN_HAND, None, ""),
    ({"do": "reason", "text": "Half of us were ill"}, Said.REASON, None, "Half of us were ill"),
    ({"do": "wrong"}, Said.CONTEST, None, ""),
    ({"do": "wrong", "text": "They went by post"}, Said.CONTEST, None, "They went by post"),
]


@pytest.mark.parametrize(("fields", "said", "day", "text"), ANSWERS)
async def test_an_officers_press_is_one_statement_however_often_it_comes(
    desk, fields, said, day, text
) -> None:
    turn = turn_of(await desk.look(ALERT))
    answers = [await desk.press(ALERT, turn=turn, **fields) for _ in range(2)]
    answers += await asyncio.gather(*(desk.press(ALERT, turn=turn, **fields) for _ in range(3)))
    [one] = await desk.said()
    assert (one.said, one.day, one.text) == (said, day, text)
    assert (one.role, one.partner, one.proved) == (OFFICER, "council", "signed link")
    assert (one.promise, one.subject) == ("P01", stage.PAPERS[0].subject)
    assert one.at == NOW
    assert "We have noted that." in words(answers[0])
    assert "Who will see this" in words(answers[0])
    assert "Take this back" in words(answers[0])
    told = touched_in(answers[0].touched)
    assert told.why is Why.SAID
    assert len(told.calendars) == 1


async def test_a_word_is_taken_back_once_and_can_be_said_again(desk: Desk) -> None:
    first = await desk.press(ALERT, do="reason", text="Illness", turn="0")
    back = [await desk.press(ALERT, do="undo", turn=turn_of(first)) for _ in range(2)]
    assert standing(await desk.said()) == ()
    assert "You took that back." in words(back[1])
    again = await desk.press(ALERT, do="reason", text="Illness", turn=turn_of(back[0]))
    [one] = standing(await desk.said())
    assert one.text == "Illness"
    assert len(await desk.said()) == 3
    assert "Illness" in words(again)


async def test_what_a_review_has_settled_can_still_be_taken_back(desk: Desk) -> None:
    said = await desk.press(ALERT, do="reason", text="Illness", turn="0")
    await desk.state(stage.PAPERS, AlertState.EXPLAINED)
    shown = await desk.look(ALERT)
    assert "Illness" in words(shown)
    await desk.press(ALERT, do="undo", turn=turn_of(said))
    assert standing(await desk.said()) == ()


async def test_two_people_at_once_are_both_kept(desk: Desk) -> None:
    deputy = token(Purpose.ALERT, "NHS Deputy", stage.ON_PAPERS)
    await asyncio.gather(
        desk.press(ALERT, do="sent", day="2026-11-23", turn="0"),
        desk.press(deputy, do="coming", day="2026-11-26", text="The figures", turn="0"),
    )
    said = await desk.said()
    assert {(one.role, one.partner, one.said) for one in said} == {
        (OFFICER, "council", Said.SENT),
        ("NHS Deputy", "NHS", Said.COMING_ON),
    }
    for link in (ALERT, deputy):
        shown = words(await desk.look(link))
        assert "The papers went out on Monday 23 November 2026." in shown
        assert "The papers will come on Thursday 26 November 2026. The figures." in shown


async def test_a_reason_is_for_one_date_or_for_the_series_until_a_day(desk: Desk) -> None:
    link = EVERY_PAGE["alert of a series"]
    whole = await desk.press(link, do="reason", text="School run", which="all", day="2027-05-04", turn="0")
    await desk.press(link, do="reason", text="A launch", which=stage.SERIES[1].subject, turn=turn_of(whole))
    series, single = await desk.said()
    assert (series.subject, series.until) == ("series-of-the-board", date(2027, 5, 4))
    assert (single.subject, single.until) == (stage.SERIES[1].subject, None)


async def test_a_tick_of_a_series_names_its_meeting(desk: Desk) -> None:
    link = token(Purpose.ALERT, OFFICER, stage.ON_SERIES_PAPERS)
    unsaid = await desk.press(link, do="none", turn="0")
    assert unsaid.status == 400
    assert "Please pick one." in words(unsaid)
    await desk.press(link, do="none", which=stage.SERIES_PAPERS[2].subject, turn="0")
    [one] = await desk.said()
    assert one.subject == stage.SERIES_PAPERS[2].subject


FAULTS = [
    ({"do": "sent"}, "Please give a day"),
    ({"do": "sent", "day": "soon"}, "Please give a day"),
    ({"do": "sent", "day": "2026-02-30"}, "Please give a day"),
    ({"do": "sent", "day": "2026-11-25"}, "That day is still ahead"),
    ({"do": "sent", "day": "2016-11-23"}, "too far away"),
    ({"do": "coming", "day": "2026-11-23", "text": "x"}, "That day is past"),
    ({"do": "coming", "day": "2026-11-26"}, "Please write a few words"),
    ({"do": "coming", "day": "2026-11-26", "text": "\u202e\r\n\t"}, "Please write a few words"),
    ({"do": "reason"}, "Please write a few words"),
    ({"do": "reason", "text": "é" * 10_000}, "That has 10,000 letters. Please cut it to 500."),
    ({"do": "wrong", "text": "x" * 501}, "That has 501 letters."),
    ({}, "We could not read what was sent."),
    ({"do": "shout"}, "We could not read what was sent."),
]


@pytest.mark.parametrize(("fields", "fault"), FAULTS)
async def test_a_fault_is_one_sentence_with_the_form_and_nothing_lost(desk, fields, fault) -> None:
    answer = await desk.press(ALERT, turn="0", **fields)
    assert answer.status == 400
    assert fault in words(answer)
    assert b"<form" in answer.body
    assert fields.get("text", "").strip("\u202e\r\n\t") in answer.body.decode()
    assert await desk.said() == []


@pytest.mark.parametrize(
    ("media", "body", "status"),
    [
        ("application/json", b'{"do": "hand"}', 400),
        ("", b"do=hand", 400),
        ("application/x-www-form-urlencoded", b"do=hand" * 1_500_000, 413),
        ("application/x-www-form-urlencoded", b"\xff\xfe", 400),
        ("application/x-www-form-urlencoded", b"&".join([b"a=b"] * 1000), 400),
        ("multipart/form-data", b"no boundary", 400),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n--x--", 400),
        ("application/x-www-form-urlencoded; charset=\xff", b"do=nothing", 400),
    ],
)
async def test_a_form_that_cannot_be_read_is_said_and_changes_nothing(desk, media, body, status) -> None:
    for link in EVERY_PAGE.values():
        answer = await desk.press(link, media=media, body=body)
        assert answer.status == status
        assert b"<h1>" in answer.body
    assert await desk.said() == []
    assert PREFERENCES not in await desk.remembered(partition_of(REP))
    assert BEGUN not in await desk.remembered("")


async def test_hostile_words_are_harmless(desk: Desk) -> None:
    text = '<script>alert(1)</script>"><img src=x>\r\nBcc: all@council.example\u202e\u0000{reason}{{7*7}}'
    answer = await desk.press(ALERT, do="reason", text=text, turn="0")
    body = answer.body.decode()
    assert answer.status == 200
    assert "<script" not in body
    assert "<img" not in body
    assert "&lt;script&gt;" in body
    assert "{reason}{{7*7}}" in body
    [one] = await desk.said()
    assert not re.search("[\r\n\u202e\u0000]", one.text)


async def test_the_forum_answers_a_reason_and_silence_is_no_yes(desk: Desk) -> None:
    link = EVERY_PAGE["reason"]
    assert "No reason stands just now" in words(await desk.look(link))
    await desk.press(ALERT, do="reason", text="New figures on Tuesday", turn="0")
    shown = await desk.look(link)
    assert "New figures on Tuesday" in words(shown)
    assert "nobody takes it as a yes" in words(shown)
    for do, said in (("agree", Said.AGREE), ("not_this", Said.NOT_THIS_TIME), ("asked", Said.WE_ASKED)):
        desk.moment += timedelta(minutes=1)
        shown = await desk.press(link, do=do, turn=turn_of(shown))
        one = (await desk.said())[-1]
        assert (one.said, one.role, one.partner) == (said, CHAIR, "forum")
        assert one.subject == stage.PAPERS[0].subject
    await desk.press(link, do="undo", turn=turn_of(shown))
    assert [one.said for one in standing(await desk.said())] == [Said.REASON, Said.AGREE, Said.NOT_THIS_TIME]


async def test_the_forum_answers_a_reason_that_was_typed_in_the_papers_list(desk: Desk) -> None:
    key, ledger = stage.PAPERS[0].subject, (await desk.here.watch()).ledger
    typed = PeopleSaid(reasons=(Reason(key, "Three services were late", stage.NOW - timedelta(hours=1)),))
    await ledger.remember(stage.board(), "papers", {"said": typed.plain()})
    shown = await desk.look(EVERY_PAGE["reason"])
    assert "Three services were late" in words(shown)
    await desk.press(EVERY_PAGE["reason"], do="agree", turn=turn_of(shown))
    [one] = await desk.said()
    assert (one.said, one.subject, one.promise) == (Said.AGREE, key, "P01")


async def test_the_manager_says_whether_we_were_right(desk: Desk) -> None:
    link = EVERY_PAGE["check"]
    assert "Nobody says that this is wrong" in words(await desk.look(link))
    await desk.press(ALERT, do="wrong", text="They went by post", turn="0")
    shown = await desk.look(link)
    assert "They went by post" in words(shown)
    long = await desk.press(link, do="mistake", text="x" * 600, turn=turn_of(shown))
    assert long.status == 400
    assert "x" * 600 in long.body.decode()
    await desk.press(link, do="mistake", text="The post is a route too", turn=turn_of(shown))
    one = (await desk.said())[-1]
    assert (one.said, one.role, one.text) == (Said.OUR_MISTAKE, MANAGER, "The post is a route too")


ENDS = {
    AlertState.PUT_RIGHT: "Nothing more to do",
    AlertState.CALLED_OFF: "no longer in the calendar",
    AlertState.SUPERSEDED: "no longer applies",
    AlertState.TAKEN_BACK: "Sorry for the bother",
    AlertState.CLOSED: "some time ago",
}


@pytest.mark.parametrize(("state", "says"), ENDS.items())
@pytest.mark.parametrize("name", ["alert", "reason", "check"])
async def test_an_old_link_says_what_became_of_it_and_a_press_does_nothing(desk, state, says, name) -> None:
    await desk.state(stage.PAPERS, state)
    answers = [await desk.look(EVERY_PAGE[name]), await desk.press(EVERY_PAGE[name], do="hand", turn="0")]
    for answer in answers:
        assert answer.status == 200
        assert says in words(answer)
    assert await desk.said() == []


async def test_an_alert_that_is_gone_is_said_kindly(desk: Desk) -> None:
    for purpose in (Purpose.ALERT, Purpose.REASON, Purpose.CHECK):
        answer = await desk.look(token(purpose, OFFICER, "another/P99/unknown"))
        assert "We hold nothing about this any more." in words(answer)


async def test_my_meetings_are_the_next_three_with_papers_as_of_now(desk: Desk) -> None:
    shown = words(await desk.look(EVERY_PAGE["my meetings"]))
    assert "This is what we could see on Tuesday 24 November 2026 at 9am." in shown
    assert "Friday 27 November 2026, 10:30am to 12:30pm County Hall, Room B" in shown
    assert "We can’t see the papers yet. They were due by the end of Friday 20 November 2026." in shown
    assert "They should come on Wednesday 25 November 2026. The reason: New figures come on Tuesday." in shown
    assert "It was to be on Thursday 3 December 2026 at 1pm." in shown
    assert "This meeting is called off." in shown
    assert "Held this morning" not in shown
    assert "Spring Board" not in shown


async def test_the_buttons_of_my_meetings_open_their_pages(desk: Desk) -> None:
    shown = await desk.look(EVERY_PAGE["my meetings"])
    links = re.findall(r'href="/p/([^"]+)"', shown.body.decode())
    titles = [re.search("<h1>(.*?)</h1>", (await desk.look(one)).body.decode())[1] for one in links]
    assert [re.sub("<.*?>", "", one) for one in titles] == [
        "Can’t open a paper?",
        "Want a call before Friday?",
        "Can’t open a paper?",
        "Want a call before Friday?",
        "Choose what I get",
        "Pause for a month",
    ]


@pytest.mark.parametrize(
    ("name", "do", "said"), [("open", "open", Said.CANT_OPEN), ("call", "call", Said.CALL_WANTED)]
)
async def test_a_rep_asks_for_something_and_takes_it_back(desk, name, do, said) -> None:
    link, other = EVERY_PAGE[name], token(EVERY[name], stage.OTHER_REP, stage.NEXT.key)
    shown = await desk.look(link)
    assert "but not who you are" in words(shown)
    for one in (link, link, other):
        answer = await desk.press(one, do=do, text="Item 4 asks for a password", turn="0")
    assert answer.touched
    mine, theirs = await desk.said()
    assert mine.id != theirs.id
    for one in (mine, theirs):
        assert (one.said, one.role, one.partner, one.promise) == (said, "Forum rep", "forum", "")
        assert one.subject == stage.NEXT.key
        assert REP not in str(replace(one, id=""))  # the key stands in the id alone
        assert "@" not in str(one)
    assert "We pass this on" in words(await desk.look(link))
    await desk.press(link, do="undo", turn=turn_of(await desk.look(link)))
    assert standing(await desk.said()) == (theirs,)


EVERY = {"open": Purpose.CANT_OPEN, "call": Purpose.CALL}


async def test_a_meeting_that_was_held_or_is_gone_is_said(desk: Desk) -> None:
    over = await desk.press(token(Purpose.CANT_OPEN, REP, stage.AHEAD[0].key), do="open", turn="0")
    assert "This meeting is over" in words(over)
    assert "Tuesday 24 November 2026 at 7am" in words(over)
    assert "not ahead any more" in words(await desk.look(token(Purpose.CALL, REP, "nowhere")))
    assert await desk.said() == []


async def test_a_pause_is_four_weeks_and_can_be_ended(desk: Desk) -> None:
    place, link = partition_of(REP), EVERY_PAGE["pause"]
    shown = await desk.press(link, do="pause")
    assert "You get no mail from us until Tuesday 22 December 2026." in words(shown)
    assert (await desk.remembered(place))[PREFERENCES]["paused_until"] == "2026-12-22"
    assert "Start the mails again" in words(await desk.look(link))
    await desk.press(link, do="undo")
    assert (await desk.remembered(place))[PREFERENCES]["paused_until"] is None


async def test_a_rep_chooses_and_two_presses_at_once_lose_nothing(desk: Desk) -> None:
    link = EVERY_PAGE["preferences"]
    assert (await desk.press(link, do="choose", day="7")).status == 400
    await asyncio.gather(
        desk.press(link, do="choose", day="3", in_holidays="yes", due_days="yes"),
        desk.press(EVERY_PAGE["pause"], do="pause"),
    )
    kept = (await desk.remembered(partition_of(REP)))[PREFERENCES]
    assert kept == {
        "day": 3,
        "paused_until": "2026-12-22",
        "stopped": False,
        "at_once": False,
        "in_holidays": True,
        "due_days": True,
        "turn": 0,
    }


MULTIPART = b'--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'


@pytest.mark.parametrize(
    ("media", "body"),
    [
        ("application/x-www-form-urlencoded", b"List-Unsubscribe=One-Click"),
        ("multipart/form-data; boundary=b", MULTIPART),
        ("application/x-www-form-urlencoded", b"do=stop&turn=0"),
    ],
)
async def test_one_press_ends_all_mails_and_they_can_begin_again(desk, media, body) -> None:
    link = EVERY_PAGE["unsubscribe"]
    for _ in range(2):
        answer = await desk.press(link, media=media, body=body)
        assert answer.status == 200
        assert "You get no more mails from us." in words(answer)
        assert (await desk.remembered(partition_of(REP)))[PREFERENCES]["stopped"] is True
    assert "Your mails are stopped." in words(await desk.look(EVERY_PAGE["preferences"]))
    await desk.press(link, do="undo")
    assert (await desk.remembered(partition_of(REP)))[PREFERENCES]["stopped"] is False


async def test_the_forums_chair_lets_the_mails_begin_once(desk: Desk) -> None:
    link = EVERY_PAGE["introduce"]
    await desk.press(link, do="start")
    desk.moment = NOW + timedelta(days=3)
    await desk.press(link, do="start")
    assert (await desk.remembered(""))[BEGUN] == {"at": NOW.isoformat(), "by": CHAIR}
    assert "The mails began on Tuesday 24 November 2026." in words(await desk.look(link))
    await desk.press(link, do="undo")
    assert not (await desk.remembered("")).get(BEGUN)
    assert "Yes, start" in words(await desk.look(link))
