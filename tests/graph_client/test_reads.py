"""Whatever goes wrong on the way, a read ends in the right answer or in one sentence."""

import asyncio
import gzip
import json
import logging
import ssl
import subprocess
import sys
from datetime import UTC, date, datetime

import httpx
import pytest

from graph_client.calendar_windows import read_window
from graph_client.errors import (
    AnswerUnusable,
    GraphError,
    GraphRefused,
    NotThere,
    PersonMustAct,
    TryAgainLater,
)
from graph_client.tenant import open_tenant
from graph_client.tokens import FixedToken
from graph_client.transport import open_http
from tests.graph_client.conftest import BEARER
from tests.graph_client.events import BOX, event, page

FIRST, LAST = date(2026, 10, 19), date(2027, 12, 23)
GOOD = page(event())
ROBOT = {"content-type": "text/html"}


def throttled(after=None):
    headers = {} if after is None else {"Retry-After": after}
    return httpx.Response(429, headers=headers, json={"error": {"code": "TooManyRequests", "message": ""}})


def refused(status, code="", **headers):
    return httpx.Response(status, headers=headers, json={"error": {"code": code, "message": "x"}})


PASSING = {
    "429 with a fraction of seconds": ([throttled("2.128")], [2.128]),
    "429 with a date": (
        [httpx.Response(429, headers={"Retry-After": "Mon, 23 Nov 2026 09:00:30 GMT"})],
        [30.0],
    ),
    "429 without a word": ([throttled()], [0.5]),
    "429 again and again": ([throttled("1"), throttled("2"), throttled("3")], [1.0, 2.0, 3.0]),
    "a bare 503": ([httpx.Response(503)], [0.5]),
    "503 with a web page": ([httpx.Response(503, text="<html>busy</html>", headers=ROBOT)], [0.5]),
    "500, 502, 504": ([refused(500), refused(502), refused(504)], [0.5, 1.0, 2.0]),
    "a throttle named in a 403": ([refused(403, "activityLimitReached")], [0.5]),
    "a reset": ([httpx.ReadError("reset")], [0.5]),
    "no connection": ([httpx.ConnectError("refused")], [0.5]),
    "no answer in time": ([httpx.ReadTimeout("slow"), httpx.ConnectTimeout("slow")], [0.5, 1.0]),
    "half an answer": ([httpx.RemoteProtocolError("incomplete")], [0.5]),
    "JSON cut short": ([httpx.Response(200, content=json.dumps(GOOD)[:-9])], [0.5]),
    "nothing at all": ([httpx.Response(200, content=b"")], [0.5]),
    "a web page instead of JSON": ([httpx.Response(200, text="<html>Sign in</html>", headers=ROBOT)], [0.5]),
    "broken compression": (
        [lambda _: httpx.Response(200, content=b"no gzip", headers={"content-encoding": "gzip"})],
        [0.5],
    ),
}


@pytest.mark.parametrize("fault", PASSING)
async def test_what_passes_is_waited_for(opened, wire, fault):
    answers, waits = PASSING[fault]
    here = wire(*answers, GOOD)
    read = await read_window(await opened(here), BOX, FIRST, LAST)
    assert len(read.meetings) == 1
    assert here.waits == waits
    assert len(here.asked) == len(answers) + 1


