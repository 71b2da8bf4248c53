"""The invented county in full: a year of every kind of group, every list of the register, and its library."""

from datetime import UTC, datetime

import pytest

from emulator.seed import whole_county
from emulator.year_calendar import _day


@pytest.fixture(scope="module")
def whole():
    return whole_county()


@pytest.fixture(scope="module")
def year(whole):
    box = whole.mailbox("send.county@council.example")
    return box.calendar.between(datetime(2026, 9, 1, tzinfo=UTC), datetime(2027, 8, 1, tzinfo=UTC))


def test_a_year_has_every_kind_of_group_right_wrong_and_awkward(year):
    assert len(year) == 70
    kinds = ("Partnership Board", "Executive Group", "Operations Group", "Priority Group", "Task and Finish")
    kinds += ("quarterly", "Officers and Forum", "Engagement event", "Formal consultation")
    for words in kinds:
        assert sum(words in event.subject for event in year) >= 2, words
    assert sum(event.all_day for event in year) == 3
    assert [event.subject for event in year if event.cancelled] == ["Canceled: SEND Operations Group (extra)"]
    assert sum(event.sensitivity == "private" for event in year) == 1


def test_the_icb_organises_a_whole_series(year):
    health = [event for event in year if event.organizer.address.endswith("@icb.example")]
    assert (len(health), len({event.uid for event in health})) == (11, 1)
    assert len({event.original_start for event in health}) == 11


def test_every_list_of_the_register_is_made_and_has_rows(whole):
    site = whole.sites[0]
    assert len(site.lists) == 11
    for each in site.lists:
        assert each.items, each.name
        assert each.columns[0].name == "Title"
        assert any(column.indexed for column in each.columns) or each.name in (
            "Groups",
            "Venues",
            "Contacts",
        ), each.name


def test_the_library_has_a_folder_a_meeting(whole):
    (library,) = whole.sites[0].drives
    assert [item.name for item in library.children(None)][:2] == [
        "2026-10-02 SEND Partnership Board",
        "2026-11-18 Inclusion Task and Finish Group",
    ]
    assert len(library.children(1)) == 2


def test_some_mailboxes_are_of_kinds_that_can_not_be_read(whole):
    assert {box.kind for box in whole.mailboxes.values()} == {
        "shared",
        "user",
        "group",
        "soft-deleted",
        "on-premises",
        "room",
    }


def test_a_weekday_that_lies_is_found():
    with pytest.raises(ValueError, match="is a Thursday"):
        _day("Fri 05 Nov 2026")
