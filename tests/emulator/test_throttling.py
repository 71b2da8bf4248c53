"""Outlook and SharePoint throttle at their real limits, by the tenant's own clock."""

import asyncio

import httpx
import pytest

from emulator.app import emulator_app
from emulator.throttling import Limits

BOX = "send.partnership@council.example"
VIEW = f"/users/{BOX}/calendarView?startDateTime=2026-11-01&endDateTime=2026-12-01"
SITE = "/v1.0/sites/council.sharepoint.example:/sites/send-partnership"


async def at_once(county, *requests):
    """The answers to requests that are all under way at the same time."""
    headers = {"Authorization": f"Bearer {next(iter(county.bearers))}"}
    county.limits.seconds_under_way = 0.02
    wire = httpx.ASGITransport(emulator_app(county))
    async with httpx.AsyncClient(transport=wire, base_url="https://emulated", headers=headers) as client:
        return await asyncio.gather(*(client.request(*request[:2], json=request[2]) for request in requests))


async def test_the_fifth_call_to_outlook_at_once_is_throttled(county):
    answers = await at_once(county, *[("GET", f"/v1.0{VIEW}", None)] * 5)
    assert sorted(answer.status_code for answer in answers) == [200] * 4 + [429]
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert refused.headers["Retry-After"] == "2.128"
    assert refused.json()["error"]["code"] == "ApplicationThrottled"
    again = await at_once(county, *[("GET", f"/v1.0{VIEW}", None)] * 4)
    assert {answer.status_code for answer in again} == {200}


async def test_parts_of_a_second_batch_at_once_are_throttled_each_with_its_own_wait(county):
    parts = [{"id": str(number), "method": "GET", "url": VIEW} for number in range(6)]
    batch = ("POST", "/v1.0/$batch", {"requests": parts})
    one, two = await at_once(county, batch, batch)
    statuses = sorted(
        [part["status"] for part in answer.json()["responses"]].count(429) for answer in (one, two)
    )
    assert statuses == [0, 4]
    refused = [part for answer in (one, two) for part in answer.json()["responses"] if part["status"] == 429]
    assert {part["headers"]["Retry-After"] for part in refused} == {"2.128"}


async def test_sharepoint_has_no_such_limit(county):
    answers = await at_once(county, *[("GET", SITE, None)] * 6)
    assert {answer.status_code for answer in answers} == {200}


def test_ten_thousand_calls_to_one_mailbox_in_ten_minutes_and_no_more(county, graph):
    county.limits = Limits(outlook_calls=3)
    county.clock = lambda: 6_100.0
    assert [graph.get(f"/v1.0{VIEW}").status_code for _ in range(4)] == [200, 200, 200, 429]
    by_id = graph.get(f"/v1.0{VIEW}".replace(BOX, county.mailboxes[BOX].id))
    assert (by_id.status_code, by_id.headers["Retry-After"]) == (
        429,
        "500",
    )  # the same mailbox by another name
    county.clock = lambda: 6_600.0
    assert graph.get(f"/v1.0{VIEW}").status_code == 200


@pytest.mark.parametrize("status", [429, 503])
def test_sharepoint_counts_units_and_warns_before_it_refuses(county, graph, status):
    county.limits = Limits(sharepoint_units=10, sharepoint_says=status)
    county.clock = lambda: 610.0
    spent = [
        graph.get(path) for path in (SITE, f"{SITE}:/lists/Papers/items", f"{SITE}:/lists/Papers/items/1")
    ]
    assert all("RateLimit-Limit" not in answer.headers for answer in spent)  # 1 + 2 + 1 of 10
    graph.get(f"{SITE}:/lists/Papers/items/delta")
    warned = graph.get(f"{SITE}:/lists/Papers/items")
    assert (warned.status_code, warned.headers["RateLimit-Remaining"]) == (200, "2")
    assert graph.get(f"{SITE}:/lists").status_code == 200
    refused = graph.get(SITE)
    assert (refused.status_code, refused.headers["Retry-After"]) == (status, "50")
    assert refused.headers["RateLimit-Remaining"] == "0"
    county.clock = lambda: 660.0
    assert graph.get(SITE).status_code == 200
