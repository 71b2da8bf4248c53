"""The calendar view answers as Graph does, and refuses what Graph refuses."""

import pytest

BOX = "send.partnership@council.example"
VIEW = f"/v1.0/users/{BOX}/calendarView"
DAYS = {"startDateTime": "2026-11-01T00:00:00Z", "endDateTime": "2026-12-01T00:00:00Z"}


def error(answer):
    return answer.status_code, answer.json()["error"]["code"]


def test_a_series_comes_as_its_dates_and_one_moved_date_is_an_exception(window):
    dates = [
        event for event in window(orderby="start/dateTime") if event["subject"].startswith("Communications")
    ]
    assert len(dates) == 12
    assert [date["type"] for date in dates].count("exception") == 1
    assert dates[1]["type"] == "exception"
    assert dates[1]["start"] == {"dateTime": "2026-11-24T10:30:00.0000000", "timeZone": "UTC"}
    assert len({date["iCalUId"] for date in dates}) == 12
    assert len({date["seriesMasterId"] for date in dates}) == 1


def test_a_single_date_has_no_series(window):
    board = next(event for event in window() if event["subject"] == "SEND Partnership Board")
    assert (board["type"], board["seriesMasterId"]) == ("singleInstance", None)


def test_without_a_preference_times_are_in_the_mailboxs_windows_zone(graph):
    event = graph.get(VIEW, params=DAYS).json()["value"][0]
    assert event["start"]["timeZone"] == "GMT Standard Time"


@pytest.mark.parametrize(
    ("zone", "starts"),
    [
        ("UTC", "2027-04-21T12:00:00.0000000"),
        ("Europe/London", "2027-04-21T13:00:00.0000000"),
        ("GMT Standard Time", "2027-04-21T13:00:00.0000000"),
        ("Romance Standard Time", "2027-04-21T14:00:00.0000000"),
    ],
)
def test_times_come_in_the_zone_that_was_asked_for(window, zone, starts):
    events = window("2027-04-21T00:00:00Z", "2027-04-22T00:00:00Z", prefer=f'outlook.timezone="{zone}"')
    assert [event["start"] for event in events] == [{"dateTime": starts, "timeZone": zone}]


def test_an_all_day_event_in_summer_starts_at_23_00_utc_the_day_before(window):
    away_day = next(event for event in window() if event["isAllDay"])
    assert away_day["start"]["dateTime"] == "2027-06-09T23:00:00.0000000"
    assert away_day["originalStartTimeZone"] == "GMT Standard Time"


def test_the_window_is_read_by_its_own_offset(window):
    by_offset = window("2027-04-21T14:00:00+01:00", "2027-04-21T14:10:00+01:00")
    by_utc = window("2027-04-21T13:00:00", "2027-04-21T13:10:00")
    assert len(by_offset) == len(by_utc) == 1
    assert by_offset[0]["id"] == by_utc[0]["id"]


@pytest.mark.parametrize(
    ("starts", "ends", "found"),
    [
        ("2027-04-21T13:29:00", "2027-04-21T15:00:00", 1),  # the last minute of 12:00 to 13:30 UTC
        ("2027-04-21T13:30:00", "2027-04-21T15:00:00", 0),
        ("2027-04-21T11:00:00", "2027-04-21T12:00:00", 0),
        ("2027-04-21T11:00:00", "2027-04-21T12:01:00", 1),
    ],
)
def test_what_overlaps_the_window_is_in_it(window, starts, ends, found):
    assert len(window(starts, ends)) == found


def test_pages_hold_ten_unless_asked_and_together_hold_everything(graph, window):
    first = graph.get(VIEW, params=DAYS).json()
    assert len(first["value"]) == 10
    small = [event["id"] for event in window(top="3")]
    assert len(small) == len(set(small))
    assert sorted(small) == sorted(event["id"] for event in window())


def test_a_preferred_page_size_is_kept_and_said_to_be(graph):
    answer = graph.get(VIEW, params=DAYS, headers={"Prefer": 'odata.maxpagesize=4, outlook.timezone="UTC"'})
    assert len(answer.json()["value"]) == 4
    assert answer.headers["Preference-Applied"] == 'odata.maxpagesize=4, outlook.timezone="UTC"'


def test_preferences_may_come_in_several_headers(graph):
    prefer = [("Prefer", 'outlook.timezone="UTC"'), ("Prefer", "odata.maxpagesize=2")]
    answer = graph.get(VIEW, params=DAYS, headers=prefer).json()
    assert len(answer["value"]) == 2
    assert answer["value"][0]["start"]["timeZone"] == "UTC"


def test_immutable_ids_are_other_ids(window):
    usual = window(prefer='outlook.timezone="UTC"')
    immutable = window(prefer='outlook.timezone="UTC", IdType="ImmutableId"')
    assert [event["iCalUId"] for event in usual] == [event["iCalUId"] for event in immutable]
    assert not {event["id"] for event in usual} & {event["id"] for event in immutable}


