"""Cards: golden files a person can open, words that stay words, and the real renderer's opinion."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.alerts import AlertState
from models.findings import State
from tests.proving import some_of
from tests.wording.invented import AGREEMENT, BOARD, COMMS, EXECUTIVE, HOSTILE, finding, meeting, papers
from tests.wording.invented_cards import (
    TEXTS,
    a_series,
    alert,
    card,
    crowded,
    every_kind,
    half_term,
    hours,
    needs,
    taken,
    thanks,
    unplaced,
)
from tests.wording.test_mails import CARDS as OF_THE_LADDER
from wording.cards import alert_card, ended_card, held_card, managers_card, thanks_card
from wording.managers_list import managers_text

GOLDEN = Path(__file__).parent / "golden" / "cards"
ALLOWED = {"AdaptiveCard", "TextBlock", "Container", "Action.ToggleVisibility"}
LARGEST = 18 * 1024
HARD_WORDS = ("violation", "breach", "you failed", "failed to", "overdue", "offender", "non-compliant")
KINDS = dict(every_kind())


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_card_is_as_it_was(name: str) -> None:
    path = GOLDEN / f"{name}.json"
    written = json.dumps(KINDS[name], ensure_ascii=False, indent=2) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(written, "utf-8")
    assert path.read_text("utf-8") == written


def test_no_golden_file_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == {*KINDS, *OF_THE_LADDER}


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_card_is_one_that_teams_draws_everywhere(name: str) -> None:
    """Schema 1.5, one column of text that wraps, words for a locked phone, small, nobody's address, kind."""
    _drawable(KINDS[name])
    said = json.dumps(KINDS[name], ensure_ascii=False)
    assert "@" not in said
    assert not [word for word in HARD_WORDS if word in said.casefold()]
    assert KINDS[name]["fallbackText"]


def _drawable(drawn: dict) -> None:
    assert {part["type"] for part in _elements(drawn)} <= ALLOWED
    assert drawn["version"] == "1.5"
    assert len(json.dumps(drawn, ensure_ascii=False).encode()) < LARGEST
    for part in _elements(drawn):
        if part["type"] == "TextBlock":
            text = str(part["text"])
            assert part["wrap"] is True
            assert text
            assert not re.search(r"(?<!\\)[`*_\[\]<>#|~]", text)  # no mark that Teams reads as markdown
            assert "\n" not in text
            assert all(letter.isprintable() for letter in text if letter != " ")


def _elements(part: object) -> Iterator[dict]:
    if isinstance(part, dict):
        if "type" in part:
            yield part
        for value in part.values():
            yield from _elements(value)
    elif isinstance(part, list):
        for value in part:
            yield from _elements(value)


def _shown(drawn: dict) -> list[str]:
    """What a person reads before pressing *More*."""
    return [part["text"].replace("\\", "") for part in drawn["body"] if part["type"] == "TextBlock"]


def _behind(drawn: dict) -> list[str]:
    return [
        part["text"].replace("\\", "")
        for box in drawn["body"]
        for part in box.get("items", ())  # type: ignore[union-attr]
    ]


@given(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=200)))
def test_a_title_can_only_be_words_on_every_kind_of_card(title: str) -> None:
    found = hours(title, date(2026, 12, 8))
    other = unplaced(date(2026, 12, 8), title)
    asked = needs(alerts=(taken(found),), quiet_groups=(title,), unplaced=(other,), questions=(title,))
    _drawable(card([replace(found, because=title, reason=title)]))
    _drawable(ended_card(TEXTS, alert([found], AlertState.PUT_RIGHT), title))
    _drawable(held_card(TEXTS, [taken(found)], AGREEMENT))
    _drawable(managers_card(TEXTS, asked, AGREEMENT))
    assert all(letter.isprintable() or letter == "\n" for letter in managers_text(TEXTS, asked, AGREEMENT))


