"""All kinds of traffic that this tenant has, held against Microsoft's published contract."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from emulator.mailboxes import Attachment, ListedEvents
from emulator.outside import Reply
from emulator.seed import whole_county
from emulator.serve import running

BOX = "send.partnership@council.example"
REFEREE = Path(__file__).parents[2].parent / "shared" / "graph_contract" / "check_exchanges"
SITE = "/v1.0/sites/council.sharepoint.example:/sites/send-partnership"
ALLOWED = ["Calendars.Read", "Mail.Send", "Mail.Read", "Sites.Selected", "Place.Read.All"]


def county():
    world = whole_county()
    world.change_app(
        entra=frozenset({"Sites.Selected", "Place.Read.All"}),
        exchange={"Mail.Send": frozenset({BOX}), "Mail.Read": frozenset({BOX})},
        site_roles={"council.sharepoint.example/sites/send-partnership": "manage"},
    )
    world.clock = datetime(2026, 11, 5, 9, 15, tzinfo=UTC).timestamp
    world.outside = lambda url, *_: Reply(
        200, url.split("Token=")[1].replace("+", " ").replace("%3A", ":"), "text/plain"
    )
    box = world.mailbox(BOX)
    event = box.calendar.between(datetime(2026, 11, 6, tzinfo=UTC), datetime(2026, 12, 6, tzinfo=UTC))[0]
    world.put(replace(box, calendar=ListedEvents((replace(event, attachments=(Attachment("A.pdf", 9),)),))))
    return world


def lists(client):
    for entry in client.get(f"{SITE}:/lists").json()["value"]:
        rows = f"{SITE}:/lists/{entry['id']}"
        client.get(f"{rows}/columns")
        client.get(f"{rows}/items?$expand=fields")
    asked = {"displayName": "Promises", "list": {"template": "genericList"}}
    client.post(f"{SITE}:/lists", json=asked | {"columns": [{"name": "Key", "text": {}, "indexed": True}]})
    made = f"{SITE}:/lists/Promises"
    client.post(f"{made}/columns", json={"name": "State", "choice": {"choices": ["kept"]}, "indexed": True})
    row = client.post(f"{made}/items", json={"fields": {"Key": "a"}}).json()
    client.patch(f"{made}/items/1/fields", json={"State": "kept"}, headers={"If-Match": row["eTag"]})
    client.patch(f"{made}/items/1/fields", json={"State": "kept"}, headers={"If-Match": row["eTag"]})
    client.get(f"{made}/items?$filter=fields/Key eq 'a'&$expand=fields($select=Key)")
    link = client.get(f"{made}/items/delta").json()["@odata.deltaLink"]
    client.delete(f"{made}/items/1")
    client.get(link)


def library(client):
    (drive,) = client.get(f"{SITE}:/drives").json()["value"]
    url = f"/v1.0/drives/{drive['id']}"
    folder, *_ = client.get(f"{url}/root/children").json()["value"]
    files = client.get(f"{url}/items/{folder['id']}/children?$expand=listItem($expand=fields)").json()[
        "value"
    ]
    client.get(f"{url}/items/{files[0]['id']}/permissions")
    client.get(client.get(f"{url}/root/delta").json()["@odata.deltaLink"])


def mailbox(client):
    days = "startDateTime=2026-11-01&endDateTime=2026-12-31"
    (event,) = client.get(f"/v1.0/users/{BOX}/calendarView?{days}").json()["value"]
    client.get(f"/v1.0/users/{BOX}/events/{event['id']}")
    client.get(
        f"/v1.0/users/{BOX}/events/{event['id']}/attachments?$select=id,name,contentType,size,isInline"
    )
    client.get(f"/v1.0/users/{BOX}/messages?$select=subject,sender,receivedDateTime")
    client.post(
        f"/v1.0/users/{BOX}/sendMail",
        json={"message": {"toRecipients": [{"emailAddress": {"address": "a@b.example"}}]}},
    )
    client.get("/v1.0/places/microsoft.graph.room?$select=displayName,isWheelChairAccessible")


def watching(client):
    asked = {
        "changeType": "updated",
        "notificationUrl": "https://watch.council.example/n",
        "lifecycleNotificationUrl": "https://watch.council.example/l",
        "resource": f"users/{BOX}/events",
        "expirationDateTime": "2026-11-08T00:00:00Z",
        "clientState": "x",
    }
    made = client.post("/v1.0/subscriptions", json=asked).json()
    client.post("/v1.0/subscriptions", json=asked)
    client.get("/v1.0/subscriptions")
    url = f"/v1.0/subscriptions/{made['id']}"
    client.patch(url, json={"expirationDateTime": "2026-11-09T00:00:00Z"})
    client.post(f"{url}/reauthorize")
    client.delete(url)


def pages(client):
    canvas = {
        "horizontalSections": [
            {"layout": "oneColumn", "id": "1", "columns": [{"id": "1", "width": 12, "webparts": []}]}
        ]
    }
    asked = {
        "@odata.type": "#microsoft.graph.sitePage",
        "name": "p.aspx",
        "title": "P",
        "canvasLayout": canvas,
    }
    made = client.post(f"{SITE}:/pages", json=asked).json()
    url = f"{SITE}:/pages/{made['id']}/microsoft.graph.sitePage"
    client.patch(url, json={"@odata.type": "#microsoft.graph.sitePage", "title": "Q"})
    client.post(f"{url}/publish")
    client.get(f"{url}?$expand=canvasLayout")
    sections = f"{url}/canvasLayout/horizontalSections"
    client.post(sections, json=canvas["horizontalSections"][0] | {"id": "2"})
    client.patch(f"{sections}/2", json={"layout": "oneColumn", "emphasis": "soft"})
    client.patch(f"{sections}/3", json={"layout": "oneColumn"})
    client.get(f"{sections}?$expand=columns($expand=webparts)")
    client.get(f"{sections}/2")


def test_the_referee_finds_nothing_wrong_with_any_kind_of_traffic(tmp_path):
    if not REFEREE.exists():
        pytest.skip("the referee is not beside this checkout (../shared/graph_contract)")
    world, heard = county(), tmp_path / "graph-exchanges.jsonl"
    headers = {"Authorization": f"Bearer {next(iter(world.bearers))}"}
    with (
        running(world, record_to=heard, tls=False) as served,
        httpx.Client(base_url=served.base_url, headers=headers) as client,
    ):
        for kind in (lists, library, mailbox, watching, pages):
            kind(client)
    command = [sys.executable, REFEREE, heard, "--allow", *ALLOWED]
    verdict = subprocess.run(command, capture_output=True, text=True, check=False)
    calls, judged, violations = [
        int(word) for word in verdict.stdout.splitlines()[-1].split() if word.isdigit()
    ]
    assert (calls, violations) == (judged, 0), verdict.stdout
    assert calls > 50
