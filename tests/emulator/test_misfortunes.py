"""Calls go wrong at random, the same way for the same seed, and a client that tries again always gets there."""

import json
from contextlib import suppress

import httpx
import pytest

from emulator.misfortunes import OF_A_CALL
from emulator.serve import running

BOX = "send.partnership@council.example"
DAYS = "startDateTime=2026-10-01T00:00:00Z&endDateTime=2027-12-05T00:00:00Z"
VIEW = f"/v1.0/users/{BOX}/calendarView?{DAYS}&$top=20&$select=subject,start"


def tried(client, method, url, **more):
    """The JSON of an answer, however often it takes."""
    for _ in range(4):
        try:
            answer = client.request(method, url, **more)
            if answer.status_code == 200:
                return answer.json()
        except (httpx.HTTPError, json.JSONDecodeError):
            pass
    raise AssertionError(f"{url} never came")


def read(client, link=VIEW):
    """Every meeting of the window by its id, as a client reads that knows its trade."""
    found = {}
    while link:
        page = tried(client, "GET", link)
        found |= {event["id"]: event["subject"] for event in page["value"]}
        link = page.get("@odata.nextLink")
    return found


@pytest.fixture
def client(county):
    headers = {"Authorization": f"Bearer {next(iter(county.bearers))}"}
    with (
        running(county, tls=False) as served,
        httpx.Client(base_url=served.base_url, headers=headers, follow_redirects=True) as client,
    ):
        yield client


def test_whatever_goes_wrong_the_same_meetings_come(county, client):
    calm, seen = read(client), set()
    for seed in range(20):
        chance = county.faults.random(seed, 0.5)
        assert read(client) == calm, chance.befallen
        seen |= {kind for _, kind in chance.befallen}
    assert seen == set(OF_A_CALL)


def test_the_same_seed_goes_wrong_the_same_way(county, client):
    befallen = []
    for seed in (3, 3, 4):
        chance = county.faults.random(seed, 0.4)
        read(client)
        befallen.append([kind for _, kind in chance.befallen])
    assert befallen[0] == befallen[1] != befallen[2]


def test_a_batch_and_its_parts_are_befallen_too(county, client):
    parts = [{"id": str(number), "method": "GET", "url": VIEW.removeprefix("/v1.0")} for number in range(4)]
    for seed in range(12):
        county.faults.random(seed, 0.4)
        waiting, found = parts, {}
        for _ in range(12):
            if not waiting:
                break
            answer = tried(client, "POST", "/v1.0/$batch", json={"requests": waiting})
            found |= {part["id"]: part["body"] for part in answer["responses"] if part["status"] == 200}
            waiting = [part for part in parts if part["id"] not in found]
        assert not waiting
        assert all(isinstance(body["value"], list) for body in found.values())


def test_what_changes_something_is_spared_unless_asked(county, client):
    county.change_app(site_roles={"council.sharepoint.example/sites/send-partnership": "write"})
    rows = "/v1.0/sites/council.sharepoint.example:/sites/send-partnership:/lists/Papers/items"

    def post(times):
        return [client.post(rows, json={"fields": {"Title": "x"}}) for _ in range(times)]

    county.faults.random(1, 1.0)
    assert {answer.status_code for answer in post(3)} == {201}
    county.faults.random(5, 0.5, writes=True)
    before = len(county.sites[0].lists[0].items)
    made = 0
    for _ in range(12):
        with suppress(httpx.HTTPError):
            made += post(1)[0].status_code == 201
    assert 0 < made < 12
    assert len(county.sites[0].lists[0].items) == before + made  # what went wrong was not done


def test_faults_on_request_and_at_random_go_together(county, client):
    county.faults.answer("calendarView", 418, {"error": {"code": "x", "message": "x"}})
    county.faults.random(1, 0.0)
    assert client.get(VIEW).status_code == 418
