"""Microsoft's own published samples are read as they are."""

import json

import pytest

from graph_client.bodies import ListItem, Page
from graph_client.event_bodies import EventsPages, Misfit, Sent, event_or_misfit
from graph_client.meetings import NotUnderstood, meeting_from

EVENTS = ["event_created_full.json", "event_windows_tz.json", "group_event_series_master.json"]
PAGES = [
    "event_instances_with_exception.json",
    "calendarview_delta_page_nextlink.json",
    "calendarview_delta_page_deltalink.json",
    "calendarview_delta_page_removed.json",
]


@pytest.fixture
def sample(shared):
    return lambda name: (shared / "data/graph_samples" / name).read_bytes()


def event_in(body) -> Sent:
    event = event_or_misfit(json.loads(body))
    assert not isinstance(event, Misfit)
    return event


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_is_read(sample, name):
    event = event_in(sample(name))
    assert event["id"]
    assert event["start"]["timeZone"]


def test_the_fullest_sample_becomes_a_meeting(sample):
    event = event_in(sample("event_created_full.json"))
    meeting = meeting_from(event, "a@b.example")
    assert f"{meeting.starts:%Y-%m-%d %H:%M %Z}" == "2017-04-15 19:00 BST"  # 11:00 in Pacific time
    assert meeting.organiser == "danas@contoso.onmicrosoft.com"
    assert meeting.place == "Harry's Bar"


def test_a_sample_without_identity_says_so(sample):
    with pytest.raises(NotUnderstood, match="no identity"):
        meeting_from(event_in(sample("event_windows_tz.json")), "a@b.example")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_events_is_read(sample, name):
    page = EventsPages().validate_json(sample(name))
    assert page.value
    assert bool(page.next_link) == ("nextlink" in name)
    assert all(event["id"] for event in page.value)
    assert EventsPages().validate_python(json.loads(sample(name))) == page


def test_rows_of_a_list_are_read(sample):
    page = Page.model_validate_json(sample("listitems_with_fields.json"))
    rows = [ListItem.model_validate(entry) for entry in page.value]
    assert [row.id for row in rows] == ["2", "4", "7"]
    assert rows[0].fields["Name"] == "Gadget"
    assert ListItem.model_validate_json(sample("listitem_with_fields.json")).fields["Quantity"] == 2357
    assert ListItem.model_validate_json(sample("listitem_created.json")).fields == {}


def test_no_body_and_no_attendee_is_kept(sample):
    event = event_in(sample("event_created_full.json"))
    assert "brunch" in json.dumps(event)  # its subject
    assert "late morning" not in json.dumps(event)
    assert "samanthab" not in json.dumps(event)