LASTING = {
    "401": (refused(401, "InvalidAuthenticationToken"), PersonMustAct, 1),
    "403 on this mailbox": (refused(403, "ErrorAccessDenied"), PersonMustAct, 1),
    "403 without a code": (refused(403), PersonMustAct, 1),
    "404": (refused(404, "ErrorInvalidUser"), NotThere, 1),
    "a group's address": (refused(404, "ErrorGroupIsUsedInNonGroupURI"), PersonMustAct, 1),
    "410": (refused(410), GraphError, 1),
    "412": (refused(412), GraphError, 1),
    "423": (refused(423, "resourceLocked"), PersonMustAct, 1),
    "400": (refused(400, "ErrorInvalidProperty"), GraphRefused, 1),
    "a redirect": (httpx.Response(302, headers={"location": "https://elsewhere.example"}), GraphRefused, 1),
    "not what is published": (httpx.Response(200, json={"value": "none"}), AnswerUnusable, 1),
    "no collection": (httpx.Response(200, json=[1, 2]), AnswerUnusable, 1),
    "a certificate that nobody trusts": (
        httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed certificate"),
        PersonMustAct,
        1,
    ),
    "a wait that is too long": (throttled("179"), TryAgainLater, 1),
    "a storm": (throttled("20"), TryAgainLater, 5),
    "never up again": (httpx.Response(503), TryAgainLater, 8),
    "never connected": (httpx.ConnectError("refused"), TryAgainLater, 8),
    "always a web page": (httpx.Response(200, text="<html></html>", headers=ROBOT), TryAgainLater, 8),
}


@pytest.mark.parametrize("fault", LASTING)
async def test_what_lasts_ends_in_one_sentence(opened, wire, fault):
    answer, kind, calls = LASTING[fault]
    here = wire(answer)
    with pytest.raises(kind) as raised:
        await read_window(await opened(here), BOX, FIRST, LAST)
    said = str(raised.value)
    assert BOX in said
    assert "\n" not in said
    assert said.count(".") == said.count("council.example") * 2 + said.count("Calendars.Read") + 1
    assert BEARER not in said
    assert raised.value.__cause__ is None
    assert len(here.asked) == calls
    assert sum(here.waits) <= 90


async def test_a_long_wait_says_how_long(opened, wire):
    with pytest.raises(TryAgainLater, match="in 3 minutes") as raised:
        await read_window(await opened(wire(throttled("179"))), BOX, FIRST, LAST)
    assert raised.value.after == 179


async def test_a_fault_on_the_second_page_does_not_lose_the_first(opened, wire):
    link = "https://graph.council.example/v1.0/next"
    here = wire(page(event(1), next_link=link), throttled("1"), page(event(2)))
    assert len((await read_window(await opened(here), BOX, FIRST, LAST)).meetings) == 2
    here = wire(page(event(1), next_link=link), refused(403))
    with pytest.raises(PersonMustAct):
        await read_window(await opened(here), BOX, FIRST, LAST)


class Renewable:
    """Gives a new token whenever the last was refused."""

    def __init__(self) -> None:
        self.number = 1

    async def token(self) -> str:
        return f"token-{self.number}"

    async def renew(self) -> bool:
        self.number += 1
        return True


async def test_a_token_called_back_is_renewed_once(opened, wire):
    here = wire(refused(401, "InvalidAuthenticationToken"), GOOD)
    await read_window(await opened(here, tokens=Renewable()), BOX, FIRST, LAST)
    assert [asked.headers["authorization"] for asked in here.asked] == ["Bearer token-1", "Bearer token-2"]
    here = wire(refused(401))
    with pytest.raises(PersonMustAct):
        await read_window(await opened(here, tokens=Renewable()), BOX, FIRST, LAST)
    assert len(here.asked) == 2


async def test_a_challenge_for_claims_is_answered_with_a_new_token_only_once(opened, wire):
    challenge = refused(401, **{"WWW-Authenticate": 'Bearer error="insufficient_claims", claims="e30="'})
    here = wire(challenge)
    with pytest.raises(PersonMustAct):
        await read_window(await opened(here, tokens=Renewable()), BOX, FIRST, LAST)
    assert len(here.asked) <= 4


async def test_at_most_four_mailboxes_are_read_at_once(opened):
    class Slow(httpx.AsyncBaseTransport):
        now = most = 0

        async def handle_async_request(self, request):
            self.now += 1
            self.most = max(self.most, self.now)
            await asyncio.sleep(0.002)
            self.now -= 1
            return httpx.Response(200, json=GOOD)

        async def wait(self, seconds):
            raise AssertionError

    here = Slow()
    tenant = await opened(here)
    await asyncio.gather(*(read_window(tenant, f"box{n}@council.example", FIRST, LAST) for n in range(20)))
    assert here.most == 4


