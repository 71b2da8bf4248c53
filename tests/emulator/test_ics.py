"""A person's own exported calendar, as messy as they come, as one mailbox."""

from datetime import UTC, datetime

import pytest

from emulator.seed import world_from_ics

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n"
OUTLOOK_ZONE = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T010000
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


@pytest.fixture
def events(tmp_path):
    """The events of a year of a calendar with these lines, in the order of their start."""

    def read(lines, name="mine.ics", zone=""):
        path = tmp_path / name
        text = HEAD + zone + lines + "END:VCALENDAR\r\n"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        calendar = world_from_ics(path).mailbox("send.partnership@council.example").calendar
        found = calendar.between(datetime(2026, 9, 1, tzinfo=UTC), datetime(2027, 9, 1, tzinfo=UTC))
        return sorted(found, key=lambda event: event.starts)

    return read


def meeting(*lines, uid="a@b"):
    return (
        "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260901T000000Z", *lines, "END:VEVENT"]) + "\r\n"
    )


@pytest.mark.parametrize(
    ("zone", "utc_hour", "said"),
    [
        ("GMT Standard Time", 9, "GMT Standard Time"),
        ("Europe/London", 9, "GMT Standard Time"),
        ("Greenwich Standard Time", 10, "Greenwich Standard Time"),  # Reykjavik: no summer time, not London
        ("Romance Standard Time", 8, "Romance Standard Time"),
        ("Customized Time Zone", 9, "tzone://Microsoft/Custom"),
    ],
)
def test_zones_by_windows_name_and_by_outlooks_own_rules(events, zone, utc_hour, said):
    lines = meeting(f"DTSTART;TZID={zone}:20270512T100000", f"DTEND;TZID={zone}:20270512T110000", "SUMMARY:x")
    (event,) = events(lines, zone=OUTLOOK_ZONE if zone.startswith("Custom") else "")
    assert (event.starts.hour, event.zone) == (utc_hour, said)


def test_utc_and_floating_times(events):
    utc, floating = events(
        meeting("DTSTART:20270512T083000Z", "DURATION:PT1H", uid="1")
        + meeting("DTSTART:20270512T100000", "DTEND:20270512T110000", uid="2")
    )
    assert (utc.starts.hour, utc.zone) == (8, "UTC")
    assert (floating.starts.hour, floating.zone) == (9, "GMT Standard Time")


def test_an_all_day_event_runs_from_midnight_to_midnight_in_london(events):
    (event,) = events(meeting("DTSTART;VALUE=DATE:20270610", "SUMMARY:Away day"))
    assert event.all_day
    assert (event.starts, event.ends) == (
        datetime(2027, 6, 9, 23, tzinfo=UTC),
        datetime(2027, 6, 10, 23, tzinfo=UTC),
    )


SERIES = meeting(
    "DTSTART;TZID=Europe/London:20261013T100000",
    "DTEND;TZID=Europe/London:20261013T110000",
    "RRULE:FREQ=WEEKLY;COUNT=4",
    "EXDATE;TZID=Europe/London:20261020T100000",
    "RDATE;TZID=Europe/London:20261105T140000",
    "SUMMARY:Series",
)
MOVED = meeting(
    "RECURRENCE-ID;TZID=Europe/London:20261027T100000",
    "DTSTART;TZID=Europe/London:20261028T150000",
    "DTEND;TZID=Europe/London:20261028T160000",
    "SUMMARY:Series",
)


def test_a_series_with_a_date_left_out_one_added_and_one_moved(events):
    found = events(SERIES + MOVED)
    assert [(f"{event.starts:%d %b %H:%M}", event.kind) for event in found] == [
        ("13 Oct 09:00", "occurrence"),  # summer time
        ("28 Oct 15:00", "exception"),
        ("03 Nov 10:00", "occurrence"),
        ("05 Nov 14:00", "occurrence"),
    ]
    assert found[1].original_start == datetime(2026, 10, 27, 10, tzinfo=UTC)


def test_ids_across_calendars_differ_by_date_and_stay_the_same(events):
    from emulator.event_ids import ical_uid

    first, second = events(SERIES + MOVED), events(SERIES)
    ids = [ical_uid(event.uid, event.original_start) for event in first]
    assert len(set(ids)) == 4
    unmoved = {ical_uid(event.uid, event.original_start) for event in second}
    assert set(ids) == unmoved  # a moved occurrence keeps its id