@pytest.mark.parametrize("title", ["\U0001f600" * 200, "#" * 300, "Sub-group", '"\\' * 200])
def test_five_hundred_things_fit_a_card_whatever_they_are_called(title: str) -> None:
    full = crowded(title)
    _drawable(managers_card(TEXTS, full, AGREEMENT))
    _drawable(held_card(TEXTS, full.alerts, AGREEMENT))


@given(
    st.text(min_size=3, max_size=30, alphabet="abcdefgh"),
    st.text(min_size=3, max_size=30, alphabet="ijklmnop"),
)
def test_nobodys_address_is_on_a_card(name: str, place: str) -> None:
    organiser = f"{name}@council.example"
    named = hours(COMMS, date(2026, 12, 8), organiser=organiser, place=place)
    plain = hours(COMMS, date(2026, 12, 8))
    assert "@" not in json.dumps(card([named]))
    assert card([named]) == card([plain])
    cards = [managers_card(TEXTS, needs(alerts=(taken(one),)), AGREEMENT) for one in (named, plain)]
    assert cards[0] == cards[1]


@pytest.mark.parametrize(
    ("starts", "ends", "headline"),
    [
        ("09:30", "11:00", "Starts before 10am"),
        ("09:30", "15:00", "Starts before 10am"),
        ("13:00", "14:30", "Runs past 2pm"),
        ("14:00", "15:00", "Runs past 2pm"),
        ("15:00", "16:00", "Starts after 2pm"),
    ],
)
def test_the_headline_says_which_end_of_the_hours(starts: str, ends: str, headline: str) -> None:
    about = meeting(BOARD, date(2026, 12, 11), starts, ends, BOARD)
    assert _shown(card([finding("P04", State.AT_RISK, "See above.", about)]))[0] == f"{headline}: {BOARD}"


def test_a_series_with_two_faults_is_said_in_one() -> None:
    early = hours(COMMS, date(2026, 12, 8), series="s@x")
    long = meeting(COMMS, date(2026, 12, 15), "13:00", "15:00", COMMS, series="s@x")
    drawn = card([early, finding("P04", State.AT_RISK, "It ends at 3pm, after 2pm.", long)])
    assert _shown(drawn)[0] == f"Outside 10am to 2pm: {COMMS}"


def test_a_holiday_card_says_whose_holiday_it_is() -> None:
    assert _shown(card([half_term()]))[:3] == [
        "In the school holidays: SEND Partnership Board",
        "Thursday 18 February 2027, 10:30am to 12:30pm.",
        "In half term for most Westshire County Council schools. Eastborough schools are shut that day.",
    ]


def test_the_line_at_booking_may_stand_on_an_alerts_card_but_not_beside_its_own_papers() -> None:
    day = date(2026, 11, 30)  # a Monday
    found = [hours(COMMS, date(2026, 12, 8))]
    drawn = alert_card(TEXTS, alert(found), found, AGREEMENT.promise("P04"), papers_due=day)
    assert _shown(drawn)[2] == "Papers are due by the end of Monday 30 November 2026."
    board = meeting(BOARD, date(2026, 12, 11), "10:30", "12:30", BOARD)
    waiting = [papers(State.AT_RISK, "Papers are due. We can't see them yet.", board)]
    drawn = alert_card(TEXTS, alert(waiting), waiting, AGREEMENT.promise("P01"), papers_due=day)
    assert drawn == card(waiting)


def test_a_series_tells_what_is_ahead_and_not_what_is_over() -> None:
    over = [hours(COMMS, date(2026, 11, 3), State.MISSED, series="s@x")]
    ahead = [hours(COMMS, date(2026, 12, 8), series="s@x")]
    assert "3 Nov" not in json.dumps(card(over + ahead))
    assert "put right" in json.dumps(card(ahead))


def test_a_long_year_of_dates_stays_short() -> None:
    drawn = card(a_series(52))
    assert "and 44 more" in json.dumps(drawn)
    assert len(json.dumps(drawn)) < 4_000


def test_a_firm_promise_with_a_reason_shows_it_and_asks_for_no_other() -> None:
    past = card([hours(COMMS, date(2026, 11, 3), State.MISSED, reason="no other room was free")])
    assert _shown(past)[-2:] == [
        "Reason given: No other room was free.",
        "Thank you for giving it. There is nothing more to do.",
    ]
    ahead = card([hours(COMMS, date(2026, 12, 8), reason="no other room was free")])
    assert "please add" not in json.dumps(ahead)


