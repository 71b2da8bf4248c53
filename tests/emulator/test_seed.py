"""The invented county holds what the demo and the stories need: right, wrong and awkward."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from emulator.seed import INVENTED_COUNTY

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def dates(county):
    """(weekday and date, start, end, title, event) of every date, in London time."""
    box = county.mailbox("send.partnership@council.example")
    found = box.calendar.between(datetime(2026, 9, 1, tzinfo=UTC), datetime(2027, 9, 1, tzinfo=UTC))
    rows = []
    for event in sorted(found, key=lambda event: event.starts):
        starts, ends = event.starts.astimezone(LONDON), event.ends.astimezone(LONDON)
        rows.append((f"{starts:%a %d %b %Y}", f"{starts:%H:%M}", f"{ends:%H:%M}", event.subject, event))
    return rows


@pytest.mark.parametrize(
    ("day", "starts", "ends", "title"),
    [
        ("Fri 02 Oct 2026", "10:30", "12:30", "SEND Partnership Board"),
        ("Fri 23 Oct 2026", "10:30", "12:30", "SEND Partnership Board"),
        ("Tue 10 Nov 2026", "09:30", "11:00", "Communications Priority Group"),
        ("Thu 12 Nov 2026", "16:00", "16:30", "Budget catch-up"),
        ("Wed 18 Nov 2026", "13:00", "14:30", "Inclusion Task and Finish Group"),
        ("Tue 24 Nov 2026", "10:30", "12:00", "Communications Priority Group"),
        ("Fri 27 Nov 2026", "10:30", "12:30", "SEND Partnership Board"),
        ("Thu 18 Feb 2027", "10:30", "12:30", "SEND Partnership Board"),
        ("Wed 21 Apr 2027", "13:00", "14:30", "Inclusion Task and Finish Group"),
        ("Thu 10 Jun 2027", "00:00", "00:00", "SEND Partnership Board away day"),
    ],
)
def test_the_county_has(dates, day, starts, ends, title):
    assert (day, starts, ends, title) in [row[:4] for row in dates]


@pytest.mark.parametrize(
    "words",
    [
        "SEND Partnership Board",
        "SEND Executive Group",
        "SEND Operations Group",
        "Communications Priority Group",
        "Inclusion Task and Finish Group",
        "Executive and Forum quarterly meeting",
        "Officers and Forum monthly catch-up",
        "Engagement event: ",
        "Formal consultation: ",
    ],
)
def test_every_kind_of_group_meets(dates, words):
    assert sum(words in title for _, _, _, title, _ in dates) >= 2


def test_the_icb_organises_one(dates):
    assert [title for *_, title, event in dates if event.organizer.address.endswith("@icb.example")] == [
        "Inclusion Task and Finish Group: the health offer"
    ]


def test_the_board_of_27_november_has_a_row_with_no_sent_date(county):
    papers = county.sites[0].lists[0]
    assert [column.name for column in papers.columns] == (
        ["Title", "Group", "MeetingDate", "MeetingKey", "SentOn", "ComingOn", "Reason", "NoPapers", "Link"]
    )
    row = next(item.fields for item in papers.items if item.fields["MeetingDate"] == "2026-11-27")
    assert row["SentOn"] == ""
    assert row["NoPapers"] is False


def test_everybody_in_it_is_invented():
    for path in INVENTED_COUNTY.iterdir():
        unfolded = path.read_text("utf-8").replace("\n ", "")
        for address in re.findall(r"[\w.]+@([\w.]+)", unfolded):
            assert address in ("council.example", "icb.example", "forum.example"), address
