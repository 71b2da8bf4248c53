"""A window is read whole, in London time, with Graph's own defects put right at this edge."""

from datetime import UTC, date, datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_client.calendar_windows import SELECT, read_window
from graph_client.errors import AnswerUnusable
from graph_client.meetings import meetings_in
from models.days import LONDON
from models.keys import meeting_key
from tests.graph_client.events import BOX, at, event, page

FROM, UNTIL = datetime(1990, 1, 1), datetime(2090, 1, 1)  # noqa: DTZ001 (Hypothesis adds no zone)
FIRST, LAST = date(2026, 10, 19), date(2027, 12, 23)


def only(entry):
    meetings, unreadable = meetings_in([entry], BOX)
    assert unreadable == ()
    (meeting,) = meetings
    return meeting


def why_not(entry):
    meetings, (sentence,) = meetings_in([entry], BOX)
    assert meetings == ()
    return sentence


async def test_an_event_becomes_a_meeting(opened, wire):
    tenant = await opened(wire(page(event(seriesMasterId="AAMkSeries"))))
    read = await read_window(tenant, BOX, FIRST, LAST)
    assert (read.mailbox, read.first, read.last) == (BOX, FIRST, LAST)
    assert read.read_at == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    (meeting,) = read.meetings
    assert meeting.key == meeting_key(meeting.uid)
    assert meeting.uid == "040000008200E00074C5B7101A82E0080001"
    assert meeting.title == "SEND Partnership Board"
    assert meeting.starts == datetime(2026, 11, 27, 10, 0, tzinfo=LONDON)
    assert meeting.ends == datetime(2026, 11, 27, 12, 0, tzinfo=LONDON)
    assert meeting.series == "AAMkSeries"
    assert meeting.organiser == "omar.fielding@council.example"
    assert meeting.place == "Millbrook Community Centre"
    assert meeting.source == BOX
    assert (meeting.all_day, meeting.cancelled, meeting.private, meeting.online) == (False,) * 4


async def test_what_is_asked(opened, wire):
    here = wire(page())
    await read_window(await opened(here), BOX, date(2026, 6, 1), date(2026, 12, 1))
    (request,) = here.asked
    assert request.method == "GET"
    assert request.url.path == f"/v1.0/users/{BOX}/calendarView"
    query = dict(request.url.params)
    # London's midnights: the first in summer, the second in winter
    assert query["startDateTime"] == "2026-05-31T23:00:00Z"
    assert query["endDateTime"] == "2026-12-02T00:00:00Z"
    assert query["$select"].split(",") == SELECT
    assert "body" not in query["$select"].lower()
    assert query["$top"] == "1000"
    assert b"$select=" in request.url.query
    prefer = request.headers["prefer"]
    assert 'outlook.timezone="UTC"' in prefer
    assert 'IdType="ImmutableId"' in prefer
    assert request.headers["user-agent"] == "NONISV|ProtocolWatch|ProtocolWatch/0.1"
    assert request.headers["authorization"] == "Bearer a-bearer-that-nobody-may-see"


@pytest.mark.parametrize(
    "mailbox",
    ["a+b@council.example", "o'neill@council.example", "send#EXT#@council.example", "a/b@x.example"],
)
async def test_an_awkward_address_stays_one_part_of_the_path(opened, wire, mailbox):
    here = wire(page())
    await read_window(await opened(here), mailbox, FIRST, LAST)
    assert here.asked[0].url.path == f"/v1.0/users/{mailbox}/calendarView"
    assert here.asked[0].url.raw_path.count(b"/") == 4


async def test_all_pages_are_read_and_an_empty_one_is_not_the_end(opened, wire):
    link = "https://graph.council.example/v1.0/users/x/calendarView?$skip={}"
    here = wire(
        page(next_link=link.format(1)),
        page(event(1), next_link=link.format(2)),
        page(next_link=link.format(3)),
        page(event(2), event(3)),
    )
    read = await read_window(await opened(here), BOX, FIRST, LAST)
    assert len(read.meetings) == 3
    assert [str(asked.url) for asked in here.asked[1:]] == [link.format(n) for n in (1, 2, 3)]
    assert all('IdType="ImmutableId"' in asked.headers["prefer"] for asked in here.asked)


