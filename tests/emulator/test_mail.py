"""Mail is taken and kept, each time it comes; mails, invitations' files and rooms can be looked at."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from emulator.mailboxes import Attachment, ListedEvents, Mailbox, Message, Person

BOX = "send.partnership@council.example"
SEND = f"/v1.0/users/{BOX}/sendMail"
NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)


@pytest.fixture
def sender(county):
    county.change_app(exchange={"Mail.Send": frozenset({BOX}), "Mail.Read": frozenset({BOX})})
    county.clock = NOON.timestamp
    return county


def mime(**headers):
    message = EmailMessage()
    for name, value in (
        {"From": BOX, "To": "rep@forum.example", "Subject": "Your meetings"} | headers
    ).items():
        message[name] = value
    message.set_content("Three meetings this week.")
    message.add_attachment("BEGIN:VCALENDAR", subtype="calendar", params={"method": "REQUEST"})
    return base64.b64encode(bytes(message))


def post(graph, content):
    return graph.post(SEND, content=content, headers={"Content-Type": "text/plain"})


def error(answer):
    return answer.status_code, answer.json()["error"]["code"]


def test_a_mail_as_mime_is_taken_and_kept_whole(graph, sender):
    for _ in range(2):
        answer = post(graph, mime(Bcc="archive@council.example"))
        assert (answer.status_code, answer.content) == (202, b"")
    assert len(sender.outbox) == 2  # nothing is de-duplicated
    sent = sender.outbox[0]
    assert (sent.sender, sent.to, sent.bcc) == (BOX, ("rep@forum.example",), ("archive@council.example",))
    assert sent.message["Subject"] == "Your meetings"
    assert [part.get_content_type() for part in sent.message.iter_parts()] == ["text/plain", "text/calendar"]


def test_bad_base64_is_refused_as_in_the_sample(graph, sender, sample):
    theirs = sample("sendmail_mime_error_400.json")["error"]
    refused = post(graph, b"not base64!").json()["error"]
    assert {name: refused[name] for name in theirs} == theirs
    assert sender.outbox == []


def test_the_documented_request_is_taken(graph, sender, sample):
    assert graph.post(SEND, json=sample("sendmail_request.json")).status_code == 202
    sent = sender.outbox[0]
    assert (sent.to, sent.cc, sent.saved) == (
        ("fannyd@contoso.onmicrosoft.com",),
        ("danas@contoso.onmicrosoft.com",),
        False,
    )


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (mime(To="nobody"), 400),
        (mime(To=", ".join(f"r{number}@forum.example" for number in range(501))), 400),
        (mime(From="somebody.else@council.example"), 403),
        (base64.b64encode(b"hello"), 400),
    ],
)
def test_a_mail_that_exchange_would_refuse_is_refused(graph, sender, content, status):
    assert post(graph, content).status_code == status
    assert sender.outbox == []


@pytest.mark.parametrize("body", [{}, {"message": {"subject": "x"}}, {"message": {"toRecipients": ["x"]}}])
def test_a_json_mail_to_nobody_is_refused(graph, sender, body):
    assert graph.post(SEND, json=body).status_code == 400


def test_the_31st_mail_in_a_minute_is_throttled(graph, sender):
    assert {post(graph, mime()).status_code for _ in range(30)} == {202}
    refused = post(graph, mime())
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    sender.clock = (NOON + timedelta(seconds=61)).timestamp
    assert post(graph, mime()).status_code == 202


def test_sending_from_a_mailbox_outside_the_scope_is_refused(graph, sender):
    answer = graph.post("/v1.0/users/dana.whitlock@council.example/sendMail", json={})
    assert error(answer) == (403, "ErrorAccessDenied")
    sender.change_app(exchange={})
    assert post(graph, mime()).status_code == 403


def test_mails_in_copy_say_who_when_and_under_which_subject(graph, sender):
    rep, officer = (
        Person("rep@forum.example", "June Holloway"),
        Person("jo.marsh@council.example", "Jo Marsh"),
    )
    mails = [
        Message(f"Papers {day}", officer, (rep,), NOON - timedelta(days=day), cc=(Person(BOX),))
        for day in range(12)
    ]
    sender.put(replace(sender.mailbox(BOX), messages=tuple(mails)))
    url = f"/v1.0/users/{BOX}/messages"
    query = {
        "$select": "sender,toRecipients,receivedDateTime,subject",
        "$filter": "receivedDateTime ge 2026-10-26T12:00:00Z",
    }
    first = graph.get(url, params=query).json()
    second = graph.get(first["@odata.nextLink"]).json()
    subjects = [mail["subject"] for mail in first["value"] + second["value"]]
    assert subjects == [f"Papers {day}" for day in range(11)]
    assert set(first["value"][0]) == {"@odata.etag", "id", *query["$select"].split(",")}
    assert first["value"][0]["toRecipients"][0]["emailAddress"]["address"] == rep.address
    assert graph.get(url).status_code == 400  # bodies are never served
    assert graph.get(url, params=query | {"$select": "body"}).status_code == 400
    assert graph.get(url, params=query | {"$filter": "subject eq 'x'"}).status_code == 400


def test_an_invitations_files_can_be_seen_but_not_fetched(county, graph, window):
    board = next(
        event
        for event in county.mailbox(BOX).calendar.between(NOON, NOON + timedelta(days=60))
        if event.subject == "SEND Partnership Board"
    )
    files = (Attachment("Agenda.pdf", 2048), Attachment("logo.png", 300, "image/png", inline=True))
    county.put(Mailbox(BOX, ListedEvents((replace(board, attachments=files),))))
    (event,) = window()
    assert event["hasAttachments"]
    url = f"/v1.0/users/{BOX}/events/{event['id']}"
    whole = graph.get(url, headers={"Prefer": 'outlook.timezone="UTC"'}).json()
    assert {name: value for name, value in whole.items() if name != "@odata.context"} == event
    assert set(graph.get(f"{url}?$select=subject").json()) == {
        "@odata.context",
        "@odata.etag",
        "id",
        "subject",
    }
    asked = f"{url}/attachments?$select=id,name,contentType,size,lastModifiedDateTime,isInline"
    agenda, logo = graph.get(asked).json()["value"]
    assert (agenda["name"], agenda["size"], logo["isInline"]) == ("Agenda.pdf", 2048, True)
    assert agenda["@odata.type"] == "#microsoft.graph.fileAttachment"
    assert graph.get(f"{url}/attachments").status_code == 400
    assert graph.get(f"{url}/attachments?$select=contentBytes").status_code == 400
    assert error(graph.get(url.replace(event["id"], "AAMk="))) == (404, "ErrorItemNotFound")


def test_rooms_say_whether_a_wheelchair_user_can_get_in(county, graph):
    county.put(Mailbox("room.1@council.example", name="Room 1", kind="room", wheelchair=True))
    county.put(Mailbox("room.2@council.example", name="Room 2", kind="room"))
    url = "/v1.0/places/microsoft.graph.room?$select=displayName,isWheelChairAccessible"
    assert error(graph.get(url)) == (403, "ErrorAccessDenied")
    county.change_app(entra=frozenset({"Place.Read.All"}))
    by_name = {room["displayName"]: room["isWheelChairAccessible"] for room in graph.get(url).json()["value"]}
    assert (by_name["Room 1"], by_name["Room 2"]) == (True, None)
