"""Each defect of Microsoft 365 that we put right has a module of its own, with the evidence in its first lines."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_client.event_bodies import EventsPages
from graph_client.meetings import Gathered, meetings_in
from graph_client.quirks.cancelled_copies_that_linger import one_of_each as one_copy_of_each
from graph_client.quirks.expiry_spelt_three_ways import moment_in
from graph_client.quirks.private_events_served_whole import is_private
from graph_client.quirks.same_meeting_in_five_mailboxes import one_of_each
from graph_client.quirks.series_exceptions import is_only_a_pattern
from graph_client.refusals import Refusal, error_for
from models.days import LONDON
from models.facts import Meeting
from tests.graph_client.events import BOX, at, event

QUIRKS = {
    "all_day_in_summer_time",
    "cancelled_copies_that_linger",
    "date_columns_in_site_time",
    "empty_error_codes",
    "expiry_spelt_three_ways",
    "group_mailboxes_refused",
    "online_said_in_the_place",
    "private_events_served_whole",
    "same_meeting_in_five_mailboxes",
    "series_exceptions",
    "windows_zone_names",
    "year_0001",
}


def test_each_says_what_is_wrong_and_how_we_know(house):
    there = {path.stem for path in (house / "graph_client/quirks").glob("*.py")} - {"__init__"}
    assert there >= QUIRKS
    for name in there:
        told = import_module(f"graph_client.quirks.{name}").__doc__ or ""
        assert "vidence" in told or "graph §" in told or "facts: graph" in told or "published" in told, name


def held(key, source, *, group="", organiser="omar@council.example", cancelled=False, starts=None):
    begins = starts or datetime(2026, 11, 27, 10, 0, tzinfo=LONDON)
    return Meeting(
        key=key,
        uid=key,
        title="Board",
        starts=begins,
        ends=begins + timedelta(hours=2),
        source=source,
        group=group,
        organiser=organiser,
        cancelled=cancelled,
    )


HOMES = {"Board": "board@council.example"}


def test_the_copy_in_its_groups_home_calendar_wins():
    copies = [
        held("k", "omar@council.example", group="Board"),
        held("k", "ana@council.example"),
        held("k", "Board@council.example", group="Board"),
        held("k", "health@icb.example", group="Other"),
    ]
    for number in range(4):
        [one] = one_of_each(copies[number:] + copies[:number], HOMES)
        assert one.source == "Board@council.example"


def test_else_the_organisers_own_copy_else_always_the_same():
    others = [held("k", f"{name}@council.example") for name in ("eve", "dan", "cat")]
    [one] = one_of_each([*others, held("k", "OMAR@council.example")], HOMES)
    assert one.source == "OMAR@council.example"
    assert {one_of_each([*others[n:], *others[:n]], HOMES)[0].source for n in range(3)} == {
        "cat@council.example"
    }


def test_a_copy_that_was_not_cancelled_comes_before_all():
    home = held("k", "board@council.example", group="Board", cancelled=True)
    [one] = one_of_each([home, held("k", "ana@council.example")], HOMES)
    assert not one.cancelled


def test_different_meetings_stay_in_their_order():
    meetings = [held("b", "x@y"), held("a", "x@y"), held("b", "z@y")]
    assert [one.key for one in one_of_each(meetings, {})] == ["b", "a"]


@given(st.permutations([held("k", f"{n}@x.example", cancelled=n < 3) for n in range(5)]))
def test_lingering_copies_never_win(copies):
    [one] = one_copy_of_each(copies)
    assert not one.cancelled


def test_a_changed_date_of_a_series_is_a_meeting_and_its_pattern_is_none(sample_json):
    page = EventsPages().validate_python(sample_json("event_instances_with_exception.json"))
    assert {event.get("type") for event in page.value} >= {"exception", "occurrence"}
    assert not any(is_only_a_pattern(event.get("type")) for event in page.value)
    assert is_only_a_pattern(sample_json("group_event_series_master.json")["type"])
    moved = event(
        2, type="exception", seriesMasterId="S", start=at("2026-11-28T13:00"), end=at("2026-11-28T14:00")
    )
    meetings, unreadable = meetings_in([event(1, type="seriesMaster", id="S"), moved], BOX)
    assert [(one.series, one.day) for one in meetings] == [("S", date(2026, 11, 28))]
    assert not unreadable


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2016-11-20T18:23:45.9356913Z", "2016-11-20 18:23:45"),
        ("2019-09-18T00:52:45.9696658+00:00", "2019-09-18 00:52:45"),
        ("2021-12-31T16:16:44.9907405+05:30", "2021-12-31 10:46:44"),
        ("2016-03-19T22:11:09.952Z", "2016-03-19 22:11:09"),
        ("2020-08-18T12:51:51", "2020-08-18 12:51:51"),
        ("0001-01-01T00:00:00Z", None),
        ("NA", None),
        ("", None),
        (None, None),
        (5, None),
        ("0001-01-01T00:00:00+14:00", None),
    ],
)
def test_one_moment_in_every_spelling(text, moment):
    found = moment_in(text)
    assert (f"{found:%Y-%m-%d %H:%M:%S}" if found else None) == moment
    assert found is None or found.tzinfo is UTC


def test_a_groups_address_has_its_own_cure_under_every_status():
    for status in (400, 403, 404):
        said = str(error_for(Refusal(status, "ErrorGroupIsUsedInNonGroupURI"), _asked()))
        assert "use a shared mailbox instead" in said


def _asked():
    from graph_client.asked import calendar_of

    return calendar_of(BOX)


@given(st.text(max_size=20))
def test_only_what_is_plainly_normal_is_open(word):
    assert is_private(word) == (word.casefold() not in ("", "normal"))


def test_pages_may_be_taken_in_any_portions():
    entries = [event(number, iCalUId=f"u{number % 4}", isCancelled=number < 3) for number in range(9)]
    whole = meetings_in(entries, BOX)
    from graph_client.event_bodies import events_among

    for size in range(1, 9):
        gathered = Gathered(BOX)
        for begin in range(0, 9, size):
            gathered.add(events_among(entries[begin : begin + size]))
        assert (gathered.meetings, gathered.unreadable) == whole