def test_a_reason_that_the_program_saw_itself_is_not_said_twice() -> None:
    board = meeting(BOARD, date(2026, 12, 11), "10:30", "12:30", BOARD)
    notice = "called with 3 working days' notice"
    drawn = card(
        [papers(State.MISSED, f"This meeting, or its present date, was {notice}.", board, reason=notice)]
    )
    assert json.dumps(_shown(drawn)).count(notice) == 1
    assert _shown(drawn)[0] == f"Called at short notice: {BOARD}"


def test_a_card_about_no_meeting_says_what_we_see_and_has_no_loose_ends() -> None:
    drawn = card(
        [finding("P06", State.AT_RISK, "2 of 9 meetings had a link to join.", subject="all/2026-Q4")]
    )
    assert _shown(drawn)[:2] == ["Fewer meetings online than agreed", "2 of 9 meetings had a link to join."]


def test_word_of_an_end_is_only_for_alerts_that_are_over() -> None:
    with pytest.raises(KeyError):
        ended_card(TEXTS, alert(a_series()), COMMS)


def test_we_say_sorry_where_we_were_wrong() -> None:
    said = _shown(ended_card(TEXTS, alert(a_series(), AlertState.TAKEN_BACK), COMMS))
    assert said[0] == f"We got this wrong: {COMMS}"
    assert "Sorry" in said[1]


def test_held_things_are_counted_by_kind_and_group_and_say_how_to_let_them_go() -> None:
    held = [taken(half_term()), taken(half_term(COMMS)), taken(*a_series())]
    said = _shown(held_card(TEXTS, held, AGREEMENT))
    assert said == [
        "3 new things came up at once",
        "So nobody has been told yet. Has a calendar or a list of dates changed?",
        "In the school holidays, or on a day off: SEND Partnership Board (1), Communications Priority Group (1).",
        "Outside the agreed hours: Communications Priority Group (1).",
        "If it is all true, let it go: protocol-watch release --held",
        "If not, put the calendar or the dates right. What is then no longer so is never sent.",
    ]


def test_the_manager_reads_counts_first_and_every_line_behind_more() -> None:
    drawn = managers_card(TEXTS, needs(), AGREEMENT)
    assert _shown(drawn) == [
        "For you: 6 things to look at",
        "Nobody but you has been told.",
        "Outside the agreed hours: 1",
        "In the school holidays, or on a day off: 2",
        "Of a group we can’t tell: 1",
        "Please check",
        "We could not read the calendar of SEND Executive Group. Ask an administrator to share it.",
        "Row 7 of the Papers list: which meeting is this for?",
        "What to do",
        "Please look through the list. Where it is wrong, put the calendar, the dates or the agreement right.",
        (
            "When it looks right, start telling people, one group at a time: "
            'protocol-watch release "SEND Partnership Board". Or all of them: protocol-watch release --all'
        ),
    ]
    assert _behind(drawn) == [
        "SEND Partnership Board",
        "Thu 18 Feb 2027, 10:30am to 12:30pm: In the school holidays",
        "Communications Priority Group",
        "10 dates from Tue 10 Nov 2026, 9:30am to 11am: Starts before 10am",
        "Thu 18 Feb 2027, 10:30am to 12:30pm: In the school holidays",
        "Which group is this?",
        "These fit no group of the agreement, or more than one. We did not judge them.",
        "Wed 2 Dec 2026, 1pm to 2pm: Planning session",
        "Nobody else hears yet about: SEND Partnership Board, Communications Priority Group.",
    ]