def test_outlooks_own_uid_stays_for_a_single_meeting():
    from emulator.event_ids import OUTLOOK_UID, ical_uid

    uid = OUTLOOK_UID + "00000000" + "70CBF23B2EC9DA01" + "0" * 16 + "10000000" + "AB" * 16
    assert ical_uid(uid, None) == uid
    occurrence = ical_uid(uid, datetime(2026, 11, 27, 10, 30, tzinfo=UTC))
    assert occurrence.startswith(OUTLOOK_UID + "07EA0B1B")
    assert len(occurrence) == len(uid)


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("CLASS:PRIVATE", "sensitivity", "private"),
        ("CLASS:CONFIDENTIAL", "sensitivity", "confidential"),
        ("CLASS:X-SECRET", "sensitivity", "private"),
        ("STATUS:CANCELLED", "cancelled", True),
        ("X-MICROSOFT-CDO-BUSYSTATUS:OOF", "show_as", "oof"),
        ("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE", "show_as", "workingElsewhere"),
        ("TRANSP:TRANSPARENT", "show_as", "free"),
        ("ATTACH:https://council.example/papers.pdf", "has_attachments", True),
        (
            "X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.example/join/1",
            "online_url",
            "https://teams.example/join/1",
        ),
        ("LOCATION:Room 1\\, County Hall", "location", "Room 1, County Hall"),
        ("SUMMARY:Board\r\n  meeting", "subject", "Board meeting"),
    ],
)
def test_what_outlook_writes_beside_the_times(events, line, field, value):
    (event,) = events(meeting("DTSTART:20270512T083000Z", line))
    assert getattr(event, field) == value


def test_people_and_their_answers(events):
    (event,) = events(
        meeting(
            "DTSTART:20270512T083000Z",
            "ORGANIZER;CN=Amara Osei:mailto:amara.osei@icb.example",
            "ATTENDEE;CN=June;ROLE=OPT-PARTICIPANT;PARTSTAT=TENTATIVE:MAILTO:chair@forum.example",
            "ATTENDEE;CUTYPE=ROOM:mailto:room1@council.example",
        )
    )
    assert event.organizer.address == "amara.osei@icb.example"
    assert [(a.person.address, a.kind, a.response) for a in event.attendees] == [
        ("chair@forum.example", "optional", "tentativelyAccepted"),
        ("room1@council.example", "resource", "none"),
    ]


def test_a_meeting_without_an_organiser_is_the_mailboxs_own(events):
    (event,) = events(meeting("DTSTART:20270512T083000Z"))
    assert event.organizer.address == "send.partnership@council.example"


def test_a_series_that_never_ends_is_opened_window_by_window(events):
    found = events(meeting("DTSTART:20200101T100000Z", "RRULE:FREQ=DAILY"))
    assert len(found) == 365


def test_two_calendars_in_one_file(tmp_path):
    path = tmp_path / "two.ics"
    whole = HEAD + meeting("DTSTART:20270512T083000Z") + "END:VCALENDAR\r\n"
    path.write_text(whole + whole.replace("a@b", "c@d"), newline="")
    calendar = world_from_ics(path).mailbox("send.partnership@council.example").calendar
    assert len(calendar.between(datetime(2027, 5, 12, tzinfo=UTC), datetime(2027, 5, 13, tzinfo=UTC))) == 2


def test_the_tenant_is_the_countys_but_with_empty_lists(tmp_path):
    path = tmp_path / "mine.ics"
    path.write_text(HEAD + meeting("DTSTART:20270512T083000Z") + "END:VCALENDAR\r\n", newline="")
    world = world_from_ics(path, "mine@council.example")
    assert [each.items for site in world.sites for each in site.lists] == [()]
    assert all(app.may_read_mailbox("MINE@council.example") for app in world.apps.values())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        (HEAD + "END:VCALENDAR\r\n").encode(),
        (HEAD + meeting("SUMMARY:Secret") + "END:VCALENDAR\r\n").encode(),
        (HEAD + meeting("DTSTART:soon", "SUMMARY:Secret") + "END:VCALENDAR\r\n").encode(),
        (HEAD + meeting("DTSTART:20270512T083000Z", "DTEND:20270512T073000Z", "SUMMARY:Secret")).encode()
        + b"END:VCALENDAR\r\n",
        (HEAD + meeting("DTSTART;TZID=Middle Earth:20270512T083000", "SUMMARY:Secret")).encode()
        + b"END:VCALENDAR\r\n",
        (HEAD + meeting("DTSTART:20270512T083000Z", "RRULE:FREQ=SOMETIMES", "SUMMARY:Secret")).encode()
        + b"END:VCALENDAR\r\n",
        (HEAD + meeting("DTSTART:20270512T083000Z", "DTEND;VALUE=DATE:20270513", "SUMMARY:Secret")).encode()
        + b"END:VCALENDAR\r\n",
        (HEAD + meeting("DTSTART:20270512T083000Z") * 3).encode()[:200],
        (HEAD + meeting("DTSTART:20270512T083000Z", "SUMMARY:Zo\xeb " + "x" * 9)).encode("cp1252")[:-40],
    ],
)
def test_a_file_that_cant_be_read_gets_one_plain_sentence(tmp_path, content):
    path = tmp_path / "broken.ics"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"^broken\.ics") as refused:
        world_from_ics(path)
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "Secret" not in sentence


def test_a_file_that_isnt_there_gets_one_plain_sentence(tmp_path):
    with pytest.raises(ValueError, match=r"can't be opened: No such file"):
        world_from_ics(tmp_path / "none.ics")
