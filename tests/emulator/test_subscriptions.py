"""Subscriptions are made after a handshake, run out, and tell of changes late, twice, out of order or never."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from emulator.outside import Reply, may_be_called, post

BOX = "send.partnership@council.example"
URL, LIFECYCLE = (
    "https://watch.council.example/notifications?code=a%2Bb",
    "https://watch.council.example/lifecycle",
)
NOW = datetime(2026, 11, 5, 9, 15, tzinfo=UTC)
LIST = "/sites/{}/lists/Papers"


class Hook:
    """A receiver: it keeps all it is told, and shakes hands as it is meant to unless told otherwise."""

    def __init__(self):
        self.calls, self.told, self.status = [], [], 202
        self.shake = lambda token: Reply(200, token, "text/plain; charset=utf-8")

    def __call__(self, url, content, media, seconds):
        self.calls.append(url)
        token = parse_qs(urlsplit(url).query).get("validationToken")
        if token:
            return self.shake(token[0])
        self.told.append((url, json.loads(content)["value"]))
        return Reply(self.status)


@pytest.fixture
def hook(county):
    county.clock = NOW.timestamp
    county.outside = Hook()
    return county.outside


def asked(**changes):
    body = {
        "changeType": "created,updated,deleted",
        "notificationUrl": URL,
        "lifecycleNotificationUrl": LIFECYCLE,
        "resource": f"/users/{BOX}/events",
        "expirationDateTime": (NOW + timedelta(days=3)).isoformat(),
        "clientState": "secret",
    } | changes
    return {name: value for name, value in body.items() if value is not None}


def make(graph, **changes):
    return graph.post("/v1.0/subscriptions", json=asked(**changes))


def test_both_addresses_shake_hands_and_the_answer_looks_like_the_sample(graph, hook, sample):
    made = make(graph)
    assert made.status_code == 201, made.text
    assert [urlsplit(url).path for url in hook.calls] == ["/notifications", "/lifecycle"]
    assert hook.calls[0].startswith(URL + "&validationToken=Validation%3A+Testing+client")
    # The published v1.0 type has no notificationContentType, which the older sample shows
    assert set(sample("subscription_created.json")) - {"notificationContentType"} <= set(made.json())
    assert made.json()["clientState"] == "secret"
    (listed,) = graph.get("/v1.0/subscriptions").json()["value"]
    assert (listed["id"], listed["clientState"]) == (made.json()["id"], None)
    assert graph.get(f"/v1.0/subscriptions/{listed['id']}").json()["resource"] == f"/users/{BOX}/events"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, "another", "text/plain"),
        Reply(202, "", "text/plain"),
        Reply(0),
        None,
    ],
)
def test_a_failed_handshake_makes_nothing(graph, county, hook, reply):
    hook.shake = lambda token: reply or Reply(200, token, "application/json")
    refused = make(graph)
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "ValidationError")
    assert county.subscriptions == {}


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"expirationDateTime": (NOW + timedelta(minutes=10_081)).isoformat()}, 400),
        ({"expirationDateTime": (NOW - timedelta(minutes=1)).isoformat()}, 400),
        ({"expirationDateTime": "soon"}, 400),
        ({"clientState": "x" * 129}, 400),
        ({"clientState": "x" * 128}, 201),
        ({"notificationUrl": "http://watch.council.example/"}, 400),
        ({"notificationUrl": None}, 400),
        ({"lifecycleNotificationUrl": None}, 201),
        ({"changeType": "moved"}, 400),
        ({"resource": f"users/{BOX}/calendarView"}, 400),
        ({"resource": f"Users('{BOX}')/Events"}, 201),
        ({"resource": "users/dana.whitlock@council.example/events"}, 403),
        ({"resource": "users/nobody@council.example/events"}, 404),
        ({"includeResourceData": True}, 400),
    ],
)
def test_what_a_subscription_may_ask_for(graph, hook, changes, status):
    assert make(graph, **changes).status_code == status


def test_less_than_45_minutes_is_raised_and_a_list_may_be_watched_for_a_month(county, graph, hook):
    short = make(graph, expirationDateTime=(NOW + timedelta(minutes=5)).isoformat()).json()
    assert short["expirationDateTime"].startswith("2026-11-05T10:00:00")
    county.change_app(site_roles={"council.sharepoint.example/sites/send-partnership": "write"})
    resource = LIST.format(county.sites[0].id)
    for minutes, status in ((42_300, 201), (42_301, 400)):
        until = (NOW + timedelta(minutes=minutes)).isoformat()
        made = make(graph, resource=resource, changeType="updated", expirationDateTime=until)
        assert made.status_code == status, made.text
    assert make(graph, resource=resource, changeType="created").status_code == 400
    county.change_app(may_watch_lists=False)
    assert make(graph, resource=resource, changeType="updated", notificationUrl=LIFECYCLE).status_code == 403


def test_the_same_subscription_twice_is_a_conflict_until_the_first_has_run_out(county, graph, hook):
    assert make(graph).status_code == 201
    assert make(graph, resource=f"users/{county.mailboxes[BOX].id}/events").status_code == 409
    county.clock = (NOW + timedelta(days=4)).timestamp
    assert graph.get("/v1.0/subscriptions").json()["value"] == []
    assert make(graph, expirationDateTime=(NOW + timedelta(days=5)).isoformat()).status_code == 201


def test_a_subscription_is_renewed_reauthorized_and_ended(county, graph, hook):
    url = f"/v1.0/subscriptions/{make(graph).json()['id']}"
    later = graph.patch(url, json={"expirationDateTime": (NOW + timedelta(days=6)).isoformat()})
    assert later.json()["expirationDateTime"].startswith("2026-11-11T09:15:00")
    assert (
        graph.patch(url, json={"expirationDateTime": (NOW + timedelta(days=8)).isoformat()}).status_code
        == 400
    )
    assert graph.patch(url, json={"lifecycleNotificationUrl": URL}).status_code == 400
    assert graph.post(f"{url}/reauthorize").status_code == 200
    assert graph.delete(url).status_code == 204
    assert [
        graph.get(url).status_code,
        graph.patch(url, json={}).status_code,
        graph.delete(url).status_code,
    ] == [404] * 3


@pytest.fixture
def meeting(county):
    box = county.mailbox(BOX)
    return box, next(iter(box.calendar.between(NOW, NOW + timedelta(days=60))))


def test_a_changed_meeting_is_told_as_in_the_sample(county, graph, hook, meeting, sample):
    make(graph)
    county.notifications.event_changed(*meeting, "updated")
    assert county.notifications.deliver(hook) == [202]
    ((url, (told,)),) = hook.told
    assert url == URL  # with its query, as it was given
    theirs = sample("change_notification.json")["value"][0]
    assert set(told) == set(theirs) - {"id"}
    assert set(told["resourceData"]) == set(theirs["resourceData"])
    assert told["resourceData"]["@odata.type"] == "#Microsoft.Graph.Event"
    assert (told["clientState"], told["tenantId"]) == ("secret", county.tenant_id)


def test_notifications_come_twice_out_of_order_late_or_never(county, graph, hook, meeting):
    make(graph)
    for change in ("created", "updated", "deleted"):
        county.notifications.event_changed(*meeting, change)
    county.notifications.double()
    county.notifications.shuffle(7)
    hook.status = 503
    assert county.notifications.deliver(hook) == [503]
    hook.status, hook.told = 202, []
    assert county.notifications.deliver(hook) == [202]
    ((_, told),) = hook.told
    kinds = [each["changeType"] for each in told]
    assert sorted(kinds) == ["created", "created", "deleted", "deleted", "updated", "updated"]
    assert kinds != ["created", "updated", "deleted"] * 2
    assert (
        len({each["subscriptionExpirationDateTime"] for each in told}) == 3
    )  # three spellings of one moment
    county.notifications.event_changed(*meeting)
    county.notifications.drop()
    assert county.notifications.deliver(hook) == []


def test_a_changed_list_is_told_without_its_row(county, graph, hook):
    county.change_app(site_roles={"council.sharepoint.example/sites/send-partnership": "write"})
    site = county.sites[0]
    make(graph, resource=LIST.format(site.id), changeType="updated")
    county.notifications.list_changed(site.id, "Papers")
    county.notifications.list_changed(site.id, "Another")
    county.notifications.deliver(hook)
    ((_, (told,)),) = hook.told
    assert told["resourceData"] == {"@odata.type": "#Microsoft.Graph.ListItem"}


@pytest.mark.parametrize(
    ("event", "name"),
    [
        ("reauthorizationRequired", "lifecycle_reauthorization_required.json"),
        ("subscriptionRemoved", "lifecycle_subscription_removed.json"),
        ("missed", "lifecycle_missed.json"),
    ],
)
def test_lifecycle_notifications_look_like_the_samples(county, graph, hook, sample, event, name):
    make(graph)
    county.notifications.lifecycle(event)
    county.notifications.deliver(hook)
    ((url, (told,)),) = hook.told
    assert (url, told["lifecycleEvent"]) == (LIFECYCLE, event)
    assert set(told) == set(sample(name)["value"][0])
    assert (len(county.subscriptions) == 0) == (event == "subscriptionRemoved")


def test_a_paused_subscription_tells_nothing_until_it_is_reauthorized(county, graph, hook, meeting):
    made = make(graph).json()
    county.notifications.lifecycle("reauthorizationRequired", pause=True)
    county.notifications.event_changed(*meeting)
    assert [url for url, _ in county.notifications.waiting] == [LIFECYCLE]
    graph.post(f"/v1.0/subscriptions/{made['id']}/reauthorize")
    county.notifications.event_changed(*meeting)
    assert len(county.notifications.waiting) == 2


def test_graph_calls_https_and_ones_own_machine():
    assert may_be_called("https://watch.council.example/x")
    assert may_be_called("http://127.0.0.1:7071/api")
    assert not may_be_called("http://watch.council.example")
    assert post("http://127.0.0.1:1/", b"", "text/plain", 0.5) == Reply(0)