def test_order_is_by_start_only_when_asked(window):
    starts = [event["start"]["dateTime"] for event in window()]
    assert starts != sorted(starts)
    assert [event["start"]["dateTime"] for event in window(orderby="start/dateTime")] == sorted(starts)
    assert [event["start"]["dateTime"] for event in window(orderby="start/dateTime desc")] == sorted(starts)[
        ::-1
    ]


def test_select_gives_what_was_asked_and_the_id(window):
    assert set(window(select="subject,start")[0]) == {"@odata.etag", "id", "subject", "start"}
    assert "body" not in window(select="subject")[0]
    assert "body" in window()[0]


def test_a_private_event_is_served_whole(window):
    private = next(event for event in window() if event["sensitivity"] == "private")
    assert "Marlowe" in private["subject"]


def test_a_cancelled_event_lingers(window):
    assert [event["subject"] for event in window() if event["isCancelled"]] == [
        "Canceled: SEND Partnership Board (extra)"
    ]


def test_a_guests_copy_has_nobody_elses_answer(window):
    for event in window():
        assert not event["isOrganizer"]
        assert {attendee["status"]["response"] for attendee in event["attendees"]} == {"none"}
        assert event["responseStatus"] == {"response": "accepted", "time": "0001-01-01T00:00:00Z"}


def test_an_empty_calendar_gives_an_empty_page(county, graph):
    client_id = next(iter(county.apps))
    app = county.apps[client_id]
    county.apps[client_id] = type(app)(app.client_id, mailboxes=frozenset({"dana.whitlock@council.example"}))
    answer = graph.get("/v1.0/users/dana.whitlock@council.example/calendarView", params=DAYS).json()
    assert answer["value"] == []
    assert "@odata.nextLink" not in answer


def test_a_mailbox_may_be_asked_for_by_its_id(county, graph):
    answer = graph.get(f"/v1.0/users/{county.mailboxes[BOX].id}/calendarView", params=DAYS)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"startDateTime": "2026-11-01"}, "ErrorInvalidParameter"),
        (DAYS | {"endDateTime": "soon"}, "ErrorInvalidParameter"),
        (DAYS | {"endDateTime": "2026-10-01"}, "ErrorInvalidParameter"),
        (DAYS | {"endDateTime": "2036-10-01"}, "ErrorCalendarViewRangeTooBig"),
        (DAYS | {"$select": "subject,title"}, "BadRequest"),
        (DAYS | {"$select": "createdDateTime"}, "ErrorInvalidProperty"),
        (DAYS | {"$top": "1001"}, "BadRequest"),
        (DAYS | {"$top": "0"}, "BadRequest"),
        (DAYS | {"$top": "many"}, "BadRequest"),
        (DAYS | {"$orderby": "subject"}, "BadRequest"),
        (DAYS | {"$wish": "1"}, "BadRequest"),
        (DAYS | {"$filter": "isCancelled eq false"}, "BadRequest"),
        (DAYS | {"$skiptoken": "made-up"}, "ErrorInvalidUrlQuery"),
    ],
)
def test_what_graph_would_refuse_is_refused(graph, query, code):
    assert error(graph.get(VIEW, params=query)) == (400, code)


def test_a_parameter_given_twice_is_refused(graph):
    assert graph.get(VIEW, params=[*DAYS.items(), ("$top", "1"), ("$top", "2")]).status_code == 400


def test_a_plus_that_was_not_encoded_is_refused(graph):
    url = f"{VIEW}?startDateTime=2026-11-01T00:00:00+00:00&endDateTime=2026-12-01T00:00:00Z"
    assert error(graph.get(url)) == (400, "ErrorInvalidParameter")


def test_a_skip_token_serves_only_its_own_query(graph):
    token = graph.get(VIEW, params=DAYS).json()["@odata.nextLink"].rsplit("=", 1)[1]
    assert error(graph.get(VIEW, params=DAYS | {"$top": "5", "$skiptoken": token})) == (
        400,
        "ErrorInvalidUrlQuery",
    )


def test_an_unknown_zone_is_refused(graph):
    answer = graph.get(VIEW, params=DAYS, headers={"Prefer": 'outlook.timezone="Middle Earth"'})
    assert error(answer) == (400, "ErrorInvalidTimeZone")


def test_an_unknown_mailbox_is_not_there(graph):
    answer = graph.get("/v1.0/users/nobody@council.example/calendarView", params=DAYS)
    assert error(answer) == (404, "ErrorInvalidUser")


def test_a_mailbox_outside_the_apps_scope_is_refused(graph):
    answer = graph.get("/v1.0/users/dana.whitlock@council.example/calendarView", params=DAYS)
    assert error(answer) == (403, "ErrorAccessDenied")