async def test_of_an_event_that_came_twice_the_last_counts(opened, wire):
    link = "https://graph.council.example/v1.0/next"
    moved = event(1, start=at("2026-11-27T09:30"))
    here = wire(page(event(1), event(2), next_link=link), page(moved, event(2)))
    read = await read_window(await opened(here), BOX, FIRST, LAST)
    assert len(read.meetings) == 2
    assert min(meeting.starts for meeting in read.meetings).strftime("%H:%M") == "09:30"


async def test_pages_that_come_back_to_themselves_end_in_one_sentence(opened, wire):
    link = "https://graph.council.example/v1.0/again"
    with pytest.raises(AnswerUnusable, match="never end"):
        await read_window(await opened(wire(page(event(1), next_link=link))), BOX, FIRST, LAST)


async def test_empty_pages_without_end_are_given_up(opened, wire):
    def another(request: httpx.Request) -> httpx.Response:
        number = int(request.url.params.get("n", "0")) + 1
        link = f"https://graph.council.example/v1.0/next?n={number}"
        return httpx.Response(200, json=page(next_link=link))

    here = wire(another)
    with pytest.raises(AnswerUnusable, match="never end"):
        await read_window(await opened(here), BOX, FIRST, LAST)
    assert len(here.asked) < 40


@pytest.mark.parametrize(
    "link",
    [
        "https://elsewhere.example/v1.0/next",
        "http://graph.council.example/v1.0/next",
        "https://graph.council.example:8443/v1.0/next",
        "https://graph.council.example@elsewhere.example/next",
        "not an address",
        "https://[half",
    ],
)
async def test_our_token_goes_nowhere_else(opened, wire, link):
    here = wire(page(event(1), next_link=link))
    with pytest.raises(AnswerUnusable, match="another address"):
        await read_window(await opened(here), BOX, FIRST, LAST)
    assert len(here.asked) == 1


def test_summer_time_is_londons():
    meeting = only(event(start=at("2026-06-15T09:30"), end=at("2026-06-15T10:30")))
    assert f"{meeting.starts:%H:%M %Z}" == "10:30 BST"


@pytest.mark.parametrize(
    ("zone", "clock"),
    [
        ("GMT Standard Time", "10:00"),
        ("Greenwich Standard Time", "11:00"),  # Reykjavik: no summer time
        ("Europe/London", "10:00"),
        ("Pacific Standard Time", "18:00"),
        ("W. Europe Standard Time", "09:00"),
        ("tzone://Microsoft/Utc", "11:00"),
        ("", "11:00"),
    ],
)
def test_a_zone_that_we_did_not_ask_for_is_understood(zone, clock):
    meeting = only(event(start=at("2026-06-15T10:00", zone), end=at("2026-06-15T11:00", zone)))
    assert f"{meeting.starts:%H:%M}" == clock


@pytest.mark.parametrize(
    ("start", "end", "made_in", "days"),
    [
        ("2026-06-14T23:00", "2026-06-15T23:00", "GMT Standard Time", ("2026-06-15", "2026-06-15")),
        ("2026-06-15T00:00", "2026-06-16T00:00", "GMT Standard Time", ("2026-06-15", "2026-06-15")),
        ("2026-06-14T23:00", "2026-06-15T23:00", "tzone://Microsoft/Custom", ("2026-06-15", "2026-06-15")),
        ("2026-06-15T07:00", "2026-06-16T07:00", "Pacific Standard Time", ("2026-06-15", "2026-06-15")),
        ("2026-12-15T00:00", "2026-12-16T00:00", "GMT Standard Time", ("2026-12-15", "2026-12-15")),
        ("2026-10-24T23:00", "2026-10-26T00:00", "GMT Standard Time", ("2026-10-25", "2026-10-25")),
        ("2026-03-29T00:00", "2026-03-29T23:00", "GMT Standard Time", ("2026-03-29", "2026-03-29")),
        ("2026-07-19T23:00", "2026-07-24T23:00", "GMT Standard Time", ("2026-07-20", "2026-07-24")),
        ("2026-06-15T00:00", "2026-06-15T00:00", "UTC", ("2026-06-15", "2026-06-15")),
    ],
)
def test_an_all_day_event_keeps_its_date(start, end, made_in, days):
    entry = event(isAllDay=True, start=at(start), end=at(end), originalStartTimeZone=made_in)
    meeting = only(entry)
    assert (meeting.day.isoformat(), meeting.last_day.isoformat()) == days
    assert f"{meeting.starts:%H:%M} {meeting.ends:%H:%M}" == "00:00 00:00"
    assert meeting.all_day