async def test_nobody_waits_while_holding_a_place(opened, wire):
    """Five mailboxes, four of them throttled for long: the fifth is read meanwhile."""
    done = []

    class Throttling(httpx.AsyncBaseTransport):
        served = False

        async def handle_async_request(self, request):
            if "box4" in request.url.path or self.served:
                self.served = True
                return httpx.Response(200, json=GOOD)
            return throttled("5")

        async def wait(self, seconds):
            while "box4@council.example" not in done:
                await asyncio.sleep(0)

    tenant = await opened(Throttling())

    async def read(box):
        await read_window(tenant, box, FIRST, LAST)
        done.append(box)

    await asyncio.gather(*(read(f"box{n}@council.example") for n in range(5)))
    assert done[0] == "box4@council.example"


async def test_a_real_server_that_resets_cuts_short_and_drips(opened, wire):
    """The same below httpx: bytes on a socket."""
    body = json.dumps(GOOD).encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    served = iter(["reset", "cut", "drip", "good", "good"])

    async def serve(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        kind = next(served)
        if kind == "reset":
            writer.transport.abort()
            return
        writer.write(head + body[: len(body) // 2 if kind == "cut" else 5 if kind == "drip" else None])
        if kind == "drip":
            await asyncio.sleep(1.3)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]

    async def no_wait(seconds):
        return

    async with open_tenant(
        f"http://127.0.0.1:{port}/v1.0",
        FixedToken(BEARER),
        lambda: datetime(2026, 11, 23, tzinfo=UTC),
        sleep=no_wait,
        budget=1.0,
        jitter=lambda: -1.0,
    ) as tenant:
        with pytest.raises(TryAgainLater, match="no answer in time"):
            await read_window(tenant, BOX, FIRST, LAST)
        assert len((await read_window(tenant, BOX, FIRST, LAST)).meetings) == 1
    server.close()
    await server.wait_closed()


async def test_a_compressed_answer_is_read(opened, wire):
    zipped = gzip.compress(json.dumps(GOOD).encode())
    here = wire(lambda _: httpx.Response(200, content=zipped, headers={"content-encoding": "gzip"}))
    assert len((await read_window(await opened(here), BOX, FIRST, LAST)).meetings) == 1


async def test_no_log_names_a_mailbox_or_a_token(opened, wire, caplog):
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "msal", "urllib3"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    await read_window(await opened(wire(throttled("1"), GOOD)), BOX, FIRST, LAST)
    assert "council" not in caplog.text
    assert BEARER not in caplog.text


def test_the_room_is_cheap_to_enter(house):
    """msgraph-sdk is only loaded when a tenant is opened: the webhook function never needs it."""
    rooms = (
        "calendar_windows",
        "windows_of_many",
        "papers_list",
        "list_rows",
        "list_columns",
        "library_files",
    )
    rooms += ("file_access", "attachments", "rooms", "mail_in_copy", "notices", "tenant", "tokens", "proofs")
    rooms += ("managed_identity", "workflows")
    code = "import sys, " + ", ".join(f"graph_client.{room}" for room in rooms)
    code += "; print(sorted(set(sys.modules) & {'msgraph', 'msal', 'kiota_abstractions', 'requests'}))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=house)
    assert ran.stdout == b"[]\n"


def test_a_ca_file_is_used(tmp_path):
    missing = tmp_path / "none.pem"
    with pytest.raises(OSError):
        open_http(str(missing))
    assert issubclass(ssl.SSLCertVerificationError, OSError)


async def test_waiting_for_a_place_costs_no_patience(opened):
    """A thousand mailboxes queue for four places; the last must not be told that nobody answered."""

    class Slow(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request):
            await asyncio.sleep(0.02)
            return httpx.Response(200, json=GOOD)

        async def wait(self, seconds):
            raise AssertionError

    tenant = await opened(Slow(), budget=0.5)
    reads = (read_window(tenant, f"box{n}@council.example", FIRST, LAST) for n in range(160))
    assert all(len(read.meetings) == 1 for read in await asyncio.gather(*reads))