@pytest.mark.parametrize(
    ("more", "command"),
    [
        ({}, 'protocol-watch release "SEND Partnership Board"'),
        ({"quiet_groups": ('$(rm -rf /) "', EXECUTIVE)}, 'protocol-watch release "SEND Executive Group"'),
        ({"quiet_groups": ("`x`",)}, "protocol-watch release --all"),
        ({"observing": True}, "protocol-watch release --all"),
    ],
)
def test_the_manager_is_told_what_to_type_and_it_is_safe_to_type(more: dict, command: str) -> None:
    said = managers_text(TEXTS, needs(**more), AGREEMENT)
    assert command in said
    assert 'release "$(' not in said


def test_while_observing_the_manager_is_told_that_nobody_else_hears() -> None:
    assert "Nobody but you has been told." in managers_text(TEXTS, needs(observing=True), AGREEMENT)


def test_the_terminal_has_room_for_every_line() -> None:
    said = managers_text(TEXTS, crowded(), AGREEMENT)
    assert len(said.splitlines()) > 800
    assert said.startswith("For you: 800 things to look at\n")


def test_nothing_to_look_at_is_said_in_one_line() -> None:
    nothing = needs(alerts=(), quiet_groups=(), unplaced=(), questions=())
    assert managers_text(TEXTS, nothing, AGREEMENT) == "For you: nothing to look at\n"
    assert _shown(managers_card(TEXTS, nothing, AGREEMENT)) == ["For you: nothing to look at"]


def test_an_alert_of_a_promise_that_is_gone_is_still_told() -> None:
    found = replace(hours(COMMS, date(2026, 12, 8)), promise="P99")
    said = managers_text(TEXTS, needs(alerts=(taken(found),)), AGREEMENT)
    assert "Tue 8 Dec 2026, 9:30am to 11am: Outside the agreed hours" in said


@pytest.mark.parametrize(
    ("meetings", "kept", "said"),
    [
        (
            6,
            {"P01": (5, 6), "P04": (6, 6), "P05": (6, 6)},
            (
                "In October all 6 meetings were in the agreed hours and in term. "
                "Papers were on time for 5 of them. Thank you."
            ),
        ),
        (
            6,
            {"P01": (6, 6), "P04": (5, 6), "P05": (6, 6)},
            "In October all 6 meetings were in term. Papers were on time for all 6 of them. Thank you.",
        ),
        (
            6,
            {"P04": (4, 4), "P05": (6, 6)},
            (
                "In October all 6 meetings were in term. All 4 that this was promised for were in the agreed "
                "hours. Thank you."
            ),
        ),
        (
            8,
            {"P04": (5, 5), "P05": (5, 5)},
            (
                "In October all 5 meetings that this was promised for were in the agreed hours and in term. "
                "Thank you."
            ),
        ),
        (
            2,
            {"P01": (2, 2)},
            "In October we looked at 2 meetings. Papers were on time for all 2 of them. Thank you.",
        ),
    ],
)
def test_thanks_say_only_what_went_well(meetings: int, kept: dict, said: str) -> None:
    assert _shown(thanks_card(TEXTS, thanks(meetings, **kept), AGREEMENT)) == [
        "What went well in October",
        said,
    ]


def test_the_real_renderer_draws_every_card(shared: Path, house: Path, tmp_path: Path) -> None:
    """Adaptivecards in a browser: no unknown element, nothing newer than Teams takes, at phone and desktop width."""
    modules = Path(os.environ.get("NODE_MODULES_FROM", house / "package.json"))
    if not shutil.which("node") or not shutil.which("chromium"):
        pytest.skip("needs node and chromium")
    if not (modules.parent / "node_modules" / "adaptivecards").is_dir():
        pytest.skip("needs adaptivecards and playwright-core: npm install, or set NODE_MODULES_FROM")
    renderer = shared / "tools" / "render_card.mjs"
    kinds = ("managers-list-of-500", "managers-list", "held", "thanks", "hours", "put-right")
    for name in some_of(kinds, 0, of=2):
        source = tmp_path / f"{name}.json"
        source.write_text(json.dumps(KINDS[name]), "utf-8")
        done = subprocess.run(
            ["node", str(renderer), str(source), str(tmp_path / f"{name}.png")],
            env={**os.environ, "NODE_MODULES_FROM": str(modules)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"{name}: {done.stderr}"