@pytest.mark.parametrize(
    ("sensitivity", "private"),
    [
        ("normal", False),
        (None, False),
        ("private", True),
        ("personal", True),
        ("confidential", True),
        ("Private", True),
        ("unknownFutureValue", True),
    ],
)
def test_what_is_not_open_to_all_is_private(sensitivity, private):
    assert only(event(sensitivity=sensitivity)).private is private


@pytest.mark.parametrize(
    ("flag", "link", "place", "online"),
    [
        (True, None, "", True),
        (True, None, "County Hall", True),
        (False, "https://zoom.example/j/1", "", True),
        (False, None, "Microsoft Teams Meeting", True),
        (False, None, "https://zoom.example/j/1", True),
        (False, None, "Online", True),
        (False, None, "Teams", True),
        (False, None, "MS Teams", True),
        (False, None, "Inclusion teams' office, County Hall", False),
        (False, None, "Virtual School, room 2", False),
        (False, None, "County Hall, room 3", False),
        (None, None, "Steamship House", False),
        (False, None, "", None),
        (None, None, None, None),
    ],
)
def test_online_in_a_room_or_nothing_says(flag, link, place, online):
    entry = event(isOnlineMeeting=flag, onlineMeetingUrl=link, location={"displayName": place})
    assert only(entry).online is online


def test_a_lingering_cancelled_copy_gives_way():
    copy = event(2, iCalUId=event(1)["iCalUId"], isCancelled=True)
    for entries in ([event(1), copy], [copy, event(1)]):
        (meeting,), _ = meetings_in(entries, BOX)
        assert not meeting.cancelled
    assert only(event(isCancelled=True)).cancelled


def test_little_is_enough():
    entry = {key: event()[key] for key in ("iCalUId", "start", "end")} | {"futureThing": {"a": 1}}
    nulls = dict.fromkeys(("subject", "organizer", "location", "isAllDay", "isCancelled", "type"))
    meeting = only(entry | nulls)
    assert (meeting.title, meeting.organiser, meeting.place, meeting.series) == ("", "", "", "")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"iCalUId": None}, "no identity"),
        ({"start": None}, "no start time"),
        ({"start": at("0001-01-01T00:00"), "end": at("0001-01-01T00:00")}, "no start time"),
        ({"end": {"dateTime": "9999-12-31T23:59:59.9999999", "timeZone": "UTC"}}, "no end time"),
        ({"end": {"dateTime": "soon", "timeZone": "UTC"}}, "end time can't be read"),
        (
            {"start": at("2026-11-27T10:00", "tzone://Microsoft/Custom")},
            "time zone of its start is not known",
        ),
        ({"start": at("2026-11-27T10:00", "../../etc/passwd")}, "time zone of its start is not known"),
        ({"start": at("2026-11-27T13:00")}, "ends before it starts"),
        ({"isAllDay": True}, "does not start and end at midnight"),
        ({"start": "2026-11-27"}, "'start' is not of the published kind"),
        ({"location": [1]}, "'location' is not of the published kind"),
    ],
)
def test_what_cannot_be_understood_is_told_without_its_title(changed, why):
    sentence = why_not(event(**changed))
    assert why in sentence
    assert BOX in sentence
    assert "Board" not in sentence
    assert "\n" not in sentence


def test_one_bad_event_never_sinks_the_rest():
    meetings, unreadable = meetings_in([event(1), "rubbish", None, event(2, iCalUId=""), event(3)], BOX)
    assert len(meetings) == 2
    assert len(unreadable) == 3
    assert "on Friday 27 November 2026" in unreadable[2]


def test_the_pattern_of_a_series_is_no_meeting():
    assert meetings_in([event(type="seriesMaster")], BOX) == ((), ())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(event(), JSON)) | JSON, max_size=4))
def test_nothing_that_is_json_breaks_it(entries):
    meetings, unreadable = meetings_in(entries, BOX)
    assert len(meetings) + len(unreadable) <= len(entries)


@given(st.datetimes(FROM, UNTIL), st.sampled_from(sorted(event())), JSON)
def test_any_hour_is_the_same_moment_in_london(start, name, junk):
    entry = event(start={"dateTime": f"{start:%Y-%m-%dT%H:%M:%S}.1234567", "timeZone": "UTC"})
    entry["end"] = entry["start"]
    meeting = only(entry)
    assert meeting.starts.timestamp() == start.replace(microsecond=123456, tzinfo=UTC).timestamp()
    meetings_in([entry | {name: junk}], BOX)
