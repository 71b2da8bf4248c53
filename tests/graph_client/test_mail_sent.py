"""A mail goes to one person, once, in plain ASCII; and we say honestly whether it may have gone."""

import logging
from base64 import b64decode
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from email.utils import parsedate_to_datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_client.errors import GraphRefused, PersonMustAct, TryAgainLater
from graph_client.mail_sent import LARGEST, Mail, MailNotMade, mime, send_mail
from graph_client.writes_refused import WriteUnsure
from tests.graph_client.conftest import NOW

SENDER = "send.partnership@council.example"
REP = "rep@forum.example"
INVITATION = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:PUBLISH\r\nEND:VCALENDAR\r\n"
A_MAIL = Mail(to=REP, subject="Your week", text="Papers came: café\n", html="<p>Papers came: café</p>")


def made(**changed):
    given_ = {"to": REP, "subject": "Your week", "text": "Hello\n"} | changed
    return message_from_bytes(mime(Mail(**given_), SENDER, NOW), policy=default)


async def test_a_mail_goes_as_mime_in_base64(opened, wire):
    here = wire(httpx.Response(202))
    await send_mail(await opened(here), SENDER, A_MAIL)
    (asked,) = here.asked
    assert asked.method == "POST"
    assert asked.url.path == f"/v1.0/users/{SENDER}/sendMail"
    assert asked.headers["content-type"] == "text/plain"
    message = message_from_bytes(b64decode(asked.content, validate=True), policy=default)
    assert (message["From"], message["To"], message["Subject"]) == (SENDER, REP, "Your week")
    assert parsedate_to_datetime(message["Date"]) == NOW
    assert message.get_body(("plain",)).get_content().strip() == "Papers came: café"
    assert message.get_body(("html",)).get_content().strip() == "<p>Papers came: café</p>"
    assert message["Cc"] is None
    assert message["Bcc"] is None


