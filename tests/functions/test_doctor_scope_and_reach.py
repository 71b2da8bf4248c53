"""The doctor's pieces that need no tenant: rights in a token, clocks, invitations from outside, the webhook."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from functions.doctor.arrivals import arrived
from functions.doctor.reach import clock_examined, webhook_examined
from functions.doctor.scope import rights_examined
from graph_client.calendar_windows import WindowRead
from graph_client.token_claims import claims_in
from models.days import LONDON
from models.facts import Meeting
from wording.examined import Standing

BOX = "send.partnership@council.example"
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)  # Friday


def token_with(*roles: str) -> str:
    said = {"appid": "7b9a2c4e-1d3f-4a5b-8c6d-0e1f2a3b4c5d", "roles": list(roles)}
    parts = [base64.urlsafe_b64encode(json.dumps(each).encode()).decode().rstrip("=") for each in ({}, said)]
    return ".".join([*parts, "signature"])


@pytest.mark.parametrize(
    ("roles", "standings", "named"),
    [
        (["Sites.Selected"], [Standing.WELL], "Sites.Selected"),
        (["Sites.Selected", "Place.Read.All"], [Standing.WELL], "Place.Read.All"),
        ([], [Standing.WELL], "nothing"),
        (["Sites.Selected", "Calendars.Read"], [Standing.WRONG], "Calendars.Read in the whole tenant"),
        (["Mail.Send"], [Standing.WRONG], "Mail.Send"),
        (["Sites.FullControl.All"], [Standing.WRONG], "Sites.FullControl.All, which is not asked for"),
        (["Calendars.Read", "User.Read.All"], [Standing.WRONG, Standing.WRONG], "every mailbox is open"),
    ],
)
def test_rights_that_a_token_shows(roles: list[str], standings: list[Standing], named: str) -> None:
    claims = claims_in(token_with(*roles))
    assert claims is not None
    found = list(rights_examined(claims, claims.app_id))
    assert [one.standing for one in found] == standings
    assert named in found[0].says
    for one in found:
        if one.standing is Standing.WRONG:
            assert any("Remove-MgServicePrincipalAppRoleAssignment" in line for line in one.command)
            assert any("7b9a2c4e-1d3f-4a5b-8c6d-0e1f2a3b4c5d" in line for line in one.command)


@pytest.mark.parametrize("token", ["", "opaque", "a.b.c", "a.bnVsbA.c", "ä.ö.ü"])
def test_a_token_that_says_nothing_is_said_to_say_nothing(token: str) -> None:
    assert claims_in(token) is None
    [one] = rights_examined(None)
    assert one.standing is Standing.LOOK


@pytest.mark.parametrize(
    ("apart", "standing", "words"),
    [
        (timedelta(seconds=50), Standing.WELL, "agrees"),
        (timedelta(minutes=2), Standing.LOOK, "2 minutes ahead"),
        (timedelta(minutes=-4), Standing.LOOK, "4 minutes behind"),
        (timedelta(minutes=9), Standing.WRONG, "from five minutes on"),
        (timedelta(hours=-1), Standing.WRONG, "60 minutes behind"),
    ],
)
def test_how_far_the_clock_is_off(apart: timedelta, standing: Standing, words: str) -> None:
    found = clock_examined(NOON + apart, NOON)
    assert found.standing is standing
    assert words in found.says


@pytest.mark.parametrize(
    ("organiser", "standing"),
    [
        ("amara.osei@icb.example", Standing.WELL),
        ("board.manager@COUNCIL.example", Standing.LOOK),
        ("", Standing.LOOK),
    ],
)
def test_an_invitation_from_outside_is_seen_or_not(organiser: str, standing: Standing) -> None:
    starts = datetime(2026, 11, 27, 10, tzinfo=LONDON)  # Friday
    one = Meeting(key="k", uid="u", title="t", starts=starts, ends=starts, organiser=organiser)
    window = WindowRead(
        mailbox=BOX, first=date(2026, 10, 1), last=date(2026, 12, 1), read_at=NOON, meetings=(one,)
    )
    [found] = arrived({BOX: window})
    assert found.standing is standing
    assert "amara" not in found.says


def test_nothing_is_said_of_invitations_where_no_calendar_could_be_read() -> None:
    assert arrived({}) == ()


@contextmanager
def webhook(status: int, media: str, *, decoded: bool = True) -> Iterator[str]:
    """A webhook that answers so, at an address of this machine."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = urlsplit(self.path).query
            word = parse_qs(query)["validationToken"][0] if decoded else query
            self.send_response(status)
            self.send_header("Content-Type", media)
            self.end_headers()
            self.wfile.write(word.encode())

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("status", "media", "decoded", "words"),
    [
        (200, "text/plain; charset=utf-8", True, ""),
        (200, "text/html", True, "plain text"),
        (200, "text/plain", False, "did not give the word back"),
        (404, "text/plain", True, "it answered 404"),
    ],
)
async def test_the_webhook_is_asked_as_graph_asks_it(
    status: int, media: str, decoded: bool, words: str
) -> None:
    with webhook(status, media, decoded=decoded) as address:
        found = await webhook_examined(address)
    if words:
        assert [one.standing for one in found] == [Standing.WRONG] * 2
        assert words in found[0].says
        assert "PROTOCOL_WATCH_PUBLIC_URL" in found[0].cure
    else:
        assert [one.standing for one in found] == [Standing.WELL]


async def test_a_webhook_that_is_not_there_is_told() -> None:
    with webhook(200, "text/plain") as address:
        pass
    found = await webhook_examined(address)
    assert "can't be reached" in found[0].says
