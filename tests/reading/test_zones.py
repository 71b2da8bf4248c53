"""Which zone a name means, whoever wrote it."""

import warnings
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tzlocal.windows_tz import win_tz

from reading.calendars import read_calendar
from reading.zone_names_without_quotes import with_zone_aside
from reading.zone_rules import defined_zone
from reading.zones import Zones

JUNE, JANUARY = datetime(2026, 6, 1, 10), datetime(2026, 1, 12, 10)  # noqa: DTZ001

NAMES = {
    "Europe/London": "Europe/London",
    "europe/london": "Europe/London",
    "GMT Standard Time": "Europe/London",
    "gmt standard time": "Europe/London",
    "GMT Standard Time 1": "Europe/London",
    "Greenwich Standard Time": "Atlantic/Reykjavik",
    "W. Europe Standard Time": "Europe/Berlin",
    "Romance Standard Time": "Europe/Paris",
    "UTC": "Etc/UTC",
    "Etc/UTC": "Etc/UTC",
    "GB": "GB",
    "GMT": "GMT",
    "tzone://Microsoft/Utc": "UTC",
    "/freeassociation.sourceforge.net/Europe/London": "Europe/London",
    "/softwarestudio.org/Olson_20011030_5/America/Argentina/Buenos_Aires": "America/Argentina/Buenos_Aires",
    "(UTC+00:00) Dublin, Edinburgh, Lisbon, London": "Europe/London",
    "(GMT) Greenwich Mean Time : Dublin, Edinburgh, Lisbon, London": "Europe/London",
    "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna": "Europe/Amsterdam",
    "(UTC+00:00) Monrovia, Reykjavik": "Africa/Monrovia",
    "(UTC) Coordinated Universal Time": "UTC",
}
UNKNOWN = [
    "Middle Earth",
    "tzone://Microsoft/Custom",
    "Customized Time Zone",
    "../../etc/passwd",
    "",
    "/",
    "Europe",
    "a\0b",
]


@pytest.mark.parametrize(("name", "zone"), NAMES.items())
def test_a_name_means_this_zone(name: str, zone: str):
    assert str(Zones({}).named(name)) == zone


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_name_that_nobody_knows_is_not_guessed(name: str):
    assert Zones({}).named(name) is None


@pytest.mark.parametrize("name", sorted(win_tz))
def test_every_name_that_windows_uses_is_known(name: str):
    assert Zones({}).named(name) is not None


def rules(
    standard: str = "+0000", daylight: str = "+0100", rule: str = "FREQ=YEARLY;BYDAY=-1SU;BYMONTH="
) -> str:
    return "\r\n".join(
        [
            *("BEGIN:VTIMEZONE", "TZID:Mine", "BEGIN:STANDARD", "DTSTART:16010101T020000"),
            *(f"TZOFFSETFROM:{daylight}", f"TZOFFSETTO:{standard}", f"RRULE:{rule}10", "END:STANDARD"),
            *(
                "BEGIN:DAYLIGHT",
                "DTSTART:16010101T010000",
                f"TZOFFSETFROM:{standard}",
                f"TZOFFSETTO:{daylight}",
            ),
            *(f"RRULE:{rule}3", "END:DAYLIGHT", "END:VTIMEZONE", ""),
        ]
    )


def test_outlooks_own_rules_from_1601_are_followed():
    zone = defined_zone(rules())
    assert zone is not None
    assert JUNE.replace(tzinfo=zone).utcoffset() == timedelta(hours=1)
    assert JANUARY.replace(tzinfo=zone).utcoffset() == timedelta(0)


def test_outlooks_own_rules_change_when_london_changes():
    zone = defined_zone(rules())
    london = Zones({}).named("Europe/London")
    for change in (datetime(2026, 3, 29, 3), datetime(2026, 10, 25, 3), datetime(2030, 3, 31, 3)):  # noqa: DTZ001
        for hours in (-27, -3, 0, 24):
            moment = change + timedelta(hours=hours)
            assert moment.replace(tzinfo=zone).utcoffset() == moment.replace(tzinfo=london).utcoffset()


def test_a_known_name_counts_more_than_the_files_own_rules_and_a_bare_abbreviation_less():
    zones = Zones({"GMT Standard Time": rules("+0500", "+0600"), "GMT": rules()})
    assert str(zones.named("GMT Standard Time")) == "Europe/London"
    gmt = zones.named("GMT")
    assert JUNE.replace(tzinfo=gmt).utcoffset() == timedelta(hours=1)


BROKEN = [
    "BEGIN:VTIMEZONE\r\nTZID:Mine\r\nEND:VTIMEZONE\r\n",
    rules(standard="rubbish"),
    rules(rule="FREQ=SECONDLY;BYMONTH="),
    rules(rule="FREQ=YEARLY;BYSECOND=1,2;BYMONTH="),
    rules(standard="+9900"),
    rules() * 1_000,
    "rubbish",
]


@pytest.mark.parametrize("definition", BROKEN, ids=range(len(BROKEN)))
def test_broken_rules_define_nothing(definition: str):
    assert defined_zone(definition) is None


LINES = {
    "DTSTART;TZID=Europe/London:20260601T100000": 'DTSTART;X-ZONE="Europe/London":20260601T100000',
    'DTSTART;TZID="A, B":20260601T100000': 'DTSTART;X-ZONE="A, B":20260601T100000',
    "DTSTART;TZID=(UTC+00:00) A, B:20260601T100000": 'DTSTART;X-ZONE="(UTC+00:00) A, B":20260601T100000',
    "EXDATE;VALUE=DATE-TIME;TZID=A;X-B=1:20260601T100000,20260602T100000": (
        'EXDATE;VALUE=DATE-TIME;X-B=1;X-ZONE="A":20260601T100000,20260602T100000'
    ),
    "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=A:20260601T100000": (
        'RECURRENCE-ID;RANGE=THISANDFUTURE;X-ZONE="A":20260601T100000'
    ),
    "DTSTART:20260601T100000Z": "DTSTART:20260601T100000Z",
    "DTSTART;VALUE=DATE:20260601": "DTSTART;VALUE=DATE:20260601",
}


@pytest.mark.parametrize(("line", "aside"), LINES.items())
def test_the_zone_is_put_aside_with_its_quotes(line: str, aside: str):
    assert with_zone_aside(line) == aside


def test_a_zone_that_one_file_defines_means_nothing_in_the_next(tmp_path: Path):
    event = "BEGIN:VEVENT\nUID:a\nDTSTART;TZID=Mine:20260601T100000\nDURATION:PT1H\nEND:VEVENT\n"
    first, second = tmp_path / "first.ics", tmp_path / "second.ics"
    first.write_text(f"BEGIN:VCALENDAR\n{rules('+0200', '+0300')}{event}END:VCALENDAR\n", newline="")
    second.write_text(f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read = [read_calendar(path, horizon=JUNE.date()).meetings[0] for path in (first, second)]
    assert [f"{meeting.starts:%H:%M}" for meeting in read] == ["08:00", "10:00"]
    assert [meeting.doubt for meeting in read] == ["", "its time zone 'Mine' is not known"]