def test_a_mail_may_carry_a_date_for_the_calendar():
    message = made(html="<p>x</p>", calendar=INVITATION)
    assert message.get_content_type() == "multipart/alternative"
    parts = list(message.iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html", "text/calendar"]
    assert parts[2]["Content-Type"].params["method"] == "PUBLISH"
    assert parts[2].get_content().splitlines() == INVITATION.splitlines()
    assert made(calendar=INVITATION.replace("PUBLISH", "request")).get_content_type().startswith("multipart")


def test_how_to_answer_and_how_to_stop_it():
    message = made(reply_to="chair@forum.example", unsubscribe="https://council.example/stop?role=4&sig=x")
    assert message["Reply-To"] == "chair@forum.example"
    assert message["List-Unsubscribe"] == "<https://council.example/stop?role=4&sig=x>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert made(unsubscribe="mailto:stop@council.example")["List-Unsubscribe"]
    assert made()["List-Unsubscribe"] is None


@pytest.mark.parametrize(
    "subject",
    [
        "Café\r\nBcc: all@council.example",
        "a\nb",
        "x\x00y",
        "x\u2028Bcc: y",
        "\r\n",
        "é" * 2000,
        "=?utf-8?q?x?=",
    ],
)
def test_a_title_from_a_calendar_can_begin_no_header(subject):
    content = mime(Mail(to=REP, subject=subject, text="x"), SENDER, NOW)
    message = message_from_bytes(content, policy=default)
    assert message["Bcc"] is None
    assert message.keys().count("Subject") == 1
    assert message.get_payload().strip() == "x"


@given(st.text(max_size=300), st.text(max_size=500), st.text(max_size=500))
def test_whatever_it_says_it_is_one_ascii_mail_to_one_person(subject, text, html):
    content = mime(Mail(to=REP, subject=subject, text=text, html=html), SENDER, NOW)
    content.decode("ascii")
    message = message_from_bytes(content, policy=default)
    assert message["To"] == REP
    assert set(message.keys()) <= {
        *("From", "To", "Subject", "Date", "Auto-Submitted", "MIME-Version"),
        *("Content-Type", "Content-Transfer-Encoding"),
    }
    assert max(len(line) for line in content.split(b"\r\n")) < 998


@pytest.mark.parametrize(
    "address",
    [
        *("", "rep", "rep@", "@forum.example", "a@b.example,c@d.example", "a@b.example; c@d.example"),
        *("Rep <rep@forum.example>", "rep@forum.example\r\nBcc: x@y.example", "rep@forum.example\n"),
        *(
            "rép@forum.example",
            "rep@[forum.example",
            "rep@förum.example",
            " rep@forum.example",
            "a b@forum.example",
            "a@@b.example",
        ),
        *("rep@forum.example\x00", "group:a@b.example;", "<rep@forum.example>"),
    ],
)
@pytest.mark.parametrize("where", ["to", "reply_to"])
def test_what_is_not_one_address_is_refused_without_repeating_it(address, where):
    if where == "reply_to" and not address:
        return
    with pytest.raises(MailNotMade, match="is not one mail address") as raised:
        made(**{where: address})
    assert "forum" not in str(raised.value)


@given(st.text(max_size=60))
def test_no_address_brings_a_header_with_it(address):
    try:
        content = mime(Mail(to=address, subject="x", text="x"), SENDER, NOW)
    except MailNotMade:
        return
    content.decode("ascii")
    assert message_from_bytes(content, policy=default)["To"] == address


@pytest.mark.parametrize(
    "link", ["http://x.example", "javascript:x", "https://x>, <y", "https://x\r\nBcc: y", "x"]
)
def test_an_unsubscribe_link_that_is_none(link):
    with pytest.raises(MailNotMade, match="unsubscribe"):
        made(unsubscribe=link)


@pytest.mark.parametrize(
    "calendar", ["BEGIN:VCALENDAR\r\n", INVITATION + INVITATION, "METHOD:x; charset=y\r\n"]
)
def test_a_calendar_part_that_does_not_say_what_it_is_for(calendar):
    with pytest.raises(MailNotMade, match="METHOD"):
        made(calendar=calendar)


async def test_a_mail_that_is_too_large_never_leaves(opened, wire):
    here = wire(httpx.Response(202))
    tenant = await opened(here)
    with pytest.raises(MailNotMade, match="make it shorter"):
        await send_mail(tenant, SENDER, Mail(to=REP, subject="x", text="y" * LARGEST))
    with pytest.raises(MailNotMade, match="may have 100"):
        await send_mail(tenant, SENDER, A_MAIL, largest=100)
    assert here.asked == []


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (
            httpx.Response(403, json={"error": {"code": "ErrorAccessDenied"}}),
            PersonMustAct,
            "Application Mail.Send",
        ),
        (
            httpx.Response(400, json={"error": {"code": "ErrorInvalidRecipients"}}),
            PersonMustAct,
            "correct the recipient's address in the register",
        ),
        (httpx.Response(429, headers={"Retry-After": "2.128"}), TryAgainLater, "has not sent a mail from"),
        (httpx.ConnectError("x"), TryAgainLater, "can't be reached"),
        (httpx.Response(503), WriteUnsure, "may or may not have sent a mail from"),
        (httpx.Response(500), WriteUnsure, "may or may not have sent a mail from"),
        (httpx.ReadTimeout("x"), WriteUnsure, "may or may not have sent a mail from"),
    ],
)
async def test_unsure_is_told_apart_from_surely_not(opened, wire, answer, kind, said):
    here = wire(answer)
    with pytest.raises(kind, match=said) as raised:
        await send_mail(await opened(here), SENDER, A_MAIL)
    assert len(here.asked) == 1  # a mail is never tried again here
    assert REP not in str(raised.value)
    assert "Your week" not in str(raised.value)


async def test_a_mail_that_exchange_cannot_read_is_our_fault(opened, wire, shared):
    body = (shared / "data/graph_samples/sendmail_mime_error_400.json").read_bytes()
    with pytest.raises(GraphRefused, match="a fault of Protocol Watch"):
        await send_mail(await opened(wire(httpx.Response(400, content=body))), SENDER, A_MAIL)


async def test_nothing_of_a_mail_is_shown_or_logged(opened, wire, caplog):
    caplog.set_level(logging.DEBUG)
    await send_mail(await opened(wire(httpx.Response(202))), SENDER, A_MAIL)
    assert repr(A_MAIL) == "Mail()"
    for secret in (REP, SENDER, "Your week", "Papers"):
        assert secret not in caplog.text


def test_the_date_is_the_given_one():
    mail = Mail(to=REP, subject="x", text="y")
    message = message_from_bytes(mime(mail, SENDER, datetime(2026, 7, 1, 8, 15, tzinfo=UTC)), policy=default)
    assert message["Date"] == "Wed, 01 Jul 2026 08:15:00 +0000"
